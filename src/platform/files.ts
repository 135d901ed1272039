import type { Content } from '../base/content.ts'
import { Problem } from '../base/problem.ts'
import type { ApiRequest, Client } from '../http/client.ts'
import { HttpFailure } from '../http/failure.ts'
import type { BatchId, DatasetId } from './ids.ts'

/** Where a file goes: `name` keeps its `/`, everything else is encoded. */
export type Slot = { readonly batch: BatchId; readonly dataset: DatasetId; readonly name: string }

/** Bytes of a file from `start` on. */
export type Piece = { readonly start: number; readonly content: Content }

/** What became of bytes that were sent. */
export type Receipt =
  | { readonly kind: 'stored' }
  /** A gateway takes no request of this size; nothing was stored. */
  | { readonly kind: 'too large'; readonly problem: Problem }
  /** They may have been stored, and sending them again in the same way did not help or may harm. */
  | { readonly kind: 'in doubt'; readonly problem: Problem }

export type FilesApi = {
  /**
   * Stores a whole file of at most 256,000,000 bytes; replaces what was stored under that name (API reference: PUT is
   * idempotent). In doubt it is sent once more.
   */
  put(slot: Slot, content: Content, signal: AbortSignal): Promise<Receipt>
  initialize(slot: Slot, signal: AbortSignal): Promise<void>
  /** Never sent twice in doubt: gaps and overlaps of pieces are judged, and may be refused, when the file is completed. */
  patch(slot: Slot, piece: Piece, signal: AbortSignal): Promise<Receipt>
  /** How many bytes arrived without a gap; undefined where the platform doesn't say. */
  held(slot: Slot, signal: AbortSignal): Promise<number | undefined>
  /** @returns false when the platform finds that its pieces make no file. */
  completeFile(slot: Slot, signal: AbortSignal): Promise<boolean>
}

/** A small file is never cut into pieces, so it may be in doubt as often as anything else. */
const SMALL_BYTES = 8 << 20
const UNANSWERED = new Set([404, 405, 501])

export function filesApi(client: Client, base: string): FilesApi {
  const path = ({ batch, dataset, name }: Slot) =>
    `${base}/${batch}/datasets/${dataset}/files/${name.split('/').map(encodeURIComponent).join('/')}`
  const post = (slot: Slot, action: 'INITIALIZE' | 'COMPLETE'): ApiRequest => {
    const purpose = `${action === 'COMPLETE' ? 'complete' : 'begin'} the large file ${named(slot)}`
    return { method: 'POST', path: `${path(slot)}?action=${action}`, purpose, repeatable: true }
  }
  return {
    put: (slot, content, signal) => {
      const doubts = content.size > SMALL_BYTES ? { mostDoubts: 2 } : {}
      const request = { method: 'PUT', path: path(slot), purpose: `upload ${named(slot)}`, repeatable: true } as const
      return receipt(client.send({ ...request, ...doubts, body: { kind: 'content', content } }, signal))
    },
    initialize: async (slot, signal) => {
      await client.send(post(slot, 'INITIALIZE'), signal)
    },
    patch: (slot, { start, content }, signal) => {
      const headers = { 'content-range': `bytes ${start}-${start + content.size - 1}` }
      const purpose = `upload bytes ${start}-${start + content.size - 1} of ${named(slot)}`
      const request = { method: 'PATCH', path: path(slot), purpose, repeatable: false } as const
      return receipt(client.send({ ...request, headers, body: { kind: 'content', content } }, signal))
    },
    held: async (slot, signal) => {
      const purpose = `see what arrived of ${named(slot)}`
      try {
        const answer = await client.send({ method: 'HEAD', path: path(slot), purpose, repeatable: true }, signal)
        return heldBytes(answer.headers['range'])
      } catch (error) {
        // A platform that doesn't answer this question, or knows nothing of the file, doesn't say.
        if (error instanceof HttpFailure && UNANSWERED.has(error.refusal.status)) return undefined
        throw error
      }
    },
    completeFile: async (slot, signal) => {
      try {
        await client.send(post(slot, 'COMPLETE'), signal)
        return true
      } catch (error) {
        if (error instanceof HttpFailure && error.refusal.status === 400) return false
        throw error
      }
    },
  }
}

function named({ name, batch }: Slot): string {
  return `${JSON.stringify(name)} to batch "${batch}"`
}

async function receipt(sending: Promise<unknown>): Promise<Receipt> {
  try {
    await sending
    return { kind: 'stored' }
  } catch (error) {
    if (error instanceof HttpFailure && error.refusal.status === 413) return { kind: 'too large', problem: error }
    if (error instanceof Problem && error.isPassing && error.mayHaveActed) return { kind: 'in doubt', problem: error }
    throw error
  }
}

/** `bytes=0-99` → 100; the form is written down nowhere, so anything else says nothing. */
function heldBytes(range: string | undefined): number | undefined {
  const last = /^\s*(?:bytes[ =])?0-(\d+)\s*$/.exec(range ?? '')?.[1]
  return last === undefined ? undefined : Number(last) + 1
}
