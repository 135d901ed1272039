import { count } from '../lib/text.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import { type BatchRecord, type Counts, DUPLICATE, REPLAY_REASON, ROWS_DROPPED } from '../platform/records.ts'
import type { PublishedBatch } from './published/find.ts'
import type { WaitResult } from './wait.ts'

/** The rows sent in a batch; undefined if unknown, and for CSV, since readers of CSV differ on how many rows there are. */
export type SentRows = {
  readonly rows: number | undefined
  /** Its rows that the data lake holds; undefined if unknown. */
  readonly readBack: number | undefined
  /** Batches that name it as a predecessor: only a batch that succeeded can be one. */
  readonly successors?: readonly BatchRecord[]
  /** The dataset is relational: rows with the same key become one, and some rows delete others. */
  readonly isRelational?: boolean
  /** It is unknown whether the dataset is relational. */
  readonly isClassUnknown?: boolean
}

type CountVerdict = {
  readonly isWhole: boolean
  readonly rejected: number | undefined
  readonly hasSurplus: boolean
  readonly notes: readonly string[]
}

/**
 * Compares the platform's counts with the rows sent. The number of rejected rows is the largest of: failed, read minus
 * written, sent minus read (or minus written if read is unknown), sent minus read back, written minus read back; each only
 * if both numbers are known. A surplus is a larger number at a later stage: sent, read, written, read back.
 */
function judgeCounts({ counts, errors }: BatchRecord, given: SentRows): CountVerdict {
  // No document says how many rows of relational data the platform writes.
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
      ...(hasSurplus ? [surplusNote(counts, sent)] : []),
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

/** True if a stage has more rows than an earlier one: rows can only get lost on the way. Skips stages without a count. */
function growsOnTheWay(stations: readonly (number | undefined)[]): boolean {
  const known = stations.filter((rows) => rows !== undefined)
  return known.some((rows, at) => rows > Math.min(...known.slice(0, at)))
}

function differenceOf(from: number | undefined, what: number | undefined): number | undefined {
  return from === undefined || what === undefined ? undefined : from - what
}

function surplusNote({ read, written }: BatchRecord['counts'], { rows, readBack: rowsReadBack }: SentRows): string {
  return `The row counts increase on the way: ${rows ?? '?'} sent, ${read ?? '?'} read, ${written ?? '?'} written, ${rowsReadBack ?? '?'} read back.`
}

/** Notes that the metrics differ from the row counts of the files. */
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
        "The platform's row counts were not compared with the rows sent: for CSV, readers can differ on how many rows there are; for a batch without the tag gh_rows, the number is unknown.",
      ]
    : []
}

/** The result of one batch. `status` is the platform's last status; empty if there was none. */
export type Outcome =
  /** `skipped`: it already existed before this run. */
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
      /** Sent rows that are not in the dataset; undefined if the number is unknown. */
      readonly rejected: number | undefined
      /** The platform has more rows than were sent: never acceptable, whatever limit is set. */
      readonly hasSurplus: boolean
      readonly notes: readonly string[]
    }
  | {
      readonly kind: 'failed'
      readonly status: string
      readonly counts: Counts
      /** The platform accepted only part of its rows; the batch counts as failed for another reason. */
      readonly wasPartial?: true
      /** The platform dropped it and reports that another batch holds its rows. */
      readonly isDuplicate?: true
      /** The platform accepted it, but something else is wrong. Each text gives the fault, then the action that remains. */
      readonly faults?: readonly string[]
      readonly notes: readonly string[]
    }
  | { readonly kind: 'timed-out'; readonly status: string; readonly notes: readonly string[] }
  /** Its rows were removed from the dataset, by this run or before. */
  | {
      readonly kind: 'reverted'
      readonly status: string
      /** Its rows were already removed before this run, which did nothing. */
      readonly wasOut?: true
      /** Whether Profile removed its events too, or was only asked to; absent if they certainly stay there. */
      readonly profileRemoval?: 'done' | 'requested'
      readonly notes: readonly string[]
    }
  | { readonly kind: 'submitted'; readonly status: string; readonly notes: readonly string[] }

/**
 * Determines the outcome of a batch from its last record.
 *
 * | status                                              | outcome                                             |
 * |-----------------------------------------------------|-----------------------------------------------------|
 * | `success`, `active`                                 | published or partially published, by the counts     |
 * | `failed`, `failure`, `aborted`, `abandoned`, `deleted` | failed                                           |
 * | `inactive`, `archived`, `retained`                  | by the counts if it has metrics or a successor; otherwise failed |
 * | anything else when time ran out                     | timed out                                           |
 */
export function judgeBatch(result: WaitResult, sent: SentRows): Outcome {
  if (result.kind === 'timed-out') return outcomeOfTimeout(result)
  const { record } = result
  const { holdsRows, mayHaveSucceeded } = stateOf(record)
  const { successors = [] } = sent
  const isProved = hasMetrics(record) || successors.length > 0
  const hadSucceeded = holdsRows || (mayHaveSucceeded && isProved)
  return hadSucceeded ? outcomeOfSuccess(record, sent) : outcomeOfFailure(record)
}

/** The platform writes metrics when a batch succeeds, but not always all of them. */
export function hasMetrics({ counts }: BatchRecord): boolean {
  return [counts.read, counts.written, counts.failed].some((rows) => rows !== undefined)
}

function outcomeOfSuccess(record: BatchRecord, sent: SentRows): Outcome {
  const { status } = record
  // The platform's count is not the number of rows now in the dataset: some rows replace others, some delete them.
  const counts = sent.isRelational === true ? { ...record.counts, written: undefined } : record.counts
  const { isWhole, rejected, hasSurplus, notes } = judgeCounts(record, sent)
  const since = stateOf(record).holdsRows ? [] : [`The batch succeeded and is now ${status}: ${whySince(sent)}.`]
  const said = [...since, ...notes, ...reasonsOf(record)]
  if (isWhole) return { kind: 'published', status, counts, notes: said }
  return { kind: 'partially-published', status, counts, rejected, hasSurplus, notes: said }
}

/** Where its rows are now. A successor that never succeeded has taken none of them. */
function whySince({ successors = [] }: SentRows): string {
  const taker = successors.find((one) => stateOf(one).holdsRows || stateOf(one).heldRows)
  if (taker === undefined) return 'its rows were removed from the dataset'
  return taker.replay.reason === REPLAY_REASON.consolidates
    ? `the platform has consolidated it into ${taker.id}`
    : `${taker.id} replaced it`
}

function outcomeOfFailure(record: BatchRecord): Outcome {
  const { status, counts, errors } = record
  const why = reasonsOf(record)
  const isDuplicate = errors.length > 0 && errors.every(({ code }) => code === DUPLICATE)
  const notes = why.length > 0 ? why : ['The platform gave no reason.']
  return { kind: 'failed', status, counts, ...(isDuplicate ? { isDuplicate } : {}), notes }
}

function outcomeOfTimeout({ record, trouble }: WaitResult & { readonly kind: 'timed-out' }): Outcome {
  const notes = trouble === undefined ? [] : [`The last checks brought no answer: ${trouble}.`]
  return { kind: 'timed-out', status: record?.status ?? '', notes }
}

/** The platform's error codes and descriptions. */
function reasonsOf({ errors }: BatchRecord): readonly string[] {
  const line = (code: string, description: string, rows: number | undefined) =>
    `${code}: ${description || 'no description'}${rows === undefined ? '' : ` (${count(rows, 'row')})`}`
  return [...new Set(errors.map(({ code, description, recordCount }) => line(code, description, recordCount)))]
}

/** The rows by which an existing batch is judged. */
export type FoundBatchRows = SentRows & { readonly wasWaitedFor: boolean }

/**
 * Judges a batch that already holds this data by the same rules as a new one: `skipped` if it was already active and is
 * complete, `published` if this run waited for it, otherwise the usual outcome.
 */
export function judgeFound({ record, holder }: PublishedBatch, sent: FoundBatchRows): Outcome {
  // A consolidated batch reads "inactive" although it succeeded: another batch holds its rows.
  const standsFor = holder === record.id ? record : { ...record, status: STATUS.consolidated }
  const outcome = judgeBatch({ kind: 'finished', record: standsFor }, sent)
  if (outcome.kind === 'partially-published') return { ...outcome, notes: [...outcome.notes, WAY_OUT] }
  if (outcome.kind !== 'published' || sent.wasWaitedFor) return outcome
  return { ...outcome, kind: 'skipped' }
}

const WAY_OUT =
  'An earlier run published this data, but only in part. To publish it again and replace that: "if-unchanged: publish" with "replay-predecessors: previous".'
