import type { Context } from '../../context.ts'
import { Problem } from '../../lib/errors.ts'
import { stateOf } from '../../platform/batch-state.ts'
import { type BatchId, isBatchId } from '../../platform/ids.ts'
import { CONSOLIDATION_MOST_LINKS, CONSOLIDATION_MOST_PARTS } from '../../platform/limits.ts'
import { type BatchRecord, REPLAY_REASON } from '../../platform/records.ts'
import { readPart, readSuccessor } from './read-batch.ts'

/**
 * What became of the rows of a batch that the platform consolidated, perhaps more than once. Every batch on the way is read
 * once, and whatever is said of it rests on that record: a second look may be at a replica that knows less.
 */
export type Succession = {
  /** The batch that holds the rows now; undefined where it was not consolidated, or where nothing holds them any more. */
  readonly holder: BatchRecord | undefined
  /**
   * The last batch of the chain was reverted: nothing holds the rows of those before it any more, though one of them may
   * still read `success` at first.
   */
  readonly wasReverted: boolean
  /** Everything that was read on the way, the batch itself included. */
  readonly read: ReadonlyMap<string, BatchRecord>
}

/**
 * Follows a batch to the last active one of its consolidations, if there is one; one before it may still read `success` at
 * first.
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
    const found = await readSuccessor(id, isNeeded, context)
    if (found.kind === 'missing' || found.record.replay.reason === REPLAY_REASON.replaces) break
    last = found.record
    read.set(id, last)
    const { holdsRows, isFinal } = stateOf(last)
    // A batch is inactive once its successor has succeeded: where that does not read so, the catalogue lags.
    if (holdsRows || (isNeeded && !isFinal)) holder = last
  }
  return { holder, wasReverted: false, read }
}

/** A batch, and records of it and others that were read before. */
export type Consolidated = { readonly batch: BatchRecord; readonly read?: Succession['read'] }

/** Every batch whose rows a consolidated one holds, through consolidations of consolidations; empty for what is none. */
export async function holdingsOf(consolidated: Consolidated, context: Context): Promise<readonly string[]> {
  const { leaves } = await partsOf(consolidated, context)
  return leaves
}

/**
 * Whether the rows of a batch are in another one, or may be: one that does not tell what it was made of may have been made of
 * anything.
 */
export async function mayHold({ holder, of }: Held, read: Succession['read'], context: Context): Promise<boolean> {
  if (holder.replay.reason !== REPLAY_REASON.consolidates || holder.replay.predecessors.length === 0) return true
  const own = await partsOf({ batch: of, read }, context)
  const parts = await partsOf({ batch: holder, read: new Map([...read, ...own.read]) }, context)
  return [of.id, ...own.all].some((id) => parts.all.includes(id))
}

type Held = { readonly holder: BatchRecord; readonly of: BatchRecord }

type Parts = {
  /** At every depth, without the batch itself. */
  readonly all: readonly string[]
  /** Those of `all` that were made of nothing else. */
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
