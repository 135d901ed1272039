import { dueAt, updateBatch } from './batches.ts'
import type { Platform } from '../platform.ts'
import { keepProfile } from '../profile/profile-view.ts'
import { promote } from './promotion.ts'
import type { Batch, Phase } from '../state.ts'
import { runSystemJobs } from '../profile/system-jobs.ts'

/**
 * Brings every batch to its current state. Nothing happens between requests, so time can be simulated. Calls must not
 * overlap. Batches finish in the order in which they are due, because replay and Profile depend on it.
 */
export async function settle(platform: Platform): Promise<void> {
  for (const batch of inOrderOfDue(platform)) await settleBatch(platform, batch)
  for (const batch of platform.state.batches.values()) age(platform, batch)
  runSystemJobs(platform)
}

function inOrderOfDue(platform: Platform): readonly Batch[] {
  const due = (batch: Batch) => dueAt(batch, platform) ?? Infinity
  return [...platform.state.batches.values()]
    .filter((batch) => due(batch) <= platform.now())
    .toSorted((one, other) => due(one) - due(other) || (one.id < other.id ? -1 : 1))
}

async function settleBatch(platform: Platform, batch: Batch): Promise<void> {
  const since = dueAt(batch, platform) ?? platform.now()
  const { verdict, harvest } = await promote(platform, batch)
  updateBatch(platform, batch.id, () => ({
    phase: { kind: verdict, since },
    harvest,
    updated: since,
    completed: since,
    changes: batch.changes + 3,
  }))
  if (verdict === 'success' || platform.settings().replay.predecessorsOfFailed === 'lost')
    replacePredecessors(platform, batch)
  if (verdict === 'success') keepProfile(platform, batch, harvest.rows)
}

/** No document says when predecessors change; by the meaning of `inactive`, when the successor has replaced them. */
function replacePredecessors(platform: Platform, successor: Batch): void {
  const { honoured } = platform.settings().replay
  for (const id of honoured ? successor.replay.predecessors : []) {
    if (platform.state.batches.get(id)?.phase.kind === 'success') deactivate(platform, id)
  }
}

export function deactivate(platform: Platform, id: string): void {
  const phase: Phase = { kind: 'inactive', since: platform.now(), staleReads: platform.settings().staleReads }
  updateBatch(platform, id, () => ({ phase }))
}

function age(platform: Platform, batch: Batch): void {
  const { abandonAfterMs, deletedAfterMs } = platform.settings()
  const { phase } = batch
  const turn = (kind: 'abandoned' | 'deleted', since: number) => {
    if (since <= platform.now()) updateBatch(platform, batch.id, () => ({ phase: { kind, since }, updated: since }))
  }
  if (phase.kind === 'loading' && batch.takesUploads) turn('abandoned', batch.created + abandonAfterMs)
  if (phase.kind === 'inactive') turn('deleted', phase.since + deletedAfterMs)
}
