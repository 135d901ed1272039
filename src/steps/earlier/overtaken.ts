import type { BatchId } from '../../platform/ids.ts'
import type { Wanted } from './wanted.ts'
import { isSameContent } from './held-content.ts'
import type { Held, Survey } from './survey.ts'

export type Ours = {
  readonly batches: readonly BatchId[]
  readonly replaces: readonly BatchId[]
  /** What was seen when it was decided to send them. */
  readonly seen: Survey
}

/**
 * What has changed since we looked, and makes it wrong to complete our batches.
 *
 * | seen now, and not when we decided                     | matters                |
 * |-------------------------------------------------------|------------------------|
 * | a twin: this content past COMPLETE, by someone else   | always                 |
 * | a predecessor that is no longer active                | where we replace       |
 * | anything else of this publication past COMPLETE       | under `previous`       |
 *
 * @returns why, or undefined when nothing has.
 */
export function overtaken(wanted: Wanted, ours: Ours, now: Survey): string | undefined {
  const before = ours.seen.held.filter(({ standing }) => isPastComplete(standing)).map(({ record }) => record.id)
  const known = new Set<string>([...ours.batches, ...ours.replaces, ...before])
  const others = now.held.filter(
    ({ record, holder, standing }) => isPastComplete(standing) && !known.has(record.id) && !known.has(holder),
  )
  const twin = others.find((held) => isSameContent(wanted, held))
  if (twin !== undefined) return `batch ${twin.record.id} brings the same content`
  const lost = ours.replaces.filter((id) => now.held.some(({ record }) => record.id === id) && !isActive(id, now))
  if (lost.length > 0) return `${lost.join(', ')}, which was to be replaced, is no longer active`
  if (wanted.asked.kind !== 'previous') return undefined
  const rival = others.find(({ mark }) => mark.publication === wanted.publication)
  return rival === undefined ? undefined : `batch ${rival.record.id} of this publication came in between`
}

export function isPastComplete(standing: Held['standing']): boolean {
  return standing === 'in work' || standing === 'stalled' || standing === 'active'
}

function isActive(id: BatchId, { held }: Survey): boolean {
  return held.some(({ holder, standing }) => holder === id && standing === 'active')
}
