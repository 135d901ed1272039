import type { Content } from '../base/content.ts'
import type { Answer, ApiRequest, Client } from '../http/client.ts'
import { readBatchId, type BatchId, type DatasetId } from './ids.ts'

export type InputFormat =
  | { readonly format: 'json'; readonly isMultiLineJson: boolean }
  | { readonly format: 'parquet' }
  | {
      readonly format: 'csv'
      readonly delimiter: string
      readonly quote: string
      readonly escape: string
      readonly header: true
      readonly charset: 'UTF-8'
    }

export type BatchOrder = {
  readonly datasetId: DatasetId
  readonly inputFormat: InputFormat
  readonly externalId: string
  /** Per cent of bad rows that may be dropped, 0 to 100. */
  readonly partialIngestionPercent: number
  readonly tags: Readonly<Record<string, readonly string[]>>
}

/** Where a file goes: `name` keeps its `/`, everything else is encoded. */
export type Slot = { readonly batch: BatchId; readonly dataset: DatasetId; readonly name: string }

/** Bytes of a file, from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number }

export type BatchesApi = {
  /** Not repeatable: each call that is acted upon makes a batch. @returns the id of the new batch, in `loading`. */
  create(order: BatchOrder, signal: AbortSignal): Promise<BatchId>
  /** Replaces what was stored under that name (API reference: PUT is idempotent). At most 256,000,000 bytes. */
  put(slot: Slot, content: Content, signal: AbortSignal): Promise<void>
  initialize(slot: Slot, signal: AbortSignal): Promise<void>
  /** Gaps and overlaps of ranges are judged only when the file is completed. */
  patch(slot: Slot, piece: Range & { readonly content: Content }, signal: AbortSignal): Promise<void>
  completeFile(slot: Slot, signal: AbortSignal): Promise<void>
  /** Accepted for processing, which says nothing about success. Safe to repeat (troubleshooting guide). */
  complete(batch: BatchId, signal: AbortSignal): Promise<void>
  abort(batch: BatchId, signal: AbortSignal): Promise<void>
}

const BASE = '/data/foundation/import/batches'

/** Batch Ingestion API, "Batch ingestion developer guide". Every 2xx is a success; bodies differ between documents. */
export function batchesApi(client: Client): BatchesApi {
  const send = (request: ApiRequest, signal: AbortSignal): Promise<Answer> => client.send(request, signal)
  const act = async (batch: BatchId, action: 'COMPLETE' | 'ABORT', signal: AbortSignal) => {
    await send(batchAction(batch, action), signal)
  }
  return {
    create: async (order, signal) => readBatchId((await send(creation(order), signal)).json().get('id')),
    put: async (slot, content, signal) => {
      await send(fileRequest(slot, { method: 'PUT', content }), signal)
    },
    initialize: async (slot, signal) => {
      await send(fileRequest(slot, { method: 'POST', action: 'INITIALIZE' }), signal)
    },
    patch: async (slot, { content, start, end }, signal) => {
      const headers = { 'content-range': `bytes ${start}-${end - 1}` }
      await send({ ...fileRequest(slot, { method: 'PATCH', content }), headers }, signal)
    },
    completeFile: async (slot, signal) => {
      await send(fileRequest(slot, { method: 'POST', action: 'COMPLETE' }), signal)
    },
    complete: (batch, signal) => act(batch, 'COMPLETE', signal),
    abort: (batch, signal) => act(batch, 'ABORT', signal),
  }
}

/** The path of a file, to be held against the limit of 2,000 characters a URL. */
export function filePath({ batch, dataset, name }: Slot): string {
  const encoded = name.split('/').map(encodeURIComponent).join('/')
  return `${BASE}/${batch}/datasets/${dataset}/files/${encoded}`
}

function creation(order: BatchOrder): ApiRequest {
  const body = { kind: 'json', value: { ...order, enableErrorDiagnostics: true } } as const
  const purpose = `create a batch for dataset "${order.datasetId}"`
  return { method: 'POST', path: BASE, body, purpose, repeatable: false }
}

function batchAction(batch: BatchId, action: 'COMPLETE' | 'ABORT'): ApiRequest {
  const purpose = `${action === 'ABORT' ? 'abort' : 'complete'} batch "${batch}"`
  return { method: 'POST', path: `${BASE}/${batch}?action=${action}`, purpose, repeatable: true }
}

type FileCall =
  | { readonly method: 'PUT' | 'PATCH'; readonly content: Content }
  | { readonly method: 'POST'; readonly action: 'INITIALIZE' | 'COMPLETE' }

const VERBS = {
  PUT: 'upload',
  PATCH: 'upload a piece of',
  INITIALIZE: 'begin the large file',
  COMPLETE: 'complete the large file',
}

function fileRequest(slot: Slot, call: FileCall): ApiRequest {
  const path = filePath(slot)
  const named = `${JSON.stringify(slot.name)} to batch "${slot.batch}"`
  if (call.method === 'POST') {
    const purpose = `${VERBS[call.action]} ${named}`
    return { method: 'POST', path: `${path}?action=${call.action}`, purpose, repeatable: true }
  }
  const body = { kind: 'content', content: call.content } as const
  return { method: call.method, path, body, purpose: `${VERBS[call.method]} ${named}`, repeatable: true }
}
