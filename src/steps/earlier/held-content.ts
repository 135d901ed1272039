import type { Wanted } from './wanted.ts'
import { isDefaultName } from './mark.ts'
import type { Held, Survey } from './survey.ts'

/** What is active of a publication, seen from a run that wants to publish. */
export type HeldContent = {
  /** Other content of the same file names, by an earlier attempt of this run: a run publishes once. */
  readonly superseded: readonly Held[]
  /** This content. */
  readonly same: { readonly kind: 'none' | 'parts' | 'whole'; readonly batches: readonly Held[] }
  /** Every other. */
  readonly others: readonly Held[]
}

export function contentHeld(wanted: Wanted, { held }: Survey): HeldContent {
  const active = held.filter(({ standing }) => standing === 'active')
  const same = active.filter((batch) => isSameContent(wanted, batch))
  const rest = active.filter((batch) => batch.mark.publication === wanted.publication && !same.includes(batch))
  const superseded = rest.filter(
    ({ mark }) => isEarlierAttempt(wanted, mark) && mark.names === wanted.names && mark.publish !== wanted.publish,
  )
  return { superseded, same: { kind: wholeness(same), batches: same }, others: rest }
}

/**
 * The same bytes, read in the same way, in this publication. Where nothing is to be replaced a default name is as good as
 * another: a reworded pattern makes no new content.
 */
export function isSameContent(wanted: Wanted, { mark }: Held): boolean {
  if (mark.publish !== wanted.publish) return false
  if (wanted.ifUnchanged === 'publish' && mark.runId !== wanted.runId) return false
  return mark.publication === wanted.publication || isEveryDefaultName(wanted, mark.publication)
}

function isEveryDefaultName({ asked, publication }: Wanted, other: string): boolean {
  return asked.kind === 'nothing' && isDefaultName(publication) && isDefaultName(other)
}

export function isEarlierAttempt(wanted: Pick<Wanted, 'runId' | 'attempt'>, mark: Held['mark']): boolean {
  return mark.runId === wanted.runId && mark.attempt < wanted.attempt
}

/** Whole, when the parts 1 to n of one cut are all there. */
export function wholeness(batches: readonly Held[]): 'none' | 'parts' | 'whole' {
  const cuts = Map.groupBy(batches, ({ mark }) => mark.part.of)
  const isWhole = Array.from(cuts).some(([of, parts]) => new Set(parts.map(({ mark }) => mark.part.number)).size === of)
  if (isWhole) return 'whole'
  return batches.length === 0 ? 'none' : 'parts'
}
