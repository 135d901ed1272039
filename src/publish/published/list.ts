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

/** Whose batches are looked at, and where. */
export type PublishedPlace = { readonly dataset: DatasetId; readonly repositoryId: string }

export type PublishedQuery = PublishedPlace & {
  /** All that matters where nothing of the publication is to be replaced, beside what is recent; absent: everything. */
  readonly only?: { readonly publishes: readonly string[]; readonly files: string; readonly runId: string }
  /** Fingerprints that earlier releases made of what is wanted, and what each is today. */
  readonly knownAs?: ReadonlyMap<string, string>
  /** What was taken out of the dataset long ago matters too. */
  readonly withHistory?: true
  /** Ids that the workflow names to be replaced. */
  readonly named?: readonly BatchId[]
  /** What this run has seen of batches there before: a list may be older than the one before it. */
  readonly seen?: readonly BatchRecord[]
  /** What {@link listNewest} answers, where it was begun before. */
  readonly newest?: Newest | undefined
}

type Newest = Promise<readonly BatchRecord[]>

/** Where a request looks: at all of its repository where it replaces what was published last, else at what concerns it. */
export function publishedQuery(request: PublishRequest): PublishedQuery {
  const { target, run, replaces, publishFingerprint, filesHash, knownAs } = request
  const place = { dataset: target.dataset.id, repositoryId: run.repositoryId, knownAs }
  if (replaces.kind === 'previous') return place
  const earlier = Array.from(knownAs).filter(([, today]) => today === publishFingerprint)
  const publishes = [publishFingerprint, ...earlier.map(([before]) => before)]
  return { ...place, only: { publishes, files: filesHash, runId: run.runId } }
}

/** As {@link publishedQuery}, and at the batches that the workflow names. */
export function queryWithNamed(request: PublishRequest): PublishedQuery {
  const { replaces } = request
  return { ...publishedQuery(request), named: replaces.kind === 'ids' ? replaces.ids : [] }
}

/**
 * The newest batches of this repository in a dataset, whatever they are; all there are, where they are fewer than a page
 * holds.
 */
function listNewest(place: PublishedPlace, { platform, signal }: Context): Newest {
  return platform.catalog.batches({ ...allOf(place), newestOnly: true }, signal)
}

/** The first list of a run, which needs nothing but the id of the dataset, and is read while other things are. */
export type FirstList = AsyncDisposable & {
  begin(dataset: DatasetId): void
  /** Once; undefined where it was not begun, or so long ago that a look must list anew. */
  take(): Newest | undefined
}

/** It is a wait of the run from when it is taken, and ends with the time for waiting; before that it takes nothing of it. */
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
 * What matters of the batches of this repository: of one list, as a rule. Where there are more of them than a page holds,
 * those that were replaced long ago are not listed, and of those that were added one after the other only what concerns
 * this content: each question is a list of its own then.
 */
export async function listConcerned(query: PublishedQuery, context: Context): Promise<readonly BatchRecord[]> {
  const { platform, clock, signal } = context
  const newest = await (query.newest ?? listNewest(query, context))
  const questions = questionsOf(query, clock.wallNow() - RECENT_BATCHES_MS)
  const open = newest.length < PAGE_ENTRIES ? [] : questions.filter((one) => !isAnsweredBy(newest, one))
  const lists = await Promise.all(open.map((one) => platform.catalog.batches(one, signal)))
  const fitting = newest.filter((record) => questions.some((one) => fits(record, one))).toSorted(byAge)
  return Array.from(new Map([fitting, ...lists].flat().map((record) => [record.id, record])).values())
}

/** Oldest first. */
function byAge({ createdMs: a = 0 }: BatchRecord, { createdMs: b = 0 }: BatchRecord): number {
  return a - b
}

function allOf({ dataset, repositoryId }: PublishedPlace): BatchQuery & { readonly tags: readonly string[] } {
  return { dataset, tags: [`gh_repository_id:${repositoryId}`] }
}

/** A batch matters that is the answer to one of them. */
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
    // Nothing depends on these but the warning that an earlier run is still active beside this.
    ...active.map((status): BatchQuery => ({ ...own, status, newestOnly: true })),
  ]
}

/** The newest reach back far enough, where a question does so at all. */
function isAnsweredBy(newest: readonly BatchRecord[], { createdAfterMs = -Infinity }: BatchQuery): boolean {
  return newest.some(({ createdMs = Infinity }) => createdMs <= createdAfterMs)
}

/** As the platform compares; what of it counts is compared again by whoever gets the list. */
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
