import type { Context } from '../../context.ts'
import { Problem } from '../../lib/errors.ts'
import { ACTIVE, type BatchState, WITHDRAWN, stateOf } from '../../platform/batch-state.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import type { BatchRecord } from '../../platform/records.ts'
import { type Succession, followSuccessors, holdingsOf } from './consolidation.ts'
import { type PublishedQuery, listConcerned } from './list.ts'
import { laterOf, mergeReads, readFresh, readNamedBatch } from './read-batch.ts'
import { type Provenance, readProvenance } from '../tags.ts'

/** A batch that this action published, from this repository into this dataset. */
export type PublishedBatch = {
  readonly record: BatchRecord
  readonly provenance: Provenance
  /** The state of its rows: a consolidated batch is as active as the batch that holds its rows. */
  readonly state: BatchState
  /** The batch that holds its rows: itself, or the one into which the platform consolidated it. */
  readonly holder: BatchId
  /** Proved to be from an earlier attempt of this very step. */
  readonly isOwnStep?: true
}

export type Published = {
  readonly batches: readonly PublishedBatch[]
  /** The batches from which a consolidated batch was made, at every depth. */
  readonly holdings: ReadonlyMap<BatchId, readonly string[]>
  /** The batches that the workflow names as predecessors, in their current state. */
  readonly named: readonly NamedBatch[]
}

/** Whether each of these batches is listed in such a state. If not, the lists lag behind what is known. */
export function shows(
  { batches: held }: Published,
  ids: readonly BatchId[],
  isSuch: (state: BatchState) => boolean,
): boolean {
  return ids.every((id) => held.some(({ record, state }) => record.id === id && isSuch(state)))
}

export const NOTHING_PUBLISHED: Published = { batches: [], holdings: new Map(), named: [] }

/** Looks up what this repository's batches hold in a dataset. */
export async function findPublished(place: PublishedQuery, context: Context): Promise<Published> {
  const { named: ids = [], seen: before = [] } = place
  // A list may be older than the one before it, and lack batches that the one before it showed.
  const records = mergeReads([...before, ...(await listConcerned(place, context))])
  const ours = records.flatMap((record) => toPublished(record, place))
  const current = await Promise.all(ours.map((held) => readAgain(held, ours, context)))
  const followed = await Promise.all(current.map((one) => followConsolidation(one, context)))
  const held = followed.map(({ batch }) => batch)
  const holders = new Map(
    followed.flatMap(({ succession: { holder, read } }) =>
      holder === undefined ? [] : [[holder.id, { batch: holder, read }] as const],
    ),
  )
  const holdings = await Promise.all(
    Array.from(holders, async ([id, consolidated]) => [id, await holdingsOf(consolidated, context)] as const),
  )
  const seen = new Map(held.map(({ record }) => [record.id, record]))
  const named = await Promise.all(ids.map((id) => readNamed({ id, seen: seen.get(id) }, place, context)))
  return { batches: held, holdings: new Map(holdings), named }
}

/** The records that a later look must not fall behind. */
export function recordsOf({ batches }: Published): readonly BatchRecord[] {
  return batches.map(({ record }) => record)
}

/** Compares dataset and repository itself: the platform's filters only narrow the search. */
function toPublished(record: BatchRecord, query: PublishedQuery): readonly PublishedBatch[] {
  const { dataset, repositoryId } = query
  const provenance = asOfToday(readProvenance(record), query)
  const isOurs = provenance?.repositoryId === repositoryId && (record.dataset ?? dataset) === dataset
  return provenance === undefined || !isOurs ? [] : [{ record, provenance, state: stateOf(record), holder: record.id }]
}

/** Replaces the fingerprints of an earlier release with those of today. */
function asOfToday(provenance: Provenance | undefined, { knownAs }: PublishedQuery): Provenance | undefined {
  const publishFingerprint = knownAs?.get(provenance?.publishFingerprint ?? '')
  if (provenance === undefined || publishFingerprint === undefined) return provenance
  const { fingerprint: own } = provenance
  return { ...provenance, publishFingerprint, fingerprint: knownAs?.get(own) ?? own }
}

async function readAgain(
  held: PublishedBatch,
  all: readonly PublishedBatch[],
  context: Context,
): Promise<PublishedBatch> {
  const isReplaced = all.some(
    ({ state, record }) => state.holdsRows && record.replay.predecessors.includes(held.record.id),
  )
  if (!held.state.holdsRows || !isReplaced) return held
  const found = await readFresh(held.record.id, context)
  const record = found.kind === 'found' ? laterOf(held.record, found.record) : held.record
  return { ...held, record, state: stateOf(record) }
}

type FollowedBatch = { readonly batch: PublishedBatch; readonly succession: Pick<Succession, 'holder' | 'read'> }

/** Finds the batch that holds the rows after a consolidation. The first reads after one may still show `success`. */
async function followConsolidation(batch: PublishedBatch, context: Context): Promise<FollowedBatch> {
  if (!batch.state.isFinal) return { batch, succession: { holder: undefined, read: new Map() } }
  const succession = await followSuccessors(batch.record, context)
  const { holder, wasReverted } = succession
  if (holder !== undefined) return { batch: { ...batch, state: ACTIVE, holder: holder.id }, succession }
  return { batch: batch.state.holdsRows && wasReverted ? { ...batch, state: WITHDRAWN } : batch, succession }
}

/** A batch that the workflow names, looked up. */
export type NamedBatch = {
  readonly id: BatchId
  readonly isActive: boolean
  /** The batch that holds its rows. */
  readonly holder: BatchId
  /** All batches from which the holder was made, if the holder is another batch. */
  readonly holdings: readonly string[]
  /** Why it can never be replaced: it is not a batch of this dataset, or was not completed. */
  readonly unfit?: string
}

type NamedByWorkflow = {
  readonly id: BatchId
  /** The record from a list, if one showed it. */
  readonly seen: BatchRecord | undefined
}

async function readNamed(
  { id, seen }: NamedByWorkflow,
  { dataset }: { readonly dataset: DatasetId },
  context: Context,
): Promise<NamedBatch> {
  const found = await readNamedBatch(id, context)
  if (found.kind === 'missing') return unfitBatch(id, 'the catalog of this sandbox does not contain it')
  const record = laterOf(seen, found.record)
  if ((record.dataset ?? dataset) !== dataset) return unfitBatch(id, `it belongs to dataset "${record.dataset}"`)
  const { isFinal, holdsRows } = stateOf(record)
  if (!isFinal) return unfitBatch(id, `it is "${record.status}"`)
  const { holder, wasReverted, read } = await followSuccessors(record, context)
  if (holder === undefined) return { id, isActive: holdsRows && !wasReverted, holder: id, holdings: [] }
  return { id, isActive: true, holder: holder.id, holdings: await holdingsOf({ batch: holder, read }, context) }
}

function unfitBatch(id: BatchId, unfit: string): NamedBatch {
  return { id, isActive: false, holder: id, holdings: [], unfit }
}

/** @throws Problem if a batch that the workflow names doesn't exist, is of another dataset, or was not completed. */
export function requireReplaceable({ named }: Published): void {
  const found = named.find(({ unfit }) => unfit !== undefined)
  if (found === undefined) return
  throw new Problem(`Cannot replace batch "${found.id}": ${found.unfit}`, {
    remedy: 'List only active batches of this dataset in "replay-predecessors".',
  })
}

/** Why a run must not publish, or has not published what it was to, and what to do. */
export type PublishFault = { readonly message: string; readonly remedy: string }

export type NamedPredecessors =
  { readonly kind: 'named'; readonly ids: readonly BatchId[] } | ({ readonly kind: 'refuse' } & PublishFault)

/**
 * Determines the ids to send as predecessors, for these batches and those that the workflow names. An id that is no longer
 * active must have been replaced by one of these batches. A consolidated batch is named instead of its parts, if all that
 * it holds is among them.
 */
export function namePredecessors(
  { named, holdings }: Published,
  batches: readonly PublishedBatch[],
): NamedPredecessors {
  const consistsOf = new Map([...named.map((one) => [one.holder, one.holdings] as const), ...holdings])
  const taken = new Set(batches.flatMap(({ record }) => record.replay.predecessors))
  const over = named.filter(({ id, isActive }) => !isActive && !taken.has(id))
  if (over.length > 0) {
    return {
      kind: 'refuse',
      message: `these batches are not active, so they cannot be replaced: ${over.map(({ id }) => id).join(', ')}`,
      remedy: 'List only active batches in "replay-predecessors".',
    }
  }
  const active = [
    ...batches.map(({ record, holder }) => ({ id: record.id, holder })),
    ...named.filter(({ isActive }) => isActive),
  ]
  const ours = new Set<string>(active.map(({ id }) => id))
  const holders = [...new Set(active.map(({ holder }) => holder))]
  const unread = holders.filter((holder) => !ours.has(holder) && (consistsOf.get(holder) ?? []).length === 0)
  if (unread.length > 0) {
    return {
      kind: 'refuse',
      message: `the platform has consolidated what is to be replaced into ${unread.join(', ')}, and does not report yet what else it contains`,
      remedy: 'Run the job again in a few minutes.',
    }
  }
  const rest = holders
    .flatMap((holder) => (ours.has(holder) ? [] : (consistsOf.get(holder) ?? [])))
    .filter((id) => !ours.has(id))
  if (rest.length === 0) return { kind: 'named', ids: holders }
  return {
    kind: 'refuse',
    message: `the platform has consolidated what is to be replaced with other batches, which would be removed too: ${rest.join(', ')}`,
    remedy:
      'If they can be removed, list them in "replay-predecessors", too. If not, list them and publish their data again afterwards.',
  }
}
