import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { formatDuration } from '../lib/text.ts'
import { pauseWithin, poll } from '../lib/async.ts'
import { DeadlinePassed, withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import {
  COMPLETE_LAG_MS,
  COMPLETE_LAG_PAUSE_MS,
  CONFIRM_PAUSE_MS,
  LOOK_LEAST_MS,
  POLL_AGE_DIVISOR,
  POLL_FIRST_PAUSE_MS,
  READ_BACK_MOST_MS,
  FINISHED_LEAST_MS,
  STALLED_WAIT_MS,
} from '../platform/limits.ts'
import type { BatchRecord } from '../platform/records.ts'
import { laterOf } from './published/read-batch.ts'
import {
  type LookState,
  type Misses,
  NO_FAILURES,
  NO_MISSES,
  NOT_WARNED,
  answerMs,
  tryLook,
  missedOnce,
  hasVanished,
} from './look-tolerance.ts'

/**
 * Returns the pause until the next look at a batch of this age, when the last look took `lookMs`. The end of a batch is
 * noticed after at most a tenth of its duration plus 2 s, or `longestMs`. The pause allows for a batch that ended just
 * after the last request, and for a next response that takes as long; slow responses at most halve a pause. With the
 * default of 300 s that is 55 looks in the first hour. No other schedule needs fewer: after a look at t, the next must be
 * answered by 1.1 t + 2 s.
 */
export function nextLook(ageMs: number, longestMs: number, lookMs = 0): number {
  const pauseMs = Math.min((ageMs - lookMs) / POLL_AGE_DIVISOR + POLL_FIRST_PAUSE_MS, longestMs)
  return Math.max(pauseMs - 2 * lookMs, pauseMs / 2)
}

/** The pause until the next look at batches whose COMPLETE the catalog may not show yet; undefined when it must show it. */
export function pauseWhileCompleteLags({ ageMs }: { readonly ageMs: number }): number | undefined {
  return ageMs < COMPLETE_LAG_MS ? COMPLETE_LAG_PAUSE_MS : undefined
}

/** How waiting for a batch ended. */
export type WaitResult =
  | { readonly kind: 'finished'; readonly record: BatchRecord }
  /** `record` is the last one seen, if any. */
  | {
      readonly kind: 'timed-out'
      readonly record: BatchRecord | undefined
      readonly waitedMs: number
      readonly isStalled: boolean
      /** Why the last looks failed, if they did. */
      readonly trouble?: string
    }

const HEARTBEAT_MS = 300_000

export type WaitOptions = {
  /** The time limit of the whole wait. */
  readonly timeoutMs: number
  /** The batch was seen before, so it exists: only the time limit ends the wait. */
  readonly isKnown?: boolean
  /** Sends COMPLETE again while our batch still reads `loading`: the earlier request may have been lost. */
  readonly completeAgain?: (signal: AbortSignal) => Promise<unknown>
}

/**
 * Polls a completed batch until it has finished or time runs out. Logs the final status, any status that needs an
 * explanation, and otherwise the status every five minutes.
 *
 * @throws Problem when too many consecutive looks fail, for a batch that was never seen.
 */
export async function waitForBatch(batch: BatchId, options: WaitOptions, context: Context): Promise<WaitResult> {
  const { clock, waits } = context
  const { timeoutMs } = options
  const startMs = clock.now()
  const endMs = startMs + timeoutMs
  const start: WatchState = { record: undefined, sinceMs: startMs, saidMs: startMs, ...NOT_WARNED, ...NO_MISSES }
  const last = await poll<WatchState>(
    async (before = start) => {
      const watched = { ...before, startMs, options }
      const seen = await inTime(endMs, (limited) => lookAndComplete(batch, watched, limited), context)
      return seen ?? before
    },
    {
      isDone: (seen) => isOf(seen, 'isFinal'),
      pauses: ({ seen, ageMs, lookMs }) => {
        const stalledMs = isOf(seen, 'isStalled') ? seen.sinceMs + STALLED_WAIT_MS - clock.now() : Infinity
        return pauseWithin(
          Math.min(timeoutMs - ageMs, stalledMs),
          nextLook(ageMs, waits.longestPauseMs, answerMs(seen, lookMs)),
        )
      },
    },
    context,
  )
  const { record } = last
  if (record !== undefined && stateOf(record).isFinal) {
    const latestMs = Math.max(endMs, clock.now() + FINISHED_LEAST_MS)
    const again = await inTime(latestMs, (limited) => readOnceMore(record, limited), context)
    return { kind: 'finished', record: again ?? record }
  }
  const isStalled = isOf(last, 'isStalled')
  return { kind: 'timed-out', record, waitedMs: clock.now() - startMs, isStalled, ...troubleOf(last) }
}

/** False for a batch that was not seen yet. */
function isOf({ record }: Pick<WatchState, 'record'>, question: 'isOpen' | 'isFinal' | 'isStalled'): boolean {
  return record !== undefined && stateOf(record)[question]
}

function troubleOf({ trouble, misses }: WatchState): { readonly trouble?: string } {
  if (trouble !== undefined) return { trouble: trouble.message }
  return misses === 0 ? {} : { trouble: 'the catalog does not show it' }
}

type WatchState = LookState &
  Misses & {
    readonly record: BatchRecord | undefined
    /** When the current status was first seen. */
    readonly sinceMs: number
    /** When the status was last logged. */
    readonly saidMs: number
  }

type Watched = WatchState & { readonly startMs: number; readonly options: WaitOptions }

/** Runs the work until `endMs` at most, however long the platform takes to respond. @returns undefined if time ran out */
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
  const isKnown = before.record !== undefined || before.options.isKnown === true
  const ask = () => context.platform.catalog.batch(batch, context.signal)
  const read = await tryLook(ask, { before, isKnown }, context)
  const nowMs = context.clock.now()
  if (read.kind === 'failed') return read.state
  if (read.seen.kind === 'missing') return missing(batch, { before, isKnown }, context)
  const { record } = read.seen
  const well = { ...NO_FAILURES, ...NO_MISSES, record }
  const age = formatDuration(nowMs - before.startMs)
  const { isFinal, meaning } = stateOf(record)
  const isNew = record.status !== before.record?.status
  const isDue = nowMs - before.saidMs >= HEARTBEAT_MS || (isNew && (isFinal || meaning !== ''))
  if (isDue) context.log.info(`Batch ${batch}: ${record.status} after ${age}${isNew ? meaning : ''}`)
  return { ...before, ...well, sinceMs: isNew ? nowMs : before.sinceMs, saidMs: isDue ? nowMs : before.saidMs }
}

/** @throws Problem for a batch that stays missing and was never seen */
function missing(
  batch: BatchId,
  { before, isKnown }: { readonly before: Watched; readonly isKnown: boolean },
  { clock, log }: Context,
): WatchState {
  const now = { ...before, ...NO_FAILURES, ...missedOnce(before, clock.now()) }
  if (!isKnown && hasVanished(now, clock.now())) throw vanishedProblem(batch)
  if (!isKnown || before.hasWarned) return now
  log.warning(`The catalog does not show batch ${batch} at the moment, although it did before. Still waiting`)
  return { ...now, hasWarned: true }
}

/** Sends COMPLETE again, which is safe (troubleshooting guide). A failure shows at the next look. */
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
  // A lagging replica may still show the earlier status.
  return again?.kind === 'found' && stateOf(again.record).isFinal ? laterOf(record, again.record) : record
}

function vanishedProblem(batch: BatchId): Problem {
  return new Problem(`Cannot follow batch "${batch}": the catalog does not contain it`, {
    remedy:
      'Look for the batch in the Experience Platform UI before you run the job again: its rows may be in the dataset.',
  })
}

/** The rows of a batch in the data lake; `rows` is undefined if unknown. */
export type ReadBack = {
  readonly rows: number | undefined
  readonly note: string | undefined
  /** None of its files is listed: it may have been removed from the dataset. */
  readonly isEmpty?: true
}

/** Counts the rows of a batch's files (Data Access API). A read that fails or takes too long only adds a note. */
export async function readBack(batch: BatchId, context: Context): Promise<ReadBack> {
  const { clock, waits } = context
  const mostMs = Math.min(READ_BACK_MOST_MS, Math.max(FINISHED_LEAST_MS, waits.budget.leftMs()))
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
