import { type Context, cleanupContext } from '../context.ts'
import type { BatchLogEntry } from '../github/left-behind.ts'
import { messageOf } from '../lib/errors.ts'
import { withDeadline } from '../lib/time.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import { type BatchId, isBatchId } from '../platform/ids.ts'
import { ABORT_LOOK_MS, ABORT_SILENCE_MS } from '../platform/limits.ts'
import type { BatchRecord } from '../platform/records.ts'

/** Receives the new status of a batch. */
export type NoteStatus = (batch: BatchId, status: string) => void

export type AbandonedBatch = {
  readonly id: BatchId
  readonly externalId: string
  /** Receives the new status of the batch. */
  readonly noteStatus?: NoteStatus
}

/**
 * Aborts a batch that was not completed. Never throws, and has its own deadline: it runs after another failure or after a
 * signal fired. A batch that it could not abort stays in the batch log for the post step.
 */
export async function abandon(batch: AbandonedBatch, context: Context): Promise<void> {
  const cleanup = cleanupContext(context)
  await Promise.all([abortAndNote(batch, cleanup), abortSecondBatches(batch, cleanup)])
}

async function abortAndNote({ id, externalId, noteStatus }: AbandonedBatch, context: Context): Promise<void> {
  if (!(await abortOrWarn(id, context))) return
  noteStatus?.(id, STATUS.aborted)
  context.state.batchLog.write({ externalId, batch: id, phase: 'done' })
}

/** Aborts the second batch of a creation request that was duplicated in transit. No other code would look for that batch. */
async function abortSecondBatches({ id, externalId }: AbandonedBatch, context: Context): Promise<void> {
  const named = await findNamed(externalId, context).catch((error: unknown) => {
    context.log.info(
      `The action could not check whether batch ${id} was created twice (${messageOf(error)}). A second one would have ` +
        `externalId ${externalId} and stay open; none of its rows would be in the dataset`,
    )
    return []
  })
  for (const second of named.filter((one) => one.id !== id && stateOf(one).isOpen))
    await abortSecondBatch(second.id, id, context)
}

async function abortSecondBatch(second: BatchId, ours: string, context: Context): Promise<void> {
  context.log.info(`Batch ${second} has the external id of batch ${ours}: the creation was duplicated on its way`)
  await abortOrWarn(second, context)
}

/**
 * Aborts second batches of our creations among the listed ones: a proxy may send a creation twice, and the platform may
 * accept both. Never throws.
 *
 * @returns the ids of the second batches
 */
export async function abortSecondBatchesAmong(
  listed: readonly BatchRecord[],
  run: Context,
): Promise<readonly BatchId[]> {
  const context = cleanupContext(run)
  const ours = new Map(context.state.batchLog.entries().map(({ externalId, batch }) => [externalId, batch]))
  const found = listed.flatMap((record) => {
    const own = ours.get(record.externalId ?? '')
    return own === undefined || own === record.id || !stateOf(record).isOpen ? [] : [{ id: record.id, own }]
  })
  await Promise.all(found.map(({ id, own }) => abortSecondBatch(id, own, context)))
  return found.map(({ id }) => id)
}

/** @returns whether the batch is now aborted. */
async function abortOrWarn(id: BatchId, context: Context): Promise<boolean> {
  const { platform, clock, log } = context
  try {
    const signal = new AbortController().signal
    const acted = await withDeadline({ silenceMs: ABORT_SILENCE_MS, clock, signal }, (limited) =>
      platform.batches.abort(id, limited),
    )
    if (acted === 'wrong state' && !(await isAborted(id, context))) {
      log.warning(`Batch ${id} could not be aborted: it is no longer "loading"`)
      return false
    }
    log.info(`Aborted batch ${id}: none of its rows reached the dataset`)
    return true
  } catch (error) {
    const reason = messageOf(error)
    log.warning(`Batch ${id} stays open (${reason}). None of its rows are in the dataset. ${howToAbort(id)}`)
    return false
  }
}

/** Lists all batches with this external id, with a short deadline. */
async function findNamed(externalId: string, { platform, clock }: Context): Promise<readonly BatchRecord[]> {
  const { signal } = new AbortController()
  const found = await withDeadline({ silenceMs: ABORT_LOOK_MS, clock, signal }, (limited) =>
    platform.catalog.batches({ externalId }, limited),
  )
  return found.filter((batch) => batch.externalId === externalId)
}

/** Recognizes an earlier ABORT that took effect although its response was lost: the next ABORT then finds nothing to do. */
async function isAborted(id: BatchId, { platform, clock }: Context): Promise<boolean> {
  const { signal } = new AbortController()
  const look = withDeadline({ silenceMs: ABORT_LOOK_MS, clock, signal }, (limited) =>
    platform.catalog.batch(id, limited),
  )
  const found = await look.catch(() => undefined)
  return found?.kind === 'found' && found.record.status === STATUS.aborted
}

export function howToAbort(id: string): string {
  return `To abort it: "mode: abort" with "batch-id: ${id}", or POST /data/foundation/import/batches/${id}?action=ABORT`
}

/**
 * Looks for batches whose creation got no response and that were not seen since, and aborts those in `loading`. Never
 * throws.
 */
export async function sweepOrphans(noteStatus: NoteStatus | undefined, run: Context): Promise<void> {
  const context = cleanupContext(run)
  const orphans = context.state.batchLog.entries().filter(({ phase }) => phase === 'creating')
  await Promise.all(orphans.map((entry) => sweep(entry, noteStatus, context)))
}

/** Looks for and aborts second batches of completed ones, for runs in which no list would show them. Never throws. */
export async function sweepSecondBatches(run: Context): Promise<void> {
  const context = cleanupContext(run)
  const completed = context.state.batchLog.entries().filter(({ phase }) => phase === 'completing')
  const swept = completed.map(async ({ batch: id, externalId }) => {
    if (id !== undefined && isBatchId(id)) await abortSecondBatches({ id, externalId }, context)
  })
  await Promise.all(swept)
}

async function sweep(
  { externalId }: BatchLogEntry,
  noteStatus: NoteStatus | undefined,
  context: Context,
): Promise<void> {
  const { log } = context
  try {
    const found = await findNamed(externalId, context)
    for (const { id } of found.filter((batch) => stateOf(batch).isOpen))
      await abortAndNote({ id, externalId, ...(noteStatus === undefined ? {} : { noteStatus }) }, context)
    if (found.length === 0) log.info(`No batch was found with externalId ${externalId}, whose creation got no answer`)
  } catch (error) {
    const reason = messageOf(error)
    log.warning(
      `A batch with externalId ${externalId} may stay open (${reason}). None of its rows are in the dataset. ` +
        `Find it with GET /data/foundation/catalog/batches?externalId=${externalId}. ${howToAbort('{id}')}`,
    )
  }
}
