import { empty, json } from '../http/answers.ts'
import { asked, param, sentObject, type Call, type Route } from '../http/call.ts'
import { tagSays } from '../catalog/dataset-tags.ts'
import type { Answer } from '../http/exchange.ts'
import { uuid } from '../ids.ts'
import { objectOf, stringsOf, type JsonObject } from '../json.ts'
import { seededOrg } from '../seed/ids.ts'
import type { Dataset, SystemJob } from '../state.ts'
import { type JobStage, runSystemJobs, stageOf } from '../profile/system-jobs.ts'

const base = '/data/core/ups/system/jobs'

/** "Profile system jobs endpoint", and the OpenAPI file of Profile, which describes another form of it on Azure. */
export const systemJobRoutes: readonly Route[] = [
  { method: 'GET', pattern: base, answer: listJobs },
  { method: 'POST', pattern: base, answer: createJob },
  { method: 'GET', pattern: `${base}/:job`, answer: readJob },
  { method: 'DELETE', pattern: `${base}/:job`, answer: deleteJob },
]

/** The guide requires the header on AWS; the text of the refusal is ours. */
function refuseWithoutSandboxId(call: Call): Answer | undefined {
  if (call.platform.settings().cloud !== 'aws') return undefined
  const sandbox = call.platform.state.sandboxes.get(call.sandbox)
  if (call.headers['x-sandbox-id'] === sandbox?.id) return undefined
  return json(400, { code: '400', message: "Required header 'x-sandbox-id' is missing or of another sandbox" })
}

async function createJob(call: Call): Promise<Answer> {
  const refused = refuseWithoutSandboxId(call)
  if (refused !== undefined) return refused
  const body = await sentObject(call)
  if (typeof body['batchId'] === 'string') return removeBatch(call, body['batchId'], body['datasetId'])
  const dataset = datasetOf(call, body['dataSetId'])
  return dataset === undefined ? invalid() : json(200, shown(call, keep(call, dataset, undefined)))
}

function removeBatch(call: Call, batchId: string, sent: unknown): Answer {
  const { state } = call.platform
  // The OpenAPI file requires only the batch, the guide requires batch and dataset.
  const isByGuide = call.dialect !== 'oas' || call.platform.settings().cloud === 'aws'
  const dataset = datasetOf(call, sent ?? (isByGuide ? undefined : state.batches.get(batchId)?.datasetId))
  if (dataset === undefined || !isTimeSeries(call, dataset)) return invalid()
  const isKnown = state.batches.get(batchId)?.datasetId === dataset.id && state.profileBatches.has(batchId)
  if (!isKnown || !tagSays(dataset, 'unifiedProfile', 'enabled:true')) return unknownBatch(call, dataset)
  const known = jobsOf(call).find((job) => job.batchId === batchId && stageOf(job, call.platform) !== 'broken')
  if (known !== undefined) {
    return json(422, { message: `A delete request for batch ${batchId} already exists`, statusCode: '422' })
  }
  return json(200, shown(call, keep(call, dataset, batchId)))
}

/** The guide: "Invalid delete request" is the text for data that can't be deleted by batch, such as record data. */
function invalid(): Answer {
  return json(400, { code: '400', message: 'Invalid delete request (Profile System Job)' })
}

/** Profile troubleshooting guide. */
function unknownBatch({ platform }: Call, { id }: Dataset): Answer {
  const message = `Batch not found for profile dataset '${id}'`
  return json(400, { requestId: uuid(platform.random), errors: { '400': [{ code: '400', message }] } })
}

function keep({ platform, sandbox }: Call, { id: datasetId }: Dataset, batchId: string | undefined): SystemJob {
  const id = uuid(platform.random)
  const job: SystemJob = { id, sandbox, datasetId, batchId, created: platform.now(), isDone: false }
  platform.state.systemJobs.set(id, job)
  return job
}

/** On Azure, in pages counted by `start`; on AWS, always the latest hundred. */
function listJobs(call: Call): Answer {
  const refused = refuseWithoutSandboxId(call)
  if (refused !== undefined) return refused
  runSystemJobs(call.platform)
  const all = jobsOf(call).toSorted((one, other) => other.created - one.created)
  const isAws = call.platform.settings().cloud === 'aws'
  if (isAws && call.dialect === 'oas')
    return json(
      200,
      all.slice(0, MOST_LISTED).map((job) => shown(call, job)),
    )
  const pageSize = isAws ? MOST_LISTED : Math.min(Number(asked(call, 'limit') ?? MOST_LISTED), MOST_LISTED)
  const start = isAws ? 0 : Number(asked(call, 'start') ?? 0)
  const children = all.slice(start * pageSize, (start + 1) * pageSize).map((job) => shown(call, job))
  const hasMore = !isAws && (start + 1) * pageSize < all.length
  const next = hasMore ? String(start + 1) : ''
  const page = call.dialect === 'oas' ? { count: children.length } : { pageSize, start, totalCount: all.length }
  return json(200, { _page: { ...page, next }, children })
}

const MOST_LISTED = 100

function readJob(call: Call): Answer {
  const refused = refuseWithoutSandboxId(call)
  if (refused !== undefined) return refused
  runSystemJobs(call.platform)
  const job = jobsOf(call).find(({ id }) => id === param(call, 'job'))
  return job === undefined ? unknownJob() : json(200, shown(call, job))
}

/** Azure only, as the guide says. */
function deleteJob(call: Call): Answer {
  if (call.platform.settings().cloud === 'aws')
    return json(405, { message: 'Method not allowed', statusCode: '405' }, { allow: 'GET' })
  const job = jobsOf(call).find(({ id }) => id === param(call, 'job'))
  if (job === undefined) return unknownJob()
  call.platform.state.systemJobs.delete(job.id)
  return empty(200)
}

function unknownJob(): Answer {
  return json(404, { message: 'Delete request not found', statusCode: '404' })
}

function jobsOf({ platform, sandbox }: Call): readonly SystemJob[] {
  return [...platform.state.systemJobs.values()].filter((job) => job.sandbox === sandbox)
}

function datasetOf({ platform, sandbox }: Call, id: unknown): Dataset | undefined {
  const dataset = typeof id === 'string' ? platform.state.datasets.get(id) : undefined
  return dataset?.sandbox === sandbox ? dataset : undefined
}

function isTimeSeries({ platform }: Call, dataset: Dataset): boolean {
  const id = objectOf(dataset.record['schemaRef'])['id']
  const schema = typeof id === 'string' ? platform.state.schemas.get(id) : undefined
  return stringsOf(schema?.['meta:extends']).includes('https://ns.adobe.com/xdm/data/time-series')
}

function shown(call: Call, job: SystemJob): JsonObject {
  const stage = stageOf(job, call.platform)
  return call.dialect === 'oas' && call.platform.settings().cloud === 'azure'
    ? shownByOpenApi(job, OPEN_API_WORDS[stage])
    : shownByGuide(call, job, GUIDE_WORDS[stage])
}

const GUIDE_WORDS: Readonly<Record<JobStage, string>> = {
  new: 'NEW',
  running: 'IN-PROGRESS',
  done: 'SUCCESS',
  broken: 'FAILED',
}

const OPEN_API_WORDS: Readonly<Record<JobStage, string>> = {
  new: 'NEW',
  running: 'PROCESSING',
  done: 'COMPLETED',
  broken: 'ERROR',
}

function shownByGuide({ platform }: Call, job: SystemJob, status: string): JsonObject {
  const { datasetId, batchId } = job
  const created = new Date(job.created).toISOString()
  return {
    requestId: job.id,
    requestType: batchId === undefined ? 'TRUNCATE_DATASET' : 'DELETE_EE_BATCH',
    imsOrgId: seededOrg,
    sandbox: { sandboxName: job.sandbox, sandboxId: platform.state.sandboxes.get(job.sandbox)?.id },
    status,
    properties: batchId === undefined ? { datasetId } : { datasetId, batchId },
    createdAt: created,
    updatedAt: created,
  }
}

/** Times are in seconds. */
function shownByOpenApi({ id, datasetId, batchId, created }: SystemJob, status: string): JsonObject {
  const epoch = Math.floor(created / 1000)
  const of = batchId === undefined ? { dataSetId: datasetId } : { batchId }
  const times = { createEpoch: epoch, updateEpoch: epoch }
  return { id, imsOrgId: seededOrg, ...of, jobType: 'DELETE', status, metrics: '{}', ...times }
}
