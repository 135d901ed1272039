import type { Told } from '../play.ts'
import type { TrueBatch } from '../truth.ts'
import { isConfessed, isGreen, makerOf, saidBy, type Invariant } from './reading.ts'

/** Never two active batches with one fingerprint, unless somebody asked for it, or said so and failed. */
export const oneBatchPerFingerprint: Invariant = (told) => {
  const active = told.truth.filter(({ isActive, isConsolidation }) => isActive && !isConsolidation)
  const same = Map.groupBy(active, ({ mark }) =>
    JSON.stringify([mark?.repositoryId, mark?.publication, mark?.fingerprint]),
  )
  return Array.from(same.values()).flatMap((batches) => {
    if (batches.length < 2 || batches[0]?.mark === undefined || isAskedFor(batches, told)) return []
    const ids = batches.map(({ id }) => id)
    return isSaid(ids, told)
      ? []
      : [`${ids.join(', ')} hold the same content, all are active, and nobody said so and failed`]
  })
}

/** Each but one of them was made by a run that was told to publish again. */
function isAskedFor(batches: readonly TrueBatch[], told: Told): boolean {
  const unasked = batches.filter((batch) => makerOf(batch, told)?.plan.ifUnchanged !== 'publish')
  return unasked.length < 2
}

/** All are named by a red run, or each but one by its own run, which is red or did not wait and says how to follow it. */
function isSaid(ids: readonly string[], told: Told): boolean {
  if (isConfessed(ids, told)) return true
  return ids.filter((id) => !isOwnedUp(id, told)).length < 2
}

function isOwnedUp(id: string, told: Told): boolean {
  const batch = told.truth.find((one) => one.id === id)
  const maker = batch === undefined ? undefined : makerOf(batch, told)
  return maker !== undefined && saidBy(maker).includes(id) && (!isGreen(maker) || !maker.plan.waits)
}

/** Under `previous` never two active publishes of one publication, unless a run said so and failed. */
export const onePublishUnderPrevious: Invariant = (told) => {
  const active = told.truth.filter(({ isActive, mark }) => isActive && mark !== undefined)
  const streams = Map.groupBy(active, ({ mark }) => JSON.stringify([mark?.repositoryId, mark?.publication]))
  return Array.from(streams.values()).flatMap((batches) => {
    const publishes = new Set(batches.map(({ mark }) => mark?.publish))
    const makers = batches.map((batch) => makerOf(batch, told))
    if (publishes.size < 2 || makers.some((maker) => maker?.plan.replaces !== 'previous')) return []
    const ids = batches.map(({ id }) => id)
    return isSaid(ids, told) ? [] : [`${ids.join(', ')} are several publishes of one publication under "previous"`]
  })
}
