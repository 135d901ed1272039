import { type BatchState, howToRevert } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'
import type { DesiredPublish } from '../request.ts'
import { isDefaultName } from '../tags.ts'

/** The active batches of a publication, from the view of a run that wants to publish. */
export type ContentInDataset = {
  /** Different data of the same file names, proved to be from an earlier attempt of this step: it publishes once per run. */
  readonly superseded: readonly PublishedBatch[]
  /** Different data from this run, without proof that this step published it: another leg of a matrix may have. */
  readonly siblings: readonly PublishedBatch[]
  /** Batches with this data. */
  readonly same: { readonly kind: 'none' | 'parts' | 'whole'; readonly batches: readonly PublishedBatch[] }
  /** All batches of the publication with different data. */
  readonly others: readonly PublishedBatch[]
}

export function contentInDataset(wanted: DesiredPublish, { batches: held }: Published): ContentInDataset {
  const active = held.filter(({ state }) => state.holdsRows)
  const same = active.filter((batch) => isSameContent(wanted, batch))
  const rest = active.filter((batch) => batch.provenance.publication === wanted.publication && !same.includes(batch))
  const superseded = rest.filter(
    ({ provenance, isOwnStep }) =>
      isOwnStep === true &&
      provenance.namesHash === wanted.namesHash &&
      provenance.publishFingerprint !== wanted.publishFingerprint,
  )
  const siblings = rest.filter(({ provenance, isOwnStep }) => provenance.runId === wanted.runId && isOwnStep !== true)
  return { superseded, siblings, same: { kind: completeness(same), batches: same }, others: rest }
}

/**
 * True for the same bytes, read in the same way, in this publication. If nothing is to be replaced, all default names count
 * as one publication: reworded patterns do not make the data new.
 */
export function isSameContent(wanted: DesiredPublish, { provenance }: PublishedBatch): boolean {
  if (provenance.publishFingerprint !== wanted.publishFingerprint) return false
  if (wanted.ifUnchanged === 'publish' && provenance.runId !== wanted.runId) return false
  return provenance.publication === wanted.publication || isEveryDefaultName(wanted, provenance.publication)
}

function isEveryDefaultName({ replaces: asked, publication }: DesiredPublish, other: string): boolean {
  return asked.kind === 'nothing' && isDefaultName(publication) && isDefaultName(other)
}

/** Whether the batch may be from an earlier attempt of this very step: an equal tag alone is no proof. */
export function mayBeOwnStep(wanted: DesiredPublish, { state, provenance }: PublishedBatch): boolean {
  return (
    isPastComplete(state) &&
    isEarlierAttempt(wanted, provenance) &&
    provenance.publication === wanted.publication &&
    provenance.publishFingerprint !== wanted.publishFingerprint &&
    provenance.step !== '' &&
    provenance.step === wanted.step?.hash &&
    wanted.step.isAlone
  )
}

export function isEarlierAttempt(
  wanted: Pick<DesiredPublish, 'runId' | 'attempt'>,
  provenance: PublishedBatch['provenance'],
): boolean {
  return provenance.runId === wanted.runId && provenance.attempt < wanted.attempt
}

/** `whole` if all parts 1 to n of one division are there. */
export function completeness(batches: readonly PublishedBatch[]): 'none' | 'parts' | 'whole' {
  const cuts = Map.groupBy(batches, ({ provenance }) => provenance.part.of)
  const isWhole = Array.from(cuts).some(
    ([of, parts]) => new Set(parts.map(({ provenance }) => provenance.part.number)).size === of,
  )
  if (isWhole) return 'whole'
  return batches.length === 0 ? 'none' : 'parts'
}

/** Batches whose rows another active batch also holds. */
export type Duplicates = {
  /** Unintended duplicates. */
  readonly surplus: readonly PublishedBatch[]
  /** Sent again on purpose by `if-unchanged: publish`, not to replace the existing copy. */
  readonly onPurpose: readonly PublishedBatch[]
}

/**
 * Determines which batches to revert so that each row is there once. Every run names the same batches: the first batch of
 * each part stays, by its id, which begins with its time. Of data that was divided in several ways, the first complete
 * division stays.
 */
export function duplicatesIn(batches: readonly PublishedBatch[]): Duplicates {
  const active = batches.filter(({ state }) => state.holdsRows).toSorted((a, b) => (a.record.id < b.record.id ? -1 : 1))
  const publishes = Map.groupBy(active, ({ provenance }) => provenance.publishFingerprint)
  const again = Array.from(publishes.values()).flatMap(duplicatesOfPublish)
  const isOnPurpose = (one: PublishedBatch) => one.provenance.isAgain && !stayedBeside(one, active)
  return { surplus: again.filter((one) => !isOnPurpose(one)), onPurpose: again.filter(isOnPurpose) }
}

/** True if the batch was to replace a copy that is still active next to it. */
function stayedBeside({ record: { replay }, provenance }: PublishedBatch, active: readonly PublishedBatch[]): boolean {
  return active.some(
    ({ record, holder, provenance: { publishFingerprint: publish } }) =>
      publish === provenance.publishFingerprint && replay.predecessors.some((id) => id === record.id || id === holder),
  )
}

function duplicatesOfPublish(batches: readonly PublishedBatch[]): readonly PublishedBatch[] {
  const cuts = Array.from(Map.groupBy(batches, ({ provenance }) => provenance.part.of).values())
  const kept = cuts.find((parts) => completeness(parts) === 'whole') ?? cuts[0] ?? []
  const parts = Map.groupBy(kept, ({ provenance }) => provenance.fingerprint)
  const firsts = new Set(Array.from(parts.values()).map(([first]) => first))
  return batches.filter((one) => !firsts.has(one))
}

/** @returns the fault, and what to revert; undefined if no row is duplicated, or only on purpose. */
export function duplicateFault(batches: readonly PublishedBatch[]): PublishFault | undefined {
  const { surplus } = duplicatesIn(batches)
  if (surplus.length === 0) return undefined
  const publishes = new Set(surplus.map(({ provenance }) => provenance.publishFingerprint))
  const same = batches.filter(
    ({ state, provenance }) => state.holdsRows && publishes.has(provenance.publishFingerprint),
  )
  const ids = [...new Set(same.map(({ holder }) => holder))].join(', ')
  return {
    message: `the dataset contains the same rows more than once: ${ids}`,
    remedy: `${surplus.map(remainsToRevert).join('. ')}.`,
  }
}

type RevertTarget = { readonly record: { readonly id: BatchId }; readonly holder: BatchId }

/** The instruction that the user has to follow. */
export function remainsToRevert({ record: { id }, holder }: RevertTarget): string {
  if (id === holder) return `To finish, revert ${id}: ${howToRevert(id)}`
  return `To finish, revert ${holder}, into which the platform consolidated ${id}, and publish again what else it contains: ${howToRevert(holder)}`
}

/** A note about rows that are duplicated on purpose. */
export function purposeNote(batches: readonly PublishedBatch[]): string | undefined {
  const ids = [...new Set(duplicatesIn(batches).onPurpose.map(({ holder }) => holder))].join(', ')
  if (ids === '') return undefined
  return `The dataset contains the same rows more than once, on purpose ("if-unchanged: publish"): ${ids}`
}

/** Batches to check for duplicates: those of this publication, and this data under other default names. */
export function concernedBatches(wanted: DesiredPublish, { batches }: Published): readonly PublishedBatch[] {
  return batches.filter((one) => one.provenance.publication === wanted.publication || isSameContent(wanted, one))
}

export type OurBatches = {
  readonly batches: readonly BatchId[]
  readonly replaces: readonly BatchId[]
  /** Existing batches with parts of this data, which are not sent again. */
  readonly kept: readonly PublishedBatch[]
  /** The published batches seen when we decided to send ours. */
  readonly seen: Published
}

/**
 * Finds a change since our decision that makes it wrong to complete our batches.
 *
 * | seen now, but not when we decided                     | matters                |
 * |-------------------------------------------------------|------------------------|
 * | this data past COMPLETE, from another run             | always                 |
 * | a predecessor that is no longer active                | if we replace          |
 * | a kept part of this data that is no longer active     | if parts are kept      |
 * | anything else of this publication past COMPLETE       | under `previous`       |
 *
 * @returns the reason, or undefined if there is no such change.
 */
export function conflictWith(wanted: DesiredPublish, ours: OurBatches, now: Published): string | undefined {
  const before = ours.seen.batches.filter(({ state }) => isPastComplete(state)).map(({ record }) => record.id)
  const known = new Set<string>([...ours.batches, ...ours.replaces, ...before])
  const others = now.batches.filter(
    ({ record, holder, state }) => isPastComplete(state) && !known.has(record.id) && !known.has(holder),
  )
  const same = others.find((held) => isSameContent(wanted, held))
  if (same !== undefined) return `batch ${same.record.id} has the same data`
  const moved = new Set(ours.seen.batches.filter((held) => hasLeft(held, now)).map(({ holder }) => holder))
  const lost = ours.replaces.filter((id) => moved.has(id))
  if (lost.length > 0) return `${lost.join(', ')}, which was to be replaced, is no longer active`
  const gone = ours.kept.find(({ record: { id } }) =>
    now.batches.some(({ record, state }) => record.id === id && !state.holdsRows),
  )
  if (gone !== undefined) return `${gone.record.id}, which has a part of this data, is no longer active`
  if (wanted.replaces.kind !== 'previous') return undefined
  const rival = others.find(({ provenance }) => provenance.publication === wanted.publication)
  return rival === undefined ? undefined : `batch ${rival.record.id} of this publication was published in between`
}

export function isPastComplete({ isInWork, holdsRows }: BatchState): boolean {
  return isInWork || holdsRows
}

/** Whether the batch that held these rows no longer does: they were removed, or consolidated into another one. */
function hasLeft({ record, holder }: PublishedBatch, { batches }: Published): boolean {
  return batches.some((one) => one.record.id === record.id && !(one.state.holdsRows && one.holder === holder))
}
