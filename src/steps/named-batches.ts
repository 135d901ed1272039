import { Problem } from '../base/problem.ts'
import type { CatalogApi } from '../platform/catalog.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import type { NamedBatch } from './wanted.ts'
import { followSuccessor } from './successors.ts'
import { standingOf } from './standing.ts'

export type Naming = { readonly ids: readonly BatchId[]; readonly dataset: DatasetId }

export type NamingTools = { readonly catalog: CatalogApi; readonly signal: AbortSignal }

/** Looks up the batches that a workflow names. @throws Problem for one that doesn't exist, or is of another dataset. */
export async function lookUpNamed({ ids, dataset }: Naming, tools: NamingTools): Promise<readonly NamedBatch[]> {
  return Promise.all(ids.map((id) => lookUp(id, dataset, tools)))
}

async function lookUp(id: BatchId, dataset: DatasetId, tools: NamingTools): Promise<NamedBatch> {
  const found = await tools.catalog.batch(id, tools.signal)
  if (found.kind === 'missing') throw unfit(id, 'the catalogue of this sandbox does not know it')
  const { record } = found
  if ((record.dataset ?? dataset) !== dataset) throw unfit(id, `it is of dataset "${record.dataset}"`)
  const standing = standingOf(record)
  if (standing === 'active') return { id, isActive: true, holder: id }
  if (standing !== 'gone') throw unfit(id, `it is "${record.status}"`)
  const successor = record.tags['acp_successor']?.[0]
  const holder = successor === undefined ? undefined : await followSuccessor(successor as BatchId, tools)
  return { id, isActive: holder !== undefined, holder: holder ?? id }
}

function unfit(id: BatchId, why: string): Problem {
  return new Problem(`Cannot replace batch "${id}": ${why}`, {
    remedy: 'Name batches of this dataset that are active in "replay-predecessors".',
  })
}
