import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../src/lib/content.ts'
import { checkFile } from '../../src/formats/check.ts'
import type { RecordShape } from '../../src/formats/format.ts'
import { LINES, PARQUET, csvShape } from '../support/files/shapes.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { at } from './collect.ts'
import { rowCheck } from './row-check.ts'

const tools = { checker: createLocalChecker(rowCheck), signal: new AbortController().signal }

async function check(text: string | Uint8Array, shape: RecordShape, sliceBytes = 4096) {
  const content = bytesContent(Buffer.from(text))
  return await checkFile({ content, shape, sliceSize: { bytes: sliceBytes, longestRecord: 1 << 20 } }, tools)
}

describe('a file', () => {
  it('has the same findings however it is sliced', async () => {
    const value = fc.constantFrom('good', 'bad', 'odd', 'cut', 'ü🎉')
    const record = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1 })
    const kinds = fc.constantFrom('lines', 'array', 'documents', 'csv')
    await fc.assert(
      fc.asyncProperty(fc.array(record), kinds, fc.integer({ min: 1, max: 99 }), async (records, kind, bytes) => {
        const shape: RecordShape = kind === 'csv' ? csvShape(['a', 'b', 'c']) : { format: 'json', kind }
        const text = written(records, shape)
        const whole = await check(text, shape)
        expect(await check(text, shape, bytes)).toEqual(whole)
        expect(whole.rows).toBe(records.length)
        const rowsWith = (...words: readonly string[]) =>
          records.filter((one) => Object.values(one).some((word) => words.includes(word))).length
        expect(whole.badRows).toBe(rowsWith('bad', 'cut'))
        expect(whole.rejectedRows).toBe(rowsWith('bad'))
        for (const { first } of whole.findings) {
          for (const { issue, place } of first) expect(valueAt(text, place)).toBe(issue.received)
        }
      }),
    )
  })

  it('tells what is broken in a line, where, and reads on', async () => {
    const { rows, badRows, findings } = await check('{"a":1}\n{"a":"bad"}\n {"ü":1 "b"}\n{} {}\n{"a":01}\n', LINES)
    expect({ rows, badRows }).toEqual({ rows: 5, badRows: 4 })
    expect(findings.map(({ code, count }) => [code, count])).toEqual([
      ['a-bad', 1],
      ['corrupt-record', 3],
    ])
    expect(findings[1]?.first).toEqual([
      { issue: broken('"," or "}"', 'a string'), place: at(3, 9) },
      { issue: broken('one object', 'more than one'), place: at(4, 1) },
      { issue: broken('JSON', 'a number, a word or an escape that JSON does not know'), place: at(5, 1) },
    ])
  })

  it('does not excuse a check that fails', async () => {
    await expect(check('{"a":"throw"}', LINES)).rejects.toThrow(TypeError)
  })

  it('that is no Parquet file has its problem named', async () => {
    await expect(check('PAR', PARQUET)).rejects.toThrow('The Parquet file is not a Parquet file')
  })

  it('is read no further once it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    const file = { content: bytesContent(Buffer.from('{}\n')), shape: LINES } as const
    await expect(checkFile(file, { ...tools, signal })).rejects.toThrow('enough')
  })
})

type Words = Readonly<Record<string, string>>

function written(records: readonly Words[], shape: RecordShape): string {
  if (shape.format === 'json' && shape.kind === 'lines') return records.map((one) => JSON.stringify(one)).join('\r\n')
  if (shape.format === 'json' && shape.kind === 'array') return JSON.stringify(records, null, 2)
  if (shape.format === 'json') return records.map((one) => JSON.stringify(one, null, 1)).join(' ')
  if (shape.format !== 'csv') throw new Error('Nothing else is written here')
  const cells = (one: Words) => shape.header.map((name) => `"${one[name] ?? '\n'}"`).join(',')
  return [shape.header.join(','), ...records.map(cells)].join('\n')
}

/** The word that stands at a place, in quotes. */
function valueAt(text: string, place: object): string | undefined {
  const { line, column } = { line: 0, column: 0, ...place }
  return /^"(\w+)"/.exec(text.split('\n')[line - 1]?.slice(column - 1) ?? '')?.[1]
}

function broken(expected: string, received: string) {
  return { code: 'corrupt-record', level: 'error', fate: 'rejected', path: '', expected, received }
}
