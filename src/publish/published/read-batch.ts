import type { Context } from '../../context.ts'
import { type Pauses, poll } from '../../lib/async.ts'
import { stateOf } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import {
  CONSOLIDATED_LOOKS_AFTER_MS,
  NAMED_LOOKS_AFTER_MS,
  PART_LOOKS_AFTER_MS,
  STALE_LOOKS_AFTER_MS,
} from '../../platform/limits.ts'
import type { BatchRecord, LookUp } from '../../platform/records.ts'

/**
 * Chooses the record that counts from two reads of a batch. Replicas of the catalog lag differently, so the later read may
 * return the older state.
 *
 * | before                                              | now         | counts |
 * |-----------------------------------------------------|-------------|--------|
 * | succeeded, or removed from the dataset since        | unfinished  | before |
 * | removed from the dataset                            | succeeded   | before |
 * | in progress                                         | `loading`   | before |
 * | same state, with a successor, counts or errors      | without     | before |
 * | anything else                                       | any         | now    |
 */
export function laterOf(before: BatchRecord | undefined, now: BatchRecord): BatchRecord {
  return before !== undefined && isOlder(now, before) ? before : now
}

function isOlder(now: BatchRecord, before: BatchRecord): boolean {
  const [is, was] = [stateOf(now), stateOf(before)]
  if (was.heldRows && is.holdsRows) return true
  if ((was.heldRows || was.holdsRows) && !is.isFinal) return true
  if (was.isInWork && is.isOpen) return true
  return was.kind === is.kind && facts(before).some((told, index) => told && facts(now)[index] === false)
}

/** Properties that the platform adds to a record and never removes. */
function facts({ successor, counts, errors }: BatchRecord): readonly boolean[] {
  return [successor !== undefined, counts.written !== undefined, errors.length > 0]
}

/** One record for each batch, of those that several reads returned, in the order of the reads. */
export function mergeReads(records: readonly BatchRecord[]): readonly BatchRecord[] {
  const merged = new Map<BatchId, BatchRecord>()
  for (const record of records) merged.set(record.id, laterOf(merged.get(record.id), record))
  return Array.from(merged.values())
}

/** Reads a batch that the user has named. Looks several times, because one look without a result is no proof. */
export function readNamedBatch(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: () => true, pauses: NAMED_LOOKS_AFTER_MS }, context)
}

/** Reads a batch that another one lists as its part. Its record may already be deleted, usually after a week. */
export function readPart(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: () => true, pauses: PART_LOOKS_AFTER_MS }, context)
}

/** Reads a batch that may no longer be active, and repeats while it still reads as active or is not found. */
export function readFresh(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (record: BatchRecord) => !stateOf(record).holdsRows
  return readUntil(id, { isDone, pauses: STALE_LOOKS_AFTER_MS }, context)
}

/** Reads a batch into which another one was consolidated. */
export function readSuccessor(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: () => true, pauses: CONSOLIDATED_LOOKS_AFTER_MS }, context)
}

/** The same for a batch that must have finished: repeats until it reads so. */
export function readFinishedSuccessor(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (record: BatchRecord) => stateOf(record).isFinal
  return readUntil(id, { isDone, pauses: CONSOLIDATED_LOOKS_AFTER_MS }, context)
}

type BatchReading = {
  readonly isDone: (record: BatchRecord) => boolean
  readonly pauses: Pauses<LookUp<BatchRecord>>
}

/** Polls a batch. A record once found is kept, even if a later look misses it. */
function readUntil(id: BatchId, { isDone, pauses }: BatchReading, context: Context): Promise<LookUp<BatchRecord>> {
  const read = async (before: LookUp<BatchRecord> | undefined): Promise<LookUp<BatchRecord>> => {
    const now = await context.platform.catalog.batch(id, context.signal)
    if (before?.kind !== 'found') return now
    return now.kind === 'found' ? { ...now, record: laterOf(before.record, now.record) } : before
  }
  return poll(read, { isDone: (found) => found.kind === 'found' && isDone(found.record), pauses }, context)
}
