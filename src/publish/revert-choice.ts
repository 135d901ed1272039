import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { rankBySimilarity } from '../lib/similar-names.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchRecord } from '../platform/records.ts'
import { followSuccessors, holdingsOf } from './published/consolidation.ts'
import type { PublishedBatch, Published } from './published/find.ts'
import { type Provenance, readProvenance } from './tags.ts'

/** A batch to be reverted, or that was already. */
export type ChosenBatch = {
  /** Who holds the rows: the batch itself, or the one into which the platform consolidated it. */
  readonly holder: BatchId
  readonly record: BatchRecord
  /** Undefined where no run of this action made it. */
  readonly provenance: Provenance | undefined
}

/**
 * The batch that a workflow names. One that the platform consolidated goes with its holder, where that holds nothing else.
 *
 * @throws Problem that lists the rest.
 */
export async function chooseNamed(record: BatchRecord, context: Context): Promise<ChosenBatch> {
  const { holder, read } = await followSuccessors(record, context)
  const provenance = readProvenance(record)
  const holdings = holder === undefined ? [] : await holdingsOf({ batch: holder, read }, context)
  // A successor that holds nothing of others is no consolidation, and what it holds is not this batch's.
  if (holder === undefined || holdings.length === 0) return { holder: record.id, record, provenance }
  const rest = holdings.filter((id) => id !== record.id)
  if (rest.length > 0) throw consolidatedProblem([record.id], holder.id, rest)
  return { holder: holder.id, record, provenance }
}

/** All batches of a publish; the active ones are to be reverted. @throws Problem as {@link chooseNamed}. */
export function choosePublish(publish: readonly PublishedBatch[], { holdings }: Published): readonly ChosenBatch[] {
  const ours = publish.map(({ record }) => record.id)
  const known = new Set<string>(ours)
  return publish.map(({ holder, record, provenance }) => {
    const held = holdings.get(holder) ?? []
    if (holder === record.id || held.length === 0) return { holder: record.id, record, provenance }
    const rest = held.filter((id) => !known.has(id))
    if (rest.length > 0) throw consolidatedProblem(ours, holder, rest)
    return { holder, record, provenance }
  })
}

function consolidatedProblem(ours: readonly BatchId[], holder: BatchId, rest: readonly string[]): Problem {
  return new Problem(
    `Cannot revert ${ours.join(', ')}: the platform has consolidated it into ${holder}, which contains more: ${rest.join(', ')}`,
    {
      remedy: `Nothing was reverted. If all of it can be removed, revert "batch-id: ${holder}", and publish again what is to stay.`,
    },
  )
}

/** Which publication's last publish is meant, and by which run. */
export type LastPublishQuery = { readonly publication: string; readonly runId: number }

/** `empty`: nothing of it ever reached the dataset; `batch` is one of those that failed or were aborted. */
export type LastPublish =
  | { readonly kind: 'held'; readonly batches: readonly PublishedBatch[] }
  | { readonly kind: 'empty'; readonly batch: PublishedBatch }

/**
 * The last publish of a publication: of the one `gh_publish` that the highest run brought, the batches that ever succeeded,
 * reverted ones included, so that a re-run finds the same ones again and takes back no more. Nor does a publish that failed
 * lead to the one before it. Of data that was published twice, only what came last.
 *
 * @throws Problem when there is none, something is in progress, or a later run than this one brought it.
 */
export function lastPublish({ publication, runId }: LastPublishQuery, { batches: held }: Published): LastPublish {
  const own = held.filter(({ provenance }) => provenance.publication === publication)
  const busy = own.filter(({ state }) => state.isInWork)
  if (busy.length > 0) throw unsettledProblem(publication, busy)
  const settled = own.filter(({ state }) => !state.isOpen).toSorted(latestFirst)
  const [last] = settled
  if (last === undefined) throw nothingProblem(publication, held)
  if (last.provenance.runId > runId) throw laterProblem(last)
  const batches = batchesOfPublish(last, settled).filter(hadSucceeded)
  return batches.length === 0 ? { kind: 'empty', batch: last } : { kind: 'held', batches }
}

/** Of each part what came last. `settled`: the latest first. */
function batchesOfPublish(last: PublishedBatch, settled: readonly PublishedBatch[]): readonly PublishedBatch[] {
  const isOther = ({ provenance }: PublishedBatch) =>
    provenance.publishFingerprint !== last.provenance.publishFingerprint
  const other = settled.findIndex(isOther)
  const newest = other < 0 ? settled : settled.slice(0, other)
  // A run that gave up for a twin leaves an aborted batch beside it; one that was cancelled leaves nothing that counts.
  if (newest.every(isGivenUp)) return []
  const tried = settled.filter((one) => !isOther(one) && !isGivenUp(one))
  const parts = Map.groupBy(tried, ({ provenance }) => provenance.fingerprint)
  return Array.from(parts.values()).flatMap(([latest]) => (latest === undefined ? [] : [latest]))
}

/** Before the platform took it. */
function isGivenUp({ record }: PublishedBatch): boolean {
  return stateOf(record).isGivenUp
}

/**
 * What was begun after the last publish, and still reads `loading`: it may have been completed, and the catalogue lag. Or it
 * was never completed, and somebody has to abort it.
 */
export function openAfterLast(
  { publication }: LastPublishQuery,
  { batches: held }: Published,
): readonly PublishedBatch[] {
  const own = held.filter(({ provenance }) => provenance.publication === publication)
  const last = Math.max(0, ...own.filter(({ state }) => !state.isOpen).map(({ provenance }) => provenance.runId))
  return own.filter(({ state, provenance }) => state.isOpen && provenance.runId >= last)
}

/** Its rows were in the dataset once; `deleted` is what becomes of an inactive batch later. */
function hadSucceeded({ state, record }: PublishedBatch): boolean {
  return state.holdsRows || stateOf(record).heldRows
}

/** By the run that brought it, then the attempt; within one attempt the younger batch. */
function latestFirst(a: PublishedBatch, b: PublishedBatch): number {
  const created = (b.record.createdMs ?? 0) - (a.record.createdMs ?? 0)
  return b.provenance.runId - a.provenance.runId || b.provenance.attempt - a.provenance.attempt || created
}

function unsettledProblem(publication: string, busy: readonly PublishedBatch[]): Problem {
  const ids: readonly BatchId[] = busy.map(({ record }) => record.id)
  return new Problem(
    `Cannot revert the last run of ${JSON.stringify(publication)}: still in progress: ${ids.join(', ')}`,
    {
      remedy:
        'Run the job again when these batches have finished: only then is it known which run was the last. Only Adobe can end a batch that is "stalled"; to revert another batch, set "batch-id" to it.',
    },
  )
}

function nothingProblem(publication: string, held: readonly PublishedBatch[]): Problem {
  const names = rankBySimilarity(
    publication,
    held.map(({ provenance }) => provenance.publication).filter((name) => name !== publication),
  )
  const others = names.map((name) => JSON.stringify(name)).join(', ')
  return new Problem(
    `Cannot revert the last run of ${JSON.stringify(publication)}: this repository never published it`,
    {
      remedy:
        others === ''
          ? 'This repository has never published into this dataset.'
          : `Check "publication" (or "glob", if it has no name) and "shard". Similar in this dataset: ${others}.`,
    },
  )
}

function laterProblem({ provenance, record }: PublishedBatch): Problem {
  return new Problem(
    `Cannot revert batch "${record.id}": a later run published it (${provenance.run}), and re-running this older run would remove it`,
    {
      remedy: 'Start a new run instead of re-running this one.',
    },
  )
}
