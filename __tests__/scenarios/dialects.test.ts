import { expect } from 'vitest'
import type { Settings } from '../../emulator/settings.ts'
import { productsParquet } from '../support/parquet/parquet.ts'
import { datasets, member } from '../support/runs/platform-inputs.ts'
import { describeScenarios, type Scenario } from '../support/runs/scenario.ts'

const DIALECTS = [
  { mode: 'strict', dialect: 'docs' },
  { mode: 'strict', dialect: 'oas' },
  { mode: 'strict', dialect: 'lab' },
  { mode: 'lenient', dialect: 'docs' },
] as const

const jsons = {
  'data/a.jsonl': member('1') + member('2'),
  'data/b.ndjson': member('3'),
  'data/c.jsonl': member('4').trimEnd(),
  'data/d.json': `[${member('5')},${member('6')}]`,
  'data/e.json': JSON.stringify(JSON.parse(member('7')), null, 2),
}
const csv = { 'data/p.csv': "sku;name\n1;'a;b'\n2;'it\\'s'\n" }
const marks = { 'csv-delimiter': ';', 'csv-quote': "'", 'csv-escape': '\\' }

for (const settings of DIALECTS) {
  describeScenarios(`a ${settings.mode} platform that speaks as its ${settings.dialect} takes`, {
    'JSON Lines files, an array and pretty-printed objects in one batch': {
      settings,
      files: jsons,
      inputs: { glob: 'data/*' },
      exitCode: 0,
      outputs: {
        outcome: 'published',
        status: 'success',
        'dataset-id': datasets.loyalty,
        'file-count': '5',
        'records-read': '7',
        'records-written': '7',
        'records-failed': '0',
      },
      received: { ...jsons, 'data/d.json': member('5') + member('6'), 'data/e.json': member('7') },
      also: async (_, { emulator }) => expect(await emulator.datasetRows(datasets.loyalty)).toHaveLength(7),
    },
    'CSV, and is told how to read it': {
      settings,
      files: csv,
      inputs: { dataset: datasets.products, glob: 'data/*.csv', ...marks },
      exitCode: 0,
      // Readers of CSV differ on how many rows there are, so no number is claimed.
      outputs: { outcome: 'published', 'file-count': '1', 'records-sent': '' },
      received: csv,
      batches: [{ inputFormat: { format: 'csv', delimiter: ';', quote: "'", escape: '\\' } }],
      also: async (_, { emulator }) =>
        expect(await emulator.datasetRows(datasets.products)).toEqual([
          { sku: '1', name: 'a;b' },
          { sku: '2', name: "it's" },
        ]),
    },
    Parquet: {
      settings,
      files: { 'data/p.parquet': productsParquet(['1', '2', '3']) },
      inputs: { dataset: datasets.products, glob: 'data/*.parquet' },
      exitCode: 0,
      outputs: { outcome: 'published', 'records-written': '3' },
      batches: [{ inputFormat: { format: 'parquet' } }],
    },
  })
}

/** A publish succeeds whatever the platform's words are. */
function published(settings: Partial<Settings>): Scenario {
  return {
    settings,
    files: { 'data/a.jsonl': member('1') },
    exitCode: 0,
    outputs: { outcome: 'published', status: 'success' },
  }
}

describeScenarios('a publish succeeds at a platform that', {
  'says "active" for success': published({ statusWords: 'active-failure' }),
  'shouts its statuses': published({ statusCase: 'upper' }),
  'shows tags as bare values': published({ tags: 'scalars' }),
  'counts nothing': published({ metrics: 'missing' }),
  'leaves tags out of its answer to a creation': published({ createAnswer: 'without-tags-and-replay' }),
  'lists a batch late': published({ catalogueLagMs: { created: 100, completed: 0 } }),
  'shows a status nobody has heard of': published({ hold: { status: 'pondering', forMs: 50 } }),
})
