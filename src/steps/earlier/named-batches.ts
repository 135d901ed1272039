import { Problem } from '../../base/problem.ts'
import type { Clock } from '../../base/clock.ts'
import type { CatalogApi } from '../../platform/catalog.ts'
import { isBatchId, type BatchId, type DatasetId } from '../../platform/ids.ts'
import type { NamedBatch } from './wanted.ts'
import { followSuccessor, holdingsOf, wasTakenBack } from './successors.ts'
import { standingOf } from '../watch/standing.ts'

export type Naming = { readonly ids: readonly BatchId[]; readonly dataset: DatasetId }

export type NamingTools = { readonly catalog: CatalogApi; readonly clock: Clock; readonly signal: AbortSignal }

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
  if (standing !== 'active' && standing !== 'gone') throw unfit(id, `it is "${record.status}"`)
  const successor = record.tags['acp_successor']?.[0] ?? ''
  const holder = isBatchId(successor) ? await followSuccessor(successor, tools) : undefined
  if (holder === undefined) {
    const isStale = isBatchId(successor) && (await wasTakenBack(successor, tools))
    return { id, isActive: standing === 'active' && !isStale, holder: id, holdings: [] }
  }
  return { id, isActive: true, holder, holdings: await holdingsOf(holder, tools) }
}

function unfit(id: BatchId, why: string): Problem {
  return new Problem(`Cannot replace batch "${id}": ${why}`, {
    remedy: 'Name batches of this dataset that are active in "replay-predecessors".',
  })
}
