import { Problem } from '../base/problem.ts'
import type { CatalogApi } from '../platform/catalog.ts'
import type { DatasetRecord } from '../platform/dataset-record.ts'
import { datasetId } from '../platform/ids.ts'

/** The dataset that the files go into. */
export type Target = { readonly dataset: DatasetRecord; readonly sandbox: string }

export type Wanted = { readonly dataset: string; readonly sandbox: string }

export type TargetTools = { readonly catalog: CatalogApi; readonly signal: AbortSignal }

/** @throws Problem when the dataset can't be read or isn't one that a customer may write to. */
export async function findTarget({ dataset: id, sandbox }: Wanted, { catalog, signal }: TargetTools): Promise<Target> {
  const found = await catalog.dataset(datasetId(id), signal)
  if (found.kind === 'missing') throw missing({ dataset: id, sandbox }, found.requestId)
  refuseSystem(found.record)
  refuseStoredAsJson(found.record)
  return { dataset: found.record, sandbox }
}

function missing({ dataset, sandbox }: Wanted, requestId: string | undefined): Problem {
  const id = requestId === undefined ? '' : ` (request ${requestId})`
  return new Problem(`Cannot find dataset "${dataset}" in sandbox "${sandbox}": the platform answered 404${id}`, {
    remedy: 'Check that "dataset" is the id of a dataset, and that it is in the sandbox that "sandbox" names.',
  })
}

/** Catalog Service API: datasets that Adobe manages carry one of these marks. */
function refuseSystem({ id, name, managedBy, tags }: DatasetRecord): void {
  if (managedBy !== 'SYSTEM' && !('adobeInternal' in tags) && !('aep/siphon/managed' in tags)) return
  throw new Problem(`Cannot publish into dataset "${id}" (${JSON.stringify(name)}): the platform manages it itself`, {
    remedy: 'Choose a dataset that your organization made.',
  })
}

function refuseStoredAsJson({ id, name, storedFormat }: DatasetRecord): void {
  if (storedFormat !== 'json') return
  throw new Problem(`Cannot publish into dataset "${id}" (${JSON.stringify(name)}): it stores its data as JSON`, {
    remedy:
      'The platform refuses batches for such a dataset (ERR-BI-106). Create it anew with "parquet" as its file format.',
  })
}
