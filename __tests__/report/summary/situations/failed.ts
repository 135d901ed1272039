import { jobVerdict } from '../../../../src/publish/verdict.ts'
import type { Outcome } from '../../../../src/publish/outcome.ts'
import {
  at,
  batchOf,
  countsOf,
  datasetOf,
  diagnosis,
  runInfoOf,
  factsOf,
  fileOf,
  reason,
  rejection,
  spansOf,
} from '../../../support/report/facts.ts'
import { NO_LIMITS } from '../../../support/publish/judged-jobs.ts'
import { batchId } from '../../../support/make.ts'
import type { Situation } from './situation.ts'

const ID = batchId('01JNDQA2D3VTPCSYSB1SJWH08J')
const EVENTS = 'data/events/2026-03-01.jsonl'
const MORE = 'data/events/2026-03-02.jsonl'
const files = [fileOf(EVENTS, { rows: 1_200, bytes: 402_118 }), fileOf(MORE, { rows: 800, bytes: 268_440 })]

const line = (file: string, number: number) => ({ file, place: { kind: 'text', line: number, column: 1 } as const })

const why = diagnosis(ID, {
  reasons: [
    reason('INGEST-1401-400', { texts: ['The message is not valid JSON.'], rows: 1, sampled: 1 }),
    reason('INGEST-1555-400', { texts: ['Required field is missing or null.'], rows: 4, sampled: 3 }),
    reason('NEW-7777-400'),
  ],
  rejections: [
    rejection('INGEST-1401-400', at(EVENTS, 88)),
    rejection('INGEST-1555-400', at(MORE, 3, 12), { pointer: '/timestamp' }),
    rejection(
      'INGEST-1555-400',
      { kind: 'ambiguous', places: [line(EVENTS, 40), line(MORE, 7)], count: 2 },
      { pointer: '/_id' },
    ),
    rejection('INGEST-1555-400', { kind: 'not found' }, { pointer: '/_id' }),
  ],
  isWhole: false,
  notes: [
    'Only 4 rejected rows of 5 could be read; the others are not listed.',
    '1 rejected row cannot be distinguished from identical rows.',
    '1 rejected row could not be located in the files: the platform reports different values.',
  ],
})

const outcome: Outcome = {
  kind: 'failed',
  status: 'failed',
  counts: countsOf({ read: 2_000, written: 0, failed: 5 }),
  notes: [
    'INGEST-1401-400: The message is not valid JSON. (1 row)',
    'INGEST-1555-400: Required field is missing or null. (4 rows)',
    'NEW-7777-400: no description',
  ],
}

export const failed: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/events/*.jsonl', validation: 'off' }),
    dataset: datasetOf({ name: 'Web events' }),
    found: files,
    files,
    publish: { publication: 'glob:data/events/*.jsonl', publishFingerprint: '0c44addfd3cb9b96c4ad73b3b1143f79' },
    batches: [
      batchOf(ID, {
        status: 'failed',
        rows: 2_000,
        bytes: 670_558,
        diagnosis: why,
        outcome,
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 900],
      ['Check existing batches', 500],
      ['Upload', 3_100],
      ['Wait for ingestion', 244_000],
      ['Locate rejected rows', 4_700],
    ]),
  }),
  end: { kind: 'judged', verdict: jobVerdict([outcome], NO_LIMITS) },
}
