import type { Context } from '../../context.ts'
import { type Look, pauseWithin, poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { backoff, retryAfterMs } from '../../lib/time.ts'
import { HttpFailure, lacksPermission } from '../../platform/http/errors.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { HTTP_MOST_ATTEMPTS } from '../../platform/limits.ts'
import { SYSTEM_JOBS_PATH, type SystemJob } from '../../platform/system-jobs.ts'
import {
  type LookState,
  type Misses,
  NO_FAILURES,
  NO_MISSES,
  NOT_WARNED,
  answerMs,
  tryLook,
  missedOnce,
  hasVanished,
} from '../look-tolerance.ts'
import { inTime, nextLook } from '../wait.ts'

/** The dataset whose batches Profile is asked to remove, and the sandbox id for the header that AWS needs. */
export type RemovalPlace = { readonly dataset: DatasetId; readonly sandboxId: string | undefined }

/** The result of the removal of one batch. `job` is undefined if there is none, or none is known. */
export type Removal = {
  /**
   * `running`: accepted, but not finished. `refused`, `failed`: Profile still contains the events. `unknown batch`: Profile
   * has nothing to remove. `not asked`: whether an earlier run asked is unknown, so this one did not. `unclear`: the result
   * is unknown.
   */
  readonly kind: 'removed' | 'running' | 'failed' | 'refused' | 'unknown batch' | 'not asked' | 'unclear'
  readonly batch: BatchId
  readonly job: SystemJob | undefined
  /** The error that explains the result; undefined if the job itself does. */
  readonly problem: Problem | undefined
}

/**
 * Checks that jobs can be read, before anything is changed. Any failure of the list other than a missing permission is
 * ignored: it is no reason to keep rows in the data lake.
 *
 * @throws Problem that names the missing permission.
 */
export async function requireRemovable({ sandboxId }: RemovalPlace, context: Context): Promise<void> {
  const { platform, signal } = context
  await platform.systemJobs.list(sandboxId, signal).catch((error: unknown) => {
    signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    if (lacksPermission(error)) throw forbiddenProblem(error, VIEW)
  })
}

/**
 * Asks Profile to remove the events of a batch. If an earlier run requested a job for it that has not failed, that job is
 * used and no second one is requested. @throws the signal's reason if nothing was requested yet
 */
export async function requestRemoval(batch: BatchId, place: RemovalPlace, context: Context): Promise<Removal> {
  const { signal } = context
  const known = await findJob(batch, place, context).catch((error: unknown) => problemOf(error, context))
  if (known instanceof Problem) return { kind: 'not asked', batch, job: undefined, problem: known }
  if (known !== undefined) return ofJob(batch, known)
  signal.throwIfAborted()
  const made = await requestJob(batch, place, context).catch((error: unknown) => problemOrCancel(error, context))
  return made === undefined || made instanceof Problem
    ? await withoutAnswer(batch, made, { place, context })
    : ofJob(batch, made)
}

/**
 * Requests a job, with retries if the platform certainly did not act. No document says whether a 503 comes from the service
 * or from a gateway that gave up waiting for it, so the list of jobs is read before each retry.
 *
 * @returns the job, or why there may be none
 */
function requestJob(batch: BatchId, place: RemovalPlace, context: Context): Promise<SystemJob | Problem> {
  const { platform, clock, random, log, signal } = context
  const { dataset, sandboxId } = place
  const send = () =>
    platform.systemJobs
      .remove({ batch, dataset }, sandboxId, signal)
      .catch((error: unknown) => problemOf(error, context))
  const sendUnlessKnown = async (before: SystemJob | Problem | undefined) => {
    if (!(before instanceof Problem)) return await send()
    log.info(`${before.message}. Checking whether the system job exists before it is requested again`)
    const known = await findJob(batch, place, context).catch((error: unknown) => problemOf(error, context))
    return known instanceof Problem ? before : (known ?? (await send()))
  }
  const isDone = (made: SystemJob | Problem) => !(made instanceof Problem) || !made.isPassing || made.mayHaveActed
  const pauseMs = ({ seen, looks }: Look<SystemJob | Problem>) => {
    const header = seen instanceof HttpFailure ? seen.response.retryAfter : undefined
    const wishMs = retryAfterMs(header, clock.wallNow())
    return looks < HTTP_MOST_ATTEMPTS ? backoff({ attempts: looks, wishMs }, random) : undefined
  }
  return poll(sendUnlessKnown, { isDone, pauses: pauseMs }, context)
}

type RemovalSetting = { readonly place: RemovalPlace; readonly context: Context }

/**
 * Handles a request that returned no job. If the job may exist, it is looked for: the response was lost, or the list lagged.
 * `problem` is undefined if the run was cancelled before the response.
 */
async function withoutAnswer(
  batch: BatchId,
  problem: Problem | undefined,
  { place, context }: RemovalSetting,
): Promise<Removal> {
  const kind = problem === undefined ? 'unclear' : kindOfRefusal(problem)
  if (kind === 'refused' && problem !== undefined && lacksPermission(problem))
    return { kind, batch, job: undefined, problem: forbiddenProblem(problem, MANAGE) }
  const late =
    kind === 'unclear'
      ? await findJob(batch, place, context).catch((error: unknown) => problemOrCancel(error, context))
      : undefined
  return late === undefined || late instanceof Problem ? { kind, batch, job: undefined, problem } : ofJob(batch, late)
}

/** Undefined after a cancellation, so that a removal already requested is still reported. */
function problemOrCancel(error: unknown, context: Context): Problem | undefined {
  return context.signal.aborted ? undefined : problemOf(error, context)
}

function problemOf(error: unknown, { signal }: Context): Problem {
  signal.throwIfAborted()
  if (!(error instanceof Problem)) throw error
  return error
}

/**
 * | answer                                  | what it means                                              |
 * |-----------------------------------------|------------------------------------------------------------|
 * | 400 with a list of errors               | "Batch not found for profile dataset"                      |
 * | 422                                     | a job for this batch exists                                |
 * | none, 5xx, or an unreadable one         | there may be a job                                         |
 * | anything else, including other 400s     | there is none: "Invalid delete request", no `x-sandbox-id` |
 *
 * Real-Time Customer Profile troubleshooting guide; Profile system jobs endpoint.
 */
function kindOfRefusal(problem: Problem): 'unknown batch' | 'refused' | 'unclear' {
  if (!(problem instanceof HttpFailure) || problem.mayHaveActed) return 'unclear'
  const { status, listsErrors } = problem.response
  if (status === 400 && listsErrors === true) return 'unknown batch'
  return status === 422 || problem.isPassing ? 'unclear' : 'refused'
}

/** Finds the job of a batch. A failed job does not count: the events are still there. */
async function findJob(
  batch: BatchId,
  { sandboxId }: RemovalPlace,
  { platform, signal }: Context,
): Promise<SystemJob | undefined> {
  const jobs = await platform.systemJobs.list(sandboxId, signal)
  const own = jobs.filter((job) => job.batch === batch)
  return own.find(({ progress }) => progress === 'done') ?? own.find(({ progress }) => progress !== 'failed')
}

/** A job of another batch, or a finished one that names no batch, proves nothing about this batch. */
function ofJob(batch: BatchId, job: SystemJob): Removal {
  const kind = KINDS[job.progress]
  const isOfAnother = job.batch !== undefined && job.batch !== batch
  const isUnproved = kind === 'removed' && job.batch === undefined
  if (!isOfAnother && !isUnproved) return { kind, batch, job, problem: undefined }
  const of = isOfAnother ? `is of batch ${job.batch}` : 'names no batch'
  const problem = new Problem(`Profile system job ${job.id} (${job.status}) ${of}`, { remedy: howToLook(job) })
  return { kind: 'unclear', batch, job, problem }
}

const KINDS = { running: 'running', unknown: 'running', done: 'removed', failed: 'failed' } as const

type JobLook = LookState & Misses & { readonly job: SystemJob }

/** Follows the job of a removal until it has finished, time runs out, or the run is cancelled. */
export async function awaitRemoval(asked: Removal, place: RemovalPlace, context: Context): Promise<Removal> {
  const { job, batch } = asked
  if (asked.kind !== 'running' || job === undefined) return asked
  context.log.info(`Profile system job ${job.id} removes batch ${batch} from Profile: ${job.status}`)
  return context.waits.budget.during(async () => {
    const last = await lookUntilOver({ job, ...NO_MISSES, ...NOT_WARNED }, place, context).catch((error: unknown) =>
      problemOrCancel(error, context),
    )
    if (last === undefined) return asked
    if (last instanceof Problem) return { kind: 'unclear', batch, job, problem: last }
    const isSeen = last.trouble === undefined && last.misses === 0
    return isSeen ? ofJob(batch, last.job) : { kind: 'unclear', batch, job: last.job, problem: last.trouble }
  })
}

function lookUntilOver(start: JobLook, place: RemovalPlace, context: Context): Promise<JobLook> {
  const { clock, waits } = context
  const endMs = clock.now() + waits.budget.leftMs()
  return poll<JobLook>(
    async (before = start) => (await inTime(endMs, (limited) => look(before, place, limited), context)) ?? before,
    {
      isDone: (seen) => KINDS[seen.job.progress] !== 'running' || hasVanished(seen, clock.now()),
      pauses: ({ seen, ageMs, lookMs }) =>
        pauseWithin(waits.budget.leftMs(), nextLook(ageMs, waits.longestPauseMs, answerMs(seen, lookMs))),
    },
    context,
  )
}

async function look(before: JobLook, { sandboxId }: RemovalPlace, context: Context): Promise<JobLook> {
  const ask = () => context.platform.systemJobs.job(before.job.id, sandboxId, context.signal)
  const one = await tryLook(ask, { before, isKnown: true }, context)
  if (one.kind === 'failed') return one.state
  const well = { ...before, ...NO_FAILURES }
  return one.seen.kind === 'found'
    ? { ...well, ...NO_MISSES, job: { ...one.seen.record, batch: one.seen.record.batch ?? before.job.batch } }
    : { ...well, ...missedOnce(before, context.clock.now()) }
}

const VIEW = '"View Profiles" (to read system jobs) and "Manage Profiles" (to request one)'
const MANAGE = '"Manage Profiles"'

function forbiddenProblem(cause: Problem, permission: string): Problem {
  return new Problem(cause.message, {
    remedy: `Give the role of the credential the permission ${permission} in this sandbox, or leave out "revert-profile".`,
    cause,
  })
}

/** How the user can check a job. */
export function howToLook(job: SystemJob | undefined): string {
  const path = job === undefined ? SYSTEM_JOBS_PATH : `${SYSTEM_JOBS_PATH}/${job.id}`
  return `Run the job again to see the result, or send GET ${path}.`
}
