import { jsonReader } from '../../../src/lib/json-reader.ts'
import { readBatchRecord, type BatchRecord } from '../../../src/platform/records.ts'
import type { BatchQuery, CatalogApi } from '../../../src/platform/catalog.ts'
import { batchId } from '../make.ts'

/** The result of each read of a batch: a status or a record. The last one repeats. */
export type Reads = readonly (string | { readonly status: string; readonly [field: string]: unknown })[]

export type PlainCatalog = CatalogApi & {
  /** The ids read, in order. */
  readonly reads: readonly string[]
  readonly queries: readonly BatchQuery[]
}

/** A Catalog with a few records. Lists find the records with the requested external id. */
export function plainCatalog(batches: Readonly<Record<string, Reads>>): PlainCatalog {
  const reads: string[] = []
  const queries: BatchQuery[] = []
  const read = (id: string): BatchRecord | undefined => {
    const all = batches[id] ?? ['missing']
    const found = all[Math.min(reads.filter((earlier) => earlier === id).length, all.length - 1)]
    reads.push(id)
    if (found === undefined || found === 'missing') return undefined
    return readBatchRecord(batchId(id), jsonReader(typeof found === 'string' ? { status: found } : found, 'record'))
  }
  return {
    reads,
    queries,
    async batch(id) {
      const record = read(id)
      return record === undefined ? { kind: 'missing', requestId: undefined } : { kind: 'found', record }
    },
    counted: async () => [],
    async batches(query) {
      queries.push(query)
      const records = Object.keys(batches).flatMap((id) => read(id) ?? [])
      return records.filter(({ externalId }) => externalId === query.externalId)
    },
  }
}

/** The record of a batch that the platform consolidated into another. */
export function consolidatedInto(successor: string): { readonly status: string; readonly tags: unknown } {
  return { status: 'inactive', tags: { acp_successor: [successor] } }
}

/** The record of a batch into which the platform consolidated others. */
export function consolidationOf(...predecessors: readonly string[]) {
  return { status: 'success', replay: { predecessors, reason: 'consolidation' } }
}
