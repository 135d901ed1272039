import { json, problem } from '../http/answers.ts'
import { batchRecord } from '../batches/batch-record.ts'
import { emptyHarvest, statusOf, updateBatch } from '../batches/batches.ts'
import { param, sentObject, type Call, type Route } from '../http/call.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { findBatch } from '../batches/find-batch.ts'
import { ulid } from '../ids.ts'
import { isStringMap, objectOf, stringsOf, type JsonObject } from '../json.ts'
import type { Batch } from '../state.ts'

const base = '/data/foundation/catalog'

/**
 * Catalog's own batch calls (OpenAPI file of Catalog): they write records that take no uploads and have the values that
 * the writer chose. Ingestion never needs them.
 */
export const catalogRecordRoutes: readonly Route[] = [
  { method: 'GET', pattern: base, answer: listAll },
  { method: 'POST', pattern: base, answer: () => unsupported('bulk calls') },
  { method: 'POST', pattern: `${base}/batches`, answer: createRecord },
  { method: 'POST', pattern: `${base}/batches/:batch`, answer: createRecord },
  { method: 'PUT', pattern: `${base}/batches/:batch`, answer: replaceRecord },
  { method: 'PATCH', pattern: `${base}/batches/:batch`, answer: patchRecord },
  { method: 'DELETE', pattern: `${base}/batches/:batch`, answer: deleteRecord },
  { method: 'GET', pattern: `${base}/batches/uniques/:field`, answer: () => unsupported('unique values') },
  { method: 'GET', pattern: `${base}/tags/:namespace`, answer: () => unsupported('tag namespaces') },
  { method: 'GET', pattern: `${base}/dataSets/:dataset/credentials`, answer: () => unsupported('storage credentials') },
]

function unsupported(what: string): Answer {
  return problem(501, `The emulator has no ${what}: list what you need with GET /catalog/batches or /catalog/dataSets.`)
}

function listAll({ platform, sandbox }: Call): Answer {
  const datasets = [...platform.state.datasets.values()].filter((dataset) => dataset.sandbox === sandbox)
  const batches = [...platform.state.batches.values()].filter((batch) => batch.sandbox === sandbox)
  return json(200, {
    dataSets: Object.fromEntries(datasets.map(({ id, record }) => [id, record])),
    batches: Object.fromEntries(batches.map((batch) => [batch.id, batchRecord(platform, batch)])),
  })
}

async function createRecord(call: Call): Promise<Answer> {
  const sent = await readRecord(call, { needsStatus: true })
  const id = param(call, 'batch') || ulid(call.platform.now(), call.platform.random)
  if (call.platform.state.batches.has(id)) {
    return problem(400, `Batch ${id} exists already.`, { errorCode: 'EMU-BATCH-EXISTS' })
  }
  call.platform.state.batches.set(id, recordOnly(call, id, sent))
  return json(201, [`@/batches/${id}`], { location: `${base}/batches/${id}` })
}

function recordOnly({ platform, sandbox, clientId }: Call, id: string, sent: Sent): Batch {
  const created = platform.now()
  return {
    id,
    sandbox,
    takesUploads: false,
    created,
    createdBy: clientId,
    updated: created,
    changes: 0,
    input: {
      format: 'parquet',
      isMultiLineJson: false,
      csv: { delimiter: ',', quote: '"', escape: '\\' },
      shown: { format: 'parquet' },
    },
    replay: { predecessors: stringsOf(objectOf(sent.record['replay'])['predecessors']), shown: {} },
    diagnostics: false,
    thresholdPercent: 0,
    uploads: new Map(),
    phase: { kind: 'loading' },
    started: undefined,
    completed: undefined,
    harvest: emptyHarvest,
    tags: sent.tags,
    ...said(id, sent.record),
  }
}

/** The fields that a written record sets, which owe nothing to an ingestion. */
function said(id: string, written: JsonObject): Pick<Batch, 'written' | 'externalId' | 'datasetId'> {
  const { externalId, relatedObjects } = written
  const related = Array.isArray(relatedObjects) ? relatedObjects.map(objectOf) : []
  const datasetId = related.find(({ type }) => type === 'dataSet')?.['id']
  return {
    written,
    externalId: typeof externalId === 'string' ? externalId : id,
    datasetId: typeof datasetId === 'string' ? datasetId : '',
  }
}

async function replaceRecord(call: Call): Promise<Answer> {
  return await changeRecord(call, { needsStatus: true })
}

async function patchRecord(call: Call): Promise<Answer> {
  return await changeRecord(call, { needsStatus: false })
}

async function changeRecord(call: Call, { needsStatus }: Needs): Promise<Answer> {
  findBatch(call)
  const { record, tags } = await readRecord(call, { needsStatus })
  const { id, takesUploads } = findBatch(call)
  if (takesUploads) refuseOtherStatus(call, record)
  updateBatch(call.platform, id, (batch) => ({
    tags: { ...(needsStatus && !takesUploads ? {} : batch.tags), ...tags },
    ...(takesUploads ? {} : said(id, needsStatus ? record : { ...batch.written, ...record })),
  }))
  return json(200, [`@/batches/${id}`])
}

/** No document says what these calls do to a batch of the ingestion. Here, they can change only its tags. */
function refuseOtherStatus(call: Call, { status }: JsonObject): void {
  const batch = findBatch(call)
  if (!call.strict || status === undefined || status === statusOf(batch, call.platform)) return
  const detail = `The ingestion sets the status of batch ${batch.id}: use POST /import/batches/${batch.id}?action=…`
  throw new Refusal(problem(400, detail, { errorCode: 'EMU-INGESTION-STATUS' }))
}

type Needs = { readonly needsStatus: boolean }

type Sent = { readonly record: JsonObject; readonly tags: Readonly<Record<string, readonly string[]>> }

/** OpenAPI file of Catalog, `batchRequest` and `batchPatchRequest`; throws a {@link Refusal} with 400. */
async function readRecord(call: Call, { needsStatus }: Needs): Promise<Sent> {
  const sent = await sentObject(call)
  const { status, tags = {} } = sent
  if (needsStatus && status === undefined) throw refusal('status is required.')
  if (status !== undefined && (typeof status !== 'string' || !STATUSES.has(status))) {
    throw refusal(`status must be one of ${[...STATUSES].join(', ')}.`)
  }
  if (!isStringMap(tags)) throw refusal('tags must map names to arrays of strings.')
  const { relatedObjects = [] } = sent
  if (!Array.isArray(relatedObjects)) throw refusal('relatedObjects must be an array.')
  return { tags, record: Object.fromEntries(Object.entries(sent).filter(([name]) => WRITABLE.has(name))) }
}

function refusal(detail: string): Refusal {
  return new Refusal(problem(400, detail))
}

/** The values of `status` in the OpenAPI file. */
const STATUSES: ReadonlySet<string> = new Set([
  'processing',
  'success',
  'failure',
  'queued',
  'retrying',
  'stalled',
  'aborted',
  'abandoned',
  'inactive',
  'failed',
  'loading',
  'loaded',
  'staged',
  'active',
  'staging',
  'deleted',
])

/** The properties of `batchRequest`, except the tags. */
const WRITABLE: ReadonlySet<string> = new Set([
  'externalId',
  'started',
  'completed',
  'replay',
  'status',
  'recordCount',
  'failedRecordCount',
  'errors',
  'size',
  'availableDates',
  'relatedObjects',
  'metrics',
  'inputFormat',
])

function deleteRecord(call: Call): Answer {
  const id = findBatch(call).id
  call.platform.state.batches.delete(param(call, 'batch'))
  return json(200, [`@/batches/${id}`])
}
