import { Cancelled } from '../../../../src/lib/errors.ts'
import { batchOf, datasetOf, runInfoOf, factsOf, fileOf, spansOf, START_MS } from '../../../support/report/facts.ts'
import type { Situation } from './situation.ts'

const files = [
  fileOf('data/a.jsonl', { rows: 900_000, bytes: 99_000_000_000 }),
  fileOf('data/b.jsonl', { rows: 20_000, bytes: 2_000_000_000 }),
]
const batch = (number: number) => ({
  part: { number, of: 2 },
  rows: files[number - 1]?.rows,
  bytes: files[number - 1]?.sourceBytes,
})

export const cancelled: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ publication: 'history' }),
    dataset: datasetOf(),
    found: files,
    files,
    publish: { publication: 'history', publishFingerprint: 'aa4addfd3cb9b96c4ad73b3b1143f79b' },
    batches: [
      batchOf('01JNDQD2D3VTPCSYSB1SJWH08A', {
        ...batch(1),
        status: 'loaded',
        openedMs: START_MS + 962_000,
        completedMs: START_MS + 1_790_000,
        finishedMs: undefined,
      }),
      batchOf('01JNDQD2D3VTPCSYSB1SJWH08B', {
        ...batch(2),
        status: 'aborted',
        openedMs: START_MS + 1_700_000,
        completedMs: undefined,
        finishedMs: undefined,
        isCompleted: false,
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 61_000],
      ['Validate files', 900_000],
      ['Check existing batches', 600],
      ['Upload', 829_000],
    ]),
  }),
  end: { kind: 'stopped', error: new Cancelled('SIGINT') },
}
