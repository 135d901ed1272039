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
 * Of two answers about one batch the one that counts. Replicas of the catalogue lag apart, so that what was asked for later may
 * be the older one.
 *
 * | before                                              | now         | counts |
 * |-----------------------------------------------------|-------------|--------|
 * | succeeded, or out of the dataset since              | not settled | before |
 * | out of the dataset                                  | succeeded   | before |
 * | as far, and tells more: a successor, counts, errors | tells less | before |
 * | anything else                                       | whatever    | now    |
 */
export function laterOf(before: BatchRecord | undefined, now: BatchRecord): BatchRecord {
  return before !== undefined && isOlder(now, before) ? before : now
}

function isOlder(now: BatchRecord, before: BatchRecord): boolean {
  const [is, was] = [stateOf(now), stateOf(before)]
  if (was.heldRows && is.holdsRows) return true
  if ((was.heldRows || was.holdsRows) && !is.isFinal) return true
  return was.kind === is.kind && facts(before).some((told, index) => told && facts(now)[index] === false)
}

/** What the platform adds to a record, and never takes back. */
function facts({ successor, counts, errors }: BatchRecord): readonly boolean[] {
  return [successor !== undefined, counts.written !== undefined, errors.length > 0]
}

/** Reads a batch that somebody has named: that one look misses it is no proof that there is none. */
export function readNamedBatch(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: () => true, pauses: NAMED_LOOKS_AFTER_MS }, context)
}

/** Reads a batch that another one names as a part of it. Its record may be deleted by now, as a rule after a week. */
export function readPart(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: () => true, pauses: PART_LOOKS_AFTER_MS }, context)
}

/** Reads a batch that may not be active any more, again and again while it still reads so, or while no replica asked shows it. */
export function readFresh(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (record: BatchRecord) => !stateOf(record).holdsRows
  return readUntil(id, { isDone, pauses: STALE_LOOKS_AFTER_MS }, context)
}

/** Reads a batch into which another one was consolidated; `isNeeded`: until it has settled. */
export function readSuccessor(id: BatchId, isNeeded: boolean, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (record: BatchRecord) => !isNeeded || stateOf(record).isFinal
  return readUntil(id, { isDone, pauses: CONSOLIDATED_LOOKS_AFTER_MS }, context)
}

type BatchReading = {
  readonly isDone: (record: BatchRecord) => boolean
  readonly pauses: Pauses<LookUp<BatchRecord>>
}

/** What one look has found is there, though the next one misses it. */
function readUntil(id: BatchId, { isDone, pauses }: BatchReading, context: Context): Promise<LookUp<BatchRecord>> {
  const read = async (before: LookUp<BatchRecord> | undefined): Promise<LookUp<BatchRecord>> => {
    const now = await context.platform.catalog.batch(id, context.signal)
    if (before?.kind !== 'found') return now
    return now.kind === 'found' ? { ...now, record: laterOf(before.record, now.record) } : before
  }
  return poll(read, { isDone: (found) => found.kind === 'found' && isDone(found.record), pauses }, context)
}
