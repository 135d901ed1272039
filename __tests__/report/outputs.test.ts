import { describe, expect, it } from 'vitest'
import { Cancelled, Problem } from '../../src/lib/errors.ts'
import { bytesContent } from '../../src/lib/content.ts'
import type { BatchFact, RunEnd, RunFacts } from '../../src/report/facts.ts'
import { readDatasetRecord } from '../../src/platform/records.ts'
import { jsonReader } from '../../src/lib/json-reader.ts'
import { runReport } from '../../src/report/run-report.ts'
import { outputs, type Outputs } from '../../src/report/outputs.ts'
import type { CheckedFile } from '../../src/files/read.ts'
import { InvalidFiles } from '../../src/files/refusal.ts'
import type { Outcome } from '../../src/publish/outcome.ts'
import { datasetId, batchId } from '../support/make.ts'
import { checkedFile } from '../support/check/checked-file.ts'

const DATASET = '5c8c3c555033b814b69f947f'
const dataset = readDatasetRecord(datasetId(DATASET), jsonReader({ name: 'Loyalty' }, 'answer'))

function file(sourceBytes: number): CheckedFile {
  return checkedFile('a', bytesContent(new Uint8Array(sourceBytes)))
}

function batch(id: string, status: string, outcome?: Outcome): BatchFact {
  return {
    id: batchId(id),
    part: { number: 1, of: 1 },
    rows: 1,
    bytes: 1,
    replaced: [],
    openedMs: undefined,
    completedMs: undefined,
    finishedMs: undefined,
    diagnosis: undefined,
    isCompleted: true,
    status,
    outcome,
  }
}

function counted(kind: 'published' | 'failed', read?: number, written?: number, failed?: number): Outcome {
  return { kind, status: '', counts: { read, written, failed }, notes: [] }
}

function partial(read: number, written: number, failed: number): Outcome {
  const counts = { read, written, failed }
  return { kind: 'partially-published', status: 'success', counts, rejected: failed, hasSurplus: false, notes: [] }
}

function reverted(): Outcome {
  return { kind: 'reverted', status: 'inactive', notes: [] }
}

function late(status: string): Outcome {
  return { kind: 'timed-out', status, notes: [] }
}

/** A batch that this run created and completed. */
function sent(id: string, more: Partial<BatchFact>): BatchFact {
  return { ...batch(id, 'success', counted('published')), openedMs: 1, completedMs: 2, ...more }
}

const judged: RunEnd = { kind: 'judged', verdict: { fails: false } }
const noFiles: RunEnd = { kind: 'no-files', verdict: { fails: false } }
const stopped = (error: unknown): RunEnd => ({ kind: 'stopped', error })
const files = [file(10), file(20)]
const nothing: RunFacts = {
  dataset: undefined,
  isDatasetNew: false,
  source: undefined,
  found: [],
  files: [],
  validated: undefined,
  mapping: undefined,
  mappedRecords: [],
  proposal: undefined,
  schema: undefined,
  isClassUnknown: false,
  drift: undefined,
  doctor: undefined,
  isUpsert: false,
  enabled: undefined,
  runInfo: undefined,
  publish: undefined,
  preview: undefined,
  diff: undefined,
  expiration: undefined,
  budget: undefined,
  spans: [],
  batches: [],
}
const known: RunFacts = { ...nothing, dataset, found: files, files }

const TABLE: readonly (readonly [string, RunFacts, RunEnd, Partial<Outputs>])[] = [
  [
    'published',
    { ...known, batches: [batch('B1', 'active', counted('published', 5, 5, 0))] },
    judged,
    {
      outcome: 'published',
      status: 'success',
      'batch-id': 'B1',
      'batch-ids': '["B1"]',
      'dataset-id': DATASET,
      'file-count': '2',
      'byte-count': '30',
      'records-read': '5',
      'records-written': '5',
      'records-failed': '0',
    },
  ],
  [
    'published in two parts',
    {
      ...known,
      batches: [
        batch('B1', 'success', counted('published', 5, 5, 0)),
        batch('B2', 'success', counted('published', 2, 2, 0)),
      ],
    },
    judged,
    { outcome: 'published', 'batch-id': 'B1', 'batch-ids': '["B1","B2"]', 'records-written': '7' },
  ],
  [
    'published, of which one part was not counted',
    {
      ...known,
      batches: [batch('B1', 'success', counted('published', 5, 5, 0)), batch('B2', 'success', counted('published'))],
    },
    judged,
    { 'records-read': '', 'records-written': '', 'records-failed': '' },
  ],
  [
    'partially published and failed',
    {
      ...known,
      batches: [batch('B1', 'success', partial(5, 4, 1)), batch('B2', 'failure', counted('failed'))],
    },
    judged,
    { outcome: 'failed', status: 'failed' },
  ],
  [
    'timed out beside a partial one',
    {
      ...known,
      batches: [batch('B1', 'success', partial(5, 4, 1)), batch('B2', 'staging', late('staging'))],
    },
    judged,
    { outcome: 'timed-out', status: 'staging' },
  ],
  [
    'submitted',
    { ...known, batches: [batch('B1', 'loaded', { kind: 'submitted', status: '', notes: [] })] },
    judged,
    { outcome: 'submitted', status: 'loaded', 'records-read': '' },
  ],
  [
    'reverted',
    { ...nothing, dataset, batches: [batch('B1', 'inactive', reverted())] },
    judged,
    { outcome: 'reverted', status: 'inactive', 'batch-id': 'B1', 'file-count': '', 'records-written': '' },
  ],
  [
    'reverted in one of two parts, while the other still reads as before',
    { ...nothing, batches: [batch('B1', 'inactive', reverted()), batch('B2', 'success', late('success'))] },
    judged,
    { outcome: 'timed-out', 'batch-ids': '["B1","B2"]' },
  ],
  [
    'no files',
    { ...nothing, dataset },
    noFiles,
    { outcome: 'no-files', 'file-count': '0', 'byte-count': '0', 'batch-ids': '[]', 'batch-id': '', status: '' },
  ],
  [
    'invalid',
    { ...nothing, dataset },
    stopped(new InvalidFiles([])),
    { outcome: 'invalid', 'file-count': '', 'dataset-id': DATASET },
  ],
  [
    'cancelled while uploading',
    { ...known, batches: [batch('B1', 'aborted')] },
    stopped(new Cancelled('SIGINT')),
    { outcome: 'cancelled', status: 'aborted', 'batch-id': 'B1', 'file-count': '2' },
  ],
  [
    'stopped before anything was known',
    nothing,
    stopped(new Problem('Cannot', { remedy: 'do' })),
    {
      outcome: 'failed',
      status: '',
      'batch-id': '',
      'batch-ids': '[]',
      'dataset-id': '',
      'file-count': '',
      'byte-count': '',
      'records-read': '',
      'records-written': '',
      'records-failed': '',
    },
  ],
]

/** What this run sent and replaced, and nothing that others did. */
const SENT: readonly (readonly [string, readonly BatchFact[], string, readonly string[]])[] = [
  ['nothing', [], '0', []],
  ['data that the dataset already holds', [{ ...batch('B1', 'success', counted('published')), rows: 5 }], '0', []],
  ['two batches', [sent('B1', { rows: 5 }), sent('B2', { rows: 7 })], '12', []],
  ['a batch that nobody counted', [sent('B1', { rows: 5 }), sent('B2', { rows: undefined })], '', []],
  ['a batch that it aborted', [sent('B1', { rows: 5, isCompleted: false, status: 'aborted' })], '0', []],
  ['a batch that replaced two', [sent('B1', { rows: 5, replaced: [batchId('A1'), batchId('A2')] })], '5', ['A1', 'A2']],
  [
    'two batches that replaced the same',
    [sent('B1', { rows: 5, replaced: [batchId('A1')] }), sent('B2', { rows: 7, replaced: [batchId('A1')] })],
    '12',
    ['A1'],
  ],
  [
    'a batch that replaces one as soon as the platform accepts it',
    [sent('B1', { rows: 5, replaced: [batchId('A1')], outcome: late('staging') })],
    '5',
    [],
  ],
  [
    'a batch whose predecessor nobody has looked at since',
    [sent('B1', { rows: 5, replaced: [batchId('A1')], isReplacementUnchecked: true })],
    '5',
    [],
  ],
  [
    'a batch whose predecessor stayed',
    [sent('B1', { rows: 5, replaced: [batchId('A1')], outcome: { ...counted('failed'), status: 'success' } })],
    '5',
    [],
  ],
  [
    'nothing, where an earlier run had replaced one',
    [{ ...batch('B1', 'success', counted('published')), replaced: [batchId('A1')] }],
    '0',
    [],
  ],
]

it.each(SENT)('a run that sent %s reports the records that it sent and the batches that it replaced', (...row) => {
  const [, batches, records, replaced] = row
  expect(outputs(runReport({ ...known, batches }, judged))).toMatchObject({
    'records-sent': records,
    'replaced-batch-ids': JSON.stringify(replaced),
  })
})

describe('the outputs of a run', () => {
  it.each(TABLE)('that ended as %s', (_, facts, end, expected) => {
    expect(outputs(runReport(facts, end))).toMatchObject(expected)
  })
})

it.each(['x"; $(id) `id` \n${{ secrets.X }}', 'y'.repeat(2_000_000), 'constructor', 'brand-new'])(
  'the output "status" is a known word or "unknown", whatever a server writes',
  (status) => {
    const end: RunEnd = { kind: 'judged', verdict: { fails: true, why: '' } }
    const facts = { ...nothing, batches: [batch('A', status)] }
    expect(outputs(runReport(facts, end)).status).toBe('unknown')
  },
)
