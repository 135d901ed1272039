import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { type BatchId, type DatasetId, isBatchId, isProfileBatchId, readBatchId } from './ids.ts'
import { BUDGET_MOST_ENTRIES, PAGE_ENTRIES } from './limits.ts'
import {
  type BatchRecord,
  type LookUp,
  REPLAY_REASON,
  datasetOf,
  findOrMiss,
  listEntries,
  readBatchRecord,
  readList,
  readReplay,
  readTags,
} from './records.ts'

/** A batch must match every condition that is given. Values go into the query unchanged: tags have only `[0-9A-Za-z._/-]`. */
export type BatchQuery = {
  readonly dataset?: DatasetId
  readonly status?: string
  readonly externalId?: string
  /** Batches that are related to this one, such as those that name it as predecessor. */
  readonly batch?: BatchId
  /** `key:value` pairs; a `*` at the end of a value is a prefix. */
  readonly tags?: readonly string[]
  readonly createdAfterMs?: number
  /** At most the newest hundred, or all where batches of Profile are among these; absent: all. */
  readonly newestOnly?: true
}

export type CountQuery = { readonly afterMs: number; readonly dataset?: DatasetId }

/** The fields of a batch that a count needs. The platform's own batches can have ids of any form. */
export type CountedBatch = {
  readonly id: string
  readonly status: string
  readonly dataset: string | undefined
  /** Made by the platform itself: a consolidation, an internal part of its work on another batch, or data from streaming. */
  readonly isMadeByPlatform: boolean
}

export type CatalogApi = {
  batch(id: BatchId, signal: AbortSignal): Promise<LookUp<BatchRecord>>
  /** Batches that the sandbox or the dataset received since then, oldest first, at most {@link BUDGET_MOST_ENTRIES}. */
  counted(query: CountQuery, signal: AbortSignal): Promise<readonly CountedBatch[]>
  /** All batches that match, oldest first. */
  batches(query: BatchQuery, signal: AbortSignal): Promise<readonly BatchRecord[]>
}

const BASE = '/data/foundation/catalog'

/** Catalog Service API, "Batches". Responses are objects keyed by id. */
export function catalogApi(client: Client): CatalogApi {
  const read = async <T>({ what, path, check }: CatalogQuestion<T>, signal: AbortSignal) => {
    const request = { method: 'GET', path: BASE + path, purpose: `read ${what}`, repeatable: true, check } as const
    return check((await client.send(request, signal)).json())
  }
  return {
    batch: (id, signal) =>
      findOrMiss(() => {
        const check = (answer: JsonReader) => readBatchRecord(id, answer.get(id))
        return read({ what: `batch "${id}"`, path: `/batches/${id}`, check }, signal)
      }),
    batches: async (query, signal) => {
      const what = 'the list of batches'
      const check = (answer: JsonReader) => listEntries(answer).map(([id, at]) => readListed(id, at))
      const readPage = (start: number, limit: number, limited: AbortSignal) =>
        read({ what, path: `/batches?${search(query, start, limit)}`, check }, limited)
      const page = query.newestOnly ? await readPage(0, PAGE_ENTRIES, signal) : undefined
      const isEnough = page?.length !== PAGE_ENTRIES || page.every(({ record }) => record !== undefined)
      const all = page && isEnough ? page : await readList({ purpose: `read ${what}`, readPage }, client, signal)
      return all.flatMap(({ record }) => record ?? [])
    },
    counted: ({ afterMs, dataset }, signal) => {
      const query = { createdAfterMs: afterMs, ...(dataset === undefined ? {} : { dataset }) }
      const check = (answer: JsonReader) => listEntries(answer).map(([id, at]) => readCounted(id, at))
      const readPage = (start: number, limit: number, limited: AbortSignal) =>
        read({ what: 'recent batches', path: `/batches?${search(query, start, limit)}&${COUNTED}`, check }, limited)
      return readList({ purpose: 'count batches', readPage, enough: BUDGET_MOST_ENTRIES }, client, signal)
    },
  }
}

type CatalogQuestion<T> = {
  /** Completes "Cannot read …". */
  readonly what: string
  readonly path: string
  readonly check: (answer: JsonReader) => T
}

const COUNTED = 'properties=status,relatedObjects,replay,tags,created,createdClient'

/** Seen at public clients: the client that ingests batches into Profile, and the place where streaming stages its data. */
const PROFILE_INGESTION = 'acp_core_ups_ingest_controller'
const STREAMING_STAGE = 'acp_foundation_stream/'

function readCounted(id: string, at: JsonReader): CountedBatch {
  const [stage = ''] = readTags(at.get('tags'))['acp_stagePath'] ?? []
  const isMadeByPlatform =
    !isBatchId(id) ||
    stage.startsWith(STREAMING_STAGE) ||
    at.get('createdClient').text() === PROFILE_INGESTION ||
    readReplay(at.get('replay')).reason === REPLAY_REASON.consolidates
  return { id, status: (at.get('status').text() ?? '').toLowerCase(), dataset: datasetOf(at), isMadeByPlatform }
}

/** An entry of a list; `record` is undefined for a batch of Profile. */
type ListedBatch = { readonly id: string; readonly record: BatchRecord | undefined }

/** The key of a list entry is its id. */
function readListed(id: string, at: JsonReader): ListedBatch {
  return { id, record: isProfileBatchId(id) ? undefined : readBatchRecord(readBatchId(at.key()), at) }
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
