import { json } from '../http/answers.ts'
import { asked, param, type Call, type Route } from '../http/call.ts'
import { fileIdOf } from '../batches/batch-parts.ts'
import type { Answer } from '../http/exchange.ts'
import { findDataset } from '../batches/find-batch.ts'
import type { JsonObject } from '../json.ts'
import { seededOrg } from '../seed/ids.ts'
import type { Dataset } from '../state.ts'

const base = '/data/foundation/catalog'

export const datasetViewRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/dataSets/:dataset/views`, answer: listViews },
  { method: 'GET', pattern: `${base}/dataSets/:dataset/views/:view`, answer: listViews },
  {
    method: 'GET',
    pattern: `${base}/dataSets/:dataset/views/:view/files`,
    answer: (call) => filesOf(call, ownView(call)),
  },
  {
    method: 'GET',
    pattern: `${base}/dataSetFiles`,
    answer: (call) => filesOf(call, findDataset(call, asked(call, 'dataSetId'))),
  },
]

function listViews(call: Call): Answer {
  const { id, record } = ownView(call)
  const view = { name: record['name'], dataSetId: id, imsOrg: seededOrg, created: record['created'], version: '1.0.0' }
  return json(200, { [String(record['viewId'])]: view })
}

function ownView(call: Call): Dataset {
  const dataset = findDataset(call)
  const wanted = param(call, 'view')
  return wanted === '' || wanted === dataset.record['viewId'] ? dataset : findDataset(call, '')
}

function filesOf(call: Call, { id, record }: Dataset): Answer {
  const active = [...call.platform.state.batches.values()].filter(
    (batch) => batch.datasetId === id && batch.phase.kind === 'success',
  )
  const settings = call.platform.settings()
  const files = active.map((batch): [string, JsonObject] => [
    fileIdOf(batch, settings),
    {
      id: fileIdOf(batch, settings),
      batchId: batch.id,
      dataSetViewId: record['viewId'],
      imsOrg: seededOrg,
      isValid: settings.fileEntries === 'counted',
      availableDates: {},
    },
  ])
  return json(200, Object.fromEntries(files))
}
