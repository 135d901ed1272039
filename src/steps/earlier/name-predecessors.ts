import type { BatchId } from '../../platform/ids.ts'
import type { Wanted } from './wanted.ts'
import type { Held, Survey } from './survey.ts'

export type Named =
  | { readonly kind: 'named'; readonly ids: readonly BatchId[] }
  | { readonly kind: 'refuse'; readonly message: string; readonly remedy: string }

/**
 * The ids that the platform is told, for these batches and those that the workflow names. An id that is no longer
 * active must have been replaced by one of these batches. A consolidated batch is named in the place of its parts, if
 * everything it holds is among them.
 */
export function namePredecessors({ asked }: Wanted, { holdings }: Survey, batches: readonly Held[]): Named {
  const named = asked.kind === 'ids' ? asked.ids : []
  const madeOf = new Map([...named.map((one) => [one.holder, one.holdings] as const), ...holdings])
  const taken = new Set(batches.flatMap(({ record }) => record.replay.predecessors))
  const over = named.filter(({ id, isActive }) => !isActive && !taken.has(id))
  if (over.length > 0) {
    return {
      kind: 'refuse',
      message: `these batches are not active (any more), so they can't be replaced: ${over.map(({ id }) => id).join(', ')}`,
      remedy: 'Name only active batches in "replay-predecessors".',
    }
  }
  const active = [
    ...batches.map(({ record, holder }) => ({ id: record.id, holder })),
    ...named.filter(({ isActive }) => isActive),
  ]
  const ours = new Set<string>(active.map(({ id }) => id))
  const holders = [...new Set(active.map(({ holder }) => holder))]
  const rest = holders
    .flatMap((holder) => (ours.has(holder) ? [] : (madeOf.get(holder) ?? [])))
    .filter((id) => !ours.has(id))
  if (rest.length === 0) return { kind: 'named', ids: holders }
  return {
    kind: 'refuse',
    message: `the platform has consolidated what is to be replaced with other batches, which would go too: ${rest.join(', ')}`,
    remedy:
      'If they may go, name them too in "replay-predecessors"; else revert nothing and publish their content again afterwards.',
  }
}
