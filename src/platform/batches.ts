import type { Wire } from '../base/wire.ts'
import type { ApiRequest, Client } from '../http/client.ts'
import { HttpFailure } from '../http/failure.ts'
import { orInDoubt } from './or-in-doubt.ts'
import { readReplay, type Replay } from './batch-record.ts'
import { readTags } from './dataset-record.ts'
import { filesApi, type FilesApi } from './files.ts'
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
  /** Batches whose place the new one takes when it succeeds; absent, it takes none. */
  readonly replay?: { readonly predecessors: readonly string[]; readonly reason: 'replace' }
}

/** What the answer to a creation says; undefined where it leaves something out. */
export type Created = {
  readonly id: BatchId
  readonly replay: Replay | undefined
  readonly tags: Readonly<Record<string, readonly string[]>> | undefined
}

/** 428: the batch is in a state that doesn't allow the action; seen at a real platform with code `ERR-BI-104`. */
export type Acted = 'done' | 'wrong state'

export type BatchesApi = FilesApi & {
  /**
   * Not repeatable: each call that is acted upon makes a batch, in `loading`. In the wrong state are predecessors that
   * can't be replaced any more.
   */
  create(order: BatchOrder, signal: AbortSignal): Promise<Created | 'wrong state'>
  /** Accepted for processing, which says nothing about success. Safe to repeat (troubleshooting guide). */
  complete(batch: BatchId, signal: AbortSignal): Promise<Acted>
  abort(batch: BatchId, signal: AbortSignal): Promise<Acted>
  /** Takes the rows of a successful batch out of the dataset. Safe to repeat: a second one finds the wrong state. */
  revert(batch: BatchId, signal: AbortSignal): Promise<Acted>
}

type Action = keyof typeof VERBS

const VERBS = { COMPLETE: 'complete', ABORT: 'abort', REVERT: 'revert' } as const

const BASE = '/data/foundation/import/batches'

/** Batch Ingestion API, "Batch ingestion developer guide". Every 2xx is a success; bodies differ between documents. */
export function batchesApi(client: Client): BatchesApi {
  const act = async (batch: BatchId, action: Action, signal: AbortSignal): Promise<Acted> =>
    orWrongState(async (): Promise<Acted> => {
      await client.send(batchAction(batch, action), signal)
      return 'done'
    })
  return {
    ...filesApi(client, BASE),
    create: (order, signal) =>
      orWrongState(async () => {
        const answer = await client.send(creation(order), signal)
        return orInDoubt(() => readCreated(answer.json()))
      }),
    complete: (batch, signal) => act(batch, 'COMPLETE', signal),
    abort: (batch, signal) => act(batch, 'ABORT', signal),
    revert: (batch, signal) => act(batch, 'REVERT', signal),
  }
}

async function orWrongState<T>(act: () => Promise<T>): Promise<T | 'wrong state'> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof HttpFailure && error.refusal.status === 428) return 'wrong state'
    throw error
  }
}

function readCreated(answer: Wire): Created {
  const has = new Set(answer.entries().map(([name]) => name))
  return {
    id: readBatchId(answer.get('id')),
    replay: has.has('replay') ? readReplay(answer.get('replay')) : undefined,
    tags: has.has('tags') ? readTags(answer.get('tags')) : undefined,
  }
}

function creation(order: BatchOrder): ApiRequest {
  const body = { kind: 'json', value: { ...order, enableErrorDiagnostics: true } } as const
  const purpose = `create a batch for dataset "${order.datasetId}"`
  return { method: 'POST', path: BASE, body, purpose, repeatable: false }
}

function batchAction(batch: BatchId, action: Action): ApiRequest {
  const purpose = `${VERBS[action]} batch "${batch}"`
  return { method: 'POST', path: `${BASE}/${batch}?action=${action}`, purpose, repeatable: true }
}
