import type { Context } from '../../context.ts'
import { type PollOptions, poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { ACTIVE, type BatchState, WITHDRAWN, stateOf } from '../../platform/batch-state.ts'
import { type BatchId, type DatasetId, isBatchId } from '../../platform/ids.ts'
import {
  CONSOLIDATED_LOOKS_AFTER_MS,
  CONSOLIDATION_MOST_LINKS,
  CONSOLIDATION_MOST_PARTS,
  NAMED_LOOKS_AFTER_MS,
  STALE_LOOKS_AFTER_MS,
} from '../../platform/limits.ts'
import type { BatchRecord, LookUp } from '../../platform/records.ts'
import { type PublishedQuery, listConcerned } from './list.ts'
import { type Provenance, readProvenance } from '../tags.ts'

/**
 * What batch holds the rows of one that the platform consolidated, now.
 *
 * @returns undefined where it was not consolidated, or where nothing holds them any more.
 */
export async function holderOf(record: BatchRecord, context: Context): Promise<BatchId | undefined> {
  const { successor } = record
  return successor === undefined
    ? undefined
    : followSuccessor({ id: successor, isNeeded: stateOf(record).isGone }, context)
}

type ChainStart = {
  readonly id: BatchId
  /** The rows are nowhere else: what named it as its successor is inactive. */
  readonly isNeeded: boolean
}

/**
 * @returns the last active batch of a chain of consolidations, if there is one; one before it may still read `success`
 * at first.
 */
export async function followSuccessor(start: ChainStart, context: Context): Promise<BatchId | undefined> {
  let { id, isNeeded } = start
  let held: BatchId | undefined
  for (let link = 1; link <= CONSOLIDATION_MOST_LINKS; link++) {
    const found = await readSuccessor({ id, isNeeded }, context)
    if (found.kind === 'missing') return held
    const { holdsRows, isFinal, isGone } = stateOf(found.record)
    // A batch is inactive once its successor has succeeded: where that does not read so, the catalogue lags.
    if (holdsRows || (isNeeded && !isFinal)) held = id
    const { successor } = found.record
    if (successor === undefined) return held
    id = successor
    isNeeded = isGone
  }
  return held
}

/**
 * Whether a chain of consolidations ends in a batch that was reverted: then nothing holds the rows of those before it any
 * more, though one of them may still read `success` at first.
 */
export async function wasReverted(first: BatchId, context: Context): Promise<boolean> {
  let id = first
  for (let link = 1; link <= CONSOLIDATION_MOST_LINKS; link++) {
    const found = await context.platform.catalog.batch(id, context.signal)
    if (found.kind === 'missing') return false
    const { successor } = found.record
    if (successor === undefined) return stateOf(found.record).heldRows
    id = successor
  }
  return false
}

function readSuccessor({ id, isNeeded }: ChainStart, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (found: LookUp<BatchRecord>) => found.kind === 'found' && (!isNeeded || stateOf(found.record).isFinal)
  return readUntil(id, { isDone, pauses: CONSOLIDATED_LOOKS_AFTER_MS }, context)
}

/** Reads a batch that somebody has named: that one look misses it is no proof that there is none. */
export function readNamedBatch(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  return readUntil(id, { isDone: ({ kind }) => kind === 'found', pauses: NAMED_LOOKS_AFTER_MS }, context)
}

function readUntil(
  id: BatchId,
  options: PollOptions<LookUp<BatchRecord>>,
  context: Context,
): Promise<LookUp<BatchRecord>> {
  return poll(() => context.platform.catalog.batch(id, context.signal), options, context)
}

/** Every batch whose rows a consolidated one holds, through consolidations of consolidations. */
export async function holdingsOf(id: BatchId, context: Context): Promise<readonly string[]> {
  const leaves = new Set<string>()
  const seen = new Set<string>([id])
  for (const next of seen) {
    const parts = isBatchId(next) ? await madeOf(next, context) : []
    if (parts.length === 0 && next !== id) leaves.add(next)
    for (const part of parts) seen.add(part)
    if (seen.size > CONSOLIDATION_MOST_PARTS) throw endlessPartsProblem(id)
  }
  return Array.from(leaves)
}

function endlessPartsProblem(id: BatchId): Problem {
  return new Problem(
    `Cannot tell what batch "${id}" was consolidated from: it lists more than ${CONSOLIDATION_MOST_PARTS} parts`,
    {
      remedy: 'Check the batch in the Experience Platform UI.',
    },
  )
}

async function madeOf(id: BatchId, { platform, signal }: Context): Promise<readonly string[]> {
  const found = await platform.catalog.batch(id, signal)
  if (found.kind === 'missing' || found.record.replay.reason !== 'consolidation') return []
  return found.record.replay.predecessors
}

/** A batch that this action published, from this repository into this dataset. */
export type PublishedBatch = {
  readonly record: BatchRecord
  readonly provenance: Provenance
  /** Of what it brought: what was consolidated is as active as who holds its rows. */
  readonly state: BatchState
  /** Who holds its rows: itself, or the batch into which the platform consolidated it. */
  readonly holder: BatchId
  /** Proved to be by an earlier attempt of the very step that looks. */
  readonly isOwnStep?: true
}

export type Published = {
  readonly batches: readonly PublishedBatch[]
  /** What a consolidated batch was made of, all the way down. */
  readonly holdings: ReadonlyMap<BatchId, readonly string[]>
  /** The batches that the workflow names to be replaced, as they are now. */
  readonly named: readonly NamedBatch[]
}

/** Whether each of these is seen, in such a state: where one is not, lists lag behind what is known of it. */
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
  const { named: ids = [], dataset } = place
  const records = await listConcerned(place, context)
  const ours = records.flatMap((record) => toPublished(record, place))
  const settled = await Promise.all(ours.map((held) => readAgain(held, ours, context)))
  const held = await Promise.all(settled.map((one) => followConsolidation(one, context)))
  const consolidated = [
    ...new Set(held.filter(({ record, holder }) => holder !== record.id).map(({ holder }) => holder)),
  ]
  const holdings = await Promise.all(consolidated.map(async (id) => [id, await holdingsOf(id, context)] as const))
  const named = await Promise.all(ids.map((id) => readNamed(id, dataset, context)))
  return { batches: held, holdings: new Map(holdings), named }
}

/** Filters narrow a search; what counts is compared here. */
function toPublished(record: BatchRecord, query: PublishedQuery): readonly PublishedBatch[] {
  const { dataset, repositoryId } = query
  const provenance = asOfToday(readProvenance(record), query)
  const isOurs = provenance?.repositoryId === repositoryId && (record.dataset ?? dataset) === dataset
  return provenance === undefined || !isOurs ? [] : [{ record, provenance, state: stateOf(record), holder: record.id }]
}

/** What an earlier release published is known by what its fingerprints would be today. */
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
  const record = found.kind === 'found' ? found.record : held.record
  return { ...held, record, state: stateOf(record) }
}

/** Reads a batch that may not be active any more, again and again while it still reads so, or while no replica asked shows it. */
export async function readFresh(id: BatchId, context: Context): Promise<LookUp<BatchRecord>> {
  const isDone = (found: LookUp<BatchRecord>) => found.kind === 'found' && !stateOf(found.record).holdsRows
  return readUntil(id, { isDone, pauses: STALE_LOOKS_AFTER_MS }, context)
}

/** What the platform consolidated is still held, by another batch; the first reads after it may still say `success`. */
async function followConsolidation(held: PublishedBatch, context: Context): Promise<PublishedBatch> {
  const { successor } = held.record
  if (!held.state.isFinal || successor === undefined) return held
  const holder = await holderOf(held.record, context)
  if (holder !== undefined) return { ...held, state: ACTIVE, holder }
  const isStale = held.state.holdsRows && (await wasReverted(successor, context))
  return isStale ? { ...held, state: WITHDRAWN } : held
}

/** A batch that the workflow names, looked up. */
export type NamedBatch = {
  readonly id: BatchId
  readonly isActive: boolean
  /** Who holds its rows. */
  readonly holder: BatchId
  /** Everything that the holder was made of, where that is another batch. */
  readonly holdings: readonly string[]
  /** Why it can't be replaced, and never could be: no batch of this dataset, or not one that was completed. */
  readonly unfit?: string
}

async function readNamed(id: BatchId, dataset: DatasetId, context: Context): Promise<NamedBatch> {
  const found = await readNamedBatch(id, context)
  if (found.kind === 'missing') return unfitBatch(id, 'the catalog of this sandbox does not contain it')
  const { record } = found
  if ((record.dataset ?? dataset) !== dataset) return unfitBatch(id, `it belongs to dataset "${record.dataset}"`)
  const { isFinal, holdsRows } = stateOf(record)
  if (!isFinal) return unfitBatch(id, `it is "${record.status}"`)
  const holder = await holderOf(record, context)
  if (holder === undefined) {
    const { successor } = record
    const isStale = successor !== undefined && (await wasReverted(successor, context))
    return { id, isActive: holdsRows && !isStale, holder: id, holdings: [] }
  }
  return { id, isActive: true, holder, holdings: await holdingsOf(holder, context) }
}

function unfitBatch(id: BatchId, unfit: string): NamedBatch {
  return { id, isActive: false, holder: id, holdings: [], unfit }
}

/** @throws Problem for a batch that the workflow names, and that doesn't exist, is of another dataset, or was not completed. */
export function requireReplaceable({ named }: Published): void {
  const found = named.find(({ unfit }) => unfit !== undefined)
  if (found === undefined) return
  throw new Problem(`Cannot replace batch "${found.id}": ${found.unfit}`, {
    remedy: 'List only active batches of this dataset in "replay-predecessors".',
  })
}

export type NamedPredecessors =
  | { readonly kind: 'named'; readonly ids: readonly BatchId[] }
  | { readonly kind: 'refuse'; readonly message: string; readonly remedy: string }

/**
 * The ids that the platform is told, for these batches and those that the workflow names. An id that is no longer
 * active must have been replaced by one of these batches. A consolidated batch is named in the place of its parts, if
 * everything it holds is among them.
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
