import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchFact } from './facts.ts'

/** True if the rows of the batch are in the data lake, even if it counts as failed because a predecessor stayed active. */
export function holdsRows({ outcome }: Pick<BatchFact, 'outcome'>): boolean {
  if (outcome === undefined) return false
  return IN_THE_LAKE_AS.has(outcome.kind) || (outcome.kind === 'failed' && stateOf(outcome).holdsRows)
}

const IN_THE_LAKE_AS: ReadonlySet<string> = new Set(['published', 'partially-published', 'skipped'])

/**
 * Returns the batches that were removed because this run published this one. An earlier run replaced the predecessors of a
 * batch that already existed. If a predecessor stayed active, the batch counts as failed.
 */
export function replacedBy(batch: ReplacingBatch): readonly BatchId[] {
  const { replaced, outcome, openedMs, isReplacementUnchecked = false } = batch
  if (openedMs === undefined || isReplacementUnchecked || outcome?.kind === 'failed') return []
  return holdsRows(batch) ? replaced : []
}

type ReplacingBatch = Pick<BatchFact, 'replaced' | 'outcome' | 'openedMs' | 'isReplacementUnchecked'>
