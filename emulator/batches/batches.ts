import type { Platform } from '../platform.ts'
import type { Batch, Harvest } from '../state.ts'

export const emptyHarvest: Harvest = { errors: [], metrics: undefined, rowErrors: [], rows: [] }

/** Applies `change` to the batch and raises its version. */
export function updateBatch(platform: Platform, id: string, change: (batch: Batch) => Partial<Batch>): void {
  const batch = platform.state.batches.get(id)
  if (batch === undefined) return
  const changed = { ...batch, updated: platform.now(), changes: batch.changes + 1, ...change(batch) }
  platform.state.batches.set(id, changed)
}

/** When a completed batch settles, in milliseconds since the epoch. */
export function dueAt(batch: Batch, platform: Platform): number | undefined {
  if (batch.phase.kind !== 'promoting') return undefined
  const { loadedMs, stagingMs, stagedMs, hold } = platform.settings()
  return batch.phase.since + loadedMs + stagingMs + stagedMs + (hold?.forMs ?? 0)
}

/** The status word as the guides write it, before any setting disguises it. */
export function statusOf(batch: Batch, platform: Platform): string {
  const { phase, written } = batch
  // A batch that was created in Catalog has the status that its writer set.
  if (typeof written['status'] === 'string') return written['status']
  if (phase.kind === 'inactive') return phase.staleReads > 0 ? 'success' : 'inactive'
  if (phase.kind !== 'promoting') return phase.kind
  const { loadedMs, stagingMs, hold } = platform.settings()
  const age = platform.now() - phase.since
  if (age < loadedMs) return 'loaded'
  if (age < loadedMs + stagingMs) return 'staging'
  return hold?.status ?? 'staged'
}

/** The batch as Catalog knows it. Catalog learns of a COMPLETE some time later. */
export function catalogued(batch: Batch, platform: Platform): Batch {
  const lagEnds = (batch.started ?? -Infinity) + platform.settings().catalogueLagMs.completed
  if (lagEnds <= platform.now()) return batch
  return { ...batch, phase: { kind: 'loading' }, started: undefined, completed: undefined, harvest: emptyHarvest }
}
