import { empty, json, problem } from '../http/answers.ts'
import { sentObject, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { findDataset } from '../batches/find-batch.ts'
import type { JsonObject } from '../json.ts'
import { seededOrg } from '../seed/ids.ts'

const pattern = '/data/foundation/dataset/datasets/:dataset/labels'

/** OpenAPI file of the Dataset Service and "Manage data usage labels for datasets using APIs". */
export const labelRoutes: readonly Route[] = [
  { method: 'GET', pattern, answer: readLabels },
  { method: 'PUT', pattern, answer: replaceLabels },
  { method: 'POST', pattern, answer: addLabels },
  { method: 'DELETE', pattern, answer: deleteLabels },
]

/** The guide keys the labels by the entity; the OpenAPI file does not. */
function readLabels(call: Call): Answer {
  const { id } = findDataset(call)
  const held = call.platform.state.labels.get(id)
  if (held === undefined) return noLabels(call, id)
  const shown = call.dialect === 'oas' ? held.body : { [entity(id)]: { imsOrg: seededOrg, ...held.body } }
  return json(200, shown, { etag: etag(held.version) })
}

/**
 * `If-Match` is required, and the OpenAPI file has 404 for a dataset without labels. In the guide, a PUT can also create
 * labels, which lenient mode allows.
 */
async function replaceLabels(call: Call): Promise<Answer> {
  const { id } = findDataset(call)
  const sent = payload(await sentObject(call))
  const held = call.platform.state.labels.get(id)
  if (held === undefined) return call.strict ? noLabels(call, id) : write(call, id, sent)
  return outdated(call, id, held.version) ?? write(call, id, sent)
}

/** Deprecated since June 2026. Answers 403 if the dataset already has labels; in the guide, it overwrites them. */
async function addLabels(call: Call): Promise<Answer> {
  const { id } = findDataset(call)
  const sent = payload(await sentObject(call))
  if (call.strict && call.platform.state.labels.has(id)) {
    const message = 'The labels entity already exists. Use PUT.'
    return failed(call, id, [403, { status: 'FORBIDDEN', code: 'PES-403', message }])
  }
  return { ...write(call, id, sent), status: 201 }
}

/** Only the guide has this call. The answer for a dataset without labels is undocumented. */
function deleteLabels(call: Call): Answer {
  const { id } = findDataset(call)
  const held = call.platform.state.labels.get(id)
  if (held === undefined) return noLabels(call, id)
  const fault = outdated(call, id, held.version)
  if (fault === undefined) call.platform.state.labels.delete(id)
  return fault ?? empty(200)
}

function write(call: Call, id: string, body: JsonObject): Answer {
  const version = (call.platform.state.labels.get(id)?.version ?? 0) + 1
  call.platform.state.labels.set(id, { version, body })
  return json(200, body, { etag: etag(version) })
}

function payload({ labels = [], optionalLabels = [] }: JsonObject): JsonObject {
  return { labels, optionalLabels }
}

/** The etag of the guide's sample has no quotes, but a client can send them. */
function outdated(call: Call, id: string, version: number): Answer | undefined {
  const wanted = call.headers['if-match']?.replaceAll('"', '')
  if (wanted === undefined && !call.strict) return undefined
  if (wanted === undefined) return problem(400, "Required header 'If-Match' is missing.")
  if (wanted === '*' || wanted === etag(version)) return undefined
  const message = `The labels have changed: their etag is ${etag(version)}.`
  return failed(call, id, [409, { status: 'CONFLICT', code: 'PES-409', message }])
}

function etag(version: number): string {
  return `00000000-0000-0200-0000-${String(version).padStart(12, '0')}`
}

function noLabels(call: Call, id: string): Answer {
  return failed(call, id, [404, { status: 'NOT_FOUND', code: 'PES-404', message: 'GET Entities Not Found' }])
}

function failed({ platform }: Call, id: string, [status, error]: readonly [number, JsonObject]): Answer {
  return json(status, { timestamp: new Date(platform.now()).toISOString(), ...error, path: `/entities/${entity(id)}` })
}

function entity(id: string): string {
  return `AEP:dataset:${id}`
}
