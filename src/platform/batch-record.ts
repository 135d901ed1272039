import type { Wire } from '../base/wire.ts'
import { readTags } from './dataset-record.ts'
import type { BatchId } from './ids.ts'

export type BatchError = {
  readonly code: string
  readonly description: string
  readonly recordCount: number | undefined
}

/** Rows, as the platform counted them; undefined where it said nothing. */
export type Counts = {
  readonly read: number | undefined
  readonly written: number | undefined
  readonly failed: number | undefined
}

export type BatchRecord = {
  readonly id: BatchId
  /** As the platform wrote it, in lower case. */
  readonly status: string
  readonly errors: readonly BatchError[]
  readonly counts: Counts
  /** Milliseconds since the epoch. */
  readonly createdMs: number | undefined
  readonly completedMs: number | undefined
  readonly tags: Readonly<Record<string, readonly string[]>>
  readonly externalId: string | undefined
  /** Undefined in old records, which don't say. */
  readonly dataset: string | undefined
  readonly replay: Replay
}

/** What a batch takes the place of. */
export type Replay = { readonly predecessors: readonly string[]; readonly reason: string | undefined }

/** Catalog Service API, "Batch"; the names of metrics have changed over the years, and all are still met. */
export function readBatchRecord(id: BatchId, at: Wire): BatchRecord {
  return {
    id,
    status: at.get('status').mustText().toLowerCase(),
    errors: [...at.get('errors').items(), ...related(at)].map(readError),
    counts: readCounts(at),
    createdMs: at.get('created').number(),
    completedMs: at.get('completed').number(),
    tags: readTags(at.get('tags')),
    externalId: at.get('externalId').text(),
    dataset: datasetOf(at),
    replay: readReplay(at.get('replay')),
  }
}

/** Ids as the catalogue stores them; a `$` before one is how some documents write it on the way in. */
export function readReplay(at: Wire): Replay {
  const ids = at
    .get('predecessors')
    .items()
    .map((id) => id.text())
  const plain = ids.filter((id) => id !== undefined).map((id) => id.replace(/^\$\{?([^}]*)\}?$/, '$1'))
  return { predecessors: plain, reason: at.get('reason').text() }
}

function datasetOf(at: Wire): string | undefined {
  const objects = at.get('relatedObjects').items()
  return objects
    .find((object) => object.get('type').text()?.toLowerCase() === 'dataset')
    ?.get('id')
    .text()
}

function related(at: Wire): readonly Wire[] {
  return at
    .get('relatedObjects')
    .items()
    .flatMap((object) => object.get('errors').items())
}

function readError(at: Wire): BatchError {
  return {
    code: at.get('code').text() ?? at.get('code').number()?.toString() ?? 'unknown',
    description: at.get('description').text() ?? '',
    recordCount: at.get('recordCount').number(),
  }
}

function readCounts(at: Wire): Counts {
  const metrics = at.get('metrics')
  const first = (...keys: readonly string[]) =>
    keys.map((key) => metrics.get(key).number()).find((number) => number !== undefined)
  return {
    read: first('inputRecordCount', 'inputRecordSize', 'recordsRead'),
    written: first('outputRecordCount', 'outputRecordSize', 'recordsWritten'),
    failed: first('failedRecordCount', 'recordsFailed') ?? at.get('failedRecordCount').number(),
  }
}
