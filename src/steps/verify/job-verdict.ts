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

/** Whether the job fails, and why. */
export type JobVerdict = { readonly fails: false } | { readonly fails: true; readonly why: string }

/**
 * The job fails on `failed` and `timed-out`, and on `partially-published` when more rows were rejected than the limits
 * allow, counted over the whole publish; when their number is unknown, unless the threshold allows some and no limit was
 * set; and when the platform has more rows than were sent, whatever the limits.
 */
export function jobVerdict(outcomes: readonly Outcome[], limits: Limits): JobVerdict {
  const failed = outcomes.filter(({ kind }) => kind === 'failed')
  if (failed.length > 0) return { fails: true, why: whyFailed(failed, outcomes) }
  const unfinished = outcomes.filter(({ kind }) => kind === 'timed-out')
  if (unfinished.length > 0) return { fails: true, why: `time ran out before the end of ${of(unfinished, outcomes)}` }
  const partial = outcomes.filter((outcome) => outcome.kind === 'partially-published')
  if (partial.some(({ hasSurplus }) => hasSurplus))
    return { fails: true, why: 'the platform has more rows than were sent' }
  if (partial.length === 0) return { fails: false }
  const counts = partial.map(({ rejected }) => rejected)
  const known = counts.filter((count) => count !== undefined)
  const rejected = known.reduce((total, number) => total + number, 0)
  const allowed = limits.maxRejectedRows ?? allowedByThreshold(limits)
  if (rejected > allowed)
    return {
      fails: true,
      why: `${rejected} ${rejected === 1 ? 'row was' : 'rows were'} rejected, and ${allowed} ${allowed === 1 ? 'is' : 'are'} allowed`,
    }
  return known.length < counts.length ? unknownVerdict(limits) : { fails: false }
}

/** A batch that counts as failed though the platform took it says why in its last note. */
function whyFailed(failed: readonly Outcome[], all: readonly Outcome[]): string {
  const broken = failed.find(({ status }) => statusKind(status) === 'succeeded')
  return broken?.notes.at(-1) ?? `the platform failed ${of(failed, all)}`
}

function of(some: readonly Outcome[], all: readonly Outcome[]): string {
  return all.length === 1 ? 'the batch' : `${some.length} of ${all.length} batches`
}

function unknownVerdict({ errorThreshold, maxRejectedRows }: Limits): JobVerdict {
  if (errorThreshold > 0 && maxRejectedRows === undefined) return { fails: false }
  return { fails: true, why: 'rows were rejected, and the platform does not say how many' }
}

/** 0.57 % of 100,000 is 570, though binary fractions make it 569.9999. */
const ROUNDING = 1e-9

/** Where nobody counted the rows, the platform's own judgement of the threshold is all there is. */
function allowedByThreshold({ errorThreshold, rowsSent }: Limits): number {
  if (errorThreshold === 0) return 0
  return rowsSent === undefined ? Infinity : Math.floor((rowsSent * errorThreshold) / 100 + ROUNDING)
}
