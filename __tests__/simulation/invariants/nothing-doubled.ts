import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { publicationOf } from '../story.ts'
import type { TrueBatch } from '../truth.ts'
import { isGreen, isSaid, makerOf, outcomeOf, saidBy, type Invariant } from './reading.ts'

/** Never two active batches with one fingerprint, unless somebody asked for it, or said so and failed. */
export const oneBatchPerFingerprint: Invariant = (told) => {
  const active = told.truth.filter(({ isActive, isConsolidation }) => isActive && !isConsolidation)
  const same = Map.groupBy(active, ({ provenance }) =>
    JSON.stringify([provenance?.repositoryId, provenance?.publication, contentOf(provenance, told)]),
  )
  return Array.from(same.values()).flatMap((batches) => {
    if (batches.length < 2 || batches[0]?.provenance === undefined) return []
    const unasked = batches.filter((batch) => makerOf(batch, told)?.plan.ifUnchanged !== 'publish')
    if (isSaid(unasked, told)) return []
    const ids = batches.map(({ id }) => id).join(', ')
    return [`${ids} hold the same content, all are active, and nobody said so and failed`]
  })
}

/** One batch of several may hold what is all of another publish, of other data: that is sent beside it. */
function contentOf(provenance: TrueBatch['provenance'], { story }: Told): string {
  const { fingerprint = '', publish = '' } = provenance ?? {}
  return story.themes.several ? `${publish} ${fingerprint}` : fingerprint
}

/** Far more than what lies between the last look and COMPLETE on a calm day. */
const ROUND_TRIPS_MS = 3_000

/** On a calm day a twin that comes later is seen before COMPLETE, so that nobody has to confess anything. */
export const laterTwinsAreNotCompleted: Invariant = (told) => {
  const { catalogueLagMs } = told.story.settings
  if (told.story.weather.name !== 'calm' || (catalogueLagMs?.created ?? 0) + (catalogueLagMs?.completed ?? 0) > 0)
    return []
  const active = told.truth.filter(({ isActive, provenance }) => isActive && provenance !== undefined)
  // Who replaces named batches means to take the place of this content too; a consolidation may come in between.
  const unasked = active.filter((batch) => {
    const plan = makerOf(batch, told)?.plan
    return plan?.ifUnchanged === 'skip' && plan.replaces !== 'ids'
  })
  const same = Map.groupBy(unasked, ({ provenance }) =>
    JSON.stringify([provenance?.repositoryId, provenance?.publication, contentOf(provenance, told)]),
  )
  return Array.from(same.values()).flatMap((twins) => {
    const times = twins.map(({ id }) => told.completions.get(id) ?? 0).toSorted((a, b) => a - b)
    const isLate = times.some((time, index) => time - (times[index - 1] ?? time) > ROUND_TRIPS_MS)
    return isLate
      ? [`${twins.map(({ id }) => id).join(', ')} hold the same content, and one was there before the other`]
      : []
  })
}

/** Under `previous` never two active publishes of one publication, unless a run said so and failed. */
export const onePublishUnderPrevious: Invariant = (told) => {
  const active = told.truth.filter(({ isActive, provenance }) => isActive && provenance !== undefined)
  const streams = Map.groupBy(active, ({ provenance }) =>
    JSON.stringify([provenance?.repositoryId, provenance?.publication]),
  )
  return Array.from(streams.values()).flatMap((batches) => {
    const publishes = new Set(batches.map(({ provenance }) => provenance?.publish))
    const makers = batches.map((batch) => makerOf(batch, told))
    if (publishes.size < 2 || makers.some((maker) => maker?.plan.replaces !== 'previous')) return []
    if (isSaid(batches, told)) return []
    const ids = batches.map(({ id }) => id).join(', ')
    return [`${ids} are several publishes of one publication under "previous"`]
  })
}

const ENDS = ['published', 'skipped', 'partially-published', 'submitted']

/**
 * Rows that stood twice before a publish run began, and still do when it has ended, make it red; unless the later one was
 * meant, or the run does not wait until its own batch has replaced them. A revert looks at what it reverts, and at no other.
 */
export const doubledRowsAreRed: Invariant = (told) =>
  told.runs
    .filter(({ plan }) => plan.does === 'publish')
    .filter((run) => isGreen(run) && ENDS.includes(outcomeOf(run)) && !saidBy(run).includes('without this check'))
    .flatMap((run) => {
      const before = run.atStart.filter((batch) => isSettledFor(run, batch, told))
      const own = run.atEnd.filter((batch) => makerOf(batch, told)?.name === run.name && batch.stage === 'promoting')
      const leaving = new Set(own.flatMap(({ predecessors }) => predecessors))
      const still = before.filter(
        ({ id }) => !leaving.has(id) && run.atEnd.some((now) => now.id === id && now.isActive),
      )
      const same = Map.groupBy(still, ({ provenance }) => contentOf(provenance, told))
      return Array.from(same.values()).flatMap((batches) => {
        const later = batches.toSorted((a, b) => (a.id < b.id ? -1 : 1)).slice(1)
        const unasked = later.filter((batch) => makerOf(batch, told)?.plan.ifUnchanged !== 'publish')
        const ids = batches.map(({ id }) => id).join(', ')
        return unasked.length === 0 ? [] : [`${run.name} is ${outcomeOf(run)}, though ${ids} hold the same rows`]
      })
    })

const DAY_MS = 24 * 3_600_000

/** Of its publication, active and shown as active when it began. What is older than a day is looked for by content alone. */
function isSettledFor({ plan, startedAtMs }: Played, batch: TrueBatch, { completions, story }: Told): boolean {
  const { id, created, isActive, isConsolidation, provenance } = batch
  const shownMs = (completions.get(id) ?? Infinity) + (story.settings.catalogueLagMs?.completed ?? 0)
  const isOurs = provenance?.repositoryId === plan.repositoryId && provenance.publication === publicationOf(plan)
  return isOurs && isActive && !isConsolidation && shownMs < startedAtMs && created > startedAtMs - DAY_MS
}
