import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { outcomeOf } from './reading.ts'

/**
 * When a batch was reverted, as far as a run could know: a revert that nobody waited for may read `success` for a while, so
 * that it counts only from when somebody has seen the batch inactive.
 */
export function wasRevertedBefore(run: Played, id: string, { deeds, runs }: Told): boolean {
  const reverters = deeds.flatMap((deed) => (deed.kind === 'reverts' && deed.batch === id ? [deed.who] : []))
  return runs.some(
    (other) => reverters.includes(other.name) && outcomeOf(other) === 'reverted' && other.endedAtMs <= run.startedAtMs,
  )
}

export function wasReverted(id: string, { deeds }: Told): boolean {
  return deeds.some((deed) => deed.kind === 'reverts' && deed.batch === id)
}
