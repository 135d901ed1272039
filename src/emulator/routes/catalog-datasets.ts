import { json } from '../answers.ts'
import { asked, type Call, type Route } from '../call.ts'
import { catalogPage, withProperties } from '../catalog-page.ts'
import { matchesDataset } from '../dataset-filter.ts'
import type { Answer } from '../exchange.ts'
import { findDataset } from '../find-batch.ts'

const base = '/data/foundation/catalog/dataSets'

export const catalogDatasetRoutes: readonly Route[] = [
  { method: 'GET', pattern: base, answer: listDatasets },
  { method: 'GET', pattern: `${base}/:dataset`, answer: readDataset },
]

function listDatasets(call: Call): Answer {
  const all = [...call.platform.state.datasets.values()].filter(({ sandbox }) => sandbox === call.sandbox)
  const wanted = all.filter((dataset) => matchesDataset(call, dataset))
  return catalogPage(
    call,
    wanted.map(({ id, record }) => [id, record]),
  )
}

function readDataset(call: Call): Answer {
  const { id, record } = findDataset(call)
  return json(200, { [id]: withProperties(record, asked(call, 'properties')) })
}
