import { ACTIVE } from '../../platform/batch-state.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { DesiredPublish } from '../request.ts'
import { duplicatesIn, isPastComplete, isSameContent, mayBeOwnStep, remainsToRevert } from './compare.ts'
import { shardConflict } from './shards.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'

/** Our batches, and the published batches seen when we decided to send them. */
export type CompletedBatches = {
  readonly batches: readonly BatchId[]
  readonly known: Published
  /** When their COMPLETE was answered, in milliseconds since the epoch; absent if another run sent it. */
  readonly sentMs?: number
}

export type Rival = {
  readonly held: PublishedBatch
  /** The batches to revert, of ours and theirs. */
  readonly reverts: readonly BatchId[]
}

/**
 * Batches of other runs and attempts, by the run that has to report them. `elsewhere` includes different data by an earlier
 * attempt of this step that the catalog did not show before: as far as it is known, that attempt was stopped.
 */
export type Rivals = { readonly here: readonly Rival[]; readonly elsewhere: readonly Rival[] }

/**
 * Finds batches that became active at the same moment as ours: with the same data, or under `previous` any of our
 * publication. If two runs see each other, only the one whose first batch has the higher id reports the fault. A batch that
 * finished before our COMPLETE (which may have been repeated for minutes) belongs to a run that has already looked, so this
 * run reports it.
 */
export function findRivals(wanted: DesiredPublish, completed: CompletedBatches, now: Published): Rivals {
  const { batches, sentMs = 0 } = completed
  const [first] = batches.toSorted()
  const others = othersAtOnce(wanted, completed, now)
  const isReportedHere = (held: PublishedBatch) =>
    isRival(wanted, held) && first !== undefined && (first > firstOfRun(held, others) || hasLooked(held, sentMs))
  const rivals = others
    .map((held) => ({ held, reverts: batchesToRevert(wanted, { batches, now }, held) }))
    .filter(({ reverts }) => reverts.length > 0)
  return {
    here: rivals.filter(({ held }) => isReportedHere(held)),
    elsewhere: rivals.filter(({ held }) => !isReportedHere(held) && !hasSeenOurs(held, { batches, now })),
  }
}

function othersAtOnce(
  wanted: DesiredPublish,
  { batches, known }: CompletedBatches,
  now: Published,
): readonly PublishedBatch[] {
  const before = new Set(known.batches.filter(({ state }) => state.holdsRows).map(({ record }) => record.id))
  const taken = new Set(
    now.batches.filter(({ record }) => batches.includes(record.id)).flatMap(({ record }) => record.replay.predecessors),
  )
  return now.batches
    .filter(
      ({ record, state }) =>
        isPastComplete(state) && !batches.includes(record.id) && !before.has(record.id) && !taken.has(record.id),
    )
    .filter((held) => isRival(wanted, held) || mayBeOwnStep(wanted, held))
}

function isRival(wanted: DesiredPublish, held: PublishedBatch): boolean {
  return isSameContent(wanted, held) || isRivalContent(wanted, held)
}

/**
 * Finds shards that conflict with ours and were completed at the same moment, or before the catalog showed them. The run of
 * a shard that is still open looks once more before its own COMPLETE, and sees us.
 */
export function conflictAfter(
  wanted: DesiredPublish,
  replaces: readonly BatchId[],
  now: Published,
): PublishFault | undefined {
  const isReplaced = ({ record, holder }: PublishedBatch) => replaces.includes(record.id) || replaces.includes(holder)
  return shardConflict(wanted, {
    ...now,
    batches: now.batches.filter((one) => !one.state.isOpen && !isReplaced(one)),
  })
}

/** Whether a shard conflicts with ours that the catalog shows as open, although it may be completed. */
export function mayConflictYet(wanted: DesiredPublish, now: Published): boolean {
  return shardConflict(wanted, { ...now, batches: now.batches.filter(({ state }) => state.isOpen) }) !== undefined
}

/** True if the batch finished before our COMPLETE: its run did not see our batches when it looked. */
function hasLooked({ record }: PublishedBatch, sentMs: number): boolean {
  return (record.completedMs ?? Infinity) < sentMs
}

/** True if the run of the other batch knew ours: it replaces them, or created its batch after they had finished. */
function hasSeenOurs({ record }: PublishedBatch, { batches, now }: OursNow): boolean {
  if (batches.some((id) => record.replay.predecessors.includes(id))) return true
  const finished = batches.map((id) => now.batches.find((one) => one.record.id === id)?.record.completedMs)
  return finished.every((ms) => ms !== undefined && (record.createdMs ?? 0) > ms)
}

/** True for different data of this publication if our run, or the other one, was to leave only its own active. */
function isRivalContent(
  { replaces: asked, publication, runId }: DesiredPublish,
  { provenance, record }: PublishedBatch,
): boolean {
  if (provenance.publication !== publication) return false
  return (
    asked.kind === 'previous' ||
    (asked.kind === 'nothing' && record.replay.predecessors.length > 0 && provenance.runId !== runId)
  )
}

/** The lowest id among the batches that the same run published at the same moment. */
function firstOfRun(
  { record, provenance: { runId, attempt } }: PublishedBatch,
  all: readonly PublishedBatch[],
): BatchId {
  const own = all.filter(({ provenance }) => provenance.runId === runId && provenance.attempt === attempt)
  return own.map((one) => one.record.id).toSorted()[0] ?? record.id
}

type OursNow = { readonly batches: readonly BatchId[]; readonly now: Published }

/** With the same data, the younger batch of each part is reverted; with different data, the batches of the earlier run. */
function batchesToRevert(wanted: DesiredPublish, { batches, now }: OursNow, held: PublishedBatch): readonly BatchId[] {
  const { record, provenance } = held
  if (provenance.publishFingerprint !== wanted.publishFingerprint)
    return isFromEarlier(wanted, provenance) ? [record.id] : batches
  const isOurs = (one: PublishedBatch) => batches.includes(one.record.id)
  const isSamePart = (one: PublishedBatch) => one.provenance.fingerprint === provenance.fingerprint
  const ours = now.batches.filter(isOurs)
  const parts = ours.some(isSamePart) ? ours.filter(isSamePart) : ours
  // The catalog may not list our batches yet.
  if (parts.length === 0) return [record.id, ...batches].toSorted().slice(-1)
  // Some may still be in progress: assumes that all of them succeed.
  const { surplus } = duplicatesIn([...parts, held].map((one): PublishedBatch => ({ ...one, state: ACTIVE })))
  return surplus.map((one) => one.record.id)
}

function isFromEarlier(wanted: DesiredPublish, { runId, attempt }: PublishedBatch['provenance']): boolean {
  return runId < wanted.runId || (runId === wanted.runId && attempt < wanted.attempt)
}

/** Whether a rival that would be reverted by us is open: the catalog may not show its COMPLETE yet. */
export function hasOpenRival(
  wanted: DesiredPublish,
  { batches }: CompletedBatches,
  { batches: held }: Published,
): boolean {
  const [first] = batches.toSorted()
  return held.some((one) => one.state.isOpen && isRival(wanted, one) && first !== undefined && one.record.id < first)
}

/**
 * What is wrong, and the action that is left. One fault covers all rivals with the same data, because each of their parts
 * has to be reverted. It is last, where users see it.
 */
export function rivalFaults(wanted: DesiredPublish, rivals: readonly Rival[]): readonly string[] {
  const isSame = ({ held }: Rival) => held.provenance.publishFingerprint === wanted.publishFingerprint
  const others = rivals.filter((rival) => !isSame(rival))
  return [
    ...others.map((rival) => rivalFault('different data of this publication', [rival])),
    ...(others.length < rivals.length ? [rivalFault('the same data', rivals.filter(isSame))] : []),
  ]
}

function rivalFault(what: string, rivals: readonly Rival[]): string {
  const ids = rivals.map(({ held }) => held.record.id).join(', ')
  const runs = [...new Set(rivals.map(({ held }) => held.provenance.run))].join(', ')
  const reverts = [...new Set(rivals.flatMap((rival) => rival.reverts))].map(revertSentence).join('. ')
  return `Batch ${ids} published ${what} at the same moment (${runs}). ${reverts}`
}

function revertSentence(id: BatchId): string {
  return remainsToRevert({ record: { id }, holder: id })
}
