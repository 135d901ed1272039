import { empty, json, problem } from '../answers.ts'
import type { Call, Route } from '../call.ts'
import type { Answer } from '../exchange.ts'
import { findDataset } from '../find-batch.ts'
import { objectOf, readJson } from '../json.ts'

const pattern = '/data/foundation/dataset/datasets/:dataset/labels'

export const labelRoutes: readonly Route[] = [
  { method: 'GET', pattern, answer: readLabels },
  { method: 'PUT', pattern, answer: writeLabels },
  { method: 'POST', pattern, answer: writeLabels },
  { method: 'DELETE', pattern, answer: deleteLabels },
]

function readLabels(call: Call): Answer {
  const { id } = findDataset(call)
  const held = call.platform.state.labels.get(id)
  if (held === undefined) return problem(404, `Dataset ${id} has no labels.`)
  return json(200, { entityId: { id, namespace: 'AEP', type: 'dataSet' }, ...held.body }, { etag: `"${held.version}"` })
}

async function writeLabels(call: Call): Promise<Answer> {
  const { id } = findDataset(call)
  const body = objectOf(await readJson(call.body))
  const held = call.platform.state.labels.get(id)
  if (isOutdated(call, held?.version)) return problem(412, `The labels are at version ${String(held?.version)}.`)
  const version = (held?.version ?? 0) + 1
  call.platform.state.labels.set(id, { version, body })
  return json(held === undefined ? 201 : 200, { parentFolder: '', ...body }, { etag: `"${version}"` })
}

function deleteLabels(call: Call): Answer {
  const { id } = findDataset(call)
  if (isOutdated(call, call.platform.state.labels.get(id)?.version)) return problem(412, 'The labels have changed.')
  call.platform.state.labels.delete(id)
  return empty(200)
}

function isOutdated({ headers }: Call, version: number | undefined): boolean {
  const wanted = headers['if-match']?.replaceAll('"', '')
  return wanted !== undefined && wanted !== '*' && wanted !== String(version)
}
