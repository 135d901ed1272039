import type { Clock } from '../../base/clock.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import type { CatalogApi } from '../../platform/catalog.ts'
import { isBatchId, type BatchId } from '../../platform/ids.ts'
import type { Found } from '../../platform/found.ts'
import { standingOf } from '../watch/standing.ts'
import { statusKind } from '../watch/status.ts'

type Tools = { readonly catalog: CatalogApi; readonly clock: Clock; readonly signal: AbortSignal }

/** A chain of consolidations that is longer than this is a ring. */
const LONGEST_CHAIN = 20

/**
 * @returns the last active batch of a chain of consolidations, if there is one; one before it may still read `success`
 * at first.
 */
export async function followSuccessor(first: BatchId, tools: Tools): Promise<BatchId | undefined> {
  let id = first
  let held: BatchId | undefined
  for (let link = 1; link <= LONGEST_CHAIN; link++) {
    const found = await readLate(id, tools)
    if (found.kind === 'missing') return held
    if (standingOf(found.record) === 'active') held = id
    const next = found.record.tags['acp_successor']?.[0]
    if (next === undefined || !isBatchId(next)) return held
    id = next
  }
  return held
}

/**
 * Whether a chain of consolidations ends in a batch that was taken back: then nothing holds the rows of those before it any
 * more, though one of them may still read `success` at first.
 */
export async function wasTakenBack(first: BatchId, tools: Tools): Promise<boolean> {
  let id = first
  for (let link = 1; link <= LONGEST_CHAIN; link++) {
    const found = await tools.catalog.batch(id, tools.signal)
    if (found.kind === 'missing') return false
    const { status, tags } = found.record
    const next = tags['acp_successor']?.[0]
    if (next === undefined || !isBatchId(next)) return statusKind(status) === 'withdrawn' || status === 'deleted'
    id = next
  }
  return false
}

/** A batch that the platform has just made may not be in the catalogue yet, though another names it. */
const LATE_AFTER_MS = [0, 2_000, 5_000, 15_000]

async function readLate(id: BatchId, { catalog, clock, signal }: Tools): Promise<Found<BatchRecord>> {
  let found: Found<BatchRecord> = { kind: 'missing', requestId: undefined }
  for (const pauseMs of LATE_AFTER_MS) {
    await clock.sleep(pauseMs, signal)
    found = await catalog.batch(id, signal)
    if (found.kind === 'found') return found
  }
  return found
}

/** Every batch whose rows a consolidated one holds, through consolidations of consolidations. */
export async function holdingsOf(id: BatchId, tools: Tools): Promise<readonly string[]> {
  const leaves = new Set<string>()
  const seen = new Set<string>([id])
  for (const next of seen) {
    const parts = isBatchId(next) ? await madeOf(next, tools) : []
    if (parts.length === 0 && next !== id) leaves.add(next)
    for (const part of parts) seen.add(part)
  }
  return Array.from(leaves)
}

async function madeOf(id: BatchId, { catalog, signal }: Tools): Promise<readonly string[]> {
  const found = await catalog.batch(id, signal)
  if (found.kind === 'missing' || found.record.replay.reason !== 'consolidation') return []
  return found.record.replay.predecessors
}
