import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { rankBySimilarity } from '../lib/similar-names.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { BatchId } from '../platform/ids.ts'
import type { BatchRecord } from '../platform/records.ts'
import { followSuccessors, holdingsOf } from './published/consolidation.ts'
import type { PublishedBatch, Published } from './published/find.ts'
import { type Provenance, readProvenance } from './tags.ts'

/** A batch to revert, or one that was already reverted. */
export type ChosenBatch = {
  /** The batch that holds the rows: this one, or the one into which the platform consolidated it. */
  readonly holder: BatchId
  readonly record: BatchRecord
  /** Undefined if no run of this action created it. */
  readonly provenance: Provenance | undefined
}

/**
 * Chooses the batch that a workflow names. If the platform consolidated it, the holder is reverted, provided that it holds
 * nothing else.
 *
 * @throws Problem that lists the other batches of the holder.
 */
export async function chooseNamed(record: BatchRecord, context: Context): Promise<ChosenBatch> {
  const { holder, read } = await followSuccessors(record, context)
  const provenance = readProvenance(record)
  const holdings = holder === undefined ? [] : await holdingsOf({ batch: holder, read }, context)
  // A successor without parts is not a consolidation, so it does not hold this batch's rows.
  if (holder === undefined || holdings.length === 0) return { holder: record.id, record, provenance }
  const rest = holdings.filter((id) => id !== record.id)
  if (rest.length > 0) throw consolidatedProblem([record.id], holder.id, rest)
  return { holder: holder.id, record, provenance }
}

/** Chooses all batches of a publish run; the active ones are to be reverted. @throws Problem like {@link chooseNamed}. */
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

/** The publication whose last publish run is meant, and the run that asks. */
export type LastPublishQuery = { readonly publication: string; readonly runId: number }

/** `empty`: none of its rows ever reached the dataset; `batch` is one that failed or was aborted. */
export type LastPublish =
  | { readonly kind: 'held'; readonly batches: readonly PublishedBatch[] }
  | { readonly kind: 'empty'; readonly batch: PublishedBatch }

/**
 * Finds the last publish of a publication: the batches that ever succeeded with the `gh_publish` of the highest run. It
 * includes reverted ones, so that a re-run finds the same batches and reverts no more. A failed publish does not lead to
 * the one before it. Of data that was published twice, only the latest batches are returned.
 *
 * @throws Problem when there is none, a batch is in progress, or a later run than this one published it.
 */
export function lastPublish({ publication, runId }: LastPublishQuery, { batches: held }: Published): LastPublish {
  const own = held.filter(({ provenance }) => provenance.publication === publication)
  const busy = own.filter(({ state }) => state.isInWork)
  if (busy.length > 0) throw unfinishedProblem(publication, busy)
  const completed = own.filter(({ state }) => !state.isOpen).toSorted(latestFirst)
  const [last] = completed
  if (last === undefined) throw nothingProblem(publication, held)
  if (last.provenance.runId > runId) throw laterProblem(last)
  const batches = batchesOfPublish(last, completed).filter(hadSucceeded)
  return batches.length === 0 ? { kind: 'empty', batch: last } : { kind: 'held', batches }
}

/** The latest batch of each part. `completed`: the latest first. */
function batchesOfPublish(last: PublishedBatch, completed: readonly PublishedBatch[]): readonly PublishedBatch[] {
  const isOther = ({ provenance }: PublishedBatch) =>
    provenance.publishFingerprint !== last.provenance.publishFingerprint
  const other = completed.findIndex(isOther)
  const newest = other < 0 ? completed : completed.slice(0, other)
  // A run that gave way to another with the same data leaves an aborted batch next to it; a cancelled run leaves only batches that do not count.
  if (newest.every(isGivenUp)) return []
  const tried = completed.filter((one) => !isOther(one) && !isGivenUp(one))
  const parts = Map.groupBy(tried, ({ provenance }) => provenance.fingerprint)
  return Array.from(parts.values()).flatMap(([latest]) => (latest === undefined ? [] : [latest]))
}

/** True if the batch was abandoned before the platform accepted it. */
function isGivenUp({ record }: PublishedBatch): boolean {
  return stateOf(record).isGivenUp
}

/**
 * Lists batches that were begun since the last publish and still read `loading`. Either they were completed and the catalog
 * lags, or they were never completed and have to be aborted.
 */
export function openAfterLast(
  { publication }: LastPublishQuery,
  { batches: held }: Published,
): readonly PublishedBatch[] {
  const own = held.filter(({ provenance }) => provenance.publication === publication)
  const last = Math.max(0, ...own.filter(({ state }) => !state.isOpen).map(({ provenance }) => provenance.runId))
  return own.filter(({ state, provenance }) => state.isOpen && provenance.runId >= last)
}

/** True if its rows were ever in the dataset. An inactive batch becomes `deleted` later. */
function hadSucceeded({ state, record }: PublishedBatch): boolean {
  return state.holdsRows || stateOf(record).heldRows
}

/** Orders by run, then attempt, then creation time, the latest first. */
function latestFirst(a: PublishedBatch, b: PublishedBatch): number {
  const created = (b.record.createdMs ?? 0) - (a.record.createdMs ?? 0)
  return b.provenance.runId - a.provenance.runId || b.provenance.attempt - a.provenance.attempt || created
}

function unfinishedProblem(publication: string, busy: readonly PublishedBatch[]): Problem {
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
