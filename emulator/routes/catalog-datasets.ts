import { json, problem } from '../http/answers.ts'
import { param, type Call, type Route } from '../http/call.ts'
import { matchesFilters } from '../catalog/filter.ts'
import { catalogPage, severalEntries, shownEntries, type Entry } from '../catalog/page.ts'
import { changeDataset } from '../catalog/change-dataset.ts'
import { createDataset } from '../catalog/create-dataset.ts'
import { isKnownTo, readRecord, shownRecord } from '../catalog/dataset-lag.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { findDataset } from '../batches/find-batch.ts'

const base = '/data/foundation/catalog'

export const catalogDatasetRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/dataSets`, answer: listDatasets },
  { method: 'POST', pattern: `${base}/dataSets`, answer: createDataset },
  { method: 'GET', pattern: `${base}/dataSets/:dataset`, answer: readDatasets },
  { method: 'PATCH', pattern: `${base}/dataSets/:dataset`, answer: (call) => changeDataset(call, 'patch') },
  { method: 'PUT', pattern: `${base}/dataSets/:dataset`, answer: (call) => changeDataset(call, 'replace') },
  { method: 'PATCH', pattern: `${base}/v2/dataSets/:dataset`, answer: (call) => changeDataset(call, 'merge') },
  { method: 'DELETE', pattern: `${base}/dataSets/:dataset`, answer: deleteDataset },
]

function listDatasets(call: Call): Answer {
  const { platform, sandbox } = call
  const shown = [...platform.state.datasets.values()]
    .filter((dataset) => dataset.sandbox === sandbox && isKnownTo('lists', dataset, platform))
    .map((dataset): Entry => [dataset.id, shownRecord(dataset, platform)])
  return catalogPage(
    call,
    shown.filter(([, record]) => matchesFilters(call, record)),
  )
}

/** Appendix of the Catalog guide: an answer with a single object has its version in a header. */
function readDatasets(call: Call): Answer {
  const entries = severalEntries(param(call, 'dataset'), (id) => readEntry(call, id))
  const [first, ...others] = entries
  const version = others.length === 0 ? first?.[1]['version'] : undefined
  return shownEntries(call, entries, typeof version === 'string' ? { etag: `"${version}"` } : {})
}

function readEntry(call: Call, wanted: string): Entry {
  const dataset = findDataset(call, wanted)
  if (!isKnownTo('reads', dataset, call.platform)) throw new Refusal(problem(404, 'DataSet not found.'))
  return [dataset.id, readRecord(dataset, call.platform)]
}

/** Deletes a dataset; the records of its batches stay. */
function deleteDataset(call: Call): Answer {
  const { id } = findDataset(call)
  call.platform.state.datasets.delete(id)
  call.platform.state.afterimages.delete(id)
  return json(200, [`@/dataSets/${id}`])
}
