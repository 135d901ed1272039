import { ACTIVE, type BatchState, howToRevert } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { PublishedBatch, Published } from './find.ts'
import { isToReplace } from './predecessors.ts'
import type { DesiredPublish } from '../request.ts'
import { type Provenance, isDefaultName, readPublicationName } from '../tags.ts'

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

function isEarlierAttempt(
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
export function duplicateFault(batches: readonly PublishedBatch[]): Conflict | undefined {
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

/** The properties that identify a shard, even one without files. */
export type ShardIdentity = Pick<DesiredPublish, 'publication' | 'runId' | 'attempt' | 'filesHash'>

export type Conflict = { readonly message: string; readonly remedy: string }

/**
 * Finds active batches, or batches in progress, that conflict with the shard that this run wants to publish. Rows would be
 * missing or duplicated, although each job by itself succeeded.
 *
 * | existing batch of the same name                       | is an error                                |
 * |-------------------------------------------------------|--------------------------------------------|
 * | another shard of this run, made from other files      | always                                     |
 * | one of another number of shards (all files: one)      | under `previous`, if its id is named, or for the same files |
 *
 * If its id is named, the first shard would replace all of it with a part, and the others would find nothing to replace.
 */
export function shardConflict(wanted: DesiredPublish, published: Published): Conflict | undefined {
  const coming = published.batches.filter((one) => isComing(wanted, one))
  const strays = coming.filter(
    ({ provenance }) => isSibling(wanted, provenance) && provenance.filesHash !== wanted.filesHash,
  )
  if (strays.length > 0) return otherFilesConflict(strays)
  const others = coming.filter((one) => isCutOtherwise(wanted, one, published))
  return others.length > 0 ? otherCutConflict(wanted, others) : undefined
}

/** Finds other shards of this run that were made from other files: a file missing in ours may be in none of them. */
export function strayShards(share: ShardIdentity, { batches: held }: Published): Conflict | undefined {
  const strays = held.filter(
    (one) => isComing(share, one) && isSibling(share, one.provenance) && one.provenance.filesHash !== share.filesHash,
  )
  return strays.length > 0 ? otherFilesConflict(strays) : undefined
}

/** Whether both names are of shards of the same publication, with the same number of shards. */
export function areShards(one: string, other: string): boolean {
  const [a, b] = [readPublicationName(one), readPublicationName(other)]
  return a.base === b.base && a.shard.of === b.shard.of && a.shard.of > 1
}

/** The active batches of this publication that were divided into another number of shards. */
export function activeOfOtherCuts(
  { publication }: DesiredPublish,
  { batches: held }: Published,
): readonly PublishedBatch[] {
  const ours = readPublicationName(publication)
  return held.filter(({ state, provenance }) => {
    const theirs = readPublicationName(provenance.publication)
    return state.holdsRows && theirs.base === ours.base && theirs.shard.of !== ours.shard.of
  })
}

/** An open batch of another job of this attempt may be completed at any moment; one of other runs or attempts may never be. */
function isComing(wanted: ShardIdentity, { state, provenance }: PublishedBatch): boolean {
  if (state.isOpen) return provenance.runId === wanted.runId && !isEarlierAttempt(wanted, provenance)
  return isPastComplete(state)
}

function isSibling({ publication, runId }: ShardIdentity, provenance: Provenance): boolean {
  return (
    provenance.runId === runId &&
    provenance.publication !== publication &&
    areShards(provenance.publication, publication)
  )
}

function isCutOtherwise(wanted: DesiredPublish, held: PublishedBatch, published: Published): boolean {
  const { provenance } = held
  const [ours, theirs] = [readPublicationName(wanted.publication), readPublicationName(provenance.publication)]
  if (ours.shard.of === theirs.shard.of) return false
  const isSameFiles = provenance.filesHash === wanted.filesHash
  if (ours.base === theirs.base)
    return (
      isSameFiles || wanted.replaces.kind === 'previous' || (ours.shard.of > 1 && isNamedByWorkflow(published, held))
    )
  // Reworded patterns do not make the data new.
  const areDefaults = isDefaultName(ours.base) && isDefaultName(theirs.base)
  return isSameFiles && areDefaults && wanted.replaces.kind === 'nothing'
}

function isNamedByWorkflow({ named }: Published, { record, holder }: PublishedBatch): boolean {
  return named.some((one) => one.id === record.id || one.holder === holder)
}

function otherFilesConflict(strays: readonly PublishedBatch[]): Conflict {
  return {
    message: `not all shards of this run were made from the same files: ${listOf(strays)} found other names or sizes than this one`,
    remedy:
      'Give all jobs of the matrix the same files: check out the same commit, and write an export once, in an earlier job that passes it on as an artifact. Then start a new run.',
  }
}

function otherCutConflict({ publication }: DesiredPublish, others: readonly PublishedBatch[]): Conflict {
  const { of } = readPublicationName(publication).shard
  const what = of === 1 ? 'all files without shards' : `one of ${of} shards`
  const names = [...new Set(others.map(({ provenance }) => JSON.stringify(provenance.publication)))].join(', ')
  const ids = [...new Set(others.map(({ holder }) => holder))].join(', ')
  return {
    message: `this run publishes ${what}, but the active data was divided into other shards, so rows would be duplicated or left behind: ${names}`,
    remedy: `Use the same number of shards as before; or revert those batches, each with "mode: revert" and its "batch-id": ${ids}; or choose another "publication".`,
  }
}

function listOf(batches: readonly PublishedBatch[]): string {
  return batches.map(({ record, provenance }) => `${record.id} (${JSON.stringify(provenance.publication)})`).join(', ')
}

/** True for a batch in progress whose result decides what to do. It may be about to replace what would be kept. */
export function mustBeWaitedFor(
  held: PublishedBatch,
  wanted: DesiredPublish,
  { batches: all }: Pick<Published, 'batches'>,
): boolean {
  const { state, provenance } = held
  if (!state.isInWork) return false
  if (isSameContent(wanted, held)) return true
  if (all.some((one) => one.state.holdsRows && isSameContent(wanted, one) && isToReplace(held, one))) return true
  const isOurs = provenance.publication === wanted.publication
  return isOurs && (wanted.replaces.kind === 'previous' || isEarlierAttempt(wanted, provenance))
}

/** True for a batch that an earlier attempt of this run left open, and that is to be aborted. */
export function isLeftover({ state, provenance }: PublishedBatch, wanted: DesiredPublish): boolean {
  return state.isOpen && provenance.publication === wanted.publication && isEarlierAttempt(wanted, provenance)
}

/** What to do about batches in progress that concern us. `left`: they are all of this data, and the run ends as submitted. */
export type InProgressVerdict =
  | { readonly kind: 'waited for' | 'left' }
  | { readonly kind: 'refused'; readonly message: string; readonly remedy: string }

export type Pending = {
  readonly pending: readonly PublishedBatch[]
  readonly seen: Published
  /** False with `wait: false`. */
  readonly mayWait: boolean
}

export function judgeInProgress(wanted: DesiredPublish, { pending, seen, mayWait }: Pending): InProgressVerdict {
  const stalled = pending.filter(({ state }) => state.isStalled)
  if (wanted.replaces.kind === 'previous' && stalled.length > 0)
    return refuseInProgress(stalled, 'stalled, and only Adobe can end it')
  if (mayWait || pending.length === 0) return { kind: 'waited for' }
  const clash = shardConflict(wanted, seen)
  if (clash !== undefined) return { kind: 'refused', ...clash }
  const duplicate = duplicateFault(concernedBatches(wanted, seen))
  if (duplicate !== undefined) return { kind: 'refused', ...duplicate }
  const again = surplusInProgress(wanted, pending, seen)
  if (again.length > 0)
    return refuseInProgress(again, 'in progress, and another batch in the dataset or in progress has the same rows')
  if (isAllInProgress(wanted, pending, seen)) return { kind: 'left' }
  return refuseInProgress(pending, 'in progress, and "wait: false" does not wait for it')
}

/** Batches whose rows will be duplicates if every batch in progress succeeds. */
function surplusInProgress(
  wanted: DesiredPublish,
  pending: readonly PublishedBatch[],
  seen: Published,
): readonly PublishedBatch[] {
  const concerned = concernedBatches(wanted, seen)
  const assumed = concerned.map((one): PublishedBatch => (pending.includes(one) ? { ...one, state: ACTIVE } : one))
  return duplicatesIn(assumed).surplus
}

/** Requires all parts: a run that ends as submitted must have submitted everything, because no one would send the rest. */
function isAllInProgress(
  wanted: DesiredPublish,
  pending: readonly PublishedBatch[],
  { batches: held }: Published,
): boolean {
  const same = held.filter((one) => isPastComplete(one.state) && isSameContent(wanted, one))
  return pending.every((one) => same.includes(one)) && completeness(same) === 'whole'
}

function refuseInProgress(batches: readonly PublishedBatch[], why: string): InProgressVerdict {
  const list = batches.map(({ record }) => record.id).join(', ')
  return {
    kind: 'refused',
    message: `batch ${list} of this publication is ${why}`,
    remedy: 'Run the job again when that batch has finished.',
  }
}
