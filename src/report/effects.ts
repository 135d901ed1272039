import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchFact } from './facts.ts'

/** One that counts as failed for a predecessor that stayed is in the data lake all the same. */
export function holdsRows({ outcome }: Pick<BatchFact, 'outcome'>): boolean {
  if (outcome === undefined) return false
  return IN_THE_LAKE_AS.has(outcome.kind) || (outcome.kind === 'failed' && stateOf(outcome).holdsRows)
}

const IN_THE_LAKE_AS: ReadonlySet<string> = new Set(['published', 'partially-published', 'skipped'])

/**
 * The batches that are gone because this run published this one. Those of a batch that was there before were replaced by an
 * earlier run; where one of them stayed, the batch counts as failed.
 */
export function replacedBy(batch: Pick<BatchFact, 'replaced' | 'outcome' | 'openedMs'>): readonly BatchId[] {
  const { replaced, outcome, openedMs } = batch
  return openedMs !== undefined && outcome?.kind !== 'failed' && holdsRows(batch) ? replaced : []
}
