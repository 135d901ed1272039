import type { DesiredPublish } from '../request.ts'
import { type Provenance, isDefaultName, readPublicationName } from '../tags.ts'
import { isEarlierAttempt, isPastComplete } from './compare.ts'
import type { Published, PublishedBatch, PublishFault } from './find.ts'

/** The properties that identify a shard, even one without files. */
export type ShardIdentity = Pick<DesiredPublish, 'publication' | 'runId' | 'attempt' | 'filesHash'>

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
export function shardConflict(wanted: DesiredPublish, published: Published): PublishFault | undefined {
  const coming = published.batches.filter((one) => isComing(wanted, one))
  const strays = coming.filter(
    ({ provenance }) => isSibling(wanted, provenance) && provenance.filesHash !== wanted.filesHash,
  )
  if (strays.length > 0) return otherFilesConflict(strays)
  const others = coming.filter((one) => isCutOtherwise(wanted, one, published))
  return others.length > 0 ? otherCutConflict(wanted, others) : undefined
}

/** Finds other shards of this run that were made from other files: a file missing in ours may be in none of them. */
export function strayShards(share: ShardIdentity, { batches: held }: Published): PublishFault | undefined {
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

function otherFilesConflict(strays: readonly PublishedBatch[]): PublishFault {
  return {
    message: `not all shards of this run were made from the same files: ${listOf(strays)} found other names or sizes than this one`,
    remedy:
      'Give all jobs of the matrix the same files: check out the same commit, and write an export once, in an earlier job that passes it on as an artifact. Then start a new run.',
  }
}

function otherCutConflict({ publication }: DesiredPublish, others: readonly PublishedBatch[]): PublishFault {
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
