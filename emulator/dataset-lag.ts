import type { JsonObject } from './json.ts'
import type { Platform } from './platform.ts'
import type { Dataset } from './state.ts'

/** Lists and reads may learn of a new dataset at different times; no document says when. */
export function isKnownTo(who: 'lists' | 'reads', { record }: Dataset, platform: Platform): boolean {
  const { listedMs, readMs } = platform.settings().datasetLag
  return Number(record['created']) + (who === 'lists' ? listedMs : readMs) <= platform.now()
}

/** What Catalog shows, which may be what was before a change. */
export function shownRecord({ id, record }: Dataset, { state }: Platform): JsonObject {
  return state.afterimages.get(id)?.record ?? record
}

/** A read of a dataset by its id; a list shows the same, and doesn't count. */
export function readRecord(dataset: Dataset, platform: Platform): JsonObject {
  const { afterimages } = platform.state
  const shown = afterimages.get(dataset.id)
  if (shown === undefined) return dataset.record
  if (shown.readsLeft <= 1) afterimages.delete(dataset.id)
  else afterimages.set(dataset.id, { ...shown, readsLeft: shown.readsLeft - 1 })
  return shown.record
}

/** From a change on, so many reads show what they showed before it. */
export function beginAfterimage(before: Dataset, platform: Platform): void {
  const { staleReads } = platform.settings().datasetLag
  if (staleReads === 0) return
  platform.state.afterimages.set(before.id, { record: shownRecord(before, platform), readsLeft: staleReads })
}
