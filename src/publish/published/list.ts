import { type Context, aheadContext } from '../../context.ts'
import { createHeadStart } from '../../lib/async.ts'
import { ownValue } from '../../lib/json-reader.ts'
import { DeadlinePassed, withDeadline } from '../../lib/time.ts'
import { statusesOf } from '../../platform/batch-state.ts'
import type { BatchQuery } from '../../platform/catalog.ts'
import { TimeOver } from '../../platform/http/errors.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { FIRST_LIST_MOST_MS, PAGE_ENTRIES, RECENT_BATCHES_MS } from '../../platform/limits.ts'
import { type BatchRecord, SUCCESSOR_TAG } from '../../platform/records.ts'
import type { PublishRequest } from '../request.ts'
import { mergeReads } from './read-batch.ts'

/** The dataset and the repository whose batches are listed. */
export type PublishedPlace = { readonly dataset: DatasetId; readonly repositoryId: string }

export type PublishedQuery = PublishedPlace & {
  /** Limits the query, apart from recent batches, if nothing of the publication is to be replaced; absent: no limit. */
  readonly only?: { readonly publishes: readonly string[]; readonly files: string; readonly runId: string }
  /** Maps fingerprints that earlier releases gave the wanted data to those of today. */
  readonly knownAs?: ReadonlyMap<string, string>
  /** Includes batches that were removed from the dataset long ago. */
  readonly withHistory?: true
  /** Ids that the workflow names as predecessors. */
  readonly named?: readonly BatchId[]
  /** Records that this run has already seen: a list may be older than the one before it. */
  readonly seen?: readonly BatchRecord[]
  /** The result of {@link listNewest}, if that was begun earlier. */
  readonly newest?: Newest | undefined
}

type Newest = Promise<readonly BatchRecord[]>

/** The query of a request: all batches of its repository under `previous`, otherwise only those that concern it. */
export function publishedQuery(request: PublishRequest): PublishedQuery {
  const { target, run, replaces, publishFingerprint, filesHash, knownAs } = request
  const place = { dataset: target.dataset.id, repositoryId: run.repositoryId, knownAs }
  if (replaces.kind === 'previous') return place
  const earlier = Array.from(knownAs).filter(([, today]) => today === publishFingerprint)
  const publishes = [publishFingerprint, ...earlier.map(([before]) => before)]
  return { ...place, only: { publishes, files: filesHash, runId: run.runId } }
}

/** Like {@link publishedQuery}, with the batches that the workflow names. */
export function queryWithNamed(request: PublishRequest): PublishedQuery {
  const { replaces } = request
  return { ...publishedQuery(request), named: replaces.kind === 'ids' ? replaces.ids : [] }
}

/**
 * Lists the newest batches of this repository in a dataset, of any kind: one page, which holds all of them if there are
 * fewer.
 */
function listNewest(place: PublishedPlace, { platform, signal }: Context): Newest {
  return platform.catalog.batches({ ...allOf(place), newestOnly: true }, signal)
}

/** The first list of a run. It needs only the dataset's id, so it is read concurrently with other requests. */
export type FirstList = AsyncDisposable & {
  begin(dataset: DatasetId): void
  /** Returns the list once; undefined if it was not begun, or so long ago that a new list is needed. */
  take(): Newest | undefined
}

/** Waiting for the list counts against the wait budget, and ends with it, only from the call of `take`. */
export function openFirstList(context: Context): FirstList {
  const { repositoryId } = context.github.run
  const ahead = createHeadStart<readonly BatchRecord[]>(context)
  return {
    begin: (dataset) =>
      ahead.begin((signal) => listNewest({ dataset, repositoryId }, { ...aheadContext(context), signal })),
    take() {
      const cut = new AbortController()
      const newest = ahead.take(FIRST_LIST_MOST_MS, cut.signal)
      context.ahead.budget.begin()
      return newest && waitFor(newest, cut, context)
    },
    [Symbol.asyncDispose]: () => ahead[Symbol.asyncDispose](),
  }
}

async function waitFor(newest: Newest, cut: AbortController, { waits, clock, signal }: Context): Newest {
  const { budget } = waits
  const deadline = { silenceMs: budget.mostMs(), clock, signal }
  const work = (limited: AbortSignal) => {
    limited.addEventListener('abort', () => cut.abort(limited.reason), { once: true })
    return newest
  }
  try {
    return await budget.during(() => withDeadline(deadline, work))
  } catch (error) {
    cut.abort(error)
    throw error instanceof DeadlinePassed ? new TimeOver('read the list of batches', false, error) : error
  }
}

/**
 * Lists the batches of this repository that matter, usually with one request. If there are more than a page holds, each
 * query is a separate list. Then batches that were replaced long ago are not listed, and of appended batches only those
 * that concern this data.
 */
export async function listConcerned(query: PublishedQuery, context: Context): Promise<readonly BatchRecord[]> {
  const { platform, clock, signal } = context
  const newest = await (query.newest ?? listNewest(query, context))
  const questions = questionsOf(query, clock.wallNow() - RECENT_BATCHES_MS)
  const open = newest.length < PAGE_ENTRIES ? [] : questions.filter((one) => !isAnsweredBy(newest, one))
  const lists = await Promise.all(open.map((one) => platform.catalog.batches(one, signal)))
  const fitting = newest.filter((record) => questions.some((one) => fits(record, one))).toSorted(byAge)
  const ids = new Set([fitting, ...lists].flat().map(({ id }) => id))
  // The newest list may know that a batch is gone which another one, of a replica that lags, still shows as active.
  return mergeReads([fitting, newest, ...lists].flat()).filter(({ id }) => ids.has(id))
}

/** Oldest first. */
function byAge({ createdMs: a = 0 }: BatchRecord, { createdMs: b = 0 }: BatchRecord): number {
  return a - b
}

function allOf({ dataset, repositoryId }: PublishedPlace): BatchQuery & { readonly tags: readonly string[] } {
  return { dataset, tags: [`gh_repository_id:${repositoryId}`] }
}

/** The queries whose results are the batches that matter. */
function questionsOf(query: PublishedQuery, recentMs: number): readonly BatchQuery[] {
  const { only, withHistory } = query
  const own = allOf(query)
  if (withHistory) return [own]
  const tagged = (tag: string): BatchQuery => ({ ...own, tags: [...own.tags, tag] })
  const recent = { ...own, createdAfterMs: recentMs }
  const active = statusesOf(({ holdsRows }) => holdsRows)
  const stalled = statusesOf(({ isStalled }) => isStalled)
  const ofStatus = (status: string): BatchQuery => ({ ...own, status })
  if (only === undefined) return [recent, ...[...active, ...stalled].map(ofStatus), tagged(`${SUCCESSOR_TAG}:*`)]
  return [
    recent,
    ...only.publishes.map((publish) => tagged(`gh_publish:${publish}`)),
    tagged(`gh_files:${only.files}`),
    tagged(`gh_run_id:${only.runId}`),
    // Only the warning that an earlier run is still active depends on these.
    ...active.map((status): BatchQuery => ({ ...own, status, newestOnly: true })),
  ]
}

/** True if the newest batches reach back to the start of the query. False for a query without a start. */
function isAnsweredBy(newest: readonly BatchRecord[], { createdAfterMs = -Infinity }: BatchQuery): boolean {
  return newest.some(({ createdMs = Infinity }) => createdMs <= createdAfterMs)
}

/** Matches a record like the platform's filter. The callers compare the properties that matter again. */
function fits(record: BatchRecord, { status, tags = [], createdAfterMs = -Infinity }: BatchQuery): boolean {
  const { createdMs = Infinity } = record
  return (
    (status === undefined || record.status === status) &&
    createdMs > createdAfterMs &&
    tags.every((pair) => hasTag(record, pair))
  )
}

function hasTag({ tags }: BatchRecord, pair: string): boolean {
  const [, key = '', value = ''] = /^([^:]*):(.*)$/.exec(pair) ?? []
  const held = ownValue(tags, key) ?? []
  return value.endsWith('*') ? held.some((one) => one.startsWith(value.slice(0, -1))) : held.includes(value)
}
