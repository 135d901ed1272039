import type { Context } from '../../context.ts'
import { pauseWithin, poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { howToRevert, stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import { PREDECESSOR_LEAST_MS, PREDECESSOR_MOST_MS } from '../../platform/limits.ts'
import { type BatchRecord, REPLAY_REASON } from '../../platform/records.ts'
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
} from '../look-tolerance.ts'
import { inTime, nextLook } from '../wait.ts'
import { followSuccessors } from './consolidation.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'
import { readFresh } from './read-batch.ts'

/** A predecessor whose rows are, or may be, still in the dataset. */
export type RemainingPredecessor = {
  readonly id: BatchId
  /**
   * The batch that holds the rows: the predecessor, or the batch into which the platform has consolidated it; undefined if
   * no look at it was answered.
   */
  readonly holder: BatchId | undefined
}

/**
 * Looks at each predecessor, after the success of the batch that replaces it, until it is no longer active. The first reads
 * may still show `success`.
 *
 * @returns the predecessors that are still active, or whose state is unknown.
 */
export async function remainingPredecessors(
  ids: readonly BatchId[],
  context: Context,
): Promise<readonly RemainingPredecessor[]> {
  return context.waits.budget.during(async () => {
    const limitMs = Math.min(PREDECESSOR_MOST_MS, Math.max(PREDECESSOR_LEAST_MS, context.waits.budget.leftMs()))
    const left = await Promise.all(ids.map((id) => findRemaining(id, limitMs, context).catch(asUnknown(id))))
    return left.filter((one) => one !== undefined)
  })
}

/** A predecessor, or what it was consolidated into, that cannot be read may still be active. */
function asUnknown(id: BatchId): (error: unknown) => RemainingPredecessor {
  return (error) => {
    if (!(error instanceof Problem)) throw error
    return { id, holder: undefined }
  }
}

/** The last look at a predecessor. */
type PredecessorLook = LookState & Misses & { readonly record: BatchRecord | undefined }

const NOT_SEEN: PredecessorLook = { record: undefined, ...NO_MISSES, ...NOT_WARNED }

/** @returns undefined if no batch holds its rows. A predecessor that was never seen inactive counts as holding them. */
async function findRemaining(
  id: BatchId,
  limitMs: number,
  context: Context,
): Promise<RemainingPredecessor | undefined> {
  const { clock } = context
  const endMs = clock.now() + limitMs
  const last = await poll<PredecessorLook>(
    async (before = NOT_SEEN) =>
      (await inTime(endMs, (limited) => lookAtPredecessor(id, before, limited), context)) ?? before,
    {
      isDone: (seen) => hasVanished(seen, clock.now()) || (seen.record !== undefined && stateOf(seen.record).isGone),
      pauses: ({ seen, ageMs, lookMs }) =>
        pauseWithin(limitMs - ageMs, nextLook(ageMs, PREDECESSOR_MOST_MS, answerMs(seen, lookMs))),
    },
    context,
  )
  // The platform deletes the record of a batch some time after its rows.
  if (hasVanished(last, clock.now())) return undefined
  if (last.record === undefined) return { id, holder: undefined }
  const holder = await holderNow(last.record, context)
  return holder && { id, holder }
}

/** If a consolidation, not our batch, made it inactive, its rows are active in another batch. */
async function holderNow(record: BatchRecord, context: Context): Promise<BatchId | undefined> {
  if (!stateOf(record).isGone) return record.id
  const { holder } = await followSuccessors(record, context)
  return holder?.id
}

async function lookAtPredecessor(id: BatchId, before: PredecessorLook, context: Context): Promise<PredecessorLook> {
  const look = () => context.platform.catalog.batch(id, context.signal)
  const read = await tryLook(look, { before, isKnown: true }, context)
  if (read.kind === 'failed') return read.state
  const well = { ...before, ...NO_FAILURES }
  if (read.seen.kind === 'missing') return { ...well, ...missedOnce(before, context.clock.now()) }
  return { ...well, ...NO_MISSES, record: read.seen.record }
}

/** Whether the first batch was made to replace the other one, or the batch into which that was consolidated. */
export function isToReplace({ record: { replay } }: PublishedBatch, { record, holder }: PublishedBatch): boolean {
  const isConsolidation = replay.reason === REPLAY_REASON.consolidates
  return !isConsolidation && [record.id, holder].some((id) => replay.predecessors.includes(id))
}

/**
 * Active batches that another active batch was to replace. The platform removes their rows a moment after the success of
 * that batch, so nothing may count on them. If they stay, the replacement has failed.
 */
export function leavingBatches({ batches }: Published): readonly PublishedBatch[] {
  const active = batches.filter(({ state }) => state.holdsRows)
  return active.filter((one) => active.some((other) => isToReplace(other, one)))
}

/** @returns the fault, and what to do, if data that is not sent is only in batches that may leave the dataset. */
export function leavingFault(kept: readonly PublishedBatch[], published: Published): PublishFault | undefined {
  const leaving = leavingBatches(published).filter((one) => kept.includes(one))
  if (leaving.length === 0) return undefined
  const by = published.batches.filter((other) => leaving.some((one) => isToReplace(other, one)))
  const ids = leaving.map(({ holder }) => holder)
  return {
    message: `${ids.join(', ')} has this data and is still active, but ${by.map(({ record }) => record.id).join(', ')} was to replace it`,
    remedy: `Run the job again in a few minutes. If ${ids.join(', ')} is still active then, revert it first: ${ids.map(howToRevert).join('; ')}.`,
  }
}

/** After a failed replay, describes the predecessors whose rows are gone anyway, as far as they can be read. */
export async function lostPredecessors(ids: readonly BatchId[], context: Context): Promise<readonly string[]> {
  const lost = await Promise.all(ids.map(async (id) => ({ id, isLost: await isLost(id, context) })))
  return lost.flatMap(({ id, isLost: is }) =>
    is ? [`Batch ${id}, which was to be replaced, is no longer active, although the replacement failed.`] : [],
  )
}

async function isLost(id: BatchId, context: Context): Promise<boolean> {
  try {
    const found = await readFresh(id, context)
    return found.kind === 'missing' || (await holderNow(found.record, context)) === undefined
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return false
  }
}
