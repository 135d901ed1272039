import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import { formatNumber } from '../lib/text.ts'
import type { Client } from './http/client.ts'
import { HttpFailure } from './http/errors.ts'
import { statusFrom } from './batch-state.ts'
import { type BatchId, type DatasetId, isBatchId, isPlainWord } from './ids.ts'
import { LIST_MOST_ENTRIES, LIST_MOST_MS, LIST_MOST_STARTS, PAGE_ENTRIES } from './limits.ts'

export type Tags = Readonly<Record<string, readonly string[]>>

export type DatasetRecord = {
  readonly id: DatasetId
  readonly name: string
  readonly schemaId: string | undefined
  readonly tags: Tags
  /** Managed by the platform: customers do not write to it. */
  readonly isManaged: boolean
  /** Grows with each change. */
  readonly version: string | undefined
  /** Time of the last change, in milliseconds since the epoch, by the platform's clock. */
  readonly updatedMs: number | undefined
  /** Format of the stored data; `json` refuses batches (`ERR-BI-106`). */
  readonly storedFormat: string | undefined
}

export function readDatasetRecord(id: DatasetId, at: JsonReader): DatasetRecord {
  return {
    id,
    name: at.get('name').mustText(),
    schemaId: at.get('schemaRef').get('id').text(),
    tags: readTags(at.get('tags')),
    isManaged: isManaged(at),
    version: at.get('version').text(),
    updatedMs: at.get('updated').number(),
    storedFormat: at.get('fileDescription').get('format').text(),
  }
}

/** Catalog Service API: datasets that Adobe manages carry one of these markers. */
export function isManaged(at: JsonReader): boolean {
  const tags = readTags(at.get('tags'))
  const managedBy = at.get('classification').get('managedBy').text()
  return managedBy === 'SYSTEM' || 'adobeInternal' in tags || 'aep/siphon/managed' in tags
}

/** Tag values are lists of strings, but samples also show bare scalars, numbers and booleans. */
export function readTags(at: JsonReader): Tags {
  const scalar = (value: JsonReader) => value.text() ?? value.number()?.toString() ?? value.boolean()?.toString()
  const list = (value: JsonReader) => [scalar(value), ...value.items().map(scalar)].filter((text) => text !== undefined)
  return Object.fromEntries(at.entries().map(([key, value]) => [key, list(value)]))
}

/**
 * "Error diagnostics" guide: some rows were dropped, below the threshold, and diagnostics list them. The batch still
 * succeeded.
 */
export const ROWS_DROPPED = 'INGEST-1212-400'

/** Adobe support, ka-26349: the data was ingested already, and this batch was detected as a duplicate. */
export const DUPLICATE = '140'

export type BatchError = {
  readonly code: string
  readonly description: string
  readonly recordCount: number | undefined
}

/** Numbers of rows, as the platform counted them; undefined if it gave none. */
export type Counts = {
  readonly read: number | undefined
  readonly written: number | undefined
  readonly failed: number | undefined
}

export type BatchRecord = {
  readonly id: BatchId
  /** As the platform wrote it, in lower case; `unknown` if it is not one word. */
  readonly status: string
  readonly errors: readonly BatchError[]
  readonly counts: Counts
  /** Format of the uploaded files, in lower case; undefined if the platform doesn't say. */
  readonly format: string | undefined
  /** Size of the uploaded files in bytes, as the platform counted it. */
  readonly inputBytes: number | undefined
  /** Milliseconds since the epoch. */
  readonly createdMs: number | undefined
  readonly completedMs: number | undefined
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly externalId: string | undefined
  /** Undefined in old records, which don't name it. */
  readonly dataset: string | undefined
  readonly replay: Replay
  /** The batch into which the platform consolidated it. */
  readonly successor: BatchId | undefined
  /** Undefined if the platform doesn't say. */
  readonly sandboxId: string | undefined
}

/** A public client of the platform follows this tag of an inactive batch. It is not documented. */
export const SUCCESSOR_TAG = 'acp_successor'

/** Why a batch names predecessors: it replaces them, or the platform has consolidated their rows into it. */
export const REPLAY_REASON = { replaces: 'replace', consolidates: 'consolidation' } as const

/** The batches that a batch replaces. */
export type Replay = { readonly predecessors: readonly string[]; readonly reason: string | undefined }

/** Longer than anyone reads. */
const LONGEST_DESCRIPTION = 10_000

/** Catalog Service API, "Batch". The names of metrics have changed over the years, and all still occur. */
export function readBatchRecord(id: BatchId, at: JsonReader): BatchRecord {
  const tags = readTags(at.get('tags'))
  const successor = tags[SUCCESSOR_TAG]?.[0] ?? ''
  return {
    id,
    status: statusFrom(at.get('status').mustText()),
    errors: [...at.get('errors').items(), ...relatedErrors(at)].map(readError),
    counts: readCounts(at),
    format: at.get('inputFormat').get('format').text()?.toLowerCase(),
    inputBytes: at.get('metrics').get('inputByteSize').number(),
    createdMs: at.get('created').number(),
    completedMs: at.get('completed').number(),
    tags,
    externalId: at.get('externalId').text(),
    dataset: datasetOf(at),
    replay: readReplay(at.get('replay')),
    successor: isBatchId(successor) ? successor : undefined,
    sandboxId: at.get('sandboxId').text(),
  }
}

/** Ids as the catalogue stores them. Some documents write a `$` before an id in requests. */
export function readReplay(at: JsonReader): Replay {
  const ids = at
    .get('predecessors')
    .items()
    .map((id) => id.text())
  const plain = ids.filter((id) => id !== undefined).map((id) => id.replace(/^\$\{?([^}]*)\}?$/, '$1'))
  return { predecessors: plain, reason: at.get('reason').text() }
}

/** The dataset of a batch; undefined in old records, which don't name it. */
export function datasetOf(at: JsonReader): string | undefined {
  const objects = at.get('relatedObjects').items()
  return objects
    .find((object) => object.get('type').text()?.toLowerCase() === 'dataset')
    ?.get('id')
    .text()
}

function relatedErrors(at: JsonReader): readonly JsonReader[] {
  return at
    .get('relatedObjects')
    .items()
    .flatMap((object) => object.get('errors').items())
}

function readError(at: JsonReader): BatchError {
  return {
    code: plainCode(at.get('code')),
    description: (at.get('description').text() ?? '').slice(0, LONGEST_DESCRIPTION),
    recordCount: at.get('recordCount').number(),
  }
}

/** @returns `unknown` if the text is not one word. */
export function plainCode(at: JsonReader): string {
  const code = at.text() ?? at.number()?.toString() ?? ''
  return isPlainWord(code) ? code : 'unknown'
}

function readCounts(at: JsonReader): Counts {
  const metrics = at.get('metrics')
  const first = (...keys: readonly string[]) =>
    keys.map((key) => countAt(metrics.get(key))).find((number) => number !== undefined)
  return {
    read: first('inputRecordCount', 'inputRecordSize', 'recordsRead'),
    written: first('outputRecordCount', 'outputRecordSize', 'recordsWritten'),
    failed: first('failedRecordCount', 'recordsFailed') ?? countAt(at.get('failedRecordCount')),
  }
}

/** A negative, fractional or infinite number is no count. */
function countAt(at: JsonReader): number | undefined {
  const number = at.number()
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}

export type LookUp<T> =
  { readonly kind: 'found'; readonly record: T } | { readonly kind: 'missing'; readonly requestId: string | undefined }

/** A 404 of the service itself means that the object does not exist; one in HTML is of a gateway without that route. */
export async function findOrMiss<T>(look: () => Promise<T>): Promise<LookUp<T>> {
  try {
    return { kind: 'found', record: await look() }
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.response.status !== 404 || !error.response.isJson) throw error
    return { kind: 'missing', requestId: error.response.requestId }
  }
}

/**
 * The entries of a Catalog list, an object keyed by id.
 *
 * @throws Problem if the response is not a list. Read as an empty list, it would hide all existing entries.
 */
export function listEntries(answer: JsonReader): ReturnType<JsonReader['entries']> {
  const value = answer.value()
  const isList = Array.isArray(value) ? value.length === 0 : typeof value === 'object' && value !== null
  if (isList) return answer.entries()
  throw new Problem("Cannot read the platform's answer: it is not a list", {
    remedy: 'Run the job again with debug logging, and report the answer.',
  })
}

/** A response that can't be read does not mean that the request failed: the platform may have created the object. */
export function orInDoubt<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    throw new Problem(error.message, { remedy: error.remedy, mayHaveActed: true, cause: error })
  }
}

type Identified = { readonly id: string }

type ReadPage<T> = (start: number, limit: number, signal: AbortSignal) => Promise<readonly T[]>

export type ListReading<T> = {
  /** Completes "Cannot …". */
  readonly purpose: string
  readonly readPage: ReadPage<T>
  /** A longer list is read up to this number of entries; if absent, a longer list is a problem. */
  readonly enough?: number
}

/** Reads a list to its end, in bounded time. @throws Problem when the list has no end or takes too long. */
export function readList<T extends Identified>(
  { purpose, readPage, enough }: ListReading<T>,
  client: Client,
  signal: AbortSignal,
): Promise<readonly T[]> {
  return client.within(
    { ms: LIST_MOST_MS, purpose },
    (limited) => readPages((start, limit) => readPage(start, limit, limited), { purpose, enough }),
    signal,
  )
}

type PageOptions = { readonly purpose: string; readonly enough?: number | undefined }

/**
 * Reads a list to its end by offsets. Entries that come and go shift the list under the reader, and a shift would hide an
 * entry. So each page begins with the last entry of the page before; if it doesn't, reading starts again.
 *
 * @throws Problem when the list keeps changing, or never ends.
 */
export async function readPages<T extends Identified>(
  readPage: (start: number, limit: number) => Promise<readonly T[]>,
  options: PageOptions,
): Promise<readonly T[]> {
  for (let attempt = 1; attempt <= LIST_MOST_STARTS; attempt++) {
    const all = await readOnce(readPage, options)
    if (all !== undefined) return all
  }
  throw new Problem(`Cannot ${options.purpose}: it changes while the action reads it`, {
    remedy: 'Run the job again when fewer batches are in progress in this dataset.',
    isPassing: true,
  })
}

async function readOnce<T extends Identified>(
  readPage: (start: number, limit: number) => Promise<readonly T[]>,
  { purpose, enough = Infinity }: PageOptions,
): Promise<readonly T[] | undefined> {
  const all: T[] = []
  for (;;) {
    const overlap = Math.min(all.length, 1)
    const page = await readPage(all.length - overlap, PAGE_ENTRIES)
    if (overlap === 1 && page[0]?.id !== all.at(-1)?.id) return undefined
    all.push(...page.slice(overlap, overlap + PAGE_ENTRIES))
    if (page.length < PAGE_ENTRIES) return all
    if (all.length >= enough) return all.slice(0, enough)
    if (all.length > LIST_MOST_ENTRIES) throw endlessProblem(purpose)
  }
}

function endlessProblem(purpose: string): Problem {
  return new Problem(`Cannot ${purpose}: it has more than ${formatNumber(LIST_MOST_ENTRIES)} entries`, {
    remedy: 'Check "platform-url": the answer may not come from Adobe. If it is right, report this to Adobe support.',
  })
}
