import type { SchemaElement } from 'hyparquet'
import { expect } from 'vitest'
import { seededMappingSetIds } from '../../../emulator/seed/ids.ts'
import { MEMBER_SET, mappedMember, mappingSet } from '../../support/files/mapping-sets.ts'
import { parquetFile } from '../../support/parquet/parquet-file.ts'
import { describeScenarios } from '../../support/runs/scenario.ts'

const ROWS = [
  { 'Member No': '1', 'Birth date': '24/12/1980', Points: '12', Tier: 'GOLD' },
  { 'Member No': '2', 'Birth date': '29/02/2000', Points: '-3', Tier: 'silver' },
]
const LINES = mappedMember(['1', '1980-12-24', 12, 'gold']) + mappedMember(['2', '2000-02-29', -3, 'silver'])

const csv = (delimiter: string, rows: readonly Readonly<Record<string, string>>[]) =>
  [Object.keys(rows[0] ?? {}), ...rows.map((row) => Object.values(row))]
    .map((cells) => cells.join(delimiter))
    .join('\r\n')

const COLUMNS: readonly SchemaElement[] = Object.keys(ROWS[0] ?? {}).map((name) => ({
  name,
  type: 'BYTE_ARRAY',
  converted_type: 'UTF8',
  repetition_type: 'OPTIONAL',
}))

const parquet = parquetFile(
  COLUMNS,
  COLUMNS.map(({ name }) => ({
    name,
    data: ROWS.map((row) => Object.entries(row).find(([own]) => own === name)?.[1]),
  })),
)

const CHECKED = { mapping: 'maps/members.json', validation: 'error' }
const AS_JSON = { inputFormat: { format: 'json', isMultiLineJson: false } }

describeScenarios('rows that a mapping set converts are sent as JSON Lines of XDM records', {
  'from CSV in any dialect, with line ends within quotes': {
    files: {
      'maps/members.json': MEMBER_SET,
      'data/a.csv': csv(
        ';',
        ROWS.map((row) => ({ ...row, Note: '"two\nlines; ""quoted"""' })),
      ),
    },
    inputs: { ...CHECKED, glob: 'data/*.csv', 'csv-delimiter': ';' },
    exitCode: 0,
    outputs: { outcome: 'published', 'records-written': '2', 'records-sent': '2' },
    received: { 'data/a.csv.json': LINES },
    batches: [AS_JSON],
    log: ['Columns that no mapping reads: "Note"'],
  },
  'from CSV that begins with a byte-order mark, as Excel writes it': {
    files: {
      'maps/members.json': MEMBER_SET,
      'data/a.csv': `\ufeff${csv(',', ROWS)}`,
    },
    inputs: { ...CHECKED, glob: 'data/*.csv' },
    exitCode: 0,
    received: { 'data/a.csv.json': LINES },
  },
  'from JSON that begins with a byte-order mark': {
    files: { 'maps/members.json': MEMBER_SET, 'data/a.json': `\ufeff${JSON.stringify(ROWS)}` },
    inputs: { ...CHECKED, glob: 'data/*.json' },
    exitCode: 0,
    received: { 'data/a.json': LINES },
  },
  'from JSON Lines, under their own name': {
    files: { 'maps/members.json': MEMBER_SET, 'data/a.jsonl': ROWS.map((row) => JSON.stringify(row)).join('\n') },
    inputs: { ...CHECKED, glob: 'data/*.jsonl' },
    exitCode: 0,
    received: { 'data/a.jsonl': LINES },
    batches: [AS_JSON],
  },
  'with the digits of a number as JSON writes them, where the field is a string': {
    files: {
      'maps/members.json': mappingSet(['no', '_emutenant.loyalty.loyaltyId']),
      'data/a.jsonl': '{"no":1.50}\n{"no":12.0}\n{"no":7}\n',
    },
    inputs: { ...CHECKED, glob: 'data/*.jsonl' },
    exitCode: 0,
    received: {
      'data/a.jsonl': ['1.50', '12.0', '7']
        .map((loyaltyId) => `${JSON.stringify({ _emutenant: { loyalty: { loyaltyId } } })}\n`)
        .join(''),
    },
  },
  'from a pretty-printed array': {
    files: { 'maps/members.json': MEMBER_SET, 'data/a.json': JSON.stringify(ROWS, undefined, 2) },
    inputs: { ...CHECKED, glob: 'data/*.json' },
    exitCode: 0,
    received: { 'data/a.json': LINES },
    batches: [AS_JSON],
  },
  'from Parquet': {
    files: { 'maps/members.json': MEMBER_SET, 'data/a.parquet': parquet },
    inputs: { ...CHECKED, glob: 'data/*.parquet' },
    exitCode: 0,
    outputs: { outcome: 'published', 'records-written': '2' },
    received: { 'data/a.parquet.json': LINES },
    batches: [AS_JSON],
  },
  'by a mapping set of Data Prep that is named by its id, which is read once': {
    files: {
      'data/a.csv':
        'Member No,E-Mail,First name,Last name,Birth date,Points,Newsletter\n1, Ann@Example.COM ,Ann,Lee,24/12/1980,5,y\n',
    },
    inputs: { mapping: seededMappingSetIds.members, validation: 'error', glob: 'data/*.csv' },
    exitCode: 0,
    requests: { 'GET /mappingSets/': 1 },
    also: async (run, platform) => {
      const [text = ''] = Object.values(await platform.received())
      expect(JSON.parse(text), run.log).toEqual({
        _emutenant: { loyalty: { loyaltyId: '1', points: 5, newsletter: true, channel: 'store' } },
        personalEmail: { address: 'ann@example.com' },
        person: { name: { firstName: 'Ann', lastName: 'Lee' }, birthDate: '1980-12-24' },
      })
    },
  },
  'as profile updates': {
    files: { 'maps/members.json': MEMBER_SET, 'data/a.csv': csv(',', ROWS) },
    inputs: { ...CHECKED, glob: 'data/*.csv', dataset: '650000000000000000000005', upsert: 'true' },
    exitCode: 0,
    received: { 'data/a.csv.json': LINES },
  },
  'packed together, where there are many': {
    files: {
      'maps/members.json': mappingSet(['Member No', '_emutenant.loyalty.loyaltyId']),
      ...Object.fromEntries(Array.from({ length: 120 }, (_, at) => [`data/m${at}.csv`, `Member No\n${at}\n`])),
    },
    inputs: { ...CHECKED, glob: 'data/*.csv' },
    exitCode: 0,
    outputs: { 'records-written': '120', 'file-count': '120' },
    received: ['packed-00001.json'],
  },
})
