import { Problem } from '../lib/errors.ts'
import type { JsonReader } from '../lib/json-reader.ts'
import type { Client } from './http/client.ts'
import { type BatchId, type DatasetId, isBatchId, isPlainWord } from './ids.ts'
import { SYSTEM_JOBS_MOST_PAGES, SYSTEM_JOBS_PAGE_ENTRIES } from './limits.ts'
import { type LookUp, findOrMiss, orInDoubt } from './records.ts'

/** A job of Profile that removes a batch, or a whole dataset, from it. */
export type SystemJob = {
  readonly id: string
  /** As the platform wrote it; `unknown` if it is not one word. */
  readonly status: string
  /** `unknown`: a status that no document has. */
  readonly progress: 'running' | 'done' | 'failed' | 'unknown'
  /** Undefined if the job is for a whole dataset, or if the response doesn't say. */
  readonly batch: string | undefined
}

/** Removal of the events of one batch. */
export type RemovalOrder = { readonly batch: BatchId; readonly dataset: DatasetId }

export type SystemJobsApi = {
  /** All listed jobs of the sandbox, up to {@link SYSTEM_JOBS_MOST_PAGES} pages. */
  list(sandboxId: string | undefined, signal: AbortSignal): Promise<readonly SystemJob[]>
  job(id: string, sandboxId: string | undefined, signal: AbortSignal): Promise<LookUp<SystemJob>>
  /**
   * Sent only once: the response to a second request for a batch is known for one cloud only (422). So a caller lists the
   * jobs before it sends the request again, also after a 503.
   */
  remove(order: RemovalOrder, sandboxId: string | undefined, signal: AbortSignal): Promise<SystemJob>
}

export const SYSTEM_JOBS_PATH = '/data/core/ups/system/jobs'

/**
 * "Profile system jobs endpoint", and the OpenAPI file of Real-Time Customer Profile. They disagree about ids and statuses:
 * both are sent, and both are read. On AWS, `x-sandbox-id` is required.
 */
export function systemJobsApi(client: Client): SystemJobsApi {
  const read = async ({ purpose, path, check }: JobQuestion, sandboxId: string | undefined, signal: AbortSignal) => {
    const request = { method: 'GET', path, headers: headersFor(sandboxId), purpose, repeatable: true, check } as const
    return (await client.send(request, signal)).json()
  }
  return {
    list: (sandboxId, signal) => {
      const purpose = 'read the list of Profile system jobs'
      return readPages((path) => read({ purpose, path, check: childrenOf }, sandboxId, signal))
    },
    job: (id, sandboxId, signal) =>
      findOrMiss(async () => {
        const path = `${SYSTEM_JOBS_PATH}/${encodeURIComponent(id)}`
        const check = (answer: JsonReader) => readAskedJob(id, answer)
        return check(await read({ purpose: `read Profile system job "${id}"`, path, check }, sandboxId, signal))
      }),
    remove: async ({ batch, dataset }, sandboxId, signal) => {
      const purpose = `request the removal of batch "${batch}" from Profile`
      const body = { kind: 'json', value: { datasetId: dataset, batchId: batch } } as const
      const headers = headersFor(sandboxId)
      const request = { method: 'POST', path: SYSTEM_JOBS_PATH, headers, body, purpose, repeatable: false } as const
      const answer = await client.send({ ...request, mostAttempts: 1 }, signal)
      return orInDoubt(() => readJob(answer.json()))
    },
  }
}

type JobQuestion = {
  readonly purpose: string
  readonly path: string
  readonly check: (answer: JsonReader) => unknown
}

/** An id that is not a plain word is no id, and must not become a header. */
function headersFor(sandboxId: string | undefined): Readonly<Record<string, string>> {
  return sandboxId === undefined || !isPlainWord(sandboxId) ? {} : { 'x-sandbox-id': sandboxId }
}

/** On Azure a page has `children` and the position of the next page. On AWS a list has no pages, and can be bare. */
async function readPages(read: (path: string) => Promise<JsonReader>): Promise<readonly SystemJob[]> {
  const all: SystemJob[] = []
  let start = ''
  for (let page = 1; page <= SYSTEM_JOBS_MOST_PAGES; page++) {
    const answer = await read(`${SYSTEM_JOBS_PATH}?limit=${SYSTEM_JOBS_PAGE_ENTRIES}${start}`)
    const children = childrenOf(answer)
    all.push(...children.flatMap((at) => (hasId(at) ? [readJob(at)] : [])))
    const next = answer.get('_page').get('next')
    const following = next.text() ?? next.number()?.toString() ?? ''
    if (children.length === 0 || following === '' || start === `&start=${encodeURIComponent(following)}`) return all
    start = `&start=${encodeURIComponent(following)}`
  }
  return all
}

function childrenOf(answer: JsonReader): readonly JsonReader[] {
  return Array.isArray(answer.value()) ? answer.items() : answer.get('children').mustItems()
}

function hasId(at: JsonReader): boolean {
  return idOf(at) !== undefined
}

/** @throws Problem when the answer has no id. */
function readJob(at: JsonReader): SystemJob {
  const id = idOf(at)
  if (id === undefined) {
    throw new Problem(`Cannot read the Profile system job: ${at.path} contains no id`, {
      remedy: 'Check "platform-url": the answer may not come from Adobe.',
    })
  }
  const status = at.get('status').text() ?? ''
  const properties = at.get('properties')
  return {
    id,
    status: isPlainWord(status) ? status : 'unknown',
    progress: PROGRESS.get(status.toUpperCase()) ?? 'unknown',
    batch: properties.get('batchId').text() ?? at.get('batchId').text(),
  }
}

/** @throws Problem when the response describes another job. */
function readAskedJob(id: string, at: JsonReader): SystemJob {
  const job = readJob(at)
  if (job.id === id || at.get('id').text() === id) return { ...job, id }
  throw new Problem(`Cannot read Profile system job "${id}": the answer is job "${job.id}"`, {
    remedy: 'Run the job again. If this stays so, check whether a cache stands between the runner and Adobe.',
  })
}

function idOf(at: JsonReader): string | undefined {
  const id = at.get('requestId').text() ?? at.get('id').text()
  // It becomes part of a path, like the id of a batch.
  return id !== undefined && isBatchId(id) ? id : undefined
}

/** The statuses of the guide and of the OpenAPI file. */
const PROGRESS: ReadonlyMap<string, SystemJob['progress']> = new Map([
  ['NEW', 'running'],
  ['IN-PROGRESS', 'running'],
  ['IN_PROGRESS', 'running'],
  ['PROCESSING', 'running'],
  ['SUCCESS', 'done'],
  ['COMPLETED', 'done'],
  ['ERROR', 'failed'],
  ['FAILED', 'failed'],
])
