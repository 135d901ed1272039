import { count } from '../lib/text.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import { type BatchRecord, type Counts, DUPLICATE, ROWS_DROPPED } from '../platform/records.ts'
import type { PublishedBatch } from './published/find.ts'
import type { Settled } from './wait.ts'

/** Rows that a batch carried; undefined where they are not counted (CSV). */
export type SentRows = {
  readonly rows: number | undefined
  /** Rows of it that the data lake holds; undefined where that is unknown. */
  readonly readBack: number | undefined
  /** The batch that has taken its place, where one has. */
  readonly successor?: string | undefined
  /** Rows of one key become one, and some of them remove others. */
  readonly isRelational?: boolean
}

type CountVerdict = {
  readonly isWhole: boolean
  readonly rejected: number | undefined
  readonly hasSurplus: boolean
  readonly notes: readonly string[]
}

/**
 * Whether what the platform counted adds up to what was sent. Rejected are the most of: what it says failed, read less
 * written, sent less read (or written, where nobody says what was read), sent or written less read back; each only where
 * both sides are known. A surplus is more at any later station than at one before: sent, read, written, read back.
 */
function judgeCounts({ counts, errors }: BatchRecord, given: SentRows): CountVerdict {
  // Of relational data, no document says how many rows are to be written.
  const sent = given.isRelational === true ? { rows: undefined, readBack: undefined } : given
  const arrived = counts.read ?? counts.written
  const losses =
    given.isRelational === true
      ? [counts.failed]
      : [
          counts.failed,
          differenceOf(counts.read, counts.written),
          differenceOf(sent.rows, arrived),
          differenceOf(sent.rows, sent.readBack),
          differenceOf(counts.written, sent.readBack),
        ]
  const known = losses.filter((loss) => loss !== undefined)
  const rejected = known.length === 0 ? undefined : Math.max(0, ...known)
  const hasSurplus =
    given.isRelational !== true && growsOnTheWay([sent.rows, counts.read, counts.written, sent.readBack])
  const isPartial = errors.some(({ code }) => code === ROWS_DROPPED)
  const lost = rejected ?? 0
  return {
    isWhole: lost === 0 && !isPartial && !hasSurplus,
    rejected: isPartial && lost === 0 ? undefined : rejected,
    hasSurplus,
    notes: [
      ...surplusNotes(hasSurplus, counts, sent),
      ...differenceNotes(counts, sent),
      ...(given.isRelational === true ? [RELATIONAL_COUNTS] : missingCountNotes(counts, sent)),
    ],
  }
}

const RELATIONAL_COUNTS =
  'The platform reports success for the batch. How many rows of it were applied is unknown: no document says how rows of relational data are counted, so the counts were not compared.'

/** Rows can be lost from one station to the next, never won; a station that nobody counted is passed over. */
function growsOnTheWay(stations: readonly (number | undefined)[]): boolean {
  const known = stations.filter((rows) => rows !== undefined)
  return known.some((rows, at) => rows > Math.min(...known.slice(0, at)))
}

function differenceOf(from: number | undefined, what: number | undefined): number | undefined {
  return from === undefined || what === undefined ? undefined : from - what
}

function surplusNotes(
  hasSurplus: boolean,
  counts: BatchRecord['counts'],
  { rows, readBack: rowsReadBack }: SentRows,
): readonly string[] {
  if (!hasSurplus) return []
  return [
    `The row counts increase on the way: ${rows ?? '?'} sent, ${counts.read ?? '?'} read, ${counts.written ?? '?'} written, ${rowsReadBack ?? '?'} read back.`,
  ]
}

/** The metrics say one thing and the files another. */
function differenceNotes({ written }: BatchRecord['counts'], { readBack: rowsReadBack }: SentRows): readonly string[] {
  if (written === undefined || rowsReadBack === undefined || written === rowsReadBack) return []
  return [`The platform reports ${written} rows written, but its files hold ${rowsReadBack}.`]
}

function missingCountNotes(counts: BatchRecord['counts'], { rows }: SentRows): readonly string[] {
  if (counts.read === undefined && counts.written === undefined && counts.failed === undefined) {
    return ['The platform reported no row counts, so they could not be compared with the rows sent.']
  }
  return rows === undefined
    ? [
        'The number of rows sent is unknown (CSV rows are counted only by validation), so the row counts could not be compared.',
      ]
    : []
}

/** What became of one batch. `status` is the platform's last word, empty where it had none. */
export type Outcome =
  /** `skipped`: it was there before this run. */
  | {
      readonly kind: 'published' | 'skipped'
      readonly status: string
      readonly counts: Counts
      readonly notes: readonly string[]
    }
  | {
      readonly kind: 'partially-published'
      readonly status: string
      readonly counts: Counts
      /** Rows of ours that are not in the dataset; undefined where nobody said how many. */
      readonly rejected: number | undefined
      /** More rows than we sent: never acceptable, whatever limit is set. */
      readonly hasSurplus: boolean
      readonly notes: readonly string[]
    }
  | {
      readonly kind: 'failed'
      readonly status: string
      readonly counts: Counts
      /** The platform took it, and not as a whole; it failed for something else. */
      readonly wasPartial?: true
      /** The platform dropped it because another batch holds its rows, as it reports. */
      readonly isDuplicate?: true
      /** The platform took it, and something else is wrong: what is the case, and then what remains to be done. */
      readonly faults?: readonly string[]
      readonly notes: readonly string[]
    }
  | { readonly kind: 'timed-out'; readonly status: string; readonly notes: readonly string[] }
  /** Its rows were taken out of the dataset, now or before. */
  | {
      readonly kind: 'reverted'
      readonly status: string
      /** Its rows were out of the dataset before this run, which did nothing. */
      readonly wasOut?: true
      /** Profile reports that it removed its events, too, or was asked to; absent where they surely stay there. */
      readonly profileRemoval?: 'done' | 'requested'
      readonly notes: readonly string[]
    }
  | { readonly kind: 'submitted'; readonly status: string; readonly notes: readonly string[] }

/**
 * From what was seen of a batch to what became of it.
 *
 * | status                                              | outcome                                             |
 * |-----------------------------------------------------|-----------------------------------------------------|
 * | `success`, `active`                                 | published or partially published, by the counts     |
 * | `failed`, `failure`, `aborted`, `abandoned`, `deleted` | failed                                           |
 * | `inactive`, `archived`, `retained`                  | with metrics or a successor it had succeeded: by the counts; else failed |
 * | anything else when time ran out                     | timed out                                           |
 */
export function verify(settled: Settled, sent: SentRows): Outcome {
  if (settled.kind === 'timed-out') return outcomeOfTimeout(settled)
  const { record } = settled
  const { holdsRows, mayHaveSucceeded } = stateOf(record)
  const wasReplaced = hasMetrics(record) || sent.successor !== undefined
  const hadSucceeded = holdsRows || (mayHaveSucceeded && wasReplaced)
  return hadSucceeded ? outcomeOfSuccess(record, sent) : outcomeOfFailure(record)
}

/** They are written when it succeeds; which of them, differs. */
export function hasMetrics({ counts }: BatchRecord): boolean {
  return [counts.read, counts.written, counts.failed].some((rows) => rows !== undefined)
}

function outcomeOfSuccess(record: BatchRecord, sent: SentRows): Outcome {
  const { status } = record
  // The platform's number is not that of the rows that are in the dataset now: some replace others, some remove them.
  const counts = sent.isRelational === true ? { ...record.counts, written: undefined } : record.counts
  const { isWhole, rejected, hasSurplus, notes } = judgeCounts(record, sent)
  const since = stateOf(record).holdsRows
    ? []
    : [
        `The batch succeeded and is now ${status}${sent.successor === undefined ? '' : `: ${sent.successor} replaced it`}.`,
      ]
  const said = [...since, ...notes, ...reasonsOf(record)]
  if (isWhole) return { kind: 'published', status, counts, notes: said }
  return { kind: 'partially-published', status, counts, rejected, hasSurplus, notes: said }
}

function outcomeOfFailure(record: BatchRecord): Outcome {
  const { status, counts, errors } = record
  const why = reasonsOf(record)
  const isDuplicate = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE)
  const notes = why.length > 0 ? why : ['The platform gave no reason.']
  return { kind: 'failed', status, counts, ...(isDuplicate ? { isDuplicate } : {}), notes }
}

function outcomeOfTimeout({ record, trouble }: Settled & { readonly kind: 'timed-out' }): Outcome {
  const notes = trouble === undefined ? [] : [`The last checks brought no answer: ${trouble}.`]
  return { kind: 'timed-out', status: record?.status ?? '', notes }
}

/** The platform's own codes and words. */
function reasonsOf({ errors }: BatchRecord): readonly string[] {
  const line = (code: string, description: string, rows: number | undefined) =>
    `${code}: ${description || 'no description'}${rows === undefined ? '' : ` (${count(rows, 'row')})`}`
  return [...new Set(errors.map(({ code, description, recordCount }) => line(code, description, recordCount)))]
}

/** What a batch that was found, instead of made, is to be judged by. */
export type FoundBatchRows = SentRows & { readonly wasWaitedFor: boolean }

/**
 * A batch that already holds our content is judged by the same verdict as one that was made: `skipped` when it was
 * active already and is clean, `published` when this run waited for it, else what it is.
 */
export function judgeFound({ record, holder }: PublishedBatch, sent: FoundBatchRows): Outcome {
  // What was consolidated reads "inactive", and had succeeded: another batch holds its rows.
  const standsFor = holder === record.id ? record : { ...record, status: STATUS.consolidated }
  const outcome = verify({ kind: 'settled', record: standsFor }, sent)
  if (outcome.kind === 'partially-published') return { ...outcome, notes: [...outcome.notes, WAY_OUT] }
  if (outcome.kind !== 'published' || sent.wasWaitedFor) return outcome
  return { ...outcome, kind: 'skipped' }
}

const WAY_OUT =
  'An earlier run published this data, but only in part. To publish it again and replace that: "if-unchanged: publish" with "replay-predecessors: previous".'

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
  const failures = outcomes.filter(({ kind }) => kind === 'failed')
  if (failures.length > 0) return failureVerdict(failures, outcomes)
  const unfinished = outcomes.filter((outcome) => outcome.kind === 'timed-out')
  if (unfinished.length > 0) return lateVerdict(unfinished, outcomes)
  return partialVerdict(
    outcomes.filter((outcome) => outcome.kind === 'partially-published'),
    limits,
  )
}

/** Every fault of batches that the platform took is told: whoever does as told must have done all that there is to do. */
function failureVerdict(failures: readonly Outcome[], all: readonly Outcome[]): JobVerdict {
  const faults = [...new Set(failures.flatMap((outcome) => (outcome.kind === 'failed' ? (outcome.faults ?? []) : [])))]
  if (faults.length > 0) return { fails: true, ...tellFaults(faults) }
  const isDuplicate = failures.every((outcome) => outcome.kind === 'failed' && outcome.isDuplicate)
  return {
    fails: true,
    why: `the platform failed ${batchesOf(failures, all)}${isDuplicate ? ' as a duplicate' : ''}`,
    remedy: isDuplicate ? LOOK_FIRST : CORRECT,
  }
}

function tellFaults(faults: readonly string[]): { readonly why: string; readonly remedy: string } {
  const told = faults.map(splitFault)
  const actions = [...new Set(told.map(({ action }) => action).filter((action) => action !== ''))]
  return { why: told.map(({ why }) => why).join('; '), remedy: [...actions, UNTIL_THEN].join(' ') }
}

/** A fault says what is the case, and then what remains to be done. */
function splitFault(fault: string): { readonly why: string; readonly action: string } {
  const [, why = fault, rest = ''] = /^(.*?)\. (.*)$/s.exec(fault) ?? []
  return { why, action: rest === '' || rest.endsWith('.') ? rest : `${rest}.` }
}

/** The next run sends what failed again, and events would be there twice. */
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

/** 0.57 % of 100,000 is 570, though binary fractions make it 569.9999. */
const ROUNDING = 1e-9

/** Where nobody counted the rows, the platform's own judgement of the threshold is all there is. */
function allowedByThreshold({ errorThreshold, rowsSent }: Limits): number {
  if (errorThreshold === 0) return 0
  return rowsSent === undefined ? Infinity : Math.floor((rowsSent * errorThreshold) / 100 + ROUNDING)
}
