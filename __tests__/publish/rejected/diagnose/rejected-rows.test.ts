import { describe, expect, it } from 'vitest'
import type { Rejection } from '../../../../src/publish/rejected/diagnose.ts'
import { rejectedRowLines } from '../../../../src/publish/rejected/diagnose.ts'
import { member } from '../../../support/platform-inputs.ts'
import { keptRows, settledBatch } from '../../../support/rejected-batch.ts'

async function textOf(rejections: Iterable<Rejection>): Promise<string> {
  let text = ''
  for await (const line of rejectedRowLines(rejections)) text += line
  return text
}

describe('the values of rejected rows', () => {
  const bad = member('ada@example.com', { memberSince: '1815-12-10 secret' })

  it('stand nowhere but in what is quoted, and there only what was asked for', async () => {
    const batch = await settledBatch({ files: { 'a.jsonl': bad } })
    const diagnosis = await batch.diagnose()
    const open = JSON.stringify(diagnosis, (key, value: unknown) => (key === 'quoted' ? undefined : value))
    expect(open).not.toMatch(/ada@|secret/)
    expect(diagnosis.rejections[0]?.quoted).toEqual({ message: expect.stringContaining('secret'), record: undefined })
  })

  it('are kept where the record is asked for', async () => {
    const batch = await settledBatch({ files: { 'a.jsonl': bad } })
    const { rejections } = await batch.diagnose({ keepRecords: true })
    expect(`${rejections[0]?.quoted.record}\n`).toBe(bad)
  })
})

describe('the file of rejected rows', () => {
  it('has a line for each, in the order of the files', async () => {
    const batch = await settledBatch({
      files: { 'b.jsonl': member('1', { points: 'x' }), 'a.jsonl': `${member('2')}{"a" 1}\n` },
    })
    const { rejections } = await batch.diagnose({ keepRecords: true })
    const lines = (await textOf(rejections)).trimEnd().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        code: 'INGEST-1401-400',
        reason: expect.stringContaining('corrupted'),
        file: 'a.jsonl',
        line: 2,
        record: '{"a" 1}',
      },
      {
        code: '100',
        reason: 'Cannot convert string to int',
        pointer: '/_emutenant/loyalty/points',
        file: 'b.jsonl',
        line: 1,
        record: JSON.parse(member('1', { points: 'x' })),
      },
    ])
  })

  it('has every digit of a record, its odd names and line ends', async () => {
    const batch = await settledBatch({ files: { 'a.jsonl': member('1') } })
    const record = '{"n":12345678901234567890,"d":1.0,"__proto__":{"x":"\\n"},"l":[9007199254740993,null]}'
    const line = `${record.slice(0, -1)},"_errors":[{"code":"1","message":"a"},{"code":"2","message":"b"}],"_filename":"x"}`
    const faults = keptRows(batch.record.id, 'row_errors', line)
    const { rejections } = await batch.diagnose({ keepRecords: true, faults })
    expect(await textOf(rejections)).toBe(`{"code":"1","reason":"a; b","record":${record}}\n`)
  })

  it('names where a row may stand, and rows of Parquet by their number', async () => {
    const quoted = { message: '', record: undefined }
    const place = { kind: 'row', row: 7 } as const
    const rejections: readonly Rejection[] = [
      { code: '1', pointer: '', found: { kind: 'found', file: 'a.parquet', place }, quoted },
      {
        code: '1',
        pointer: '',
        found: { kind: 'ambiguous', places: [{ file: 'b.parquet', place }], count: 2 },
        quoted,
      },
    ]
    expect(await textOf(rejections)).toBe(
      '{"code":"1","reason":"","file":"a.parquet","row":7}\n' +
        '{"code":"1","reason":"","candidates":[{"file":"b.parquet","row":7}]}\n',
    )
  })
})
