import type { JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'
import type { Dataset } from '../state.ts'

/** Lists and reads can learn of a new dataset at different times; no document says when. */
export function isKnownTo(who: 'lists' | 'reads', { record }: Dataset, platform: Platform): boolean {
  const { listedMs, readMs } = platform.settings().datasetLag
  return Number(record['created']) + (who === 'lists' ? listedMs : readMs) <= platform.now()
}

/** The record that Catalog shows, which can still be the one from before a change. */
export function shownRecord({ id, record }: Dataset, { state }: Platform): JsonObject {
  return state.afterimages.get(id)?.record ?? record
}

/** Reads a dataset by its id. A list shows the same record but doesn't count as a stale read. */
export function readRecord(dataset: Dataset, platform: Platform): JsonObject {
  const { afterimages } = platform.state
  const shown = afterimages.get(dataset.id)
  if (shown === undefined) return dataset.record
  if (shown.readsLeft <= 1) afterimages.delete(dataset.id)
  else afterimages.set(dataset.id, { ...shown, readsLeft: shown.readsLeft - 1 })
  return shown.record
}

/** Lets the next `staleReads` reads after a change still show the record from before it. */
export function beginAfterimage(before: Dataset, platform: Platform): void {
  const { staleReads } = platform.settings().datasetLag
  if (staleReads === 0) return
  platform.state.afterimages.set(before.id, { record: shownRecord(before, platform), readsLeft: staleReads })
}
