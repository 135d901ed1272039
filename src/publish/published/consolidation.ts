import type { Context } from '../../context.ts'
import { Problem } from '../../lib/errors.ts'
import { stateOf } from '../../platform/batch-state.ts'
import { type BatchId, isBatchId } from '../../platform/ids.ts'
import { CONSOLIDATION_MOST_LINKS, CONSOLIDATION_MOST_PARTS } from '../../platform/limits.ts'
import { type BatchRecord, REPLAY_REASON } from '../../platform/records.ts'
import { readFinishedSuccessor, readPart, readSuccessor } from './read-batch.ts'

/**
 * The path of a batch's rows through the platform's consolidations, of which there may be several. Every batch on the path is
 * read once and judged by that record, because a second look may reach a replica that knows less.
 */
export type Succession = {
  /** The batch that now holds the rows; undefined if it was not consolidated, or if no batch holds them any more. */
  readonly holder: BatchRecord | undefined
  /**
   * The last batch of the chain was reverted: no batch holds the rows of the earlier ones any more, although one of them
   * may still read `success` at first.
   */
  readonly wasReverted: boolean
  /** All records read on the path, including that of the batch itself. */
  readonly read: ReadonlyMap<string, BatchRecord>
}

/**
 * Follows a batch to the last active one of its consolidations, if any. An earlier one may still read `success` at first.
 */
export async function followSuccessors(batch: BatchRecord, context: Context): Promise<Succession> {
  const read = new Map<string, BatchRecord>([[batch.id, batch]])
  let last = batch
  let holder: BatchRecord | undefined
  while (read.size <= CONSOLIDATION_MOST_LINKS) {
    const { successor: id } = last
    if (id === undefined) return { holder, wasReverted: last !== batch && stateOf(last).heldRows, read }
    if (read.has(id)) break
    const isNeeded = stateOf(last).isGone
    const found = await (isNeeded ? readFinishedSuccessor : readSuccessor)(id, context)
    if (found.kind === 'missing' || found.record.replay.reason === REPLAY_REASON.replaces) break
    last = found.record
    read.set(id, last)
    const { holdsRows, isFinal } = stateOf(last)
    // A batch becomes inactive once its successor succeeds. If the successor does not read so, the catalog lags.
    if (holdsRows || (isNeeded && !isFinal)) holder = last
  }
  return { holder, wasReverted: false, read }
}

/** A batch, and records that were already read. */
export type Consolidated = { readonly batch: BatchRecord; readonly read?: Succession['read'] }

/** Every batch whose rows a consolidated one holds, through consolidations of consolidations; empty for other batches. */
export async function holdingsOf(consolidated: Consolidated, context: Context): Promise<readonly string[]> {
  const { leaves } = await partsOf(consolidated, context)
  return leaves
}

/**
 * Whether another batch holds the rows of a batch, or may hold them: one that does not list its parts may contain any
 * batch.
 */
export async function mayHold({ holder, of }: Held, read: Succession['read'], context: Context): Promise<boolean> {
  if (holder.replay.reason !== REPLAY_REASON.consolidates || holder.replay.predecessors.length === 0) return true
  const own = await partsOf({ batch: of, read }, context)
  const parts = await partsOf({ batch: holder, read: new Map([...read, ...own.read]) }, context)
  return [of.id, ...own.all].some((id) => parts.all.includes(id))
}

type Held = { readonly holder: BatchRecord; readonly of: BatchRecord }

type Parts = {
  /** Parts at every depth, without the batch itself. */
  readonly all: readonly string[]
  /** Parts that were not consolidated from others. */
  readonly leaves: readonly string[]
  readonly read: ReadonlyMap<string, BatchRecord>
}

async function partsOf({ batch, read: known }: Consolidated, context: Context): Promise<Parts> {
  const read = new Map<string, BatchRecord>([...(known ?? []), [batch.id, batch]])
  const leaves: string[] = []
  const seen = new Set<string>([batch.id])
  for (const next of seen) {
    const parts = await madeOf(next, read, context)
    if (parts.length === 0 && next !== batch.id) leaves.push(next)
    for (const part of parts) seen.add(part)
    if (seen.size > CONSOLIDATION_MOST_PARTS) throw endlessPartsProblem(batch.id)
  }
  return { all: Array.from(seen).slice(1), leaves, read }
}

async function madeOf(id: string, read: Map<string, BatchRecord>, context: Context): Promise<readonly string[]> {
  if (!read.has(id) && isBatchId(id)) {
    const found = await readPart(id, context)
    if (found.kind === 'found') read.set(id, found.record)
  }
  const replay = read.get(id)?.replay
  return replay?.reason === REPLAY_REASON.consolidates ? replay.predecessors : []
}

function endlessPartsProblem(id: BatchId): Problem {
  return new Problem(
    `Cannot tell what batch "${id}" was consolidated from: it lists more than ${CONSOLIDATION_MOST_PARTS} parts`,
    {
      remedy: 'Check the batch in the Experience Platform UI.',
    },
  )
}
