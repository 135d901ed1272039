import { badRows, goodRows, publishedContents, travelling } from '../contents.ts'
import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import type { Truth } from '../truth.ts'
import { wasReverted, wasRevertedBefore } from './known-reverts.ts'
import {
  batchIdsOf,
  find,
  isGreen,
  leavesOf,
  makerOf,
  outcomeOf,
  replacersOf,
  sameItems,
  wasCompleted,
  type Invariant,
} from './reading.ts'

/** Every record acknowledged as published is in an active batch, until another publish takes its place or a revert it. */
export const acknowledgedRecordsAreHeld: Invariant = (told) =>
  told.runs.filter((run) => isGreen(run) && claimsToHold(run)).flatMap((run) => missingAtEnd(run, told))

function claimsToHold(run: Played): boolean {
  return ['published', 'skipped', 'partially-published'].includes(outcomeOf(run))
}

function missingAtEnd(run: Played, told: Told): readonly string[] {
  const { name, plan, atEnd } = run
  const ids = batchIdsOf(run)
  if (ids.length === 0) return [`${name} is ${outcomeOf(run)} and names no batch`]
  const held = ids.flatMap((id) => leavesOf(id, atEnd).flatMap(({ rows }) => rows))
  const missing = goodRows(publishedContents(plan)).filter((row) => !held.includes(row))
  if (missing.length > 0)
    return [`${name} is ${outcomeOf(run)}, and ${ids.join(', ')} lacks the rows ${missing.join(', ')}`]
  if (outcomeOf(run) !== 'partially-published' && badRows(publishedContents(plan)).length > 0) {
    return [`${name} is ${outcomeOf(run)}, though rows of it were rejected`]
  }
  const gone = ids.filter((id) => !isHeld(id, atEnd) && !isRevertedDuring(run, id, told))
  return gone.length === 0
    ? []
    : [`${name} is ${outcomeOf(run)}, and ${gone.join(', ')} is neither active nor replaced`]
}

function isHeld(id: string, truth: Truth): boolean {
  const batch = find(id, truth)
  return batch !== undefined && (batch.isActive || replacersOf(batch, truth).length > 0)
}

function isRevertedDuring(run: Played, id: string, told: Told): boolean {
  return holdersOf(id, told.truth).some((holder) => wasReverted(holder, told) && !wasRevertedBefore(run, holder, told))
}

/** The batch, and all into which the platform put it, one after the other. */
function holdersOf(id: string, truth: Truth): readonly string[] {
  const next = truth.filter(({ isConsolidation, predecessors }) => isConsolidation && predecessors.includes(id))
  return [id, ...next.flatMap((batch) => holdersOf(batch.id, truth))]
}

/** Never COMPLETE with bytes missing, or with bytes that are not the content's. */
export const completedBatchesAreWhole: Invariant = (told) =>
  told.truth.flatMap((batch) => {
    const maker = makerOf(batch, told)
    if (maker === undefined || !wasCompleted(batch)) return []
    const wanted = travelling(publishedContents(maker.plan))
    const isWhole = batch.files.every(({ finished }) => finished)
    const sent = batch.files.map(({ text }) => text)
    return isWhole && (told.story.themes.several ? areAmong(sent, wanted) : sameItems(wanted, sent))
      ? []
      : [`${batch.id} of ${maker.name} was completed, and its files are not those of ${maker.plan.contents.name}`]
  })

/** What the platform accepted of a batch is each good row once. */
export const noRowTwiceInABatch: Invariant = (told) =>
  told.truth.flatMap((batch) => {
    const maker = makerOf(batch, told)
    if (maker === undefined || !(batch.stage === 'success' || batch.stage === 'inactive')) return []
    const wanted = goodRows(publishedContents(maker.plan))
    return (told.story.themes.several ? areAmong(batch.rows, wanted) : sameItems(batch.rows, wanted))
      ? []
      : [`${batch.id} of ${maker.name} holds ${batch.rows.join(', ')}, not the rows of ${maker.plan.contents.name}`]
  })

/** Each of them once; of several batches each holds a part, and that no part is missing shows in what the dataset holds. */
function areAmong(some: readonly string[], all: readonly string[]): boolean {
  const left = [...all]
  return some.every((item) => left.includes(item) && left.splice(left.indexOf(item), 1).length === 1)
}
