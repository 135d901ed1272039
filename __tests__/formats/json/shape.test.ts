import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineCounter, ReturnsInLines, jsonShape } from '../../../src/formats/json/shape.ts'
import type { Content } from '../../../src/lib/content.ts'
import { inChunks, text } from '../in-chunks.ts'

describe('the shape of a JSON file', () => {
  it.each([
    ['', 'blank'],
    [' \r\n\t\n', 'blank'],
    ['[{"a":1}]', 'array'],
    ['\n  [', 'array'],
    ['{"a":1}', 'lines'],
    ['{"a":1} \r\n{"a":2}', 'lines'],
    ['\n\n{"a":"}\\"{"}\n', 'lines'],
    ['{"a":[{}]}\n{\n', 'lines'],
    ['{\n"a":1}', 'documents'],
    ['{"a":1}{"a":2}\n', 'documents'],
    ['{"a":1},\n{"a":2}', 'documents'],
    ['{"a":"never closed\n', 'documents'],
    ['{"a":1', 'documents'],
  ])('of %j is %s, in whatever chunks it arrives', async (json, kind) => {
    expect(await jsonShape(text(json))).toEqual({ kind })
    expect(await jsonShape(inChunks(Buffer.from(json), [1, 2]))).toEqual({ kind })
  })

  it.each([
    ['\n  "text"', 'a string', { line: 2, column: 3, offset: 3 }],
    ['12', 'a number, true, false or null', { line: 1, column: 1, offset: 0 }],
    ['a,b', 'a string without quotes', { line: 1, column: 1, offset: 0 }],
  ])('of %j is none, and says what is there', async (json, found, place) => {
    expect(await jsonShape(inChunks(Buffer.from(json), [2]))).toEqual({ kind: 'other', place, found })
  })

  it('is known after the first line', async () => {
    let chunks = 0
    const content: Content = {
      ...text(''),
      async *bytes() {
        for (const chunk of ['{"a":', '1}', '\n', 'more']) {
          chunks++
          yield Buffer.from(chunk)
        }
      },
    }
    expect(await jsonShape(content)).toEqual({ kind: 'lines' })
    expect(chunks).toBe(3)
  })
})

async function countLines(content: Content): Promise<LineCounter> {
  const lines = new LineCounter()
  for await (const chunk of content.bytes()) lines.write(chunk)
  return lines
}

it('counts what a naive reader counts', async () => {
  const line = fc.constantFrom('', ' ', '\t\r', '{}', '{"a":1}\r', '  {"b":"ü"}', 'x', '[1]')
  const chunks = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(fc.array(line), chunks, async (lines, sizes) => {
      const rows = lines.filter((one) => one.trim() !== '')
      const { rows: counted } = await countLines(inChunks(Buffer.from(lines.join('\n')), sizes))
      expect(counted).toBe(rows.length)
    }),
  )
})

/** What is written anew of lines that arrive in such chunks; undefined where nothing is. */
async function rewritten(content: Content): Promise<string | undefined> {
  const written: Buffer[] = []
  const returns = new ReturnsInLines(content, async (lines) => void written.push(Buffer.from(lines)))
  for await (const chunk of content.bytes()) await returns.see(chunk)
  await returns.end()
  return returns.first === undefined ? undefined : Buffer.concat(written).toString()
}

describe('carriage returns in JSON Lines', () => {
  it.each([
    ['{"a":1}\r\n{"a":2}\r\n', undefined],
    ['{"a":1}\r', undefined],
    ['{"a":"\r"}\n{}\n', undefined],
    ['{"a":\r1}\n', '{"a": 1}\n'],
    ['{}\n{"a":\r\r1}\r\n{}\r', '{}\n{"a":  1}\r\n{}\r'],
    ['{"a":"\\""\r}', '{"a":"\\"" }'],
    ['{"never closed\n{"a":1\r}\n', '{"never closed\n{"a":1 }\n'],
    ['{"a":"\r"\r}\n', '{"a":"\r" }\n'],
  ])('of %j give %j, in whatever chunks they arrive', async (lines, expected) => {
    for (const sizes of [[1 << 16], [1], [2, 3]]) {
      expect(await rewritten(inChunks(Buffer.from(lines), sizes))).toBe(expected)
    }
  })

  it.each([
    ['{"a":1}\r{"a":2}\n', 7],
    ['{}\n[{"a":"\\"}"}]\r \r{}\n{"a":\r1}\n', 16],
    ['{}\n{} \r{}', 6],
    ['{}\r{}\n{"a":\r1}\n', 2],
    ['{}\r \n{"a":\r1}\r\r\n\r{}\n{"a":"\r"}', undefined],
  ])('of %j part two records of a line at %j, in whatever chunks they arrive', async (lines, expected) => {
    for (const sizes of [[1 << 16], [1], [2, 3]]) {
      const content = inChunks(Buffer.from(lines), sizes)
      const returns = new ReturnsInLines(content, undefined)
      for await (const chunk of content.bytes()) await returns.see(chunk)
      await returns.end()
      expect(returns.between).toBe(expected)
    }
  })

  it('are gone between tokens, and nothing else is', async () => {
    const unit = fc.constantFrom('{', '}', '"', '\\', 'a', '\r', '\n', '\r\n', ' ')
    await fc.assert(
      fc.asyncProperty(fc.array(unit), async (units) => {
        const lines = units.join('')
        const anew = (await rewritten(inChunks(Buffer.from(lines), [3, 1]))) ?? lines
        expect(anew.replaceAll('\r', ' ')).toBe(lines.replaceAll('\r', ' '))
        for (const line of anew.split('\n')) {
          const outside = line.replace(/\r$/, '').replaceAll(/"(?:\\[^]|[^"\\])*(?:"|\\?$)/g, '')
          expect(outside).not.toContain('\r')
        }
      }),
    )
  })
})
