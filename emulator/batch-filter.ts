import { catalogued, statusOf } from './batches.ts'
import { asked, type Call } from './call.ts'
import { stringsOf, ownValue } from './json.ts'
import { matchesTags } from './tag-filter.ts'
import type { Batch } from './state.ts'

/** The filters of `GET /catalog/batches`; an empty parameter is none. */
export function matchesBatch(call: Call, batch: Batch): boolean {
  return Object.entries(filters).every(([name, fits]) => {
    const wanted = asked(call, name)
    return wanted === undefined || fits(batch, wanted, call)
  })
}

type Fits = (batch: Batch, wanted: string, call: Call) => boolean

const filters: Readonly<Record<string, Fits>> = {
  status: (batch, wanted, call) => anyOf(wanted, statusOf(catalogued(batch, call.platform), call.platform)),
  dataSet: (batch, wanted) => anyOf(wanted, batch.datasetId),
  externalId: (batch, wanted) => anyOf(wanted, batch.externalId),
  // Batches that are related to the one named, such as its promotion jobs: here, those that replace it.
  batch: (batch, wanted, call) => batch.replay.predecessors.includes(wanted) || (!call.strict && batch.id === wanted),
  createdAfter: (batch, wanted) => batch.created > timeOf(wanted),
  createdBefore: (batch, wanted) => batch.created < timeOf(wanted),
  created: (batch, wanted) => batch.created === timeOf(wanted),
  updated: (batch, wanted) => batch.updated === timeOf(wanted),
  createdClient: (batch, wanted) => anyOf(wanted, batch.createdBy),
  tags: (batch, wanted) => matchesTags((key) => stringsOf(ownValue(batch.tags, key)), wanted),
}

function anyOf(wanted: string, value: string): boolean {
  return wanted.split(',').includes(value)
}

/** Milliseconds, or a date as ISO 8601 writes it. */
function timeOf(wanted: string): number {
  return /^\d+$/.test(wanted) ? Number(wanted) : Date.parse(wanted)
}
