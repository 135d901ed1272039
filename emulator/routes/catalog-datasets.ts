import { json, problem } from '../answers.ts'
import { asked, type Call, type Route } from '../call.ts'
import { catalogPage, withProperties } from '../catalog-page.ts'
import { changeDataset } from '../change-dataset.ts'
import { createDataset } from '../create-dataset.ts'
import { isKnownTo, readRecord, shownRecord } from '../dataset-lag.ts'
import { matchesDataset } from '../dataset-filter.ts'
import type { Answer } from '../exchange.ts'
import { findDataset } from '../find-batch.ts'

const base = '/data/foundation/catalog'

export const catalogDatasetRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/dataSets`, answer: listDatasets },
  { method: 'POST', pattern: `${base}/dataSets`, answer: createDataset },
  { method: 'GET', pattern: `${base}/dataSets/:dataset`, answer: readDataset },
  { method: 'PATCH', pattern: `${base}/dataSets/:dataset`, answer: (call) => changeDataset(call, 'patch') },
  { method: 'PUT', pattern: `${base}/dataSets/:dataset`, answer: (call) => changeDataset(call, 'replace') },
  { method: 'PATCH', pattern: `${base}/v2/dataSets/:dataset`, answer: (call) => changeDataset(call, 'merge') },
  { method: 'DELETE', pattern: `${base}/dataSets/:dataset`, answer: deleteDataset },
]

function listDatasets(call: Call): Answer {
  const { platform, sandbox } = call
  const all = [...platform.state.datasets.values()].filter((dataset) => dataset.sandbox === sandbox)
  const shown = all
    .filter((dataset) => isKnownTo('lists', dataset, platform))
    .map((dataset) => ({ ...dataset, record: shownRecord(dataset, platform) }))
  const wanted = shown.filter((dataset) => matchesDataset(call, dataset))
  return catalogPage(
    call,
    wanted.map(({ id, record }) => [id, record]),
  )
}

function readDataset(call: Call): Answer {
  const { platform } = call
  const dataset = findDataset(call)
  if (!isKnownTo('reads', dataset, platform)) return problem(404, 'DataSet not found.')
  const { id } = dataset
  const record = readRecord(dataset, platform)
  return json(
    200,
    { [id]: withProperties(record, asked(call, 'properties')) },
    { etag: `"${String(record['version'])}"` },
  )
}

/** The records of its batches stay. */
function deleteDataset(call: Call): Answer {
  const { id } = findDataset(call)
  call.platform.state.datasets.delete(id)
  call.platform.state.afterimages.delete(id)
  return json(200, [`@/dataSets/${id}`])
}
