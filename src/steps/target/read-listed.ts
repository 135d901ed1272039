import type { Clock } from '../../base/clock.ts'
import type { DatasetRecord } from '../../platform/dataset-record.ts'
import type { DatasetsApi } from '../../platform/datasets.ts'
import type { Found } from '../../platform/found.ts'
import type { DatasetId } from '../../platform/ids.ts'

export type ReadTools = { readonly datasets: DatasetsApi; readonly clock: Clock; readonly signal: AbortSignal }

/** A look-up by id may lag behind the list. */
const READ_AFTER_MS = [0, 1_000, 2_000, 4_000, 8_000]

/** Reads a dataset that a list shows, so that it is there. @returns `missing` where it still can't be read after 15 s. */
export async function readListed(id: DatasetId, { datasets, clock, signal }: ReadTools): Promise<Found<DatasetRecord>> {
  let found: Found<DatasetRecord> = { kind: 'missing', requestId: undefined }
  for (const pauseMs of READ_AFTER_MS) {
    await clock.sleep(pauseMs, signal)
    found = await datasets.read(id, signal)
    if (found.kind === 'found') return found
  }
  return found
}
