import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { ApiRequest, ApiResponse, Client } from './http/client.ts'
import { HttpFailure } from './http/errors.ts'
import type { BatchId } from './ids.ts'
import { DIAGNOSTICS_CHUNK_BYTES, DIAGNOSTICS_MOST_ATTEMPTS, DIAGNOSTICS_MOST_FILES } from './limits.ts'
import { type LookUp, findOrMiss, readList } from './records.ts'

/** A file of rejected rows of a batch. The platform keeps it for 30 days. */
export type DiagnosticFile = {
  /** Its name within the batch: `row_errors/parsing_errors_0.json`. */
  readonly id: string
  /** Its length; undefined if the platform doesn't say. */
  readonly bytes: number | undefined
  /** Path and query to read it from. */
  readonly target: string
}

/** Folders of Data Access: rejected rows by the step that found the errors, or all records of a failed batch. */
export type DiagnosticRoom = 'row_errors' | 'failed'

export type DiagnosticsApi = {
  /** The non-empty files of a folder. Missing: there are none, not yet or no longer. */
  list(batch: BatchId, room: DiagnosticRoom, signal: AbortSignal): Promise<LookUp<readonly DiagnosticFile[]>>
  /** The sample that the platform makes for its own user interface, under both documented names. Either can be missing. */
  samples(batch: BatchId): readonly DiagnosticFile[]
  /** The bytes of a file, read as the caller asks for more; none if the file does not exist. @throws Problem */
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

/** 410 as well as 404: files older than 30 days are gone. */
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

/** `_SUCCESS` and similar files are empty markers of the writer. */
function mayHoldRows({ id, bytes }: DiagnosticFile): boolean {
  return bytes !== 0 && !/(?:^|\/)(?:_[^/]*)?$/.test(id)
}

/**
 * Links name their own hosts and ports. Only path and query are used, and only if they belong to the batch, so that no
 * response decides where a token is sent or what is requested with it.
 */
function targetOf(links: JsonReader, batch: BatchId): string | undefined {
  const href = links.get('self').get('href').text()
  const url = href === undefined ? null : URL.parse(href, 'https://platform.adobe.io')
  const isOfBatch = url?.pathname.startsWith(`${BASE}/batches/${batch}/`) === true
  return isOfBatch ? url.pathname + url.search : undefined
}

/** A file of Data Access; `bytes` is undefined if the platform doesn't say. */
type RemoteFile = { readonly id: string; readonly bytes: number | undefined }

/** Requests the file with these headers. */
type Get = (headers: Readonly<Record<string, string>>) => Promise<ApiResponse>

/**
 * Reads a short file in one request, and a longer one chunk by chunk, unless the platform sends it whole. Yields nothing
 * if the file does not exist. @throws Problem
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

/** 416: the previous chunk ended at the end of the file. */
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

/** Data Access API, "Retrieve a file": the range of a response can differ from the requested one. */
function otherPartProblem(id: string, start: number, from: number): Problem {
  return new Problem(`Cannot read ${JSON.stringify(id)} from byte ${start}: the answer begins at byte ${from}`, {
    remedy: 'Look up the rejected rows in the Experience Platform UI.',
  })
}

/** One file of a batch in the data lake; `records` is undefined if the platform doesn't say. */
export type StoredFile = { readonly id: string; readonly records: number | undefined }

export type AccessApi = {
  /** The files that a successful batch wrote. */
  files(batch: BatchId, signal: AbortSignal): Promise<LookUp<readonly StoredFile[]>>
}

/** Data Access API, "Retrieve a list of files in a batch". Links are not followed: pages are requested by offset. */
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
