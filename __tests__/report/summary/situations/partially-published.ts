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
import { validatedFile, finding } from '../../../support/check/validated-file.ts'
import { batchId } from '../../../support/make.ts'
import type { Situation } from './situation.ts'

const ID = batchId('01JNDQ7WV3S47NBFFQ413HV96K')
const FILE = 'data/members.jsonl'
const POINTS = '/_acme/loyalty/points'
const SINCE = '/_acme/loyalty/memberSince'
const TEXTS = ['A value cannot be converted to the type of its field.']

const why = diagnosis(ID, {
  reasons: [
    reason('INGEST-1212-400', {
      texts: [
        'Encountered 3 errors in the data. Successfully ingested 497 rows. Please review the associated diagnostic files for more details.',
      ],
    }),
    reason('100', { texts: TEXTS, rows: 2, sampled: 2 }),
    reason('124', { texts: TEXTS, rows: 1, sampled: 1 }),
  ],
  rejections: [
    rejection('100', at(FILE, 7, 154), { pointer: POINTS }),
    rejection('124', at(FILE, 14, 175), { pointer: SINCE }),
    rejection('100', at(FILE, 311, 150), { pointer: POINTS }),
  ],
})

const findings = [
  finding({
    code: 'number-format',
    path: POINTS,
    places: text([7, 154], [311, 150]),
    expected: 'an integer',
    received: 'a string like "aaaa"',
  }),
  finding({
    code: 'date-time-format',
    path: SINCE,
    places: text([14, 175]),
    expected: 'a date and time as YYYY-MM-DDThh:mm:ss, with Z or an offset as +hh:mm',
    received: 'a string like "0000-00-00 00:00:00"',
  }),
  finding({
    code: 'null-value',
    level: 'warning',
    path: '/_acme/loyalty/tier',
    places: text([20, 98]),
    count: 12,
    expected: 'the field to be left out',
    received: 'null',
  }),
]

function text(...places: readonly (readonly [line: number, column: number])[]) {
  return places.map(([line, column]) => ({ kind: 'text', line, column }) as const)
}

const files = [fileOf(FILE, { rows: 500, bytes: 99_650 })]

export const partiallyPublished: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/members.jsonl', validation: 'warn', 'error-threshold': '1' }),
    dataset: datasetOf(),
    found: files,
    files,
    validated: [{ ...validatedFile(FILE, ...findings), rows: 500, badRows: 3, rejectedRows: 3 }],
    publish: { publication: 'glob:data/members.jsonl', publishFingerprint: 'f94addfd3cb9b96c4ad73b3b1143f79b' },
    batches: [
      batchOf(ID, {
        rows: 500,
        bytes: 99_650,
        diagnosis: why,
        outcome: {
          kind: 'partially-published',
          status: 'success',
          counts: countsOf({ read: 500, written: 497, failed: 3 }),
          rejected: 3,
          hasSurplus: false,
          notes: why.reasons.map(
            ({ code, texts: [said = ''], rows }) => `${code}: ${said}${rows === undefined ? '' : ` (${rows} rows)`}`,
          ),
        },
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 1_100],
      ['Validate files', 200],
      ['Check existing batches', 600],
      ['Upload', 2_800],
      ['Wait for ingestion', 92_200],
      ['Locate rejected rows', 2_100],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
