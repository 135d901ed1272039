import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { type BatchId, type DatasetId, readBatchId } from './ids.ts'
import { PAGE_ENTRIES } from './limits.ts'
import { type BatchRecord, type LookUp, findOrMiss, readBatchRecord, readList } from './records.ts'

/** Every one that is given must hold. Values go into the query as they are: tags only of `[0-9A-Za-z._/-]`. */
export type BatchQuery = {
  readonly dataset?: DatasetId
  readonly status?: string
  readonly externalId?: string
  /** Batches that are related to this one: those that name it as predecessor, for one. */
  readonly batch?: BatchId
  /** `key:value` pairs; a `*` at the end of a value is a prefix. */
  readonly tags?: readonly string[]
  readonly createdAfterMs?: number
  /** Only the newest hundred at most; absent: all. */
  readonly newestOnly?: true
}

export type CatalogApi = {
  batch(id: BatchId, signal: AbortSignal): Promise<LookUp<BatchRecord>>
  /** All that match, oldest first. */
  batches(query: BatchQuery, signal: AbortSignal): Promise<readonly BatchRecord[]>
}

const BASE = '/data/foundation/catalog'

/** Catalog Service API, "Batches". Its answers are objects keyed by id. */
export function catalogApi(client: Client): CatalogApi {
  const read = async (what: string, path: string, signal: AbortSignal) =>
    (await client.send({ method: 'GET', path: BASE + path, purpose: `read ${what}`, repeatable: true }, signal)).json()
  return {
    batch: (id, signal) =>
      findOrMiss(async () => {
        const answer = await read(`batch "${id}"`, `/batches/${id}`, signal)
        return readBatchRecord(id, answer.get(id))
      }),
    batches: (query, signal) => {
      const what = 'the list of batches'
      const readPage = async (start: number, limit: number, limited: AbortSignal) => {
        const answer = await read(what, `/batches?${search(query, start, limit)}`, limited)
        return answer.entries().map(([, at]) => readListed(at))
      }
      if (query.newestOnly) return readPage(0, PAGE_ENTRIES, signal)
      return readList({ purpose: `read ${what}`, readPage }, client, signal)
    },
  }
}

/** The key of a list entry is its id. */
function readListed(at: JsonReader): BatchRecord {
  return readBatchRecord(readBatchId(at.key()), at)
}

function search(query: BatchQuery, start: number, limit: number): string {
  const { dataset, status, externalId, batch, tags, createdAfterMs, newestOnly = false } = query
  const given = {
    dataSet: dataset,
    status,
    externalId,
    batch,
    tags: tags?.join(','),
    createdAfter: createdAfterMs?.toFixed(0),
  }
  const named = Object.entries({
    ...given,
    orderBy: newestOnly ? 'desc:created' : 'asc:created',
    start: String(start),
    limit: String(limit),
  })
  return named
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&')
}
