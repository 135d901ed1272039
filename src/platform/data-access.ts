import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { ApiRequest, ApiResponse, Client } from './http/client.ts'
import { HttpFailure } from './http/errors.ts'
import type { BatchId } from './ids.ts'
import { DIAGNOSTICS_CHUNK_BYTES, DIAGNOSTICS_MOST_ATTEMPTS, DIAGNOSTICS_MOST_FILES } from './limits.ts'
import { type LookUp, findOrMiss, readList } from './records.ts'

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
  list(batch: BatchId, room: DiagnosticRoom, signal: AbortSignal): Promise<LookUp<readonly DiagnosticFile[]>>
  /** The sample that the platform makes for its own user interface, by both of its documented names; either may be missing. */
  samples(batch: BatchId): readonly DiagnosticFile[]
  /** The bytes of a file, as it is asked for more; none where there is no such file. @throws Problem */
  read(file: DiagnosticFile, signal: AbortSignal): AsyncGenerator<Uint8Array>
}

const BASE = '/data/foundation/export'

/** Data Access API, "Retrieve error diagnostics" and "Retrieve failed batches". */
export function diagnosticsApi(client: Client): DiagnosticsApi {
  const purpose = 'read which rows the platform rejected'
  const get = (target: string, form: Pick<ApiRequest, 'headers' | 'returns' | 'check'>, signal: AbortSignal) => {
    const request = { method: 'GET', path: target, ...form, purpose, repeatable: true, mayQuoteData: true } as const
    return client.send({ ...request, mostAttempts: DIAGNOSTICS_MOST_ATTEMPTS }, signal)
  }
  return {
    list: (batch, room, signal) =>
      orGone(async () => {
        const readPage = async (start: number, limit: number, limited: AbortSignal) => {
          const answer = await get(
            `${roomOf(batch, room)}start=${start}&limit=${limit}`,
            { check: listedFiles },
            limited,
          )
          return listedFiles(answer.json()).map((at) => readEntry(at, batch, room))
        }
        const all = await readList({ purpose, readPage, enough: DIAGNOSTICS_MOST_FILES }, client, signal)
        return all.filter(mayHoldRows)
      }),
    samples: (batch) =>
      ['row_errors_sample.json', 'row_error_samples.json'].map((id) => ({
        id,
        bytes: undefined,
        target: `${BASE}/batches/${batch}/meta?path=${id}`,
      })),
    read: (file, signal) =>
      readChunks(file, (headers) =>
        get(file.target, { headers: { accept: '*/*', ...headers }, returns: 'file' }, signal),
      ),
  }
}

function roomOf(batch: BatchId, room: DiagnosticRoom): string {
  return `${BASE}/batches/${batch}/${room === 'failed' ? 'failed?' : `meta?path=${room}&`}`
}

/** 410 as well as 404: what is older than 30 days is gone. */
async function orGone<T>(look: () => Promise<T>): Promise<LookUp<T>> {
  try {
    return await findOrMiss(look)
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.response.status !== 410) throw error
    return { kind: 'missing', requestId: error.response.requestId }
  }
}

/** The ETL guide shows a bare list. */
function listedFiles(answer: JsonReader): readonly JsonReader[] {
  return Array.isArray(answer.value()) ? answer.items() : answer.get('data').mustItems()
}

function readEntry(at: JsonReader, batch: BatchId, room: DiagnosticRoom): DiagnosticFile {
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
function targetOf(links: JsonReader, batch: BatchId): string | undefined {
  const href = links.get('self').get('href').text()
  const url = href === undefined ? null : URL.parse(href, 'https://platform.adobe.io')
  const isOfBatch = url?.pathname.startsWith(`${BASE}/batches/${batch}/`) === true
  return isOfBatch ? url.pathname + url.search : undefined
}

/** A file of Data Access; `bytes` is undefined where the platform doesn't say. */
type RemoteFile = { readonly id: string; readonly bytes: number | undefined }

/** Asks for the file with these headers. */
type Get = (headers: Readonly<Record<string, string>>) => Promise<ApiResponse>

/**
 * A short file in one request; of another one chunk after the other, unless the platform sends all of it at once. Nothing of
 * a file that is not there. @throws Problem
 */
async function* readChunks({ id, bytes }: RemoteFile, get: Get): AsyncGenerator<Uint8Array> {
  const isShort = bytes !== undefined && bytes <= DIAGNOSTICS_CHUNK_BYTES
  let total = bytes ?? Infinity
  for (let start = 0; start < total;) {
    const answer = await orEnd(() =>
      get(isShort ? {} : { range: `bytes=${start}-${start + DIAGNOSTICS_CHUNK_BYTES - 1}` }),
    )
    const chunk = answer?.bytes() ?? new Uint8Array()
    const range = answer?.status === 206 ? rangeOf(answer) : undefined
    if (range?.from !== undefined && range.from !== start) throw otherPartProblem(id, start, range.from)
    if (chunk.length > 0) yield chunk
    if (range === undefined || chunk.length === 0) return
    total = range.total ?? total
    start += chunk.length
  }
}

/** 416: the last chunk ended where the file does. */
async function orEnd(get: () => Promise<ApiResponse>): Promise<ApiResponse | undefined> {
  try {
    return await get()
  } catch (error) {
    const status = error instanceof HttpFailure ? error.response.status : undefined
    if (status === 404 || status === 410 || status === 416) return undefined
    throw error
  }
}

function rangeOf({ headers }: ApiResponse): { readonly from: number | undefined; readonly total: number | undefined } {
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+)/.exec(headers['content-range'] ?? '') ?? []
  return { from: numberOf(from), total: numberOf(total) }
}

function numberOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits)
}

/** Data Access API, "Retrieve a file": the range of an answer may be another one than was asked for. */
function otherPartProblem(id: string, start: number, from: number): Problem {
  return new Problem(`Cannot read ${JSON.stringify(id)} from byte ${start}: the answer begins at byte ${from}`, {
    remedy: 'Look up the rejected rows in the Experience Platform UI.',
  })
}

/** One file of a batch in the data lake; `records` is undefined where the platform doesn't say. */
export type StoredFile = { readonly id: string; readonly records: number | undefined }

export type AccessApi = {
  /** The files that a successful batch wrote. */
  files(batch: BatchId, signal: AbortSignal): Promise<LookUp<readonly StoredFile[]>>
}

/** Data Access API, "Retrieve a list of files in a batch". Its links are not followed: pages are asked for by offset. */
export function accessApi(client: Client): AccessApi {
  return {
    files: (batch, signal) =>
      findOrMiss(() => {
        const purpose = `list the files of batch "${batch}"`
        const readPage = async (start: number, limit: number, limited: AbortSignal) => {
          const path = `/data/foundation/export/batches/${batch}/files?start=${start}&limit=${limit}`
          const request = { method: 'GET', path, purpose, repeatable: true, check: readStoredFiles } as const
          return readStoredFiles((await client.send(request, limited)).json())
        }
        return readList({ purpose, readPage }, client, signal)
      }),
  }
}

function readStoredFiles(answer: JsonReader): readonly StoredFile[] {
  return answer.get('data').mustItems().map(readStored)
}

function readStored(at: JsonReader): StoredFile {
  return { id: at.get('dataSetFileId').mustText(), records: at.get('records').number() }
}
