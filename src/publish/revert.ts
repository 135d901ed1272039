import type { Context } from '../context.ts'
import { pauseWithin, poll } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { formatDuration } from '../lib/text.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import type { ActionResult } from '../platform/batches.ts'
import { TimeOver } from '../platform/http/errors.ts'
import type { BatchId } from '../platform/ids.ts'
import { REVERT_MOST_ATTEMPTS, REVERT_MOST_LOOKS, REVERT_PAUSE_MS } from '../platform/limits.ts'
import type { BatchRecord } from '../platform/records.ts'
import { followSuccessors, mayHold } from './published/consolidation.ts'
import { readNamedBatch } from './published/read-batch.ts'
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
import { inTime, nextLook } from './wait.ts'

/**
 * Refuses an inactive batch that was not reverted: the platform may have consolidated it since it was chosen, so that
 * another batch holds its rows.
 *
 * @throws Problem when another batch holds the rows, or may hold them.
 */
async function refuseMoved(record: BatchRecord, context: Context): Promise<void> {
  const succession = await followSuccessors(record, context)
  const { holder } = succession
  if (holder === undefined || !(await mayHold({ holder, of: record }, succession.read, context))) return
  throw movedProblem(record.id, holder.id)
}

function movedProblem(id: BatchId, holder: BatchId): Problem {
  return new Problem(`Cannot revert batch "${id}": the platform is consolidating it into ${holder}`, {
    remedy: 'Its rows were not removed from the dataset. Run the job again in a few minutes.',
    isPassing: true,
  })
}

/** How a revert ended; `status` is the last one seen since the request, empty if none was seen. */
export type RevertResult = {
  /** `in doubt`: no time was left to check whether the platform accepted it. */
  readonly kind: 'reverted' | 'was reverted' | 'accepted' | 'timed-out' | 'in doubt'
  readonly status: string
}

/**
 * Removes the rows of a successful batch from the dataset, and waits until the platform reports it: the first reads may
 * still show `success`. A batch that is already inactive is left unchanged.
 *
 * | status                               | what happens                        |
 * |--------------------------------------|-------------------------------------|
 * | `success`, `active`                  | REVERT                              |
 * | `inactive`, `deleted`, `archived`, `retained` | nothing: already removed   |
 * | anything else                        | refused, with a remedy              |
 *
 * @throws Problem for a batch that never succeeded, has not finished, or was consolidated since it was chosen.
 */
export async function revertBatch(
  id: BatchId,
  { waits }: { readonly waits: boolean },
  context: Context,
): Promise<RevertResult> {
  let record = await read(id, context)
  for (let attempt = 1; ; attempt++) {
    if (stateOf(record).heldRows) {
      await refuseMoved(record, context)
      return { kind: attempt === 1 ? 'was reverted' : 'reverted', status: record.status }
    }
    if (!stateOf(record).holdsRows) throw refusedProblem(record)
    const acted = await act(id, attempt, context)
    if (acted === 'done') return waits ? awaitGone(id, context) : { kind: 'accepted', status: '' }
    const now = await readChanged(record, context).catch(unlessTimeIsOver)
    if (now === undefined) return { kind: 'in doubt', status: '' }
    if (stateOf(now).holdsRows && attempt === REVERT_MOST_ATTEMPTS) throw stuckProblem(now)
    record = now
  }
}

function unlessTimeIsOver(error: unknown): undefined {
  if (!(error instanceof TimeOver)) throw error
}

/** Looks a limited number of times, until the batch is no longer active. @returns the last record */
async function readChanged({ id }: BatchRecord, context: Context): Promise<BatchRecord> {
  const pauses = Array.from({ length: REVERT_MOST_LOOKS }, () =>
    Math.min(REVERT_PAUSE_MS, context.waits.longestPauseMs),
  )
  return await poll(() => read(id, context), { isDone: (seen) => !stateOf(seen).holdsRows, pauses }, context)
}

/** Sends REVERT. A lost response is treated like a 428: the caller checks the batch. */
async function act(id: BatchId, attempt: number, { platform, log, signal }: Context): Promise<ActionResult> {
  try {
    return await platform.batches.revert(id, signal)
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem) || !error.mayHaveActed || attempt === REVERT_MOST_ATTEMPTS) throw error
    log.warning(`${error.message}. Checking the batch`)
    return 'wrong state'
  }
}

async function awaitGone(id: BatchId, context: Context): Promise<RevertResult> {
  const { clock, log, waits } = context
  const startMs = clock.now()
  log.info(`Revert of batch ${id} accepted`)
  const endMs = startMs + waits.budget.leftMs()
  return waits.budget.during(async () => {
    const last = await poll<RevertLook>(
      async (before = NOT_SEEN) => (await inTime(endMs, (limited) => look(id, before, limited), context)) ?? before,
      {
        isDone: (seen) => stateOf(seen).heldRows,
        pauses: ({ seen, ageMs, lookMs }) =>
          pauseWithin(waits.budget.leftMs(), nextLook(ageMs, waits.longestPauseMs, answerMs(seen, lookMs))),
      },
      context,
    )
    const { status } = last
    if (!stateOf(last).heldRows) return { kind: 'timed-out', status }
    log.info(
      `Batch ${id}: ${status} after ${formatDuration(clock.now() - startMs)}, its rows were removed from the dataset`,
    )
    return { kind: 'reverted', status }
  })
}

type RevertLook = LookState & Misses & { readonly status: string }

/** The status before the revert is not used: it says nothing about the status now. */
const NOT_SEEN: RevertLook = { status: '', ...NO_MISSES, ...NOT_WARNED }

async function look(id: BatchId, before: RevertLook, context: Context): Promise<RevertLook> {
  const ask = () => context.platform.catalog.batch(id, context.signal)
  const one = await tryLook(ask, { before, isKnown: true }, context)
  if (one.kind === 'failed') return one.state
  const well = { ...before, ...NO_FAILURES }
  if (one.seen.kind === 'found') return { ...well, ...NO_MISSES, status: one.seen.record.status }
  const misses = missedOnce(before, context.clock.now())
  return { ...well, ...misses, status: hasVanished(misses, context.clock.now()) ? STATUS.missing : before.status }
}

async function read(id: BatchId, context: Context): Promise<BatchRecord> {
  const found = await readNamedBatch(id, context)
  if (found.kind === 'found') return found.record
  throw new Problem(`Cannot find batch "${id}": it no longer exists`, {
    remedy: 'The platform deletes the record of a batch some time after its rows. Check the dataset.',
  })
}

function refusedProblem(record: BatchRecord): Problem {
  const { id, status } = record
  return new Problem(`Cannot revert batch "${id}": it is "${status}", and only a successful batch can be reverted`, {
    remedy: stateOf(record).remedy.revert(id),
  })
}

function stuckProblem({ id, status }: BatchRecord): Problem {
  return new Problem(`Cannot revert batch "${id}": the platform refuses (428), and the batch still reads "${status}"`, {
    remedy: 'Run the job again in a few minutes, or check the batch in the Experience Platform UI.',
    isPassing: true,
  })
}
