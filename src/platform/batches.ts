import type { InputFormat } from '../formats/format.ts'
import type { Content } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { ApiRequest, Client } from './http/client.ts'
import { HttpFailure } from './http/errors.ts'
import { type BatchId, type DatasetId, readBatchId } from './ids.ts'
import { LARGE_FILE_MOST_DOUBTS, SMALL_FILE_BYTES } from './limits.ts'
import { type REPLAY_REASON, type Replay, orInDoubt, readReplay, readTags } from './records.ts'

/** Where a file is uploaded to. `name` keeps its `/`; everything else is encoded. */
export type Slot = { readonly batch: BatchId; readonly dataset: DatasetId; readonly name: string }

/** Bytes of a file, beginning at offset `start`. */
type Chunk = { readonly start: number; readonly content: Content }

/** The result of an upload request. */
export type Receipt =
  | { readonly kind: 'stored' }
  /** A gateway refuses a request of this size. Nothing was stored. */
  | { readonly kind: 'too large'; readonly problem: Problem }
  /** The bytes may have been stored. Sending them again in the same way did not help, or may do harm. */
  | { readonly kind: 'in doubt'; readonly problem: Problem }

export type FilesApi = {
  /**
   * Stores a whole file of at most 256,000,000 bytes and replaces an earlier file of that name (API reference: PUT is
   * idempotent). A request in doubt is sent once more.
   */
  put(slot: Slot, content: Content, signal: AbortSignal): Promise<Receipt>
  initialize(slot: Slot, signal: AbortSignal): Promise<void>
  /** Never sent again when in doubt: the platform judges gaps and overlaps of chunks when the file is completed. */
  patch(slot: Slot, chunk: Chunk, signal: AbortSignal): Promise<Receipt>
  /** How many bytes arrived without a gap; undefined if the platform doesn't say. */
  bytesHeld(slot: Slot, signal: AbortSignal): Promise<number | undefined>
  /** @returns false if the platform finds that the chunks do not make up the file. */
  completeFile(slot: Slot, signal: AbortSignal): Promise<boolean>
}

const UNANSWERED = new Set([404, 405, 501])

export function filesApi(client: Client, base: string): FilesApi {
  const path = ({ batch, dataset, name }: Slot) =>
    `${base}/${batch}/datasets/${dataset}/files/${name.split('/').map(encodeURIComponent).join('/')}`
  const post = (slot: Slot, action: 'INITIALIZE' | 'COMPLETE'): ApiRequest => {
    const purpose = `${action === 'COMPLETE' ? 'complete' : 'begin'} the large file ${describeSlot(slot)}`
    return {
      method: 'POST',
      path: `${path(slot)}?action=${action}`,
      purpose,
      repeatable: true,
      mayQuoteData: true,
      isUpload: true,
    }
  }
  return {
    put: (slot, content, signal) => {
      const doubts = content.size > SMALL_FILE_BYTES ? { mostDoubts: LARGE_FILE_MOST_DOUBTS } : {}
      const request = {
        method: 'PUT',
        path: path(slot),
        purpose: `upload ${describeSlot(slot)}`,
        repeatable: true,
        mayQuoteData: true,
        isUpload: true,
      } as const
      return receipt(client.send({ ...request, ...doubts, body: { kind: 'content', content } }, signal))
    },
    initialize: async (slot, signal) => {
      await client.send(post(slot, 'INITIALIZE'), signal)
    },
    patch: (slot, { start, content }, signal) => {
      const headers = { 'content-range': `bytes ${start}-${start + content.size - 1}` }
      const purpose = `upload bytes ${start}-${start + content.size - 1} of ${describeSlot(slot)}`
      const request = {
        method: 'PATCH',
        path: path(slot),
        purpose,
        repeatable: false,
        mayQuoteData: true,
        isUpload: true,
      } as const
      return receipt(client.send({ ...request, headers, body: { kind: 'content', content } }, signal))
    },
    bytesHeld: async (slot, signal) => {
      const purpose = `check how much of ${describeSlot(slot)} was uploaded`
      try {
        const request = { method: 'HEAD', path: path(slot), purpose, repeatable: true, isUpload: true } as const
        const answer = await client.send(request, signal)
        return heldBytes(answer.headers['range'])
      } catch (error) {
        // A platform without this call, or without a record of the file, doesn't say.
        if (error instanceof HttpFailure && UNANSWERED.has(error.response.status)) return undefined
        throw error
      }
    },
    completeFile: async (slot, signal) => {
      try {
        await client.send(post(slot, 'COMPLETE'), signal)
        return true
      } catch (error) {
        if (error instanceof HttpFailure && error.response.status === 400) return false
        throw error
      }
    },
  }
}

function describeSlot({ name, batch }: Slot): string {
  return `${JSON.stringify(name)} to batch "${batch}"`
}

async function receipt(sending: Promise<unknown>): Promise<Receipt> {
  try {
    await sending
    return { kind: 'stored' }
  } catch (error) {
    if (error instanceof HttpFailure && error.response.status === 413) return { kind: 'too large', problem: error }
    if (error instanceof Problem && error.isPassing && error.mayHaveActed) return { kind: 'in doubt', problem: error }
    throw error
  }
}

/** `bytes=0-99` → 100. The form is documented nowhere, so any other form is ignored. */
function heldBytes(range: string | undefined): number | undefined {
  const last = /^\s*(?:bytes[ =])?0-(\d+)\s*$/.exec(range ?? '')?.[1]
  return last === undefined ? undefined : Number(last) + 1
}

export type BatchOrder = {
  readonly datasetId: DatasetId
  readonly inputFormat: InputFormat
  readonly externalId: string
  /** Percentage of rows with errors that the platform can drop, 0 to 100. */
  readonly partialIngestionPercent: number
  readonly tags: Readonly<Record<string, readonly string[]>>
  /** Batches that the new one replaces when it succeeds; absent if it replaces none. */
  readonly replay?: { readonly predecessors: readonly string[]; readonly reason: typeof REPLAY_REASON.replaces }
}

/** Fields of the response to a creation; undefined if the response lacks them. */
export type CreatedBatch = {
  readonly id: BatchId
  readonly replay: Replay | undefined
  readonly tags: Readonly<Record<string, readonly string[]>> | undefined
}

/** 428: the batch is in a state that doesn't allow the action. A real platform answered it with code `ERR-BI-104`. */
export type ActionResult = 'done' | 'wrong state'

export type BatchesApi = FilesApi & {
  /**
   * Not repeatable: each request that the platform acts on makes a batch, in `loading`. `wrong state` means that
   * predecessors can no longer be replaced.
   */
  create(order: BatchOrder, signal: AbortSignal): Promise<CreatedBatch | 'wrong state'>
  /** Accepted for processing, which does not mean success. Safe to repeat (troubleshooting guide). */
  complete(batch: BatchId, signal: AbortSignal): Promise<ActionResult>
  abort(batch: BatchId, signal: AbortSignal): Promise<ActionResult>
  /** Removes the rows of a successful batch from the dataset. Safe to repeat: a second request returns `wrong state`. */
  revert(batch: BatchId, signal: AbortSignal): Promise<ActionResult>
}

type Action = keyof typeof VERBS

const VERBS = { COMPLETE: 'complete', ABORT: 'abort', REVERT: 'revert' } as const

const BASE = '/data/foundation/import/batches'

/** Batch Ingestion API, "Batch ingestion developer guide". Every 2xx is a success; documents differ on response bodies. */
export function batchesApi(client: Client): BatchesApi {
  const act = async (batch: BatchId, action: Action, signal: AbortSignal): Promise<ActionResult> =>
    orWrongState(async (): Promise<ActionResult> => {
      await client.send(batchAction(batch, action), signal)
      return 'done'
    })
  return {
    ...filesApi(client, BASE),
    create: (order, signal) =>
      orWrongState(async () => {
        const answer = await client.send(creation(order), signal).catch(takenForDoubt)
        return orInDoubt(() => readCreated(answer.json()))
      }),
    complete: (batch, signal) => act(batch, 'COMPLETE', signal),
    abort: (batch, signal) => act(batch, 'ABORT', signal),
    revert: (batch, signal) => act(batch, 'REVERT', signal),
  }
}

/** 409: a batch with this external id exists already. It is ours: a proxy sent the creation twice. */
function takenForDoubt(error: unknown): never {
  if (!(error instanceof HttpFailure) || error.response.status !== 409) throw error
  throw new HttpFailure(error.purpose, error.response, true)
}

async function orWrongState<T>(act: () => Promise<T>): Promise<T | 'wrong state'> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof HttpFailure && error.response.status === 428) return 'wrong state'
    throw error
  }
}

function readCreated(answer: JsonReader): CreatedBatch {
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
