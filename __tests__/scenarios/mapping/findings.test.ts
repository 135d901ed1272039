import type { SchemaElement } from 'hyparquet'
import { expect, it } from 'vitest'
import { seededDatasetIds } from '../../../emulator/seed/ids.ts'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { MEMBER_SET, mappingSet } from '../../support/files/mapping-sets.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { describeScenarios } from '../../support/runs/scenario.ts'
import { rejectedIn, validateOffline } from '../../support/check/validated.ts'

const HEADER = 'Member No,Birth date,Points,Tier\n'
const BAD = `${HEADER}1,24/12/1980,1,gold\n2,"1980-\n12-24",many,gold\n,24/12/1980,3,iron\n`
const files = { 'maps/members.json': MEMBER_SET, 'data/a.csv': BAD }
const inputs = { mapping: 'maps/members.json', glob: 'data/*.csv', validation: 'error' }

it('a pull request sees each value that cannot be mapped, and each that the schema refuses, at its line and column', async () => {
  const run = await validateOffline(loyaltySchema, { files, inputs })
  expect(run.exitCode, run.log).toBe(1)
  const seen = run.annotations.filter(({ file }) => file !== undefined)
  expect(seen.map(({ title, line, column }) => `${title} ${line}:${column}`).toSorted()).toEqual([
    'enum 5:15',
    'mapping-error 3:3',
    'mapping-error 4:8',
    'required-missing 5:1',
  ])
  expect(run.log).toContain('/_emutenant/loyalty/points, from "Points": expected an integer')
  expect(run.log).toContain('/_emutenant/loyalty/tier, from "Tier": expected one of')
  expect(run.log).not.toContain('many')
  expect(run.checks).toMatchObject([{ path: 'data/a.csv', rows: 3, badRows: 2, rejectedRows: 1, changedRows: 1 }])
})

it('a row that the platform rejects is found in the source, at the cell that its value was made of', async () => {
  await using platform = await localPlatform()
  const sent = { ...files, 'data/a.csv': `${HEADER}1,24/12/1980,1,gold\n"2",,7,iron\n` }
  const run = await platform.publish({ files: sent, inputs: { ...inputs, validation: 'off', 'error-threshold': '50' } })
  expect(run.outputs['outcome'], run.log).toBe('partially-published')
  expect(rejectedIn(run)[0]?.rows.map(({ found }) => found)).toEqual([
    { kind: 'found', file: 'data/a.csv', place: { kind: 'text', line: 3, column: 8 } },
  ])
})

const COLUMNS: readonly SchemaElement[] = [
  { name: 'Member No', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'Birth date', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'Points', type: 'INT64', repetition_type: 'OPTIONAL' },
  { name: 'Tier', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
]
const PARQUET = parquetFile(COLUMNS, [
  { name: 'Member No', data: ['1', '2'] },
  { name: 'Birth date', data: ['24/12/1980', null] },
  { name: 'Points', data: [1n, 7n] },
  { name: 'Tier', data: ['gold', 'iron'] },
])
const JSON_LINES = '{"Member No":"1","Points":1,"Tier":"gold"}\n{"Points":7,"Tier":"iron","Member No":"2"}\n'
/** With a regular expression, which may never end: rows are searched in a thread. */
const SLOW_SET = mappingSet(
  ['Member No', '_emutenant.loyalty.loyaltyId'],
  ['Points', '_emutenant.loyalty.points'],
  ['Tier =~ "go.*" ? "gold" : Tier', '_emutenant.loyalty.tier', 'EXPRESSION'],
)

it.each<readonly [string, string, string, string | Uint8Array, object]>([
  ['Parquet', 'data/a.parquet', MEMBER_SET, PARQUET, { kind: 'row', row: 2 }],
  ['Parquet, by a set with a regular expression', 'data/a.parquet', SLOW_SET, PARQUET, { kind: 'row', row: 2 }],
  ['JSON Lines', 'data/a.jsonl', MEMBER_SET, JSON_LINES, { kind: 'text', line: 2, column: 20 }],
  ['JSON Lines, by a set with a regular expression', 'data/a.jsonl', SLOW_SET, JSON_LINES, { kind: 'text', line: 2 }],
])('a row that the platform rejects is found in its source: %s', async (_, path, set, content, place) => {
  await using platform = await localPlatform()
  const run = await platform.publish({
    files: { 'maps/members.json': set, [path]: content },
    inputs: { mapping: 'maps/members.json', glob: path, validation: 'off', 'error-threshold': '50' },
  })
  expect(run.outputs['outcome'], run.log).toBe('partially-published')
  const found = rejectedIn(run)[0]?.rows.map((row) => row.found)
  expect(found, run.log).toMatchObject([{ kind: 'found', file: path, place }])
})

const PUBLISHING = { files, exitCode: 1, outputs: { outcome: 'invalid' }, requests: { 'POST /batches': 0 } }

describeScenarios('values that a mapping cannot convert', {
  'stop a publish': { ...PUBLISHING, inputs, annotations: expect.anything() as never },
  'stop it also without validation, which is no look-up of records': {
    ...PUBLISHING,
    inputs: { ...inputs, validation: 'off' },
    log: ['mapping-error'],
    notInLog: ['title=enum'],
  },
  'are left out under "validation: warn"': {
    files: { ...files, 'data/a.csv': `${HEADER}1,24/12/1980,many,gold\n` },
    inputs: { ...inputs, validation: 'warn' },
    exitCode: 0,
    received: {
      'data/a.csv.json':
        '{"_emutenant":{"loyalty":{"loyaltyId":"1","tier":"gold"}},"person":{"birthDate":"1980-12-24"}}\n',
    },
    log: ['title=mapping-error'],
  },
  'are told once where the field is required': {
    files: {
      'maps/members.json': mappingSet(['to_integer(No)', '_emutenant.loyalty.loyaltyId', 'EXPRESSION']),
      'data/a.csv': 'No\none\n',
    },
    inputs,
    exitCode: 1,
    log: ['title=mapping-error'],
    notInLog: ['required-missing'],
  },
})

const UNREAD = /^::error::Validation failed, nothing was sent: .* cannot be read, so the mapping made no record of/m

const ALL_EMPTY = {
  files: {
    'maps/names.json': mappingSet(['Nmae', '_9b1d0001.name']),
    'data/a.jsonl': '{"Name":"Mug"}\n{"Name":"Plate"}\n',
  },
  inputs: { mapping: 'maps/names.json', glob: 'data/*.jsonl', dataset: seededDatasetIds.products },
}

describeScenarios('rows in which no mapping finds a value', {
  'make empty records, which a warning counts': {
    files: {
      'maps/names.json': mappingSet(['Name', '_9b1d0001.name'], ['Price', '_9b1d0001.price']),
      'data/a.csv': 'Name,Price\nMug,7.5\n,\n,\n',
    },
    inputs: { mapping: 'maps/names.json', glob: 'data/*.csv', validation: 'error', dataset: seededDatasetIds.products },
    exitCode: 0,
    received: { 'data/a.csv.json': '{"_9b1d0001":{"name":"Mug","price":7.5}}\n{}\n{}\n' },
    log: ['::warning::The mapping gave an empty record for 2 rows: no mapping found a value there'],
  },
  'stop the run where all are so': {
    ...ALL_EMPTY,
    inputs: { ...ALL_EMPTY.inputs, validation: 'error' },
    exitCode: 1,
    outputs: { outcome: 'invalid' },
    error: [
      'the mapping found no value in any row',
      'Compare the sources of the mapping set with the names in the files',
    ],
    batches: [],
  },
  'are sent where all are so with "validation: warn"': {
    ...ALL_EMPTY,
    inputs: { ...ALL_EMPTY.inputs, validation: 'warn' },
    exitCode: 0,
    received: { 'data/a.jsonl': '{}\n{}\n' },
  },
})

describeScenarios('rows that cannot be read, of which a mapping makes nothing, stop the run', {
  'also within the error threshold: the batch would look complete without them': {
    ...PUBLISHING,
    files: { ...files, 'data/a.csv': `${HEADER}1,24/12/1980,1,gold\n2,24/12/1980\n` },
    inputs: { ...inputs, 'error-threshold': '50', 'max-rejected-rows': '1' },
    log: [UNREAD, /title=ragged-row,file=data\/a.csv,line=3/],
  },
  'also under "validation: warn", and where all of a file are so': {
    ...PUBLISHING,
    files: { ...files, 'data/a.csv': `${HEADER}1,24/12/1980\n2,24/12/1980\n`, 'data/b.csv': BAD },
    inputs: { ...inputs, validation: 'warn' },
    log: [UNREAD, /title=ragged-row,file=data\/a.csv,line=2/],
  },
})
