import { jobVerdict } from '../../../../src/publish/verdict.ts'
import type { Outcome } from '../../../../src/publish/outcome.ts'
import { batchOf, countsOf, datasetOf, runInfoOf, factsOf, fileOf, spansOf } from '../../../support/report/facts.ts'
import { NO_LIMITS } from '../../../support/publish/judged-jobs.ts'
import { batchId } from '../../../support/make.ts'
import type { Situation } from './situation.ts'

const OLD = batchId('01JMXXH2D3VTPCSYSB1SJWH0QQ')
const LEFT = `Batch ${OLD} was to be replaced, but is still active. To finish, revert ${OLD}: "mode: revert" with "batch-id: ${OLD}"`
const files = [fileOf('data/members.jsonl', { rows: 500, bytes: 99_650 })]

const outcome: Outcome = {
  kind: 'failed',
  status: 'success',
  counts: countsOf({ read: 500, written: 500, failed: 0 }),
  faults: [LEFT],
  notes: [LEFT],
}

/** The batch succeeded, and what it was to replace is still there. */
export const replayFailed: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ publication: 'members', 'replay-predecessors': 'previous' }),
    dataset: datasetOf(),
    found: files,
    files,
    publish: { publication: 'members', publishFingerprint: 'dd4addfd3cb9b96c4ad73b3b1143f79b' },
    batches: [
      batchOf('01JNDQK2D3VTPCSYSB1SJWH08A', {
        rows: 500,
        bytes: 99_650,
        replaced: [OLD],
        outcome,
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 1_000],
      ['Validate files', 200],
      ['Check existing batches', 600],
      ['Upload', 5_300],
      ['Wait for ingestion', 690_000],
    ]),
  }),
  end: { kind: 'judged', verdict: jobVerdict([outcome], NO_LIMITS) },
}
