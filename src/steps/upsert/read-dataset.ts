import { Problem } from '../../base/problem.ts'
import type { DatasetRecord } from '../../platform/dataset-record.ts'
import type { DatasetsApi } from '../../platform/datasets.ts'
import type { DatasetId } from '../../platform/ids.ts'

/** A dataset as it is now: it may be long since it was first read. @throws Problem when it is gone */
export async function readDataset(
  id: DatasetId,
  signal: AbortSignal,
  { datasets }: { readonly datasets: DatasetsApi },
): Promise<DatasetRecord> {
  const found = await datasets.read(id, signal)
  if (found.kind === 'found') return found.record
  throw new Problem(`Cannot read dataset "${id}": it is gone`, { remedy: 'Somebody deleted it while this ran.' })
}
