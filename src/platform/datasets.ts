import { Problem } from '../lib/errors.ts'
import { pointer } from '../lib/json-pointer.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { ApiRequest, Client } from './http/client.ts'
import { HttpFailure } from './http/errors.ts'
import { type DatasetId, isDatasetId, readDatasetId } from './ids.ts'
import { BUDGET_MOST_ENTRIES } from './limits.ts'
import {
  type DatasetRecord,
  type LookUp,
  type Tags,
  findOrMiss,
  isManaged,
  listEntries,
  orInDoubt,
  readDatasetRecord,
  readList,
  readTags,
} from './records.ts'

/** The properties of a new dataset. */
type DatasetOrder = {
  readonly name: string
  /** `$id` of its schema. */
  readonly schemaId: string
  readonly tags: Tags
}

/** New values of one tag. Undefined removes the tag, which must exist then (RFC 6902, "remove"). */
export type TagChange = { readonly tag: string; readonly values: readonly string[] | undefined }

/** The fields of a dataset in a list. */
export type ListedDataset = {
  readonly id: DatasetId
  /** Empty if it has none. */
  readonly name: string
  /** Managed by the platform: customers do not write to it. */
  readonly isManaged: boolean
  readonly tags: Tags
}

export type TagChanges = {
  readonly changes: readonly TagChange[]
  /** Change only this version of the dataset (Catalog Service API, `If-Match`), so that a late request has no effect. */
  readonly ifVersion?: string | undefined
}

type TagChangeResult = 'done' | 'other version' | 'missing'

export type DatasetsApi = {
  read(id: DatasetId, signal: AbortSignal): Promise<LookUp<DatasetRecord>>
  /** Datasets with this name, or all of the sandbox; oldest first. The filter only narrows: callers compare the names. */
  list(name: string | undefined, signal: AbortSignal): Promise<readonly ListedDataset[]>
  /** Datasets with this tag, whatever its values; oldest first, at most {@link BUDGET_MOST_ENTRIES}. */
  tagged(tag: string, signal: AbortSignal): Promise<readonly ListedDataset[]>
  /** Not repeatable: each request that the platform acts on makes a dataset. */
  create(order: DatasetOrder, signal: AbortSignal): Promise<DatasetId>
  /** Changes these tags and no others. Safe to repeat, except for a removal. */
  changeTags(id: DatasetId, change: TagChanges, signal: AbortSignal): Promise<TagChangeResult>
}

const BASE = '/data/foundation/catalog/dataSets'
/** Unfiltered responses can be enormous (Catalog Service API, "List objects"). */
const PROPERTIES = 'name,tags,classification'

/** Catalog Service API, "Datasets". Responses are objects keyed by id, except that of a creation. */
export function datasetsApi(client: Client): DatasetsApi {
  const read = async <T>({ purpose, path, check }: DatasetQuestion<T>, signal: AbortSignal) => {
    const request = { method: 'GET', path: BASE + path, purpose, repeatable: true, check } as const
    return check((await client.send(request, signal)).json())
  }
  const list = (filter: Filter, signal: AbortSignal, enough?: number) => {
    const purpose = 'read the list of datasets'
    const check = (answer: JsonReader) => listEntries(answer).map(([, at]) => readListed(at))
    const readPage = (start: number, limit: number, limited: AbortSignal) =>
      read({ purpose, path: `?${search(filter, start, limit)}`, check }, limited)
    return readList({ purpose, readPage, ...(enough === undefined ? {} : { enough }) }, client, signal)
  }
  return {
    read: (id, signal) =>
      findOrMiss(() => {
        const check = (answer: JsonReader) => readDatasetRecord(id, answer.get(id))
        return read({ purpose: `read dataset "${id}"`, path: `/${id}`, check }, signal)
      }),
    list: (name, signal) => list(nameFilter(name), signal),
    tagged: (tag, signal) => list({ tags: `${tag}:*` }, signal, BUDGET_MOST_ENTRIES),
    create: async (order, signal) => {
      const answer = await client.send(creation(order), signal)
      return orInDoubt(() => readCreated(answer.json()))
    },
    changeTags: async (id, change, signal) => {
      const sent = await findOrMiss(() => orOtherVersion(() => client.send(patch(id, change), signal)))
      return sent.kind === 'missing' ? 'missing' : sent.record
    },
  }
}

type DatasetQuestion<T> = {
  readonly purpose: string
  readonly path: string
  readonly check: (answer: JsonReader) => T
}

type Filter = Readonly<Record<string, string>>

/** Commas and exclamation marks are syntax of the filter: a name that has one lists all datasets. */
function nameFilter(name: string | undefined): Filter {
  return name === undefined || /[,!*]/.test(name) ? {} : { name }
}

function search(filter: Filter, start: number, limit: number): string {
  const named = Object.entries({ ...filter, properties: PROPERTIES, orderBy: 'asc:created', start, limit })
  return named.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
}

/** Catalog guide, "Create a dataset"; `parquet` is the format of storage, whatever the format of the uploads. */
function creation({ name, schemaId, tags }: DatasetOrder): ApiRequest {
  const value = {
    name,
    schemaRef: { id: schemaId, contentType: 'application/vnd.adobe.xed+json;version=1' },
    tags,
    fileDescription: { persisted: true, containerFormat: 'parquet', format: 'parquet' },
    enableErrorDiagnostics: true,
  }
  const purpose = `create the dataset ${JSON.stringify(name)}`
  return { method: 'POST', path: BASE, body: { kind: 'json', value }, purpose, repeatable: false }
}

/** The response is `["@/dataSets/{id}"]`; some guides spell the path differently. */
function readCreated(answer: JsonReader): DatasetId {
  const [first] = answer.items()
  const id = first?.text()?.split('/').at(-1) ?? ''
  if (isDatasetId(id)) return id
  throw new Problem('Cannot create the dataset: the answer contains no dataset id', {
    remedy: 'Check "platform-url": the answer may not come from Adobe.',
  })
}

/** The key of a list entry is its id. */
function readListed(at: JsonReader): ListedDataset {
  return {
    id: readDatasetId(at.key()),
    name: at.get('name').text() ?? '',
    isManaged: isManaged(at),
    tags: readTags(at.get('tags')),
  }
}

async function orOtherVersion(send: () => Promise<unknown>): Promise<'done' | 'other version'> {
  try {
    await send()
    return 'done'
  } catch (error) {
    if (error instanceof HttpFailure && error.response.status === 412) return 'other version'
    throw error
  }
}

/** JSON Patch only: an object would replace all tags. `add` overwrites an existing value (RFC 6902, section 4.1). */
function patch(id: DatasetId, { changes, ifVersion }: TagChanges): ApiRequest {
  const value = changes.map(({ tag, values }) => {
    const path = pointer(['tags', tag])
    return values === undefined ? { op: 'remove', path } : { op: 'add', path, value: values }
  })
  const purpose = `change the tags of dataset "${id}"`
  const headers = ifVersion === undefined ? {} : { 'if-match': ifVersion }
  const body = { kind: 'json-patch', value } as const
  return { method: 'PATCH', path: `${BASE}/${id}`, headers, body, purpose, repeatable: true }
}
