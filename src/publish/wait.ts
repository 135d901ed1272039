import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { formatDuration } from '../lib/text.ts'
import { pauseWithin, poll } from '../lib/async.ts'
import { DeadlinePassed, withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import { TokenEnded } from '../platform/http/errors.ts'
import type { BatchId } from '../platform/ids.ts'
import {
  COMPLETED_LAG_MS,
  CONFIRM_PAUSE_MS,
  LOOK_LEAST_MS,
  POLL_AGE_DIVISOR,
  POLL_FIRST_PAUSE_MS,
  READ_BACK_MOST_MS,
  SETTLED_LEAST_MS,
  STALLED_WAIT_MS,
  VANISHED_LEAST_MISSES,
  WAIT_MOST_ERRORS,
  WAIT_MOST_REFUSALS,
} from '../platform/limits.ts'
import type { BatchRecord } from '../platform/records.ts'

/**
 * How long to wait before the next look at a batch of this age: a tenth of its age and 2 s, at most `longestMs`. With
 * the default of 120 s that is 75 looks in the first hour, and an end is noticed within a tenth of the time it took.
 */
export function nextLook(ageMs: number, longestMs: number): number {
  return Math.min(ageMs / POLL_AGE_DIVISOR + POLL_FIRST_PAUSE_MS, longestMs)
}

/** How waiting for a batch ended. */
export type Settled =
  | { readonly kind: 'settled'; readonly record: BatchRecord }
  /** The record is what was seen last, if anything was. */
  | {
      readonly kind: 'timed-out'
      readonly record: BatchRecord | undefined
      readonly waitedMs: number
      readonly isStalled: boolean
    }

const HEARTBEAT_MS = 300_000

export type WaitOptions = {
  /** For the whole wait. */
  readonly timeoutMs: number
  /** Asked for COMPLETE once more while a batch of ours still reads `loading`; its answer may have been lost. */
  readonly completeAgain?: (signal: AbortSignal) => Promise<unknown>
}

/**
 * Polls a completed batch until it has finished, or time runs out. Logs the status with which it finished, one that needs a
 * word of explanation, and otherwise the status every five minutes.
 *
 * @throws Problem when the platform refuses to tell, look after look.
 */
export async function waitForBatch(batch: BatchId, options: WaitOptions, context: Context): Promise<Settled> {
  const { clock, waits } = context
  const { timeoutMs } = options
  const startMs = clock.now()
  const endMs = startMs + timeoutMs
  const start: WatchState = { record: undefined, sinceMs: startMs, saidMs: startMs, ...NO_FAILURES, ...NO_MISSES }
  const { record } = await poll<WatchState>(
    async (before = start) => {
      const watched = { ...before, startMs, options }
      const seen = await inTime(endMs, (limited) => lookAndComplete(batch, watched, limited), context)
      return seen ?? before
    },
    {
      isDone: (seen) => isOf(seen, 'isFinal'),
      pauses: ({ seen, ageMs }) => {
        const stalledMs = isOf(seen, 'isStalled') ? seen.sinceMs + STALLED_WAIT_MS - clock.now() : Infinity
        return pauseWithin(Math.min(timeoutMs - ageMs, stalledMs), nextLook(ageMs, waits.longestPauseMs))
      },
    },
    context,
  )
  if (record !== undefined && stateOf(record).isFinal) {
    const latestMs = Math.max(endMs, clock.now() + SETTLED_LEAST_MS)
    const again = await inTime(latestMs, (limited) => readOnceMore(record, limited), context)
    return { kind: 'settled', record: again ?? record }
  }
  return { kind: 'timed-out', record, waitedMs: clock.now() - startMs, isStalled: isOf({ record }, 'isStalled') }
}

/** Of a batch that nobody has seen yet nothing is so. */
function isOf({ record }: Pick<WatchState, 'record'>, question: 'isOpen' | 'isFinal' | 'isStalled'): boolean {
  return record !== undefined && stateOf(record)[question]
}

type WatchState = Failures &
  Misses & {
    readonly record: BatchRecord | undefined
    /** Since when the status has been this one. */
    readonly sinceMs: number
    /** When something was last said. */
    readonly saidMs: number
  }

type Watched = WatchState & { readonly startMs: number; readonly options: WaitOptions }

/** However long the platform takes to answer, time runs out when it runs out. @returns nothing then */
export async function inTime<T>(
  endMs: number,
  work: (limited: Context) => Promise<T>,
  context: Context,
): Promise<T | undefined> {
  const { clock, signal } = context
  const leftMs = Math.max(endMs - clock.now(), LOOK_LEAST_MS)
  try {
    return await withDeadline({ silenceMs: leftMs, clock, signal }, (limited) => work({ ...context, signal: limited }))
  } catch (error) {
    if (error instanceof DeadlinePassed) return undefined
    throw error
  }
}

async function lookAndComplete(batch: BatchId, before: Watched, context: Context): Promise<WatchState> {
  const seen = await look(batch, before, context)
  if (isOf(seen, 'isOpen')) await completeAgain(before.options, context)
  return seen
}

async function look(batch: BatchId, before: Watched, context: Context): Promise<WatchState> {
  const read = await lookOrPass(() => context.platform.catalog.batch(batch, context.signal), before, context)
  const nowMs = context.clock.now()
  if (read.kind === 'failed') return { ...before, ...read.failures }
  if (read.seen.kind === 'missing') return { ...before, ...NO_FAILURES, ...missedOnce(batch, before, nowMs) }
  const { record } = read.seen
  const well = { ...NO_FAILURES, ...NO_MISSES, record }
  const age = formatDuration(nowMs - before.startMs)
  const { isFinal, meaning } = stateOf(record)
  const isNew = record.status !== before.record?.status
  const isDue = nowMs - before.saidMs >= HEARTBEAT_MS || (isNew && (isFinal || meaning !== ''))
  if (isDue) context.log.info(`Batch ${batch}: ${record.status} after ${age}${isNew ? meaning : ''}`)
  return { ...before, ...well, sinceMs: isNew ? nowMs : before.sinceMs, saidMs: isDue ? nowMs : before.saidMs }
}

/** Looks in a row that brought nothing. */
export type Failures = {
  /** There was no answer, or one that says "later". */
  readonly passing: number
  /** Refused, or answered by what can't be read. */
  readonly refused: number
}

export const NO_FAILURES: Failures = { passing: 0, refused: 0 }

/**
 * One look of a wait. What goes wrong with it ends no wait: a replica, a gateway or a proxy on the way may answer once in a
 * way that the next look doesn't meet. Only what stays so does.
 *
 * @throws Problem when too many looks in a row went wrong
 */
export async function lookOrPass<T>(
  read: () => Promise<T>,
  before: Failures,
  { signal, log }: Context,
): Promise<{ readonly kind: 'seen'; readonly seen: T } | { readonly kind: 'failed'; readonly failures: Failures }> {
  try {
    return { kind: 'seen', seen: await read() }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem) || error instanceof TokenEnded) throw error
    const failures = error.isPassing
      ? { passing: before.passing + 1, refused: 0 }
      : { passing: 0, refused: before.refused + 1 }
    if (failures.passing >= WAIT_MOST_ERRORS || failures.refused >= WAIT_MOST_REFUSALS) throw error
    log.warning(`${error.message}. Still waiting`)
    return { kind: 'failed', failures }
  }
}

/** Looks in a row that found no such batch: it may not be in the catalogue yet, or not in every replica of it. */
type Misses = {
  readonly misses: number
  /** When the first of them was. */
  readonly missedMs: number
}

const NO_MISSES: Misses = { misses: 0, missedMs: 0 }

/** @throws Problem when it stays away */
function missedOnce(batch: BatchId, { misses, missedMs }: Misses, nowMs: number): Misses {
  const now = { misses: misses + 1, missedMs: misses === 0 ? nowMs : missedMs }
  if (now.misses < VANISHED_LEAST_MISSES || nowMs - now.missedMs < COMPLETED_LAG_MS) return now
  throw vanishedProblem(batch)
}

/** Safe to repeat (troubleshooting guide); what goes wrong with it shows at the next look. */
async function completeAgain({ completeAgain: complete }: WaitOptions, { log, signal }: Context): Promise<void> {
  await complete?.(signal).catch((error: unknown) => {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    log.warning(error.message)
  })
}

/** Metrics and errors may be written a moment after the status, so the record is read once more. */
async function readOnceMore(record: BatchRecord, { platform, waits, signal }: Context): Promise<BatchRecord> {
  await waits.budget.clock.sleep(Math.min(CONFIRM_PAUSE_MS, waits.longestPauseMs), signal)
  const again = await platform.catalog.batch(record.id, signal).catch(() => undefined)
  signal.throwIfAborted()
  // A lagging replica may still show the status before.
  return again?.kind === 'found' && stateOf(again.record).isFinal ? again.record : record
}

function vanishedProblem(batch: BatchId): Problem {
  return new Problem(`Cannot follow batch "${batch}": the catalog does not contain it`, {
    remedy:
      'Look for the batch in the Experience Platform UI before you run the job again: its rows may be in the dataset.',
  })
}

/** What the data lake holds of a batch; `rows` is undefined where it doesn't say. */
export type ReadBack = {
  readonly rows: number | undefined
  readonly note: string | undefined
  /** No file of it is listed: it may have been taken out of the dataset. */
  readonly isEmpty?: true
}

/** Counts the rows of a batch's files (Data Access API). A read that fails, or takes too long, is said and changes nothing. */
export async function readBack(batch: BatchId, context: Context): Promise<ReadBack> {
  const { clock, waits } = context
  const mostMs = Math.min(READ_BACK_MOST_MS, Math.max(SETTLED_LEAST_MS, waits.budget.leftMs()))
  const read = () => inTime(clock.now() + mostMs, (limited) => countRows(batch, limited), context)
  const seen = await waits.budget.during(read)
  return seen ?? unknownReadBack(`it took longer than ${formatDuration(mostMs)}`)
}

async function countRows(batch: BatchId, { platform, signal }: Context): Promise<ReadBack> {
  try {
    const found = await platform.access.files(batch, signal)
    if (found.kind === 'missing') return { ...unknownReadBack('the platform does not list its files'), isEmpty: true }
    if (found.record.length === 0) return { ...unknownReadBack('the platform lists no file of it'), isEmpty: true }
    const counts = found.record.map(({ records }) => records)
    const known = counts.filter((rows) => rows !== undefined)
    if (known.length < counts.length) return unknownReadBack('the platform does not report how many rows each file has')
    return { rows: known.reduce((sum, rows) => sum + rows, 0), note: undefined }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return unknownReadBack(error.message)
  }
}

function unknownReadBack(why: string): ReadBack {
  return { rows: undefined, note: `The written rows could not be counted: ${why}.` }
}
