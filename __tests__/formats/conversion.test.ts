import { describe, expect, it } from 'vitest'
import { checkFile } from '../../src/formats/check.ts'
import { LineBuffer, type RowConversion } from '../../src/formats/conversion.ts'
import type { RecordShape } from '../../src/formats/format.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { caught } from '../support/caught.ts'
import { LINES, csvShape } from '../support/files/shapes.ts'

/** Makes of each row a line that says which it is, `times` as long. */
function numbering(isInOrder: boolean, times = 1): RowConversion {
  return {
    isInOrder,
    isSlow: false,
    begin: (_, { name, rowsBefore }) => {
      const lines = new LineBuffer()
      let row = rowsBefore
      const add = (text: string) => lines.add(`${name} ${++row}: ${text}`.padEnd(times))
      return {
        text: add,
        value: (value) => add(JSON.stringify(value)),
        corrupt: (issue, rows) => {
          row += rows
          return issue
        },
        trace: (issue) => issue,
        lines,
        counts: new Float64Array([1]),
      }
    },
  }
}

async function converted(conversion: RowConversion, text: string, shape: RecordShape) {
  const check = { text: () => undefined, value: () => undefined, conversion }
  const written: string[] = []
  const write = async (lines: Uint8Array) => void written.push(Buffer.from(lines).toString())
  const file = { content: bytesContent(Buffer.from(text)), shape, sliceSize: { bytes: 20, longestRecord: 1 << 10 } }
  const tools = { checker: createLocalChecker(check), signal: new AbortController().signal }
  const found = await checkFile(file, { ...tools, sending: { name: 'a', write } })
  return {
    found,
    lines: written
      .join('')
      .split('\n')
      .slice(0, -1)
      .map((line) => line.trimEnd()),
    written,
  }
}

const NUMBERS = Array.from({ length: 50 }, (_, at) => at + 1)

describe('records that are made of rows', () => {
  it.each([
    ['JSON Lines', NUMBERS.map((at) => `{"n":"${at}"}\n`).join(''), LINES],
    ['an array', `[${NUMBERS.map((at) => `{"n":"${at}"}`).join(',\n')}]`, { format: 'json', kind: 'array' }],
    ['CSV', `n\n${NUMBERS.join('\n')}`, csvShape(['n'])],
  ] as const)('come in the order of the rows, each with its number, of %s in many slices', async (_, text, shape) => {
    const { lines, found } = await converted(numbering(true), text, shape)
    expect(lines).toEqual(NUMBERS.map((at) => `a ${at}: {"n":"${at}"}`))
    expect(found).toMatchObject({ rows: 50, converted: { rows: 50 } })
    expect(found.converted?.counts[0]).toBeGreaterThan(5)
  })

  it('are written as they come where many bytes are made of few', async () => {
    const { written, lines } = await converted(numbering(true, 3 * 1024 * 1024), '{}\n{}\n{}\n{}\n{}\n', LINES)
    expect(lines).toEqual([1, 2, 3, 4, 5].map((at) => `a ${at}: {}`))
    expect(written.length).toBeGreaterThan(2)
  })

  it('end with whoever takes them no longer', async () => {
    const check = { text: () => undefined, value: () => undefined, conversion: numbering(false, 5 * 1024 * 1024) }
    const content = bytesContent(Buffer.from('{}\n'.repeat(40)))
    const file = { content, shape: LINES, sliceSize: { bytes: 20, longestRecord: 1 << 10 } }
    const write = () => Promise.reject(new Error('the disk is full'))
    const tools = { checker: createLocalChecker(check), signal: new AbortController().signal }
    const error = await caught(() => checkFile(file, { ...tools, sending: { name: 'a', write } }))
    expect(error).toMatchObject({ message: 'the disk is full' })
  })
})

describe('lines on their way out', () => {
  it('are whole, in any script, and empty where there are none', () => {
    const lines = new LineBuffer()
    expect(lines.take()).toHaveLength(0)
    for (const text of ['{"a":"ü🎉"}', 'x'.repeat(300_000), '{}']) lines.add(text)
    const taken = Buffer.from(lines.take()).toString()
    expect(taken).toBe(`{"a":"ü🎉"}\n${'x'.repeat(300_000)}\n{}\n`)
    expect([lines.rows, lines.take().length]).toEqual([3, 0])
  })
})
