import { Problem } from '../../base/problem.ts'
import type { BatchRecord } from '../../platform/batch-record.ts'
import { isBatchId, type BatchId } from '../../platform/ids.ts'
import { followSuccessor, holdingsOf } from '../earlier/successors.ts'
import { standingOf } from '../watch/standing.ts'
import type { ChooseTools } from './choose-batches.ts'

/**
 * An inactive batch need not have been taken back: the platform may have consolidated it since it was chosen, and then its
 * rows are in another.
 *
 * @throws Problem when they are, or when that other one can't be read for what it is yet.
 */
export async function refuseMoved(record: BatchRecord, tools: ChooseTools): Promise<void> {
  const successor = record.tags['acp_successor']?.[0] ?? ''
  if (!isBatchId(successor)) return
  const holder = await followSuccessor(successor, tools)
  if (holder === undefined) return await refuseUnsettled(record.id, successor, tools)
  const parts = await holdingsOf(record.id, tools)
  const held = await holdingsOf(holder, tools)
  if ((parts.length === 0 ? [record.id] : parts).some((part) => held.includes(part))) throw moved(record.id, holder)
}

/** The catalogue may lag behind what the platform itself does. */
async function refuseUnsettled(id: BatchId, successor: BatchId, { catalog, signal }: ChooseTools): Promise<void> {
  const found = await catalog.batch(successor, signal)
  if (found.kind === 'found' && standingOf(found.record) !== 'gone') throw moved(id, successor)
}

function moved(id: BatchId, holder: BatchId): Problem {
  return new Problem(`Cannot revert batch "${id}": the platform is consolidating it into ${holder}`, {
    remedy: 'Its rows were not taken out of the dataset. Run again in a few minutes.',
    isPassing: true,
  })
}
