import type { Client } from '../http/client.ts'
import { readBatchRecord, type BatchRecord } from './batch-record.ts'
import { readDatasetRecord, type DatasetRecord } from './dataset-record.ts'
import { findOrMiss, type Found } from './found.ts'
import type { BatchId, DatasetId } from './ids.ts'

export type CatalogApi = {
  dataset(id: DatasetId, signal: AbortSignal): Promise<Found<DatasetRecord>>
  batch(id: BatchId, signal: AbortSignal): Promise<Found<BatchRecord>>
}

const BASE = '/data/foundation/catalog'

/** Catalog Service API. Its answers are objects keyed by id. */
export function catalogApi(client: Client): CatalogApi {
  const read = async (what: string, path: string, signal: AbortSignal) =>
    (await client.send({ method: 'GET', path: BASE + path, purpose: `read ${what}`, repeatable: true }, signal)).json()
  return {
    dataset: (id, signal) =>
      findOrMiss(async () => {
        const answer = await read(`dataset "${id}"`, `/dataSets/${id}`, signal)
        return readDatasetRecord(id, answer.get(id))
      }),
    batch: (id, signal) =>
      findOrMiss(async () => {
        const answer = await read(`batch "${id}"`, `/batches/${id}`, signal)
        return readBatchRecord(id, answer.get(id))
      }),
  }
}
