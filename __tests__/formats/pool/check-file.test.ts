import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent } from '../../../src/lib/content.ts'
import { checkFile } from '../../../src/formats/pool.ts'
import type { RecordLayout } from '../../../src/formats/slices.ts'
import { checkerHere } from '../../../src/formats/pool.ts'
import { at } from '../collect.ts'
import { rowCheck } from '../row-check.ts'

const tools = { checker: checkerHere(rowCheck), signal: new AbortController().signal }
const dialect = { delimiter: ',', quote: '"', escape: '"' }

async function check(text: string | Uint8Array, layout: RecordLayout, sliceBytes = 4096) {
  const content = bytesContent(Buffer.from(text))
  return await checkFile({ content, layout, sliceSize: { bytes: sliceBytes, longestRecord: 1 << 20 } }, tools)
}

describe('a file', () => {
  it('has the same findings however it is sliced', async () => {
    const value = fc.constantFrom('good', 'bad', 'odd', 'ü🎉')
    const record = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1 })
    const shape = fc.constantFrom('lines', 'array', 'documents', 'csv')
    await fc.assert(
      fc.asyncProperty(fc.array(record), shape, fc.integer({ min: 1, max: 99 }), async (records, kind, bytes) => {
        const layout: RecordLayout = kind === 'csv' ? { kind, header: ['a', 'b', 'c'], dialect } : { kind }
        const text = written(records, layout)
        const whole = await check(text, layout)
        expect(await check(text, layout, bytes)).toEqual(whole)
        expect(whole.rows).toBe(records.length)
        expect(whole.badRows).toBe(records.filter((one) => Object.values(one).includes('bad')).length)
        for (const { first } of whole.findings) {
          for (const { issue, place } of first) expect(valueAt(text, place)).toBe(issue.received)
        }
      }),
    )
  })

  it('tells what is broken in a line, where, and reads on', async () => {
    const { rows, badRows, findings } = await check('{"a":1}\n{"a":"bad"}\n {"ü":1 "b"}\n{} {}\n{"a":01}\n', {
      kind: 'lines',
    })
    expect({ rows, badRows }).toEqual({ rows: 5, badRows: 4 })
    expect(findings.map(({ code, count }) => [code, count])).toEqual([
      ['a-bad', 1],
      ['corrupt-record', 3],
    ])
    expect(findings[1]?.first).toEqual([
      { issue: broken('"," or "}"', 'text'), place: at(3, 9) },
      { issue: broken('one object', 'more than one'), place: at(4, 1) },
      { issue: broken('JSON', 'a number, a word or an escape that JSON does not know'), place: at(5, 1) },
    ])
  })

  it('does not excuse a check that fails', async () => {
    await expect(check('{"a":"throw"}', { kind: 'lines' })).rejects.toThrow(TypeError)
  })

  it('that is no Parquet file has its problem named', async () => {
    await expect(check('PAR', { kind: 'parquet' })).rejects.toThrow('The Parquet file is not a Parquet file')
  })

  it('is read no further once it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    const file = { content: bytesContent(Buffer.from('{}\n')), layout: { kind: 'lines' } } as const
    await expect(checkFile(file, { ...tools, signal })).rejects.toThrow('enough')
  })
})

type Words = Readonly<Record<string, string>>

function written(records: readonly Words[], layout: RecordLayout): string {
  if (layout.kind === 'lines') return records.map((one) => JSON.stringify(one)).join('\r\n')
  if (layout.kind === 'array') return JSON.stringify(records, null, 2)
  if (layout.kind !== 'csv') return records.map((one) => JSON.stringify(one, null, 1)).join(' ')
  const cells = (one: Words) => layout.header.map((name) => `"${one[name] ?? '\n'}"`).join(',')
  return [layout.header.join(','), ...records.map(cells)].join('\n')
}

/** The word that stands at a place, in quotes. */
function valueAt(text: string, place: object): string | undefined {
  const { line, column } = { line: 0, column: 0, ...place }
  return /^"(\w+)"/.exec(text.split('\n')[line - 1]?.slice(column - 1) ?? '')?.[1]
}

function broken(expected: string, received: string) {
  return { code: 'corrupt-record', level: 'error', path: '', expected, received }
}
