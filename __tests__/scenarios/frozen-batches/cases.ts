import { readFileSync } from 'node:fs'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import type { ActionRun } from '../../support/runs/run-action.ts'

/** A publish of small files whose batches an earlier version created; see frozen-batches.test.ts. */
export type FrozenCase = {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly files: NonNullable<ActionRun['files']>
  /** Published before it, by the same inputs. */
  readonly before?: NonNullable<ActionRun['files']>
  /** What the version before cut into parts, and this one sends in one batch. */
  readonly isCutOtherwise?: true
}

const PARQUET = readFileSync(new URL('../../fixtures/frozen-batches/members.parquet', import.meta.url))
const two = { 'data/a.jsonl': member('1'), 'data/b.jsonl': member('2', { tier: 'gold' }) }
const rows = { 'data/a.jsonl': `${member('1')}${member('2')}`, 'data/more/ö [1].jsonl': member('3') }
const array = { 'data/a.json': `[${member('1').trimEnd()},\n ${member('2').trimEnd()}]` }
const table = 'sku,name\np1,"Cup, blue"\np2,\n'

function numbered(count: number, pathOf: (number: string) => string): Readonly<Record<string, string>> {
  const numbers = Array.from({ length: count }, (_, index) => String(index).padStart(4, '0'))
  return Object.fromEntries(numbers.map((number) => [pathOf(number), member(number)]))
}

export const FROZEN_CASES: readonly FrozenCase[] = [
  { name: 'JSON Lines, named for their patterns', inputs: {}, files: two },
  { name: 'JSON Lines of several patterns', inputs: { glob: 'data/**/*.jsonl\n!data/b*' }, files: rows },
  { name: 'JSON Lines with a name', inputs: { publication: 'members' }, files: two },
  { name: 'JSON Lines with own tags', inputs: { publication: 'members', tags: 'team=crm\nteam=web\nx=1' }, files: two },
  { name: 'rejected rows allowed', inputs: { publication: 'members', 'error-threshold': '10' }, files: two },
  { name: 'a JSON array, converted', inputs: { glob: 'data/*.json' }, files: array },
  { name: 'a JSON array, kept', inputs: { glob: 'data/*.json', 'multiline-json': 'keep' }, files: array },
  { name: 'many JSON files, packed', inputs: { glob: 'data/*.json' }, files: numbered(120, (n) => `data/${n}.json`) },
  {
    name: 'partition directories',
    inputs: { glob: 'data/**/*.jsonl' },
    files: { 'data/day=1/a.jsonl': member('1'), 'data/day=2/a.jsonl': member('2') },
  },
  { name: 'Parquet', inputs: { glob: 'data/*.parquet' }, files: { 'data/a.parquet': PARQUET } },
  { name: 'CSV', inputs: { dataset: datasets.products, glob: 'data/*.csv' }, files: { 'data/a.csv': table } },
  {
    name: 'CSV in another dialect',
    inputs: { dataset: datasets.products, glob: 'data/*', format: 'csv', 'csv-delimiter': ';', 'csv-escape': '\\' },
    files: { 'data/a.txt': 'sku;name\np1;"a \\" b"\n' },
  },
  {
    name: 'CSV with tabs and another quote',
    inputs: { dataset: datasets.products, glob: 'data/*.tsv', format: 'csv', 'csv-delimiter': '\t', 'csv-quote': "'" },
    files: { 'data/a.tsv': "sku\tname\np1\t'a'\n" },
  },
  { name: 'updates', inputs: { dataset: datasets.upsertable, upsert: 'true', publication: 'members' }, files: two },
  { name: 'the first of two shards', inputs: { shard: '1/2', publication: 'members' }, files: two },
  { name: 'the second of two shards', inputs: { shard: '2/2' }, files: numbered(6, (n) => `data/${n}.jsonl`) },
  {
    name: 'a replay of what the publication held',
    inputs: { 'replay-predecessors': 'previous', publication: 'members' },
    files: two,
    before: { 'data/a.jsonl': member('0') },
  },
  {
    name: 'two parts',
    inputs: { glob: 'data/**/*.jsonl', concurrency: '32' },
    files: numbered(1_501, (n) => `data/day=1/${n}.jsonl`),
    isCutOtherwise: true,
  },
]
