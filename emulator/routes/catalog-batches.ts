import { json, problem } from '../answers.ts'
import { batchRecord } from '../batch-record.ts'
import { matchesBatch } from '../batch-filter.ts'
import { statusOf, updateBatch } from '../batches.ts'
import { asked, type Call, type Route } from '../call.ts'
import { catalogPage } from '../catalog-page.ts'
import type { Answer } from '../exchange.ts'
import { findBatch, findDataset } from '../find-batch.ts'
import type { Batch } from '../state.ts'

const base = '/data/foundation/catalog'

export const catalogBatchRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/batches`, answer: listBatches },
  { method: 'GET', pattern: `${base}/batches/:batch`, answer: readBatch },
  { method: 'GET', pattern: `${base}/batch/:batch`, answer: readBatchByOldPath },
  { method: 'GET', pattern: `${base}/lastBatches`, answer: lastBatches },
]

function readBatch(call: Call): Answer {
  const batch = findBatch(call)
  if (!isKnown(call, batch)) return problem(404, `Batch ${batch.id} not found.`)
  const record = batchRecord(call.platform, batch)
  countStaleRead(call, batch)
  return json(200, { [batch.id]: record })
}

/** An older guide reads the status at `/batch/{id}`. */
function readBatchByOldPath(call: Call): Answer {
  return call.strict ? problem(404, 'Resource not found.') : readBatch(call)
}

function countStaleRead(call: Call, { id, phase }: Batch): void {
  if (phase.kind !== 'inactive' || phase.staleReads === 0) return
  updateBatch(call.platform, id, (batch) => ({
    phase: { ...phase, staleReads: phase.staleReads - 1 },
    updated: batch.updated,
    changes: batch.changes,
  }))
}

/** The catalogue learns of a new batch some time after its creation; how long is documented nowhere. */
function isKnown({ platform }: Call, batch: Batch): boolean {
  return batch.created + platform.settings().catalogueLagMs.created <= platform.now()
}

function listBatches(call: Call): Answer {
  const batches = inSandbox(call).filter((batch) => matchesBatch(call, batch))
  return catalogPage(
    call,
    batches.map((batch) => [batch.id, batchRecord(call.platform, batch)]),
  )
}

function lastBatches(call: Call): Answer {
  const dataset = findDataset(call, asked(call, 'dataSetId') ?? '')
  const newest = inSandbox(call)
    .filter((batch) => batch.datasetId === dataset.id)
    .toSorted((one, other) => other.created - one.created)
  const last = newest[0]
  const idOf = (status: string) => newest.find((batch) => statusOf(batch, call.platform) === status)?.id
  return json(200, {
    [dataset.id]: {
      ...(last === undefined ? {} : { lastBatchId: last.id, lastBatchStatus: statusOf(last, call.platform) }),
      lastSuccessfulBatchId: idOf('success'),
      lastFailedBatchId: idOf('failed'),
    },
  })
}

function inSandbox(call: Call): readonly Batch[] {
  const all = [...call.platform.state.batches.values()]
  return all.filter((batch) => batch.sandbox === call.sandbox && isKnown(call, batch))
}
