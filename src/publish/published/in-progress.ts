import { ACTIVE } from '../../platform/batch-state.ts'
import type { DesiredPublish } from '../request.ts'
import {
  completeness,
  concernedBatches,
  duplicateFault,
  duplicatesIn,
  isEarlierAttempt,
  isPastComplete,
  isSameContent,
} from './compare.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'
import { isToReplace } from './predecessors.ts'
import { shardConflict } from './shards.ts'

/** True for a batch in progress whose result decides what to do. It may be about to replace what would be kept. */
export function mustBeWaitedFor(
  held: PublishedBatch,
  wanted: DesiredPublish,
  { batches: all }: Pick<Published, 'batches'>,
): boolean {
  const { state, provenance } = held
  if (!state.isInWork) return false
  if (isSameContent(wanted, held)) return true
  if (all.some((one) => one.state.holdsRows && isSameContent(wanted, one) && isToReplace(held, one))) return true
  const isOurs = provenance.publication === wanted.publication
  return isOurs && (wanted.replaces.kind === 'previous' || isEarlierAttempt(wanted, provenance))
}

/** True for a batch that an earlier attempt of this run left open, and that is to be aborted. */
export function isLeftover({ state, provenance }: PublishedBatch, wanted: DesiredPublish): boolean {
  return state.isOpen && provenance.publication === wanted.publication && isEarlierAttempt(wanted, provenance)
}

/** What to do about batches in progress that concern us. `left`: they are all of this data, and the run ends as submitted. */
export type InProgressVerdict = { readonly kind: 'waited for' | 'left' } | ({ readonly kind: 'refused' } & PublishFault)

export type Pending = {
  readonly pending: readonly PublishedBatch[]
  readonly seen: Published
  /** False with `wait: false`. */
  readonly mayWait: boolean
}

export function judgeInProgress(wanted: DesiredPublish, { pending, seen, mayWait }: Pending): InProgressVerdict {
  const stalled = pending.filter(({ state }) => state.isStalled)
  if (wanted.replaces.kind === 'previous' && stalled.length > 0)
    return refuseInProgress(stalled, 'stalled, and only Adobe can end it')
  if (mayWait || pending.length === 0) return { kind: 'waited for' }
  const clash = shardConflict(wanted, seen)
  if (clash !== undefined) return { kind: 'refused', ...clash }
  const duplicate = duplicateFault(concernedBatches(wanted, seen))
  if (duplicate !== undefined) return { kind: 'refused', ...duplicate }
  const again = surplusInProgress(wanted, pending, seen)
  if (again.length > 0)
    return refuseInProgress(again, 'in progress, and another batch in the dataset or in progress has the same rows')
  if (isAllInProgress(wanted, pending, seen)) return { kind: 'left' }
  return refuseInProgress(pending, 'in progress, and "wait: false" does not wait for it')
}

/** Batches whose rows will be duplicates if every batch in progress succeeds. */
function surplusInProgress(
  wanted: DesiredPublish,
  pending: readonly PublishedBatch[],
  seen: Published,
): readonly PublishedBatch[] {
  const concerned = concernedBatches(wanted, seen)
  const assumed = concerned.map((one): PublishedBatch => (pending.includes(one) ? { ...one, state: ACTIVE } : one))
  return duplicatesIn(assumed).surplus
}

/** Requires all parts: a run that ends as submitted must have submitted everything, because no one would send the rest. */
function isAllInProgress(
  wanted: DesiredPublish,
  pending: readonly PublishedBatch[],
  { batches: held }: Published,
): boolean {
  const same = held.filter((one) => isPastComplete(one.state) && isSameContent(wanted, one))
  return pending.every((one) => same.includes(one)) && completeness(same) === 'whole'
}

function refuseInProgress(batches: readonly PublishedBatch[], why: string): InProgressVerdict {
  const list = batches.map(({ record }) => record.id).join(', ')
  return {
    kind: 'refused',
    message: `batch ${list} of this publication is ${why}`,
    remedy: 'Run the job again when that batch has finished.',
  }
}
