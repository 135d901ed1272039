import type { Told } from '../play.ts'
import type { TrueBatch } from '../truth.ts'
import { leavesOf, makerOf, type Invariant } from './reading.ts'

type Replacement = { readonly by: TrueBatch; readonly named: string; readonly leaf: TrueBatch }

/**
 * Every batch of ours that names predecessors, with each of them of other content: the same content in another batch is
 * neither touched nor undone. What failed replaces nothing, but meant to.
 */
function replacements({ truth }: Told): readonly Replacement[] {
  const all = truth
    .filter(({ isConsolidation, stage }) => !isConsolidation && stage !== 'aborted')
    .flatMap((by) => by.predecessors.flatMap((named) => leavesOf(named, truth).map((leaf) => ({ by, named, leaf }))))
  return all.filter(({ by, leaf }) => !isSameContent(by, leaf))
}

function isSameContent({ provenance: one }: TrueBatch, { provenance: other }: TrueBatch): boolean {
  const isOneStream = one?.publication === other?.publication && one?.repositoryId === other?.repositoryId
  return isOneStream && one?.publish === other?.publish
}

/** No batch of another publication is ever touched, unless the workflow names it. */
export const otherPublicationsAreUntouched: Invariant = (told) =>
  replacements(told).flatMap(({ by, named, leaf }) => {
    const maker = makerOf(by, told)
    if (maker === undefined || maker.ids.some((id) => id === named || id === leaf.id || holds(id, leaf, told)))
      return []
    const isOwn =
      by.provenance?.repositoryId === leaf.provenance?.repositoryId &&
      by.provenance?.publication === leaf.provenance?.publication
    return isOwn ? [] : [`${by.id} of ${maker.name} replaces ${leaf.id} of another publication`]
  })

function holds(id: string, leaf: TrueBatch, { truth }: Told): boolean {
  return leavesOf(id, truth).some((one) => one.id === leaf.id)
}

/** No later run's content is undone by an earlier run. */
export const laterRunsAreNotUndone: Invariant = (told) =>
  replacements(told).flatMap(({ by, leaf }) => {
    const maker = makerOf(by, told)
    if (
      maker === undefined ||
      maker.plan.replaces === 'ids' ||
      by.provenance === undefined ||
      leaf.provenance === undefined
    )
      return []
    return leaf.provenance.runId > by.provenance.runId
      ? [`${by.id} of run ${by.provenance.runId} replaces ${leaf.id} of run ${leaf.provenance.runId}`]
      : []
  })

/** Nothing is replaced that nobody asked to replace: but for a run's own earlier attempts. */
export const replacementsAreAskedFor: Invariant = (told) =>
  replacements(told).flatMap(({ by, leaf }) => {
    const maker = makerOf(by, told)
    if (maker === undefined || maker.plan.replaces !== 'nothing') return []
    return leaf.provenance?.runId === by.provenance?.runId
      ? []
      : [`${by.id} of ${maker.name} replaces ${leaf.id}, and nobody asked for that`]
  })

/** What a step of a run published, no other step of that run ever replaces; nor its own, where nothing proves that it is. */
export const legsKeepTheirRows: Invariant = (told) =>
  replacements(told).flatMap(({ by, leaf }) => {
    const [maker, other] = [makerOf(by, told), makerOf(leaf, told)]
    const isOneRun =
      by.provenance?.repositoryId === leaf.provenance?.repositoryId && maker?.plan.runId === other?.plan.runId
    if (maker === undefined || other === undefined || !isOneRun || maker.plan.replaces === 'ids') return []
    const { legs } = told.story.themes
    const isProvable = legs !== 'unproved' && legs !== 'nested'
    const isOwn = isProvable && maker.plan.leg === other.plan.leg
    return isOwn ? [] : [`${by.id} of ${maker.name} replaces ${leaf.id}, which ${other.name} of the same run published`]
  })
