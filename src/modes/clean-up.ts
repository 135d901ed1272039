import type { Tools } from '../context.ts'
import type { BatchLogEntry, TagsBefore } from '../github/state.ts'
import { withDeadline } from '../lib/time.ts'
import { stateOf } from '../platform/batch-state.ts'
import { type BatchId, isBatchId } from '../platform/ids.ts'
import { POST_LOOK_MS } from '../platform/limits.ts'
import type { BatchRecord, LookUp } from '../platform/records.ts'
import { abandon, howToAbort, sweepOrphans } from '../publish/batch.ts'
import { type DeploymentEntry, endDeployment } from '../publish/deployment.ts'
import { restoreTags } from '../publish/profile/restore.ts'

/** What the main phase left in runner state. */
export type LeftBehind = {
  readonly batches: readonly BatchLogEntry[]
  readonly tags: TagsBefore | undefined
  readonly deployment: DeploymentEntry | undefined
}

/**
 * Puts right what the main phase left: tags that were changed half way are put back; batches in `loading` are aborted, also those whose creation got no answer; what
 * may have been completed is named and not touched.
 */
export async function cleanUp({ batches: entries, tags, deployment }: LeftBehind, tools: Tools): Promise<void> {
  const batches = entries.flatMap(({ batch, phase }) =>
    batch === undefined ? [] : [{ id: batch, isCompleted: phase === 'completing' }],
  )
  try {
    // Neither waits for the other: each has its own silences to sit out.
    await Promise.all([tags === undefined ? undefined : restoreTags(tags, tools), cleanUpBatches(entries, tools)])
  } finally {
    await endDeployment(deployment, { outcome: 'killed', fails: true, batches }, tools)
  }
}

async function cleanUpBatches(entries: readonly BatchLogEntry[], tools: Tools): Promise<void> {
  const aborting = { ...tools, noteStatus: () => undefined }
  for (const entry of entries) tools.batchLog.write(entry)
  await sweepOrphans(aborting)
  for (const { phase, batch, externalId } of entries) {
    if (batch === undefined || !isBatchId(batch)) continue
    if (phase === 'open') await abandonOpen({ id: batch, externalId }, tools)
    if (phase === 'completing') await warnOfCompleted(batch, tools)
  }
}

async function abandonOpen(batch: Parameters<typeof abandon>[0], tools: Tools): Promise<void> {
  const found = await readBriefly(batch.id, tools)
  if (found?.kind === 'found' && !stateOf(found.record).isOpen) {
    return tools.say.info(`Batch ${batch.id} is "${found.record.status}": nothing needs to be done`)
  }
  await abandon(batch, { ...tools, noteStatus: () => undefined })
}

async function readBriefly(id: BatchId, { catalog, clock, signal }: Tools): Promise<LookUp<BatchRecord> | undefined> {
  const look = withDeadline({ silenceMs: POST_LOOK_MS, clock, signal }, (limited) => catalog.batch(id, limited))
  return await look.catch(() => undefined)
}

async function warnOfCompleted(id: BatchId, tools: Tools): Promise<void> {
  const { say } = tools
  const found = await readBriefly(id, tools)
  const how = `follow it with "mode: wait" and "batch-id: ${id}"`
  if (found?.kind !== 'found') return say.info(`Batch ${id} may have been completed; ${how}`)
  const { status } = found.record
  if (stateOf(found.record).isOpen)
    return say.warning(`Batch ${id} may not have been completed; ${how}. ${howToAbort(id)}`)
  say.info(`Batch ${id} was completed and is "${status}"; ${how}`)
}
