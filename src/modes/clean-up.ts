import type { Context } from '../context.ts'
import type { BatchLogEntry, LeftBehind } from '../github/left-behind.ts'
import { withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import { type BatchId, isBatchId } from '../platform/ids.ts'
import { POST_LOOK_MS } from '../platform/limits.ts'
import type { BatchRecord, LookUp } from '../platform/records.ts'
import { abandon, howToAbort, sweepOrphans, sweepSecondBatches } from '../publish/abandon.ts'
import { endDeployment } from '../publish/deployment.ts'
import { restoreTags } from '../publish/profile/restore.ts'

/**
 * Cleans up what the main phase left: restores tags that were changed halfway, and aborts batches in `loading`,
 * including those whose creation got no response. Batches that may have been completed are reported and not touched.
 */
export async function cleanUp({ batches: entries, tags, deployment }: LeftBehind, context: Context): Promise<void> {
  const batches = entries.flatMap(({ batch, phase }) =>
    batch === undefined ? [] : [{ id: batch, isCompleted: phase === 'completing' }],
  )
  try {
    // In parallel: each waits out its own time limits.
    await Promise.all([tags === undefined ? undefined : restoreTags(tags, context), cleanUpBatches(entries, context)])
  } finally {
    await endDeployment(deployment, { outcome: 'killed', fails: true, batches }, context)
  }
}

async function cleanUpBatches(entries: readonly BatchLogEntry[], context: Context): Promise<void> {
  for (const entry of entries) context.state.batchLog.write(entry)
  await Promise.all([sweepOrphans(undefined, context), sweepSecondBatches(context)])
  for (const { phase, batch, externalId } of entries) {
    if (batch === undefined || !isBatchId(batch)) continue
    if (phase === 'open') await abandonOpen({ id: batch, externalId }, context)
    if (phase === 'completing') await warnOfCompleted(batch, context)
  }
}

async function abandonOpen(batch: Parameters<typeof abandon>[0], context: Context): Promise<void> {
  const found = await readBriefly(batch.id, context)
  if (found?.kind === 'found' && !stateOf(found.record).isOpen) {
    return context.log.info(`Batch ${batch.id} is "${found.record.status}": nothing to do`)
  }
  await abandon(batch, context)
}

async function readBriefly(
  id: BatchId,
  { platform, clock, signal }: Context,
): Promise<LookUp<BatchRecord> | undefined> {
  const look = withDeadline({ silenceMs: POST_LOOK_MS, clock, signal }, (limited) =>
    platform.catalog.batch(id, limited),
  )
  return await look.catch(() => undefined)
}

async function warnOfCompleted(id: BatchId, context: Context): Promise<void> {
  const { log } = context
  const found = await readBriefly(id, context)
  const how = `wait for it with "mode: resume" and "batch-id: ${id}"`
  if (found?.kind !== 'found') return log.info(`Batch ${id} may have been completed; ${how}`)
  const { status } = found.record
  if (stateOf(found.record).isOpen)
    return log.warning(`Batch ${id} may not have been completed; ${how}. ${howToAbort(id)}`)
  log.info(`Batch ${id} was completed and is "${status}"; ${how}`)
}
