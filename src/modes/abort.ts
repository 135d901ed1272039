import type { Tools } from '../context.ts'
import { requireAllowedEvent } from '../inputs/allowed-events.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { findBatch, findDatasetOf } from './prepare.ts'
import { statusKind } from '../platform/batch-status.ts'
import type { BatchRecord } from '../platform/records.ts'
import { howToRevert } from '../publish/revert.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: abort`: takes back a batch that was never completed. @throws Problem that explains any other state. */
export async function abort(inputs: Inputs, tools: Tools): Promise<RunEnd> {
  requireAllowedEvent(tools.run.event, inputs.allowPullRequest)
  const target = await findDatasetOf(inputs, tools)
  const record = await findBatch(inputs.batchId, target, tools)
  if (record.status !== 'loading') throw notAbortable(record)
  const acted = await tools.batches.abort(record.id, tools.signal)
  if (acted === 'wrong state')
    throw notAbortable(await findBatch(inputs.batchId, target, tools), 'was completed or aborted by now')
  tools.recorder.noteBatch({ id: record.id, status: 'aborted' })
  tools.say.info(`Aborted batch ${record.id}: nothing of it reached the dataset`)
  return { kind: 'aborted', verdict: { fails: false } }
}

function notAbortable({ id, status }: BatchRecord, otherwise?: string): Problem {
  const state = status === 'loading' && otherwise !== undefined ? otherwise : `is "${status}"`
  return new Problem(`Cannot abort batch "${id}": it ${state}, and only a batch in "loading" can be aborted`, {
    remedy: remedy(id, status),
  })
}

function remedy(id: string, status: string): string {
  const kind = statusKind(status)
  switch (kind) {
    case 'succeeded':
      return `Its rows are in the dataset. To take them back: ${howToRevert(id)}`
    case 'in work':
    case 'stalled':
    case 'unknown':
      return `It was completed, and the platform works on it. Follow it with "mode: wait" and "batch-id: ${id}".`
    case 'open':
      return 'Run again in a moment: it has just changed.'
    case 'failed':
    case 'withdrawn':
    case 'moved out':
      return 'Nothing needs to be done: it holds no rows of the dataset.'
    default:
      return kind satisfies never
  }
}
