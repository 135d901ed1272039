import type { Context } from '../context.ts'
import { type BatchPlan, sumKnown } from '../files/plan.ts'
import type { DeploymentOrder } from '../github/deployments.ts'
import type { DeploymentEnd, DeploymentEntry } from '../github/left-behind.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { count, joinFirst } from '../lib/text.ts'
import { type Clock, DeadlinePassed, withDeadline } from '../lib/time.ts'
import type { BatchId, DatasetId } from '../platform/ids.ts'
import type { PublishRequest } from './request.ts'

/** What is about to be sent, and in whose place. */
export type RecordedPublish = {
  readonly publish: Pick<PublishRequest, 'run' | 'publication' | 'publishFingerprint'> & {
    readonly inputs: Pick<Inputs, 'sandbox' | 'deploymentEnvironment'>
    readonly target: { readonly dataset: { readonly id: DatasetId } }
  }
  readonly plans: readonly Pick<BatchPlan, 'sources' | 'rows' | 'bytes'>[]
  readonly replaces: readonly BatchId[]
}

/**
 * Records the publish as a deployment in progress, before anything is sent. Without the permission, on a server that
 * has none, or that can't be reached: one warning, and the publish goes on without. Never throws, not even when the run
 * is cancelled meanwhile.
 *
 * @returns what is to be settled when the run ends; nothing for an empty environment, or when it could not be recorded.
 */
export async function recordDeployment(
  publish: RecordedPublish,
  context: Context,
): Promise<DeploymentEntry | undefined> {
  const { deploymentEnvironment: environment } = publish.publish.inputs
  if (environment === '') return undefined
  const order = { environment, sha: context.github.run.sha, ...describeDeployment(publish) }
  try {
    const id = await askGitHub(context, (signal) => context.github.deployments.create(order, signal))
    const entry = { id, environment }
    context.state.deployment.remember(entry)
    await showInProgress(entry, order.description, context)
    return entry
  } catch (error) {
    context.log.warning(
      `This run is not recorded as a deployment of ${JSON.stringify(environment)}: ${failureText(error)}`,
    )
    return undefined
  }
}

/** That it could not be shown as begun is no reason not to show its end. */
async function showInProgress(
  { id, environment }: DeploymentEntry,
  description: string,
  context: Context,
): Promise<void> {
  const { github, log } = context
  if (context.signal.aborted) return
  const label = `deployment ${id} of ${JSON.stringify(environment)}`
  const status = { state: 'in_progress', description, logUrl: github.run.url } as const
  try {
    await askGitHub(context, (signal) => github.deployments.setStatus(id, status, signal))
    log.info(`Recorded as ${label}`)
  } catch (error) {
    log.info(`Recorded as ${label}, but not as in progress: ${failureText(error)}`)
  }
}

/** A reader of deployments must be able to tell an old payload from a new one. */
const PAYLOAD_VERSION = 1

/**
 * What is known of a publish before its first batch is created. Its batches carry the same fingerprint in their tag
 * `gh_publish`, and the run in `gh_run_id`.
 */
function describeDeployment({
  publish,
  plans,
  replaces,
}: RecordedPublish): Pick<DeploymentOrder, 'description' | 'payload'> {
  const { inputs, target, run, publication, publishFingerprint: fingerprint } = publish
  const files = plans.reduce((total, { sources }) => total + sources.length, 0)
  const rows = sumKnown(plans.map((plan) => plan.rows))
  const counted = rows === undefined ? '' : `, ${count(rows, 'row')}`
  return {
    description: `${count(files, 'file')}${counted} for dataset ${target.dataset.id}`,
    payload: {
      version: PAYLOAD_VERSION,
      dataset: target.dataset.id,
      sandbox: inputs.sandbox,
      publication,
      fingerprint,
      files,
      ...(rows === undefined ? {} : { rows }),
      bytes: plans.reduce((total, { bytes }) => total + bytes, 0),
      batches: plans.length,
      replaces,
      run: { id: run.runId, attempt: run.attempt },
    },
  }
}

/** How a run ended, as far as a deployment shows it. */
export type RunResult = {
  /** The output `outcome`, or `killed` when the main phase could not say. */
  readonly outcome: string
  readonly fails: boolean
  readonly batches: readonly ResultBatch[]
}

export type ResultBatch = {
  readonly id: string
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** Undefined where nobody knows. */
  readonly outcome?: { readonly kind: string } | undefined
}

/** Tells GitHub how the run ended, where it was recorded: now, or in the post phase with what the main phase left. */
export async function endDeployment(
  entry: DeploymentEntry | undefined,
  run: RunResult,
  context: Context,
): Promise<void> {
  if (entry === undefined) return
  const end = deploymentEnd(run)
  // The runner leaves seconds after a cancel, and other things need them: the post phase tells GitHub.
  if (context.signal.aborted) return context.state.deployment.remember({ ...entry, end })
  await settleDeployment(entry, end, context)
}

/**
 * Tells GitHub how the deployment ended. Never throws, and has a deadline of its own: it also runs when the run was
 * cancelled. What could not be told stays remembered for the post phase, with the end that the main phase knew.
 */
export async function settleDeployment(entry: DeploymentEntry, end: DeploymentEnd, context: Context): Promise<void> {
  const { github, log } = context
  const known = entry.end ?? end
  const label = `Deployment ${entry.id} of ${JSON.stringify(entry.environment)}`
  context.state.deployment.remember({ ...entry, end: known })
  try {
    await askGitHub(context, (signal) =>
      github.deployments.setStatus(entry.id, { ...known, logUrl: github.run.url }, signal),
    )
    context.state.deployment.forget()
    log.info(`${label} is now "${known.state}"`)
  } catch (error) {
    log.warning(`${label} could not be set to "${known.state}": ${failureText(error)}`)
  }
}

/**
 * What the deployment shows in the end; the first row that fits decides. The batches are named here, since GitHub fixes
 * the payload before there are any.
 *
 * | the run                                                                  | state      |
 * |--------------------------------------------------------------------------|------------|
 * | did not fail the job                                                     | `success`  |
 * | had a batch that failed                                                  | `failure`  |
 * | left a batch that may still become part of the dataset, or is one        | `error`    |
 * | was cancelled or killed, before a batch was completed                    | `inactive` |
 * | failed otherwise                                                         | `failure`  |
 */
export function deploymentEnd(run: RunResult): DeploymentEnd {
  return { state: endStateOf(run), description: descriptionOf(run) }
}

function endStateOf({ outcome, fails, batches }: RunResult): DeploymentEnd['state'] {
  if (!fails) return 'success'
  if (batches.some((batch) => batch.outcome?.kind === 'failed')) return 'failure'
  if (batches.some(isUndecided)) return 'error'
  // Stopped after success: its rows are in, and what was still to be looked at is not known.
  if (outcome !== 'partially-published' && batches.some(isPublished)) return 'error'
  return outcome === 'cancelled' || outcome === 'killed' ? 'inactive' : 'failure'
}

function isUndecided({ isCompleted, outcome }: ResultBatch): boolean {
  return outcome === undefined ? isCompleted : outcome.kind === 'timed-out'
}

function isPublished({ outcome }: ResultBatch): boolean {
  return outcome?.kind === 'published' || outcome?.kind === 'partially-published'
}

/** REST API documentation, "Create a deployment status": at most 140 characters. */
const LONGEST_DESCRIPTION = 140

/** As many batches as there is room for. */
function descriptionOf({ outcome, batches }: RunResult): string {
  const ids = batches.map(({ id }) => id)
  for (let shown = ids.length; shown > 0; shown--) {
    const text = `${outcome}: ${batchList(ids, shown)}`
    if (text.length <= LONGEST_DESCRIPTION) return text
  }
  return outcome
}

function batchList(ids: readonly string[], shown: number): string {
  return `${ids.length === 1 ? 'batch' : 'batches'} ${joinFirst(ids, shown)}`
}

const LONGEST_MS = 10_000
/** The runner leaves 10 s in all until it kills, and batches are aborted in the first half of it. */
const CANCELLED_MS = 3_000

/**
 * Asks GitHub for at most 10 s, and for at most 3 s once the run is cancelled: an answer that is under way then still
 * tells what has to be settled.
 *
 * @throws DeadlinePassed when that time is over.
 */
async function askGitHub<T>(
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const tooLate = new AbortController()
  const over = new AbortController()
  let waiting: Promise<void> | undefined
  const onCancel = () => {
    const late = () =>
      tooLate.abort(new DeadlinePassed(`no answer for ${CANCELLED_MS / 1000} s after the cancellation`))
    waiting = clock.sleep(CANCELLED_MS, over.signal).then(late, () => undefined)
  }
  if (signal.aborted) onCancel()
  else signal.addEventListener('abort', onCancel, { once: true, signal: over.signal })
  try {
    return await withDeadline({ silenceMs: LONGEST_MS, clock, signal: tooLate.signal }, ask)
  } finally {
    over.abort()
    await waiting
  }
}

/** Why a deployment could not be recorded or settled, and what helps. */
function failureText(error: unknown): string {
  if (error instanceof DeadlinePassed) return `GitHub did not answer (${error.message})`
  if (error instanceof Problem) return `${error.message}. ${error.remedy}`
  return messageOf(error)
}
