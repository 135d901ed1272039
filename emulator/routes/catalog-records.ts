import { json, problem } from '../answers.ts'
import { batchRecord } from '../batch-record.ts'
import { emptyHarvest, updateBatch } from '../batches.ts'
import { param, type Call, type Route } from '../call.ts'
import type { Answer } from '../exchange.ts'
import { findBatch } from '../find-batch.ts'
import { ulid } from '../ids.ts'
import { isStringMap, objectOf, readJson, stringsOf, type JsonObject } from '../json.ts'
import type { Batch } from '../state.ts'

const base = '/data/foundation/catalog'

/** Catalog's own calls about batches: records without a place to upload to. Ingestion never needs them. */
export const catalogRecordRoutes: readonly Route[] = [
  { method: 'GET', pattern: base, answer: listAll },
  { method: 'POST', pattern: base, answer: () => unsupported('bulk calls') },
  { method: 'POST', pattern: `${base}/batches`, answer: createRecord },
  ...['POST', 'PUT', 'PATCH'].map((method) => ({ method, pattern: `${base}/batches/:batch`, answer: changeRecord })),
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
  const sent = objectOf(await readJson(call.body))
  if (typeof sent['status'] !== 'string') return problem(400, 'status is required.')
  const batch = recordOnly(call, sent)
  call.platform.state.batches.set(batch.id, batch)
  return json(201, [`@/batches/${batch.id}`])
}

function recordOnly({ platform, sandbox, clientId }: Call, sent: JsonObject): Batch {
  const created = platform.now()
  const id = ulid(created, platform.random)
  const related = Array.isArray(sent['relatedObjects']) ? sent['relatedObjects'].map(objectOf) : []
  const datasetId = related.find(({ type }) => type === 'dataSet')?.['id']
  return {
    id,
    datasetId: typeof datasetId === 'string' ? datasetId : '',
    sandbox,
    takesUploads: false,
    externalId: typeof sent['externalId'] === 'string' ? sent['externalId'] : id,
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
    tags: isStringMap(sent['tags']) ? sent['tags'] : {},
    replay: { predecessors: stringsOf(objectOf(sent['replay'])['predecessors']), shown: objectOf(sent['replay']) },
    diagnostics: false,
    thresholdPercent: 0,
    uploads: new Map(),
    phase: { kind: 'loading' },
    started: undefined,
    completed: undefined,
    harvest: emptyHarvest,
  }
}

/** Tags alone: the status of a batch is the ingestion's business. */
async function changeRecord(call: Call): Promise<Answer> {
  const { tags } = objectOf(await readJson(call.body))
  const { id } = findBatch(call)
  if (isStringMap(tags)) updateBatch(call.platform, id, (batch) => ({ tags: { ...batch.tags, ...tags } }))
  return json(200, [`@/batches/${id}`])
}

function deleteRecord(call: Call): Answer {
  const id = findBatch(call).id
  call.platform.state.batches.delete(param(call, 'batch'))
  return json(200, [`@/batches/${id}`])
}
