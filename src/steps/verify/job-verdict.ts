import { statusKind } from '../watch/status.ts'
import type { Outcome } from '../verify.ts'

export type Limits = {
  /** Per cent. */
  readonly errorThreshold: number
  /** Undefined: as many as the threshold allows of the rows sent, rounded down. */
  readonly maxRejectedRows: number | undefined
  /** In the whole publish; undefined where they are not counted. */
  readonly rowsSent: number | undefined
}

/** Whether the job fails, why, and what a person can do: empty, or left out, where how the run ended says it by itself. */
export type JobVerdict =
  { readonly fails: false } | { readonly fails: true; readonly why: string; readonly remedy?: string }

const FINE = { fails: false } as const

/**
 * The job fails on `failed` and `timed-out`, and on `partially-published` when more rows were rejected than the limits
 * allow, counted over the whole publish; when their number is unknown, unless the threshold allows some and no limit was
 * set; and when the platform has more rows than were sent, whatever the limits.
 */
export function jobVerdict(outcomes: readonly Outcome[], limits: Limits): JobVerdict {
  const failed = outcomes.filter(({ kind }) => kind === 'failed')
  if (failed.length > 0) return failure(failed, outcomes)
  const unfinished = outcomes.filter((outcome) => outcome.kind === 'timed-out')
  if (unfinished.length > 0) return late(unfinished, outcomes)
  return partialVerdict(
    outcomes.filter((outcome) => outcome.kind === 'partially-published'),
    limits,
  )
}

/** A batch that counts as failed though the platform took it says why in its last note. */
function failure(failed: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const broken = failed.find(({ status }) => statusKind(status) === 'succeeded')
  const told = broken?.notes.at(-1)
  if (told !== undefined) return { fails: true, why: told, remedy: TAKE_BACK }
  return { fails: true, why: `the platform failed ${of(failed, all)}`, remedy: CORRECT }
}

const TAKE_BACK =
  'Do what it says: until then the dataset does not hold what was asked for. With one "concurrency:" group for each dataset no two runs meet.'

const CORRECT =
  'The log and the job summary hold the reasons of the platform. Correct what they name, and publish again: the content of a batch that failed is sent anew.'

function late(unfinished: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const isStalled = unfinished.some(({ status }) => statusKind(status) === 'stalled')
  return {
    fails: true,
    why: all.length === 1 ? '' : `${of(unfinished, all)} did not end in time`,
    remedy: isStalled ? ASK_ADOBE : COME_BACK,
  }
}

const ASK_ADOBE = 'The platform has given up on a batch, and goes no further by itself: give its id to Adobe support.'

const COME_BACK =
  'Run the job again: it goes on waiting, and sends nothing twice. If that is not enough, raise "timeout-minutes".'

function of(some: readonly Outcome[], all: readonly Outcome[]): string {
  return all.length === 1 ? 'the batch' : `${some.length} of ${all.length} batches`
}

type PartlyPublished = Outcome & { readonly kind: 'partially-published' }

function partialVerdict(partial: readonly PartlyPublished[], limits: Limits): JobVerdict {
  if (partial.some(({ hasSurplus }) => hasSurplus)) return SURPLUS
  const counts = partial.map(({ rejected }) => rejected)
  const known = counts.filter((number) => number !== undefined)
  const rejected = known.reduce((total, number) => total + number, 0)
  const allowed = limits.maxRejectedRows ?? allowedByThreshold(limits)
  if (rejected > allowed) return tooMany(rejected, allowed)
  return known.length < counts.length ? unknownVerdict(limits) : FINE
}

const SURPLUS: JobVerdict = {
  fails: true,
  why: 'the platform has more rows than were sent',
  remedy:
    'The log and the job summary have the numbers. Look at the batch in the user interface; if it holds rows twice, take it back with "mode: revert", and give its id to Adobe support.',
}

function tooMany(rejected: number, allowed: number): JobVerdict {
  const were = rejected === 1 ? 'row was' : 'rows were'
  return {
    fails: true,
    why: `${rejected} ${were} rejected, and ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed`,
    remedy: `The job summary says which, as far as it is known. Correct them, and publish again: with "replay-predecessors: previous" in the place of this publish, without it beside its rows. Or allow so many with "max-rejected-rows".`,
  }
}

function unknownVerdict({ errorThreshold, maxRejectedRows }: Limits): JobVerdict {
  if (errorThreshold > 0 && maxRejectedRows === undefined) return FINE
  return {
    fails: true,
    why: 'rows were rejected, and the platform does not say how many',
    remedy:
      'Look at the batch in the user interface. To accept losses of unknown number, set an "error-threshold" above 0, and no "max-rejected-rows".',
  }
}

/** 0.57 % of 100,000 is 570, though binary fractions make it 569.9999. */
const ROUNDING = 1e-9

/** Where nobody counted the rows, the platform's own judgement of the threshold is all there is. */
function allowedByThreshold({ errorThreshold, rowsSent }: Limits): number {
  if (errorThreshold === 0) return 0
  return rowsSent === undefined ? Infinity : Math.floor((rowsSent * errorThreshold) / 100 + ROUNDING)
}
