import type { RunContext } from './steps/run.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { findBatch, findDatasetOf } from './steps/prepare.ts'
import { STATUS, stateOf } from '../platform/batch-state.ts'
import type { BatchRecord } from '../platform/records.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: abort`: takes back a batch that was never completed. @throws Problem that explains any other state. */
export async function abort(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  requireAllowedEvent(context.github.run.event, inputs.allowPullRequest)
  const target = await findDatasetOf(inputs, context)
  const record = await findBatch(inputs.batchId, target, context)
  if (!stateOf(record).isOpen) throw notAbortable(record)
  const acted = await context.platform.batches.abort(record.id, context.signal)
  if (acted === 'wrong state')
    throw notAbortable(await findBatch(inputs.batchId, target, context), 'was completed or aborted by now')
  context.recorder.noteBatch({ id: record.id, status: STATUS.aborted })
  context.log.info(`Aborted batch ${record.id}: nothing of it reached the dataset`)
  return { kind: 'aborted', verdict: { fails: false } }
}

function notAbortable(record: BatchRecord, otherwise?: string): Problem {
  const { id, status } = record
  const { isOpen, remedy } = stateOf(record)
  const state = isOpen && otherwise !== undefined ? otherwise : `is "${status}"`
  return new Problem(`Cannot abort batch "${id}": it ${state}, and only a batch in "loading" can be aborted`, {
    remedy: remedy.abort(id),
  })
}
