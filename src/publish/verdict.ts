import { count } from '../lib/text.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { Outcome } from './outcome.ts'

export type Limits = {
  /** In per cent. */
  readonly errorThreshold: number
  /** Undefined: the share of the sent rows that the threshold allows, rounded down. */
  readonly maxRejectedRows: number | undefined
  /** Rows of the whole publish run; undefined if not counted. */
  readonly rowsSent: number | undefined
}

/** Whether the job fails, why, and the remedy. `why` is empty and `remedy` absent if the run's end says it by itself. */
export type JobVerdict =
  { readonly fails: false } | { readonly fails: true; readonly why: string; readonly remedy?: string }

const FINE = { fails: false } as const

/**
 * Decides whether the job fails. It fails on `failed` and `timed-out`. On `partially-published` it fails in three cases:
 *
 * - more rows were rejected over the whole publish run than the limits allow;
 * - their number is unknown, unless the threshold is above 0 and `max-rejected-rows` is not set;
 * - the platform has more rows than were sent, whatever the limits.
 */
export function jobVerdict(outcomes: readonly Outcome[], limits: Limits): JobVerdict {
  const failures = outcomes.filter(({ kind }) => kind === 'failed')
  if (failures.length > 0) return failureVerdict(failures, outcomes)
  const unfinished = outcomes.filter((outcome) => outcome.kind === 'timed-out')
  if (unfinished.length > 0) return lateVerdict(unfinished, outcomes)
  return partialVerdict(
    outcomes.filter((outcome) => outcome.kind === 'partially-published'),
    limits,
  )
}

/** Reports every fault of accepted batches, so that a user who follows the remedy has nothing left to do. */
function failureVerdict(failures: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const faults = [...new Set(failures.flatMap((outcome) => (outcome.kind === 'failed' ? (outcome.faults ?? []) : [])))]
  if (faults.length > 0) return { fails: true, ...tellFaults(faults) }
  if (failures.every((outcome) => hasLeft(outcome))) return goneVerdict(failures, all)
  const isDuplicate = failures.every((outcome) => outcome.kind === 'failed' && outcome.isDuplicate)
  return {
    fails: true,
    why: `the platform failed ${batchesOf(failures, all)}${isDuplicate ? ' as a duplicate' : ''}`,
    remedy: isDuplicate ? LOOK_FIRST : CORRECT,
  }
}

/** Somebody aborted, reverted or deleted the batch, or the platform gave it up: it did not fail by its rows. */
function hasLeft(outcome: Outcome): boolean {
  const { isGivenUp, heldRows } = stateOf(outcome)
  return isGivenUp || heldRows
}

function goneVerdict(gone: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const statuses = [...new Set(gone.map(({ status }) => JSON.stringify(status)))]
  return {
    fails: true,
    why: `${batchesOf(gone, all)} ended as ${statuses.join(', ')}`,
    remedy:
      'None of its rows are in the dataset. If they belong there, run the job that publishes them again: it uploads the data again.',
  }
}

function tellFaults(faults: readonly string[]): { readonly why: string; readonly remedy: string } {
  const told = faults.map(splitFault)
  const actions = [...new Set(told.map(({ action }) => action).filter((action) => action !== ''))]
  return { why: told.map(({ why }) => why).join('; '), remedy: [...actions, UNTIL_THEN].join(' ') }
}

/** Splits a fault into what is wrong and the action that remains. */
function splitFault(fault: string): { readonly why: string; readonly action: string } {
  const [, why = fault, rest = ''] = /^(.*?)\. (.*)$/s.exec(fault) ?? []
  return { why, action: rest === '' || rest.endsWith('.') ? rest : `${rest}.` }
}

/** The next run sends the failed data again, so events could be in the dataset twice. */
const LOOK_FIRST =
  'The platform reports that it ingested these rows before, in another batch. Check whether the dataset holds them; publish again only if it does not.'

const UNTIL_THEN =
  'Until then, the dataset does not hold what this run was to publish. One "concurrency:" group per dataset keeps runs apart.'

const CORRECT =
  'Fix what the annotations and the job summary name, and publish again: the data of a failed batch is uploaded again.'

function lateVerdict(unfinished: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const isStalled = unfinished.some((outcome) => stateOf(outcome).isStalled)
  return {
    fails: true,
    why: all.length === 1 ? '' : `${batchesOf(unfinished, all)} did not finish in time`,
    remedy: isStalled ? ASK_ADOBE : COME_BACK,
  }
}

const ASK_ADOBE =
  'The platform has stopped processing a batch and does not continue by itself: give the batch id to Adobe support.'

const COME_BACK =
  'Nothing was reverted, and the batch can still succeed. Run the job again to continue waiting: nothing is sent twice. If that is not enough, raise "timeout-minutes".'

function batchesOf(some: readonly Outcome[], all: readonly Outcome[]): string {
  return all.length === 1 ? 'the batch' : `${some.length} of ${all.length} batches`
}

type PartlyPublished = Outcome & { readonly kind: 'partially-published' }

function partialVerdict(partial: readonly PartlyPublished[], limits: Limits): JobVerdict {
  if (partial.some(({ hasSurplus }) => hasSurplus)) return SURPLUS
  const counts = partial.map(({ rejected }) => rejected)
  const known = counts.filter((number) => number !== undefined)
  const rejected = known.reduce((total, number) => total + number, 0)
  const allowed = limits.maxRejectedRows ?? allowedByThreshold(limits)
  if (rejected > allowed) return tooManyVerdict(rejected, allowed)
  return known.length < counts.length ? unknownVerdict(limits) : FINE
}

const SURPLUS: JobVerdict = {
  fails: true,
  why: 'the platform holds more rows than were sent',
  remedy:
    'The log and the job summary list the counts. Look at the batch in the Experience Platform UI. If it holds rows twice, revert it with "mode: revert", and give its id to Adobe support.',
}

function tooManyVerdict(rejected: number, allowed: number): JobVerdict {
  return {
    fails: true,
    why: `${count(rejected, 'rejected row')}, ${allowed} allowed`,
    remedy: `Fix the rows that the annotations and the job summary name, and publish again: with "replay-predecessors: previous" to replace what this run published, without it to append. To accept this many rejected rows, set "max-rejected-rows".`,
  }
}

function unknownVerdict({ errorThreshold, maxRejectedRows }: Limits): JobVerdict {
  if (errorThreshold > 0 && maxRejectedRows === undefined) return FINE
  return {
    fails: true,
    why: 'rows were rejected, and the platform does not report how many',
    remedy:
      'Look at the batch in the Experience Platform UI. To accept an unknown number of rejected rows, set "error-threshold" above 0 and leave "max-rejected-rows" empty.',
  }
}

/** 0.57 % of 100,000 is 570, although floating point makes it 569.9999. */
const ROUNDING = 1e-9

/** If the rows were not counted, only the platform applies the threshold. */
function allowedByThreshold({ errorThreshold, rowsSent }: Limits): number {
  if (errorThreshold === 0) return 0
  return rowsSent === undefined ? Infinity : Math.floor((rowsSent * errorThreshold) / 100 + ROUNDING)
}
