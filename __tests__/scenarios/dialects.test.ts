import { describe, expect, it } from 'vitest'
import type { Settings } from '../../emulator/settings.ts'
import { localPlatform } from '../support/local-platform.ts'
import { productsParquet } from '../support/parquet.ts'
import { datasets, member } from '../support/platform-inputs.ts'

const DIALECTS = [
  { mode: 'strict', dialect: 'docs' },
  { mode: 'strict', dialect: 'oas' },
  { mode: 'strict', dialect: 'lab' },
  { mode: 'lenient', dialect: 'docs' },
] as const

describe.each(DIALECTS)('a $mode platform that speaks as its $dialect', (settings) => {
  it('takes JSON Lines files, an array and pretty-printed objects in one batch', async () => {
    await using platform = await localPlatform(settings)
    const files = {
      'data/a.jsonl': member('1') + member('2'),
      'data/b.ndjson': member('3'),
      'data/c.jsonl': member('4').trimEnd(),
      'data/d.json': `[${member('5')},${member('6')}]`,
      'data/e.json': JSON.stringify(JSON.parse(member('7')), null, 2),
    }
    const run = await platform.publish({ files, inputs: { glob: 'data/*' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({
      outcome: 'published',
      status: 'success',
      'dataset-id': datasets.loyalty,
      'file-count': '5',
      'records-read': '7',
      'records-written': '7',
      'records-failed': '0',
    })
    expect(await platform.received()).toEqual({
      ...files,
      'data/d.json': member('5') + member('6'),
      'data/e.json': member('7'),
    })
    expect(await platform.emulator.datasetRows(datasets.loyalty)).toHaveLength(7)
  })

  it('takes CSV and is told how to read it', async () => {
    await using platform = await localPlatform(settings)
    const files = { 'data/p.csv': "sku;name\n1;'a;b'\n2;'it\\'s'\n" }
    const marks = { 'csv-delimiter': ';', 'csv-quote': "'", 'csv-escape': '\\' }
    const run = await platform.publish({ files, inputs: { dataset: datasets.products, glob: 'data/*.csv', ...marks } })
    expect(run.exitCode, run.log).toBe(0)
    expect(await platform.received()).toEqual(files)
    expect(await platform.batch()).toMatchObject({
      inputFormat: { format: 'csv', delimiter: ';', quote: "'", escape: '\\' },
    })
    expect(await platform.emulator.datasetRows(datasets.products)).toEqual([
      { sku: '1', name: 'a;b' },
      { sku: '2', name: "it's" },
    ])
  })

  it('takes Parquet', async () => {
    await using platform = await localPlatform(settings)
    const files = { 'data/p.parquet': productsParquet(['1', '2', '3']) }
    const run = await platform.publish({ files, inputs: { dataset: datasets.products, glob: 'data/*.parquet' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'records-written': '3' })
    expect(await platform.batch()).toMatchObject({ inputFormat: { format: 'parquet' } })
  })
})

const WORDINGS: readonly (readonly [string, Partial<Settings>])[] = [
  ['says "active" for success', { statusWords: 'active-failure' }],
  ['shouts its statuses', { statusCase: 'upper' }],
  ['shows tags as bare values', { tags: 'scalars' }],
  ['counts nothing', { metrics: 'missing' }],
  ['leaves tags out of its answer to a creation', { createAnswer: 'without-tags-and-replay' }],
  ['lists a batch late', { catalogueLagMs: { created: 100, completed: 0 } }],
  ['shows a status nobody has heard of', { hold: { status: 'pondering', forMs: 50 } }],
]

describe('a publish succeeds at a platform that', () => {
  it.each(WORDINGS)('%s', async (_, settings) => {
    await using platform = await localPlatform(settings)
    const run = await platform.publish({ files: { 'data/a.jsonl': member('1') } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', status: 'success' })
  })
})
