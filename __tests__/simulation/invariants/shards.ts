import { publishedContents } from '../contents.ts'
import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { wholeOf } from '../story.ts'
import type { TrueBatch } from '../truth.ts'
import { find, isConfessed, isSaid, makerOf, outcomeOf, saidBy, type Invariant } from './reading.ts'

/**
 * However often and into how many shares the files of a publication were shared out: no row is active in two of them, unless
 * somebody said so and failed, or said that he had not looked. Who replaces nothing may add other files to what is there,
 * and says that it stays; of what came at the same moment he need not know.
 */
export const shardsHoldRowsOnce: Invariant = (told) =>
  pairs(activeOf(told)).flatMap((pair) => {
    const [one, other] = pair
    const both = one.rows.filter((row) => other.rows.includes(row))
    if (both.length === 0 || !areOfOnePublication(pair, told) || isKnown(pair, told)) return []
    return [
      `${one.id} and ${other.id} are shards of one publication, both are active, and both hold ${both.join(', ')}`,
    ]
  })

function isKnown(pair: Pair, told: Told): boolean {
  if (isSaid(pair, told)) return true
  const [earlier, later] = inOrder(pair, told)
  const maker = makerOf(later, told)
  if (maker === undefined) return false
  if (saidBy(maker).includes('without this check')) return true
  return earlier.provenance?.files !== later.provenance?.files && isAddition(maker, earlier, told)
}

/** Who names ids says himself what is to go, and so what stays. */
function isAddition(run: Played, there: TrueBatch, told: Told): boolean {
  const { replaces } = run.plan
  if (replaces === 'previous') return false
  return replaces === 'ids' || saysThatItStays(run, there) || !wasThere(there, run, told)
}

/** Active, as far as the catalogue shows, when the run began. */
function wasThere({ id }: TrueBatch, { atStart, startedAtMs }: Played, { story, completions }: Told): boolean {
  const { created, completed } = story.settings.catalogueLagMs ?? { created: 0, completed: 0 }
  const shownMs = (completions.get(id) ?? Infinity) + Math.max(created, completed)
  return shownMs < startedAtMs && find(id, atStart)?.isActive === true
}

function saysThatItStays(run: Played, { id, holder }: TrueBatch): boolean {
  const lines = saidBy(run).split('\n')
  return lines.some(
    (line) =>
      line.includes('is still active: the dataset now holds both') && (line.includes(id) || line.includes(holder)),
  )
}

function inOrder([one, other]: Pair, { completions }: Told): Pair {
  const isInOrder = (completions.get(one.id) ?? 0) <= (completions.get(other.id) ?? 0)
  return isInOrder ? [one, other] : [other, one]
}

/** All jobs of a run shard the same files: of those that did not, one at least fails and names another's batch. */
export const siblingsShareTheSameFiles: Invariant = (told) =>
  pairs(activeOf(told)).flatMap((pair) => {
    const [one, other] = pair
    const isOneRun =
      one.provenance?.runId === other.provenance?.runId && one.provenance?.publication !== other.provenance?.publication
    if (!isOneRun || !areOfOnePublication(pair, told) || one.provenance?.files === other.provenance?.files) return []
    if (pair.some(({ id }) => isConfessed([id], told))) return []
    return [`${one.id} and ${other.id} are of one run, and cut out of other files`]
  })

type Pair = readonly [TrueBatch, TrueBatch]

function activeOf({ truth }: Told): readonly TrueBatch[] {
  return truth.filter(
    ({ isActive, isConsolidation, provenance }) => isActive && !isConsolidation && provenance !== undefined,
  )
}

function pairs(batches: readonly TrueBatch[]): readonly Pair[] {
  return batches.flatMap((one, index) => batches.slice(index + 1).map((other): Pair => [one, other]))
}

/** Of one repository into one dataset, under one name but for the shard. */
function areOfOnePublication([one, other]: Pair, told: Told): boolean {
  const [a, b] = [makerOf(one, told), makerOf(other, told)]
  if (a === undefined || b === undefined || one.provenance?.publication === other.provenance?.publication) return false
  const isOnePlace = one.dataset === other.dataset && one.provenance?.repositoryId === other.provenance?.repositoryId
  return isOnePlace && wholeOf(a.plan) === wholeOf(b.plan)
}

/**
 * A shard of which there is no file ends well, and sends nothing, unless another shard of the run saw other files; no other
 * run says that it had no files.
 */
export const emptyShardsEndWell: Invariant = ({ runs, truth }) =>
  runs.filter(isPublish).flatMap((run) => {
    const isEmpty = publishedContents(run.plan).files.length === 0
    const isSaidEmpty = outcomeOf(run) === 'no-files'
    const isTroubled = run.cancelledAtMs !== undefined || run.failures.length > 0 || !isThere(run)
    if (isEmpty === isSaidEmpty || (isEmpty && (isTroubled || hasSiblingOfOtherFiles(run, truth)))) return []
    return [`${run.name} is ${outcomeOf(run)}, and its shard is ${isEmpty ? 'empty' : 'not empty'}`]
  })

/** It says so, and there is such a batch. */
function hasSiblingOfOtherFiles({ recording }: Played, truth: readonly TrueBatch[]): boolean {
  const said = recording.log.find(
    ({ text }) =>
      text.includes('not all shards of this run were made from the same files') ||
      text.includes('the same rows more than once'),
  )
  return said !== undefined && truth.some(({ id }) => said.text.includes(id))
}

function isPublish({ plan, how }: Played): boolean {
  return plan.does === 'publish' && how === 'ended'
}

/** Its dataset is known by its id: of one that is to be found by its name much can be wrong. */
function isThere({ plan: { dataset } }: Played): boolean {
  return /^[0-9a-f]{24}$/.test(dataset.naming)
}
