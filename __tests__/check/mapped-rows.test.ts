import { expect, it } from 'vitest'
import { rowCheckOf } from '../../src/check/row-check.ts'
import { checkFile } from '../../src/formats/check.ts'
import type { FileToRead } from '../../src/formats/formats.ts'
import { createLocalChecker } from '../../src/formats/pool.ts'
import { bytesContent } from '../../src/lib/content.ts'
import { readMappingSet } from '../../src/mapping/mapping-set.ts'
import { loyaltySchema } from '../../emulator/seed/loyalty-schema.ts'
import { mappingSet } from '../support/files/mapping-sets.ts'
import { never } from '../support/time/never.ts'
import { parquetFile } from '../support/parquet/parquet-file.ts'
import { PARQUET } from '../support/files/shapes.ts'

const LINES = { format: 'json', kind: 'lines' } as const

/** The findings of JSON Lines, and the records that were made of them. */
async function mapLines(lines: string, set: string, isForProfile = false) {
  return await mapFile({ content: bytesContent(Buffer.from(lines)), shape: LINES }, set, isForProfile)
}

async function mapFile(file: FileToRead, set: string, isForProfile = false) {
  const read = readMappingSet(set)
  if (read.kind === 'faults') throw new Error('The set is wrong')
  const source = { schema: loyaltySchema, descriptors: undefined }
  const plan = { ...source, name: 'maps/a.json', set: read.set, isForProfile, isUpsert: false, nowMs: 0 }
  const check = rowCheckOf({
    source,
    showValues: false,
    isForProfile,
    isUntyped: false,
    mapping: { plan, isChecked: true },
  })
  let made = ''
  const sending = { name: 'a.json', write: async (bytes: Uint8Array) => void (made += Buffer.from(bytes).toString()) }
  const tools = { checker: createLocalChecker(check), signal: never(), sending }
  const { findings, converted } = await checkFile(file, tools)
  return { findings, rows: converted?.rows, made }
}

const ID = '_emutenant.loyalty.loyaltyId'

it('a record that is longer than anything takes is rejected, and the others are made', async () => {
  const long = 'replacestr(lpad(N, 1000, "x"), "x", lpad(N, 300000, "y"))'
  const set = mappingSet(['N', ID], [`iif(N == "1", ${long}, N)`, 'person.name.firstName', 'EXPRESSION'])
  const { findings, rows, made } = await mapLines('{"N":"1"}\n{"N":"2"}\n', set)
  expect(findings).toMatchObject([
    { code: 'mapping-error', fate: 'rejected', first: [{ place: { line: 1 }, issue: { received: 'a longer one' } }] },
  ])
  expect(rows).toBe(1)
  expect(made).toBe('{"_emutenant":{"loyalty":{"loyaltyId":"2"}},"person":{"name":{"firstName":"2"}}}\n')
})

it('what is wrong with a record as a whole is not put down to its first column', async () => {
  const { findings } = await mapLines(
    `{"N":"${'1'.repeat(100_001)}"}\n`,
    mappingSet(['N', ID], ['N', 'person.name.firstName']),
    true,
  )
  const [oversize] = findings.filter(({ code }) => code === 'oversize-record')
  expect(oversize?.first).toMatchObject([{ place: { line: 1, column: 1 } }])
  expect(oversize?.first[0]?.issue.from).toBeUndefined()
})

it('numbers of Parquet keep their digits in strings, and are decimals in expressions where their column is one', async () => {
  const columns = [
    { name: 'price', type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale: 2, repetition_type: 'REQUIRED' },
    { name: 'rate', type: 'DOUBLE', repetition_type: 'REQUIRED' },
    { name: 'count', type: 'INT64', repetition_type: 'REQUIRED' },
  ] as const
  const data = [
    { name: 'price', data: [150n, -5n, 500n, 123_456_789_012_345_678n] },
    { name: 'rate', data: [5, 2.5, 1e21, -0] },
    { name: 'count', data: [5n, 6n, 7n, 8n] },
  ]
  const texts = '_emutenant.loyalty.attributes'
  const set = mappingSet(
    ['price', ID],
    ['rate', `${texts}.rate`],
    ['count', `${texts}.count`],
    ['concat(rate / 2, " ", price / 2, " ", count / 2)', `${texts}.halves`, 'EXPRESSION'],
    ['rate', '_emutenant.loyalty.discount'],
  )
  const { made } = await mapFile({ content: bytesContent(parquetFile(columns, data)), shape: PARQUET }, set)
  const records = made
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)['_emutenant'].loyalty)
  expect(records).toEqual([
    { loyaltyId: '1.50', attributes: { rate: '5', count: '5', halves: '2.5 0.75 2' }, discount: 5 },
    { loyaltyId: '-0.05', attributes: { rate: '2.5', count: '6', halves: '1.25 -0.025 3' }, discount: 2.5 },
    { loyaltyId: '5.00', attributes: { rate: '1e+21', count: '7', halves: '5.0E20 2.5 3' }, discount: 1e21 },
    {
      loyaltyId: '1234567890123456.78',
      attributes: { rate: '0', count: '8', halves: '-0.0 6.172839450617284E14 4' },
      discount: 0,
    },
  ])
})

it('a string of Parquet that is not UTF-8 is an error, and no other string is sent for it', async () => {
  const columns = [{ name: 'N', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' }] as const
  const data = [{ name: 'N', data: [Buffer.from([0x61, 0xff]), Buffer.from('a\ufffd')] }]
  const set = mappingSet(['"1"', ID, 'EXPRESSION'], ['N', 'person.name.firstName'])
  const { made, findings } = await mapFile({ content: bytesContent(parquetFile(columns, data)), shape: PARQUET }, set)
  expect(findings).toMatchObject([
    { code: 'mapping-error', count: 1, first: [{ place: { row: 1 }, issue: { received: 'binary data' } }] },
  ])
  expect(
    made
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).person),
  ).toEqual([undefined, { name: { firstName: 'a\ufffd' } }])
})

it('timestamps of Parquet keep their digits below a millisecond, in any unit', async () => {
  const required = { type: 'INT64', repetition_type: 'REQUIRED' } as const
  const columns = [
    { name: 'micros', ...required, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
    { name: 'nanos', ...required, logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'NANOS' } },
  ] as const
  const data = [
    { name: 'micros', data: [1_700_000_000_000_001n, -1n, 2n ** 62n] },
    { name: 'nanos', data: [1_700_000_000_000_000_001n, 1_700_000_000_120_000_000n, 0n] },
  ]
  const set = mappingSet(
    ['"1"', ID, 'EXPRESSION'],
    ['micros', '_emutenant.loyalty.memberSince'],
    ['nanos', '_emutenant.loyalty.attributes.at'],
  )
  const { made, findings } = await mapFile({ content: bytesContent(parquetFile(columns, data)), shape: PARQUET }, set)
  expect(
    made
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)['_emutenant'].loyalty),
  ).toEqual([
    {
      loyaltyId: '1',
      memberSince: '2023-11-14T22:13:20.000001Z',
      attributes: { at: '2023-11-14T22:13:20.000000001Z' },
    },
    { loyaltyId: '1', memberSince: '1969-12-31T23:59:59.999999Z', attributes: { at: '2023-11-14T22:13:20.120Z' } },
    { loyaltyId: '1', attributes: { at: '1970-01-01T00:00:00Z' } },
  ])
  expect(findings).toMatchObject([{ code: 'mapping-error', count: 1, first: [{ place: { row: 3 } }] }])
})
