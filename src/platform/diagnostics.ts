import type { Wire } from '../base/wire.ts'
import type { Client } from '../http/client.ts'
import { HttpFailure } from '../http/failure.ts'
import { filePieces } from './file-pieces.ts'
import { findOrMiss, type Found } from './found.ts'
import type { BatchId } from './ids.ts'
import { readPages } from './pages.ts'

/** A file of rows that a batch lost, as the platform keeps it for 30 days. */
export type DiagnosticFile = {
  /** Its name within the batch: `row_errors/parsing_errors_0.json`. */
  readonly id: string
  /** Its length; undefined where the platform doesn't say. */
  readonly bytes: number | undefined
  /** Path and query that it is read by. */
  readonly target: string
}

/** What Data Access keeps of rows: errors by the step that found them, or the records of a batch that failed as a whole. */
export type DiagnosticRoom = 'row_errors' | 'failed'

export type DiagnosticsApi = {
  /** The files of a room that hold anything. Missing: there is nothing there, not yet or no longer. */
  list(batch: BatchId, room: DiagnosticRoom, signal: AbortSignal): Promise<Found<readonly DiagnosticFile[]>>
  /** The sample that the platform makes for its own user interface, by both of its documented names; either may be missing. */
  samples(batch: BatchId): readonly DiagnosticFile[]
  /** The bytes of a file, as it is asked for more; none where there is no such file. @throws Problem */
  read(file: DiagnosticFile, signal: AbortSignal): AsyncGenerator<Uint8Array>
}

const BASE = '/data/foundation/export'

/** Nothing depends on diagnostics but the words of a report: it shouldn't wait for them long. */
const MOST_ATTEMPTS = 3

/** Data Access API, "Retrieve error diagnostics" and "Retrieve failed batches". */
export function diagnosticsApi(client: Client): DiagnosticsApi {
  const get = (target: string, headers: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const purpose = 'read which rows the platform rejected'
    const request = { method: 'GET', path: target, headers, purpose, repeatable: true } as const
    return client.send({ ...request, mostAttempts: MOST_ATTEMPTS }, signal)
  }
  return {
    list: (batch, room, signal) =>
      orGone(async () => {
        const all = await readPages(async (start, limit) => {
          const answer = await get(`${roomOf(batch, room)}start=${start}&limit=${limit}`, {}, signal)
          return listed(answer.json()).map((at) => readEntry(at, batch, room))
        })
        return all.filter(mayHoldRows)
      }),
    samples: (batch) =>
      ['row_errors_sample.json', 'row_error_samples.json'].map((id) => ({
        id,
        bytes: undefined,
        target: `${BASE}/batches/${batch}/meta?path=${id}`,
      })),
    read: (file, signal) => filePieces(file, (headers) => get(file.target, { accept: '*/*', ...headers }, signal)),
  }
}

function roomOf(batch: BatchId, room: DiagnosticRoom): string {
  return `${BASE}/batches/${batch}/${room === 'failed' ? 'failed?' : `meta?path=${room}&`}`
}

/** 410 as well as 404: what is older than 30 days is gone. */
async function orGone<T>(look: () => Promise<T>): Promise<Found<T>> {
  try {
    return await findOrMiss(look)
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.refusal.status !== 410) throw error
    return { kind: 'missing', requestId: error.refusal.requestId }
  }
}

/** The ETL guide shows a bare list. */
function listed(answer: Wire): readonly Wire[] {
  return Array.isArray(answer.value()) ? answer.items() : answer.get('data').items()
}

function readEntry(at: Wire, batch: BatchId, room: DiagnosticRoom): DiagnosticFile {
  const name = at.get('name').text() ?? ''
  const id = room === 'failed' || name.startsWith(`${room}/`) ? name : `${room}/${name}`
  const own = `${BASE}/batches/${batch}/${room === 'failed' ? room : 'meta'}?path=${encodeURIComponent(id)}`
  return { id, bytes: at.get('length').number(), target: targetOf(at.get('_links'), batch) ?? own }
}

/** `_SUCCESS` and its like are marks of the writer, and empty. */
function mayHoldRows({ id, bytes }: DiagnosticFile): boolean {
  return bytes !== 0 && !/(?:^|\/)(?:_[^/]*)?$/.test(id)
}

/**
 * Links name hosts and ports of their own; only path and query are taken, and only of what belongs to the batch, so that no
 * answer decides where a token goes or what is asked for with it.
 */
function targetOf(links: Wire, batch: BatchId): string | undefined {
  const href = links.get('self').get('href').text()
  const url = href === undefined ? null : URL.parse(href, 'https://platform.adobe.io')
  const isOfBatch = url?.pathname.startsWith(`${BASE}/batches/${batch}/`) === true
  return isOfBatch ? url.pathname + url.search : undefined
}
