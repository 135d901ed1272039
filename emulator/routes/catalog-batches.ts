import { problem } from '../http/answers.ts'
import { batchRecord } from '../batches/batch-record.ts'
import { catalogued, statusOf, updateBatch } from '../batches/batches.ts'
import { param, type Call, type Route } from '../http/call.ts'
import { hasAnyOf, matchesFilters, timeOf, type SpecialFilters } from '../catalog/filter.ts'
import { catalogPage, severalEntries, shownEntries, type Entry } from '../catalog/page.ts'
import { Refusal, type Answer } from '../http/exchange.ts'
import { findBatch } from '../batches/find-batch.ts'
import { objectOf, ownValue, type JsonObject } from '../json.ts'
import type { Batch } from '../state.ts'

const base = '/data/foundation/catalog'

export const catalogBatchRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${base}/batches`, answer: listBatches },
  { method: 'GET', pattern: `${base}/batches/:batch`, answer: readBatches },
  { method: 'GET', pattern: `${base}/batch/:batch`, answer: readBatchByOldPath },
  { method: 'GET', pattern: `${base}/lastBatches`, answer: lastBatches },
]

function readBatches(call: Call): Answer {
  return shownEntries(
    call,
    severalEntries(param(call, 'batch'), (id) => readEntry(call, id)),
  )
}

function readEntry(call: Call, id: string): Entry {
  const batch = findBatch(call, id)
  if (!isKnown(call, batch)) throw new Refusal(problem(404, `Batch ${batch.id} not found.`))
  const record = batchRecord(call.platform, batch)
  countStaleRead(call, batch)
  return [batch.id, record]
}

/** An older guide reads the status at `/batch/{id}`. */
function readBatchByOldPath(call: Call): Answer {
  return call.strict ? problem(404, 'Resource not found.') : readBatches(call)
}

function countStaleRead(call: Call, { id, phase }: Batch): void {
  if (phase.kind !== 'inactive' || phase.staleReads === 0) return
  updateBatch(call.platform, id, (batch) => ({
    phase: { ...phase, staleReads: phase.staleReads - 1 },
    updated: batch.updated,
    changes: batch.changes,
  }))
}

/** Catalog learns of a new batch some time after its creation; the delay is undocumented. */
function isKnown({ platform }: Call, batch: Batch): boolean {
  return batch.created + platform.settings().catalogueLagMs.created <= platform.now()
}

function listBatches(call: Call): Answer {
  const shown = inSandbox(call).filter((batch) =>
    matchesFilters(call, batchRecord(call.platform, batch), batchFilters(call, batch)),
  )
  return catalogPage(
    call,
    shown.map((batch): Entry => [batch.id, batchRecord(call.platform, batch)]),
  )
}

/** OpenAPI file of Catalog, `GET /batches`: the filters other than properties of the record. */
function batchFilters(call: Call, batch: Batch): SpecialFilters {
  const status = statusOf(catalogued(batch, call.platform), call.platform)
  const metric = (record: JsonObject, name: string, own: string) =>
    ownValue(record, own) ?? ownValue(objectOf(record['metrics']), name)
  const available = ({ availableDates }: JsonObject, name: string) => Number(ownValue(objectOf(availableDates), name))
  return {
    // The status word of the guides, even if a setting changes the word in the record.
    status: (_, wanted) => hasAnyOf(status, wanted),
    dataSet: (_, wanted) => hasAnyOf(batch.datasetId, wanted),
    // Batches related to the named one, such as its promotion jobs. Here, the batches that replace it.
    batch: (_, wanted) => hasAnyOf([...batch.replay.predecessors, ...(call.strict ? [] : [batch.id])], wanted),
    recordCount: (record, wanted) => hasAnyOf(metric(record, 'inputRecordCount', 'recordCount'), wanted),
    failedRecordCount: (record, wanted) => hasAnyOf(metric(record, 'failedRecordCount', 'failedRecordCount'), wanted),
    size: (record, wanted) => hasAnyOf(metric(record, 'inputByteSize', 'size'), wanted),
    // A batch without dates fits no comparison.
    startAfter: (record, wanted) => available(record, 'startDate') > timeOf(wanted),
    startBefore: (record, wanted) => available(record, 'startDate') < timeOf(wanted),
    endAfter: (record, wanted) => available(record, 'endDate') > timeOf(wanted),
    endBefore: (record, wanted) => available(record, 'endDate') < timeOf(wanted),
  }
}

/**
 * OpenAPI file of Catalog, `GET /lastBatches`: by dataset, for all datasets or those in `dataSetId`. The file does not
 * cover a dataset without batches, which is left out here.
 */
function lastBatches(call: Call): Answer {
  const related = inSandbox(call).filter(({ datasetId }) => datasetId !== '')
  const byDataset = Map.groupBy(related, ({ datasetId }) => datasetId)
  const entries = [...byDataset].map(([datasetId, batches]): Entry => [datasetId, lastOf(call, batches)])
  const shown = entries.filter(([datasetId, record]) =>
    matchesFilters(call, record, { dataSetId: (_, wanted) => hasAnyOf(datasetId, wanted) }),
  )
  return catalogPage(call, shown)
}

function lastOf(call: Call, batches: readonly Batch[]): JsonObject {
  const newest = batches.toSorted((one, other) => other.created - one.created)
  const records = newest.map((batch) => batchRecord(call.platform, batch))
  const idOf = (...words: readonly string[]) =>
    newest.find((batch) => words.includes(statusOf(batch, call.platform)))?.id
  const last = objectOf(records[0])
  return {
    lastBatchId: last['id'],
    lastBatchStatus: last['status'],
    lastSuccessfulBatchId: idOf('success', 'active'),
    lastFailedBatchId: idOf('failed', 'failure'),
    imsOrg: last['imsOrg'],
    sandboxId: last['sandboxId'],
    created: last['created'],
    updated: last['updated'],
  }
}

function inSandbox(call: Call): readonly Batch[] {
  const all = [...call.platform.state.batches.values()]
  return all.filter((batch) => batch.sandbox === call.sandbox && isKnown(call, batch))
}
