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
  /** Nobody knows whether they do. */
  readonly isClassUnknown?: boolean
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
      ...(given.isClassUnknown === true ? [UNKNOWN_CLASS] : []),
    ],
  }
}

const RELATIONAL_COUNTS =
  'The platform reports success for the batch. How many rows of it were applied is unknown: no document says how rows of relational data are counted, so the counts were not compared.'

const UNKNOWN_CLASS =
  'It is unknown whether the dataset is relational, because its schema could not be read. If it is, the row counts do not tell how many rows were applied.'

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
export function judgeBatch(settled: Settled, sent: SentRows): Outcome {
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
  const outcome = judgeBatch({ kind: 'settled', record: standsFor }, sent)
  if (outcome.kind === 'partially-published') return { ...outcome, notes: [...outcome.notes, WAY_OUT] }
  if (outcome.kind !== 'published' || sent.wasWaitedFor) return outcome
  return { ...outcome, kind: 'skipped' }
}

const WAY_OUT =
  'An earlier run published this data, but only in part. To publish it again and replace that: "if-unchanged: publish" with "replay-predecessors: previous".'
