import { dueAt } from '../batches/batches.ts'
import { tagSays } from '../catalog/dataset-tags.ts'
import type { Platform } from '../platform.ts'
import type { Dataset } from '../state.ts'

/**
 * "Enable a dataset for profile updates using APIs": if Profile is already on, the tags must first be set to
 * `enabled:false`. The guide does not say what happens otherwise. Here, reads show the requested tags, and Profile goes on
 * replacing fragments.
 */
export function isUpsertInVain(before: Dataset, after: Dataset): boolean {
  if (!isOn(after) || !isForUpsert(after) || !isOn(before)) return false
  return isForUpsert(before) ? before.isUpsertInVain === true : true
}

/** Data that is ingested while Profile is off never reaches Profile, not even later (the same guide). */
export function loseBatchesInWork(datasetId: string, platform: Platform): void {
  const { datasets, batches } = platform.state
  const dataset = datasets.get(datasetId)
  if (dataset !== undefined && isOn(dataset)) return
  for (const batch of batches.values()) {
    const { id, phase } = batch
    const isInWork = phase.kind === 'promoting' && (dueAt(batch, platform) ?? 0) > platform.now()
    if (batch.datasetId === datasetId && isInWork)
      batches.set(id, { ...batch, phase: { ...phase, profileEnabled: false } })
  }
}

function isOn(dataset: Dataset): boolean {
  return tagSays(dataset, 'unifiedProfile', 'enabled:true')
}

function isForUpsert(dataset: Dataset): boolean {
  return tagSays(dataset, 'unifiedProfile', 'isUpsert:true')
}
