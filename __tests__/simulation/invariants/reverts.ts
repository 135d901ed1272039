import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { publicationOf } from '../story.ts'
import type { TrueBatch } from '../truth.ts'
import { wasRevertedBefore } from './known-reverts.ts'
import { batchIdsOf, find, leavesOf, outcomeOf, type Invariant } from './reading.ts'

/** What says `reverted` is out of the dataset. */
export const revertedIsGone: Invariant = ({ runs }) =>
  runs
    .filter((run) => outcomeOf(run) === 'reverted')
    .flatMap((run) =>
      batchIdsOf(run)
        .filter((id) => find(id, run.atEnd)?.isActive !== false)
        .map((id) => `${run.name} says that it reverted ${id}, which is active`),
    )

/** By an id, that batch alone; by `previous`, batches of one publish: the last of the publication, and of no later run. */
export const revertsAreAskedFor: Invariant = (told) =>
  told.runs.flatMap((run) => {
    const taken = takenBy(run, told)
    if (taken.length === 0) return []
    if (run.plan.does === 'publish') return [`${run.name} reverts ${said(taken)}, and nobody asked for that`]
    const strays = taken.filter((leaf) => !isAsked(leaf, run, told))
    const publishes = new Set(taken.map(({ provenance }) => provenance?.publish))
    const isMixed = run.plan.does === 'revert previous' && publishes.size > 1
    return strays.length === 0 && !isMixed
      ? []
      : [`${run.name} reverts ${said(taken)}, and ${said(strays)} nobody meant`]
  })

function isAsked(leaf: TrueBatch, run: Played, told: Told): boolean {
  const { plan, ids } = run
  if (plan.does === 'revert an id') return ids.some((id) => leavesOf(id, told.truth).includes(leaf))
  const { provenance } = leaf
  if (provenance === undefined || !isOfPublication(leaf, run) || provenance.runId > plan.runId) return false
  return told.truth.every(
    (other) => !isOfPublication(other, run) || !isLater(other, leaf) || !wasSeen(other, run, told),
  )
}

/** By the run that brought it. */
function isLater({ provenance: one }: TrueBatch, { provenance: other }: TrueBatch): boolean {
  return one !== undefined && other !== undefined && one.publish !== other.publish && one.runId > other.runId
}

/** It had succeeded, and the catalogue knew of that, when the run began. */
function wasSeen({ id, created }: TrueBatch, { atStart, startedAtMs }: Played, { story, completions }: Told): boolean {
  const stage = find(id, atStart)?.stage
  const { catalogueLagMs = { created: 0, completed: 0 } } = story.settings
  const completedMs = completions.get(id) ?? Infinity
  const isKnown = Math.max(created + catalogueLagMs.created, completedMs + catalogueLagMs.completed) < startedAtMs
  return isKnown && (stage === 'success' || stage === 'inactive')
}

function isOfPublication({ provenance, dataset }: TrueBatch, run: Played): boolean {
  const isHere = run.atEnd.some((batch) => batch.dataset === dataset)
  return (
    isHere && provenance?.repositoryId === run.plan.repositoryId && provenance.publication === publicationOf(run.plan)
  )
}

/** Reverting `previous` again takes back no more than the first time, unless something was published in between. */
export const revertingAgainTakesNoMore: Invariant = (told) => {
  const taken = told.runs.flatMap((run) =>
    run.plan.does === 'revert previous' ? takenBy(run, told).map((leaf) => ({ run, leaf })) : [],
  )
  return taken.flatMap(({ run, leaf }) => {
    const before = taken.filter(
      (one) =>
        one.run.endedAtMs <= run.startedAtMs &&
        isOfPublication(one.leaf, run) &&
        one.leaf.provenance?.publish !== leaf.provenance?.publish,
    )
    return before
      .filter((one) => (told.completions.get(leaf.id) ?? 0) < one.run.startedAtMs - lagOf(told))
      .map((one) => `${run.name} reverts ${leaf.id}, after ${one.run.name} has reverted ${one.leaf.id}`)
  })
}

/** What the catalogue did not know yet when the first run looked may be the last publish by now. */
function lagOf({ story }: Told): number {
  const { created, completed } = story.settings.catalogueLagMs ?? { created: 0, completed: 0 }
  return Math.max(created, completed)
}

/** Content that was taken back before a run began is not taken for published. */
export const revertedIsPublishedAgain: Invariant = (told) =>
  told.runs
    .filter((run) => outcomeOf(run) === 'skipped')
    .flatMap((run) =>
      batchIdsOf(run)
        .filter((id) => wasRevertedBefore(run, id, told))
        .map((id) => `${run.name} is skipped for ${id}, which was reverted before`),
    )

/** All that it took out of the dataset. */
function takenBy({ name }: Played, { deeds, truth }: Told): readonly TrueBatch[] {
  return deeds.flatMap((deed) => (deed.kind === 'reverts' && deed.who === name ? leavesOf(deed.batch, truth) : []))
}

function said(batches: readonly TrueBatch[]): string {
  return batches.map(({ id }) => id).join(', ') || 'nothing'
}
