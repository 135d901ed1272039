import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { formatDuration } from '../lib/text.ts'
import { pauseWithin, poll } from '../lib/async.ts'
import { DeadlinePassed, withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import {
  COMPLETED_LAG_MS,
  CONFIRM_PAUSE_MS,
  LOOK_LEAST_MS,
  POLL_AGE_DIVISOR,
  POLL_FIRST_PAUSE_MS,
  STALLED_WAIT_MS,
  WAIT_MOST_ERRORS,
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

const HEARTBEAT_MS = 60_000

export type WaitOptions = {
  /** For the whole wait. */
  readonly timeoutMs: number
  /** Asked for COMPLETE once more while a batch of ours still reads `loading`; its answer may have been lost. */
  readonly completeAgain?: () => Promise<unknown>
}

/**
 * Looks at a completed batch until it is settled, or time runs out. Says each change of its status once, and something
 * every minute.
 *
 * @throws Problem when the platform refuses to tell for good.
 */
export async function waitForBatch(batch: BatchId, options: WaitOptions, context: Context): Promise<Settled> {
  const { clock, waits } = context
  const { timeoutMs } = options
  const startMs = clock.now()
  const start: WatchState = { record: undefined, sinceMs: startMs, saidMs: startMs, errors: 0 }
  const { record } = await poll<WatchState>(
    async (before = start) => {
      const seen = await lookInTime(batch, { ...before, startMs, endMs: startMs + timeoutMs }, context)
      if (isOf(seen, 'isOpen')) await completeAgain(options, context)
      return seen
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
  if (record !== undefined && stateOf(record).isFinal)
    return { kind: 'settled', record: await readOnceMore(record, context) }
  return { kind: 'timed-out', record, waitedMs: clock.now() - startMs, isStalled: isOf({ record }, 'isStalled') }
}

/** Of a batch that nobody has seen yet nothing is so. */
function isOf({ record }: Pick<WatchState, 'record'>, question: 'isOpen' | 'isFinal' | 'isStalled'): boolean {
  return record !== undefined && stateOf(record)[question]
}

type WatchState = {
  readonly record: BatchRecord | undefined
  /** Since when the status has been this one. */
  readonly sinceMs: number
  /** When something was last said. */
  readonly saidMs: number
  /** In a row. */
  readonly errors: number
}

type WatchStart = WatchState & { readonly startMs: number; readonly endMs: number }

/** However long the platform takes to answer, time runs out when it runs out. */
async function lookInTime(batch: BatchId, before: WatchStart, context: Context): Promise<WatchState> {
  const leftMs = Math.max(before.endMs - context.clock.now(), LOOK_LEAST_MS)
  const { clock, signal } = context
  try {
    return await withDeadline({ silenceMs: leftMs, clock, signal }, (limited) =>
      look(batch, before, { ...context, signal: limited }),
    )
  } catch (error) {
    if (error instanceof DeadlinePassed) return before
    throw error
  }
}

async function look(batch: BatchId, before: WatchStart, context: Context): Promise<WatchState> {
  const read = await readOrPass(batch, before, context)
  const nowMs = context.clock.now()
  if (read === 'missing') return { ...before, errors: 0 }
  if (read === 'no answer') return { ...before, errors: before.errors + 1 }
  const record = read
  const age = formatDuration(nowMs - before.startMs)
  if (record.status !== before.record?.status) {
    context.log.info(`Batch ${batch} is ${record.status} (after ${age})${stateOf(record).meaning}`)
    return { record, sinceMs: nowMs, saidMs: nowMs, errors: 0 }
  }
  const isDue = nowMs - before.saidMs >= HEARTBEAT_MS
  if (isDue) context.log.info(`Batch ${batch} is still ${record.status} (after ${age})`)
  return { ...before, record, saidMs: isDue ? nowMs : before.saidMs, errors: 0 }
}

/** @returns the record, or why there is none right now, though there may be at the next look. */
async function readOrPass(
  batch: BatchId,
  { errors, startMs, record }: WatchStart,
  context: Context,
): Promise<BatchRecord | 'missing' | 'no answer'> {
  try {
    const found = await context.platform.catalog.batch(batch, context.signal)
    if (found.kind === 'found') return found.record
    if (record === undefined && context.clock.now() - startMs < COMPLETED_LAG_MS) return 'missing'
    throw vanishedProblem(batch)
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof Problem) || !error.isPassing || errors + 1 >= WAIT_MOST_ERRORS) throw error
    context.log.warning(`${error.message}. The wait goes on`)
    return 'no answer'
  }
}

/** Safe to repeat (troubleshooting guide); what goes wrong with it shows at the next look. */
async function completeAgain({ completeAgain: complete }: WaitOptions, { log, signal }: Context): Promise<void> {
  await complete?.().catch((error: unknown) => {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    log.warning(error.message)
  })
}

/** Metrics and errors may be written a moment after the status, so the record is read once more. */
async function readOnceMore(record: BatchRecord, { platform, clock, waits, signal }: Context): Promise<BatchRecord> {
  await clock.sleep(Math.min(CONFIRM_PAUSE_MS, waits.longestPauseMs), signal)
  const again = await platform.catalog.batch(record.id, signal).catch(() => undefined)
  signal.throwIfAborted()
  // A lagging replica may still show the status before.
  return again?.kind === 'found' && stateOf(again.record).isFinal ? again.record : record
}

function vanishedProblem(batch: BatchId): Problem {
  return new Problem(`Cannot follow batch "${batch}": the catalogue does not know it`, {
    remedy:
      'Look for the batch in the Experience Platform user interface before you run this again: its rows may be in the dataset.',
  })
}

/** What the data lake holds of a batch; `rows` is undefined where it doesn't say. */
export type ReadBack = { readonly rows: number | undefined; readonly note: string | undefined }

/** Counts the rows of a batch's files (Data Access API). A read that fails is said and changes nothing. */
export async function readBack(batch: BatchId, { platform, signal }: Context): Promise<ReadBack> {
  try {
    const found = await platform.access.files(batch, signal)
    if (found.kind === 'missing') return unknownReadBack('the platform does not list its files')
    if (found.record.length === 0) return unknownReadBack('the platform lists no file of it')
    const counts = found.record.map(({ records }) => records)
    const known = counts.filter((rows) => rows !== undefined)
    if (known.length < counts.length) return unknownReadBack('the platform does not say how many rows each file has')
    return { rows: known.reduce((sum, rows) => sum + rows, 0), note: undefined }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    return unknownReadBack(error.message)
  }
}

function unknownReadBack(why: string): ReadBack {
  return { rows: undefined, note: `What was written could not be read back: ${why}.` }
}
