import type { Outcome } from '../../../src/publish/outcome.ts'
import type { Limits } from '../../../src/publish/verdict.ts'

export const NO_LIMITS: Limits = { errorThreshold: 0, maxRejectedRows: undefined, rowsSent: undefined }

const COUNTS = { read: undefined, written: undefined, failed: undefined }
const published: Outcome = { kind: 'published', status: 'success', counts: COUNTS, notes: [] }
const failed: Outcome = { kind: 'failed', status: 'failed', counts: COUNTS, notes: [] }
const timedOut: Outcome = { kind: 'timed-out', status: 'staging', notes: [] }
const submitted: Outcome = { kind: 'submitted', status: '', notes: [] }

const REST = 'To finish, revert A: "mode: revert" with "batch-id: A"'
const LEFT = `Batch A was to be replaced, but is still active. ${REST}`
const TWIN = `Batch A brought the same content at the same moment (https://github.com/o/r/actions/runs/1). ${REST}`

function partial(rejected: number | undefined, hasSurplus = false): Outcome {
  return { kind: 'partially-published', status: 'success', counts: COUNTS, rejected, hasSurplus, notes: [] }
}

export type Judged = readonly [string, readonly Outcome[], Partial<Limits>, 'fails' | 'passes']

/** Outcomes of the batches of one publish run, with limits, and whether they fail the job. */
export const JUDGED: readonly Judged[] = [
  ['published', [published], {}, 'passes'],
  ['submitted', [submitted], {}, 'passes'],
  ['failed', [failed], {}, 'fails'],
  ['what was to be replaced is still active', [{ ...failed, status: 'success', notes: [LEFT] }], {}, 'fails'],
  ['another run brought the same', [{ ...failed, status: 'success', notes: [TWIN] }], {}, 'fails'],
  ['timed out', [timedOut], {}, 'fails'],
  ['stalled', [{ ...timedOut, status: 'stalled' }], {}, 'fails'],
  ['one of several timed out', [published, timedOut], {}, 'fails'],
  ['one of several failed', [published, failed], { maxRejectedRows: 1000 }, 'fails'],
  ['any rejected row, without limits', [partial(1)], {}, 'fails'],
  ['as many rejected as allowed', [partial(5)], { maxRejectedRows: 5 }, 'passes'],
  ['one more', [partial(6)], { maxRejectedRows: 5 }, 'fails'],
  ['together one more', [partial(3), partial(3)], { maxRejectedRows: 5 }, 'fails'],
  ['as many as the threshold allows, rounded down', [partial(1)], { errorThreshold: 5, rowsSent: 39 }, 'passes'],
  ['more than that', [partial(2)], { errorThreshold: 5, rowsSent: 39 }, 'fails'],
  ['0.57 % of 100,000, which is 570', [partial(570)], { errorThreshold: 0.57, rowsSent: 100_000 }, 'passes'],
  ['0.57 % of 100,000 and one', [partial(571)], { errorThreshold: 0.57, rowsSent: 100_000 }, 'fails'],
  ['a threshold over CSV rows, which the platform judged', [partial(9)], { errorThreshold: 5 }, 'passes'],
  ['a limit of 0 in spite of the threshold', [partial(1)], { errorThreshold: 50, maxRejectedRows: 0 }, 'fails'],
  ['an unknown number, without a threshold', [partial(undefined)], {}, 'fails'],
  ['an unknown number, with a threshold', [partial(undefined)], { errorThreshold: 1 }, 'passes'],
  ['an unknown number, with a limit', [partial(undefined)], { errorThreshold: 1, maxRejectedRows: 9 }, 'fails'],
  [
    'an unknown number beside one that is too high by itself',
    [partial(undefined), partial(50)],
    { errorThreshold: 1, rowsSent: 100 },
    'fails',
  ],
  ['more rows than were sent, whatever the limits', [partial(0, true)], { maxRejectedRows: 1e9 }, 'fails'],
]
