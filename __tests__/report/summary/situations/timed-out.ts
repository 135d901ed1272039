import { jobVerdict } from '../../../../src/publish/verdict.ts'
import type { Outcome } from '../../../../src/publish/outcome.ts'
import { batchOf, datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/report/facts.ts'
import { NO_LIMITS } from '../../../support/publish/judged-jobs.ts'
import type { Situation } from './situation.ts'

const files = [fileOf('data/members.csv', { rows: undefined, bytes: 1_204_118 })]

const outcome: Outcome = {
  kind: 'timed-out',
  status: 'staging',
  notes: [],
}

export const timedOut: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ glob: 'data/members.csv', 'timeout-minutes': '10' }),
    dataset: datasetOf(),
    found: files,
    files,
    publish: { publication: 'glob:data/members.csv', publishFingerprint: 'bb4addfd3cb9b96c4ad73b3b1143f79b' },
    batches: [
      batchOf('01JNDQF2D3VTPCSYSB1SJWH08A', {
        rows: undefined,
        bytes: 1_204_118,
        status: 'staging',
        finishedMs: undefined,
        outcome,
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 1_000],
      ['Check existing batches', 600],
      ['Upload', 5_300],
      ['Wait for ingestion', 600_000],
    ]),
  }),
  end: { kind: 'judged', verdict: jobVerdict([outcome], NO_LIMITS) },
}
