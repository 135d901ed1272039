import type { CatalogApi } from '../../platform/catalog.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { standingOf } from '../watch/standing.ts'
import { STATUSES_IN_WORK } from '../watch/status.ts'

export type BusyTools = { readonly catalog: CatalogApi; readonly signal: AbortSignal }

/** Batches of a dataset, of anybody, that are in work now. */
export async function batchesInWork(dataset: DatasetId, tools: BusyTools): Promise<readonly BatchId[]> {
  const all = await listed(dataset, tools)
  return all.filter(isInWork).map(({ id }) => id)
}

/** Those that were in work at any time since a moment, in milliseconds since the epoch. */
export async function batchesSince(dataset: DatasetId, sinceMs: number, tools: BusyTools): Promise<readonly BatchId[]> {
  const all = await listed(dataset, tools)
  return all.filter((one) => isInWork(one) || (one.completedMs ?? -Infinity) >= sinceMs).map(({ id }) => id)
}

/** The newest of any status besides: one may be unheard of, and some are settled by now. */
async function listed(dataset: DatasetId, { catalog, signal }: BusyTools): Promise<readonly BatchRecord[]> {
  const queries = [...STATUSES_IN_WORK.map((status) => ({ dataset, status })), { dataset, newestOnly: true as const }]
  const lists = await Promise.all(queries.map((query) => catalog.batches(query, signal)))
  return Array.from(new Map(lists.flat().map((record) => [record.id, record])).values())
}

function isInWork(record: BatchRecord): boolean {
  const standing = standingOf(record)
  return standing === 'in work' || standing === 'stalled'
}
