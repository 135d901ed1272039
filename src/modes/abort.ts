import type { RunContext } from './steps/run.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { poll } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { findBatch, findDatasetOf } from './steps/find.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import { STALE_LOOKS_AFTER_MS } from '../platform/limits.ts'
import type { BatchRecord } from '../platform/records.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: abort`: aborts a batch that was never completed. @throws Problem that explains any other state. */
export async function abort(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  requireAllowedEvent(context.github.run.event, inputs.allowPullRequest)
  const target = await findDatasetOf(inputs, context)
  const record = await findBatch(inputs.batchId, target, context)
  if (!stateOf(record).isOpen) throw notAbortable(record)
  const status = await abortForSure(record, () => findBatch(inputs.batchId, target, context), context)
  context.recorder.noteBatch({ id: record.id, status })
  context.log.info(`Aborted batch ${record.id}: none of its rows reached the dataset`)
  return { kind: 'aborted', verdict: { fails: false } }
}

/**
 * An ABORT whose response was lost may have taken effect. A retry then finds the batch in another state, so the batch
 * is read again.
 *
 * @returns the status of the aborted batch
 */
async function abortForSure(
  { id }: BatchRecord,
  read: () => Promise<BatchRecord>,
  { platform, waits, signal }: RunContext,
): Promise<string> {
  const acted = await platform.batches.abort(id, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    if (error instanceof Problem && error.mayHaveActed) return error
    throw error
  })
  if (acted === 'done') return STATUS.aborted
  const isDone = (seen: BatchRecord) => !stateOf(seen).isOpen
  const now = await poll(read, { isDone, pauses: STALE_LOOKS_AFTER_MS }, { waits, signal })
  if (stateOf(now).isGivenUp) return now.status
  throw acted === 'wrong state' ? notAbortable(now, 'has been completed or aborted in the meantime') : acted
}

function notAbortable(record: BatchRecord, otherwise?: string): Problem {
  const { id, status } = record
  const { isOpen, remedy } = stateOf(record)
  const state = isOpen && otherwise !== undefined ? otherwise : `is "${status}"`
  return new Problem(`Cannot abort batch "${id}": it ${state}, and only a batch in "loading" can be aborted`, {
    remedy: remedy.abort(id),
  })
}
