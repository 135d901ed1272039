import type { SchemaElement } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { recordKey } from '../../../src/publish/rejected/keys.ts'
import { parseLossless } from '../../../src/schema/json.ts'
import { datasetId } from '../../support/make.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { keptRows, placesOf, finishedBatch } from '../../support/emulator/rejected-batch.ts'
import { tookMs } from '../../support/time/took.ts'

const BAD = { points: 'many' }

describe('rows of JSON Lines', () => {
  it('are found at file, line and the column of what is wrong', async () => {
    const batch = await finishedBatch({
      files: {
        'data/a.jsonl': `${member('1')}${member('2', BAD)}{"_emutenant":\n${member('3')}`,
        'data/b.jsonl': `\n${member('4')}${member('5', { tier: 'tin' })}`,
      },
    })
    const diagnosis = await batch.diagnose()
    expect(batch.record.status).toBe('failed')
    expect(placesOf(diagnosis)).toEqual([
      'data/a.jsonl:2:52 100',
      'data/a.jsonl:3:1 INGEST-1401-400',
      'data/b.jsonl:3:50 EMU-ENUM',
    ])
    expect(diagnosis).toMatchObject({ batch: batch.record.id, isWhole: true, notes: [] })
  })

  it('are found in a batch that succeeded without them, too', async () => {
    const files = { 'data/a.jsonl': member('1') + member('2', BAD) + member('3') }
    const batch = await finishedBatch({ files, threshold: 50 })
    const diagnosis = await batch.diagnose()
    expect(batch.record.status).toBe('success')
    expect(placesOf(diagnosis)).toEqual(['data/a.jsonl:2:52 100'])
    expect(diagnosis.reasons).toMatchObject([
      { code: 'INGEST-1212-400', rows: undefined, sampled: 0, explanation: { cause: expect.any(String) } },
      { code: '100', rows: 1, sampled: 1, explanation: { remedy: expect.stringContaining('Fix the value') } },
    ])
  })

  it('are found at lines that other lines than records stand before, whatever their ends', async () => {
    const text = `\r\n  ${member('1').replace('\n', '\r\n')}\n${member('ä€😀', BAD).replace('\n', '\r\n')}{"a" 1}\r\n`
    const batch = await finishedBatch({ files: { 'a.jsonl': text } })
    expect(placesOf(await batch.diagnose())).toEqual(['a.jsonl:4:55 100', 'a.jsonl:5:1 INGEST-1401-400'])
  })
})

describe('rows of JSON over several lines', () => {
  const pretty = `[\n${[member('1'), member('2', BAD), member('3', { tier: 'tin' })]
    .map((text) => JSON.stringify(JSON.parse(text), null, 2))
    .join(',\n')}\n]\n`

  it.each([{}, { keepMultiLine: true as const }])('are found where the values stand, sent with %j', async (how) => {
    const batch = await finishedBatch({ files: { 'data/a.json': pretty }, ...how })
    expect(batch.files[0]?.isMultiLine).toBe('keepMultiLine' in how)
    expect(placesOf(await batch.diagnose())).toEqual(['data/a.json:13:17 100', 'data/a.json:21:15 EMU-ENUM'])
  })
})

const MEMBERS: readonly SchemaElement[] = [
  { name: '_emutenant', num_children: 1, repetition_type: 'REQUIRED' },
  { name: 'loyalty', num_children: 4, repetition_type: 'REQUIRED' },
  { name: 'loyaltyId', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
  { name: 'tier', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'balanceCents', type: 'INT64', repetition_type: 'OPTIONAL' },
  { name: 'memberSince', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS', repetition_type: 'OPTIONAL' },
]

function parquetOf(...members: readonly object[]): Uint8Array {
  const data = members.map((loyalty) => ({ loyalty }))
  return parquetFile(MEMBERS, [{ name: '_emutenant', data }], { rowGroupSize: 2 })
}

describe('rows of Parquet', () => {
  it('are found by their number in the file, row groups, times and absent values notwithstanding', async () => {
    const memberSince = new Date('2024-02-29T12:00:00Z')
    const file = parquetOf(
      { loyaltyId: '1', tier: 'gold', memberSince },
      { loyaltyId: '2' },
      { loyaltyId: '3', tier: 'tin', balanceCents: 5n, memberSince },
      { loyaltyId: '4', tier: 'tin', memberSince: new Date('2024-02-29T12:00:01Z') },
      { loyaltyId: '4', tier: 'tin', memberSince },
    )
    const batch = await finishedBatch({ files: { 'a.parquet': file }, format: 'parquet' })
    expect(placesOf(await batch.diagnose())).toEqual([
      'a.parquet row 3 EMU-ENUM',
      'a.parquet row 4 EMU-ENUM',
      'a.parquet row 5 EMU-ENUM',
    ])
  })

  it('are found however a moment is spelled', async () => {
    const file = parquetOf({ loyaltyId: '1', memberSince: new Date('2024-02-29T12:00:00Z') }, { loyaltyId: '2' })
    const batch = await finishedBatch({ files: { 'a.parquet': file }, format: 'parquet' })
    const spellings = ['2024-02-29T12:00:00Z', '2024-02-29T13:00:00.000+01:00', '2024-02-29T12:00:01Z']
    const rows = spellings.map((memberSince) => ({
      ...(JSON.parse(member('1', { memberSince, tier: null })) as object),
      _errors: [{ code: '100' }],
    }))
    const faults = keptRows(batch.record.id, 'row_errors', rows.map((row) => JSON.stringify(row)).join('\n'))
    expect(placesOf(await batch.diagnose({ faults }))).toEqual([
      'a.parquet row 1 100',
      'a.parquet row 1 100',
      'nowhere 100',
    ])
  })
})

describe('rows of CSV', () => {
  const text = 'sku,name,price\nA,"two, words",1.50\n\nB,,2\nC,"say ""hi""",3\n'
  const products = { files: { 'data/p.csv': text }, format: 'csv', dataset: datasetId(datasets.products) } as const

  it.each([
    ['as texts', { sku: 'B', name: '', price: '2' }, 'data/p.csv:4:1'],
    ['as numbers', { price: 2, sku: 'B', name: null }, 'data/p.csv:4:1'],
    ['in the object of an ad-hoc schema', { _9b1d0001: { sku: 'C', name: 'say "hi"', price: 3 } }, 'data/p.csv:5:1'],
    ['with a comma inside', { sku: 'A', name: 'two, words', price: '1.50' }, 'data/p.csv:2:1'],
    ['with a cell spelled otherwise', { sku: 'A', name: 'two, words', price: '1.5' }, 'nowhere'],
  ])('are found when the platform shows them %s', async (_, record, place) => {
    const batch = await finishedBatch(products)
    const line = JSON.stringify({ ...record, _errors: [{ code: '100', message: '' }], _filename: 'x' })
    const diagnosis = await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', line) })
    expect(placesOf(diagnosis)).toEqual([`${place} 100`])
  })

  it('are found at the column that the platform names', async () => {
    const batch = await finishedBatch(products)
    const line = JSON.stringify({ sku: 'C', name: 'say "hi"', price: '3', _errors: [{ code: '100', column: 'price' }] })
    const diagnosis = await batch.diagnose({ faults: keptRows(batch.record.id, 'row_errors', line) })
    expect(placesOf(diagnosis)).toEqual(['data/p.csv:5:16 100'])
  })
})

it('a number of as many zeros as a line holds is read once', async () => {
  const ms = await tookMs(() => recordKey(parseLossless(`{"n":0.${'0'.repeat(300_000)}1}`), 'json'))
  expect(ms).toBeLessThan(3_000)
})
