import type { Context } from '../../context.ts'
import { type Pauses, poll, runConcurrently } from '../../lib/async.ts'
import { Problem, messageOf } from '../../lib/errors.ts'
import { withDeadline } from '../../lib/time.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { BatchRecord } from '../../platform/records.ts'
import { stateOf } from '../../platform/batch-state.ts'
import { ABORT_LAG_MS, IN_WORK_MOST_LOOKS, LIST_LAG_MOST_MS, LIST_LAG_PAUSE_MS } from '../../platform/limits.ts'
import { concernedBatches, conflictWith, contentInDataset, isSameContent, mayBeOwnStep } from './compare.ts'
import { shardConflict } from './shards.ts'
import { isLeftover, judgeInProgress, mustBeWaitedFor } from './in-progress.ts'
import { type Decision, decide } from './decide.ts'
import {
  NOTHING_PUBLISHED,
  type Published,
  type PublishedBatch,
  type PublishFault,
  findPublished,
  recordsOf,
  requireReplaceable,
  shows,
} from './find.ts'
import { type FirstList, queryWithNamed } from './list.ts'
import { leavingBatches, remainingPredecessors } from './predecessors.ts'
import { readNamedBatch } from './read-batch.ts'
import type { DesiredPublish, PublishRequest } from '../request.ts'
import { type WaitResult, pauseWhileCompleteLags, waitForBatch } from '../wait.ts'

/** What is already published of this publication, and what remains to do. */
export type Reconciled =
  | {
      readonly kind: 'decided'
      readonly decision: Exclude<Decision, { readonly kind: 'refuse' }>
      readonly seen: Published
      /** Batches that this run waited for. */
      readonly waitedFor: ReadonlySet<BatchId>
    }
  /** This data is in progress, and this run doesn't wait. `kept`: batches that already hold parts of it. */
  | {
      readonly kind: 'submitted'
      readonly batches: readonly PublishedBatch[]
      readonly kept: readonly PublishedBatch[]
    }
  /** A batch in progress did not finish in time. */
  | {
      readonly kind: 'timed-out'
      readonly batches: readonly { readonly held: PublishedBatch; readonly result: WaitResult }[]
    }

/**
 * Lists the dataset's batches of this publication, aborts those that earlier attempts of this run left open, waits for
 * batches in progress that concern us, and decides. If nothing could be duplicated, a failed lookup is only a warning.
 *
 * @throws Problem when existing batches prevent publishing.
 */
export async function reconcile(request: PublishRequest, list: FirstList, context: Context): Promise<Reconciled> {
  try {
    return await lookUntilDecided(request, list, context)
  } catch (error) {
    if (!mayGoBlind(error, request)) throw error
    context.log.warning(`${error.message}. Publishing without this check, as "if-unchanged: publish" allows`)
    const decision = { kind: 'send', parts: request.parts, replaces: [], kept: [], warnings: [] } as const
    return { kind: 'decided', decision, seen: NOTHING_PUBLISHED, waitedFor: new Set() }
  }
}

/** Whether the run can continue after a failed lookup, because nothing could be duplicated. */
export function mayGoBlind(error: unknown, wanted: DesiredPublish): error is Problem {
  return doublesNothing(wanted) && error instanceof Problem && error.isPassing
}

export function doublesNothing({ ifUnchanged, attempt, replaces }: DesiredPublish): boolean {
  return ifUnchanged === 'publish' && attempt === 1 && replaces.kind === 'nothing'
}

/** Not a poll: each turn acts on what it saw, by aborting batches or waiting for others. */
async function lookUntilDecided(request: PublishRequest, list: FirstList, context: Context): Promise<Reconciled> {
  const waitedFor = new Set<BatchId>()
  const looked: Leavers = new Map()
  const startMs = context.clock.now()
  let before: readonly BatchRecord[] = []
  for (let look = 1; look <= IN_WORK_MOST_LOOKS; look++) {
    const seen = await findWithProof(request, { list, before }, context)
    before = recordsOf(seen)
    if (await abortLeftovers(seen, { request, pauseMs: look * ABORT_LAG_MS }, context)) continue
    const pending = seen.batches.filter((held) => mustBeWaitedFor(held, request, seen))
    if (pending.length > 0) {
      const waited = await waitFor(pending, { request, seen }, context)
      if (waited.kind !== 'finished') return waited
      before = [...before, ...waited.records]
      const isBehind = pending.every(({ record }) => waitedFor.has(record.id))
      for (const { record } of pending) waitedFor.add(record.id)
      if (isBehind) await context.waits.budget.clock.sleep(LIST_LAG_PAUSE_MS, context.signal)
      continue
    }
    if (await waitUntilGone(leaversOf(request, seen, looked), looked, context)) continue
    requireReplaceable(seen)
    const decision = decide(request, seen)
    if (decision.kind === 'refuse') throw refusal(decision.message, decision.remedy)
    const stale = await findStale(decision.kept, waitedFor, context)
    if (stale.length === 0) return { kind: 'decided', decision, seen, waitedFor }
    const ids = stale.join(', ')
    if (context.clock.now() - startMs >= LIST_LAG_MOST_MS) throw staleListProblem(ids)
    context.log.info(`Batch ${ids} is no longer active, although the list of batches shows it so: checking again`)
    await context.waits.budget.clock.sleep(LIST_LAG_PAUSE_MS, context.signal)
  }
  throw new Problem(`Cannot publish: this publication was still in progress at each of ${IN_WORK_MOST_LOOKS} checks`, {
    remedy: 'Nothing was sent. Give the workflow one "concurrency:" group per dataset.',
  })
}

/** What became of batches that another one has replaced: whether they stayed active until the wait for them ended. */
type Leavers = Map<BatchId, 'gone' | 'stayed'>

/**
 * Batches that another active one was to replace, as far as they matter here: `previous` leaves nothing else active, and
 * otherwise only this data is kept. A batch that stayed active is not waited for again.
 */
function leaversOf(request: PublishRequest, seen: Published, looked: Leavers): readonly BatchId[] {
  if (!request.inputs.wait) return []
  const concerned = concernedBatches(request, seen).filter(
    (one) => request.replaces.kind === 'previous' || isSameContent(request, one),
  )
  const ids = leavingBatches(seen).flatMap((one) => (concerned.includes(one) ? [one.record.id] : []))
  return ids.filter((id) => looked.get(id) !== 'stayed')
}

/** @returns whether there were any, so that the list is out of date. */
async function waitUntilGone(ids: readonly BatchId[], looked: Leavers, context: Context): Promise<boolean> {
  if (ids.length === 0) return false
  context.log.info(`Waiting until batch ${ids.join(', ')}, which another batch has replaced, is no longer active`)
  // The list still shows what a look at the batches did not.
  const isBehind = ids.every((id) => looked.has(id))
  if (isBehind) await context.waits.budget.clock.sleep(LIST_LAG_PAUSE_MS, context.signal)
  const remaining = new Set((await remainingPredecessors(ids, context)).map(({ id }) => id))
  for (const id of ids) looked.set(id, remaining.has(id) ? 'stayed' : 'gone')
  return true
}

/**
 * Checks the kept batches one by one, because their data is not sent and a list may lag behind a look at a single batch.
 * Batches that were consolidated or waited for were just looked at.
 */
async function findStale(
  kept: readonly PublishedBatch[],
  waitedFor: ReadonlySet<BatchId>,
  context: Context,
): Promise<readonly BatchId[]> {
  const ids = kept
    .filter(({ record, holder }) => record.id === holder && !waitedFor.has(holder))
    .map(({ holder }) => holder)
  const { signal } = context
  const looks = await runConcurrently(ids, { width: KEPT_LOOKS_AT_ONCE, signal }, async (id, sibling) => ({
    id,
    found: await readNamedBatch(id, { ...context, signal: sibling }),
  }))
  const isGone = ({ found }: (typeof looks)[number]) => found.kind === 'missing' || stateOf(found.record).isGone
  return looks.filter(isGone).map(({ id }) => id)
}

const KEPT_LOOKS_AT_ONCE = 4

function staleListProblem(ids: string): Problem {
  return refusal(
    `the list of batches still shows ${ids} as active, but it is not`,
    'Run the job again in a few minutes, when the catalog is up to date.',
  )
}

type FirstLook = {
  readonly list: FirstList
  /** Records that this run has seen before. */
  readonly before: readonly BatchRecord[]
}

/** Finds the published batches, and marks those that are proved to be from an earlier attempt of this step. */
export async function findWithProof(
  request: PublishRequest,
  { list, before }: FirstLook,
  context: Context,
): Promise<Published> {
  const seen = await findPublished({ ...queryWithNamed(request), newest: list.take(), seen: before }, context)
  const candidates = seen.batches.filter((one) => mayBeOwnStep(request, one))
  if (candidates.length === 0) return seen
  try {
    const own = await jobName(request.attempt, request.step?.job ?? '', context)
    const names = await Promise.all(
      candidates.map(async ({ provenance: { attempt, job } }) => jobName(attempt, job, context)),
    )
    const proved = new Set(candidates.filter((_, index) => own !== undefined && names[index] === own))
    const batches = seen.batches.map((one): PublishedBatch => (proved.has(one) ? { ...one, isOwnStep: true } : one))
    return { ...seen, batches }
  } catch (error) {
    context.signal.throwIfAborted()
    context.log.info(`Cannot ask GitHub for the names of the jobs of this run: ${messageOf(error)}`)
    return seen
  }
}

/** The full name of a job if exactly one job of that attempt has it: calls of reusable workflows may share a name. */
async function jobName(attempt: number, key: string, context: Context): Promise<string | undefined> {
  if (key === '') return undefined
  const { github, waits, clock, signal } = context
  const { run, jobs } = github
  const deadline = { silenceMs: Math.min(JOBS_LONGEST_MS, waits.budget.mostMs()), clock, signal }
  const all = await waits.budget.during(() =>
    withDeadline(deadline, (limited) => jobs.list({ runId: run.runId, attempt }, limited)),
  )
  const found = all.filter(({ id, runner }) => key === id || key === `runner/${runner}`)
  const [job] = found
  const isClear = found.length === 1 && all.filter(({ name }) => name === job?.name).length === 1
  return isClear ? job?.name : undefined
}

const JOBS_LONGEST_MS = 30_000

/** @returns whether there were any, so that the list is out of date. */
async function abortLeftovers(
  { batches: held }: Published,
  { request, pauseMs }: { readonly request: DesiredPublish; readonly pauseMs: number },
  context: Context,
): Promise<boolean> {
  const open = held.filter((one) => isLeftover(one, request))
  for (const { record } of open) {
    const acted = await context.platform.batches.abort(record.id, context.signal)
    const what = acted === 'done' ? 'Aborted' : 'Could not abort (it is now in progress)'
    context.log.info(`${what} batch ${record.id}, which an earlier attempt of this run left open`)
    // The catalog may show "loading" for a while longer: an immediate look would only see that again.
    await context.waits.budget.clock.sleep(pauseMs, context.signal)
  }
  return open.length > 0
}

/** The records of the batches that were waited for, or how the run ends without waiting any longer. */
type Waited =
  | { readonly kind: 'finished'; readonly records: readonly BatchRecord[] }
  | Exclude<Reconciled, { readonly kind: 'decided' }>

async function waitFor(
  pending: readonly PublishedBatch[],
  { request, seen }: { readonly request: PublishRequest; readonly seen: Published },
  context: Context,
): Promise<Waited> {
  const judged = judgeInProgress(request, { pending, seen, mayWait: request.inputs.wait })
  if (judged.kind === 'left')
    return { kind: 'submitted', batches: pending, kept: contentInDataset(request, seen).same.batches }
  if (judged.kind === 'refused') throw refusal(judged.message, judged.remedy)
  context.log.info(`Waiting for batches in progress: ${pending.map(({ record }) => record.id).join(', ')}`)
  const { signal } = context
  const results = await context.waits.budget.during(() =>
    runConcurrently(pending, { width: pending.length, signal }, async (held, sibling) => ({
      held,
      result: await waitForBatch(
        held.record.id,
        { timeoutMs: context.waits.budget.leftMs(), isKnown: true },
        { ...context, signal: sibling },
      ),
    })),
  )
  const late = results.filter(({ result }) => result.kind === 'timed-out')
  if (late.length > 0) return { kind: 'timed-out', batches: late }
  return { kind: 'finished', records: results.flatMap(({ result }) => result.record ?? []) }
}

function refusal(message: string, remedy: string): Problem {
  return new Problem(`Cannot publish: ${message}`, { remedy: `Nothing was sent. ${remedy}` })
}

export type DecidedToSend = {
  readonly decision: Decision & { readonly kind: 'send' }
  /** The published batches seen when that was decided. */
  readonly seen: Published
}

/** Looks for batches of others since the last look. Must not begin before all bytes are uploaded. */
export function lookOnceMore(request: PublishRequest, before: Published, context: Context): Promise<Published> {
  return findPublished({ ...queryWithNamed(request), seen: recordsOf(before) }, context)
}

type LastLook = DecidedToSend & {
  readonly ours: readonly BatchId[]
  /** The result of {@link lookOnceMore}. */
  readonly now: Promise<Published>
}

/**
 * Judges the look before COMPLETE.
 *
 * @returns why our batches must not be completed, if there is a reason.
 * @throws Problem when shards conflict: starting over would help neither of the two jobs.
 */
export async function findConflict(
  request: PublishRequest,
  { decision, seen, ours, now: look }: LastLook,
  context: Context,
): Promise<string | undefined> {
  try {
    const now = await lookBeyond(await look, { request, ours }, context)
    requireReplaceable(now)
    const conflict = shardConflict(request, now)
    if (conflict !== undefined) throw conflictProblem(conflict)
    const { replaces, kept } = decision
    const lost = now.named.find(({ id, isActive, holder }) => replaces.includes(id) && (!isActive || holder !== id))
    if (lost !== undefined) return `${lost.id}, which was to be replaced, is no longer active`
    return conflictWith(request, { batches: ours, replaces, kept, seen }, now)
  } catch (error) {
    if (!mayGoBlind(error, request)) throw error
    context.log.warning(`${error.message}. Completing without this check`)
    return undefined
  }
}

type Own = { readonly request: PublishRequest; readonly ours: readonly BatchId[] }

/**
 * Looks again if the list does not show our own batches: it may be much older, and another replica of the catalog may
 * answer next. Without `wait` no check follows after success, so it repeats until the list shows them or the lag has passed.
 */
async function lookBeyond(first: Published, { request, ours }: Own, context: Context): Promise<Published> {
  const isDone = (now: Published) => shows(now, ours, () => true)
  if (isDone(first)) return first
  const pauses: Pauses<Published> = request.inputs.wait ? [0] : pauseWhileCompleteLags
  const look = (before = first) => lookOnceMore(request, before, context)
  return await poll(look, { isDone, pauses }, context)
}

function conflictProblem({ message, remedy }: PublishFault): Problem {
  return new Problem(`Cannot publish: ${message}`, { remedy: `Nothing was completed. ${remedy}` })
}
