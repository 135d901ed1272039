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

/** The data that is about to be sent, and the batches that it replaces. */
export type RecordedPublish = {
  readonly publish: Pick<PublishRequest, 'run' | 'publication' | 'publishFingerprint'> & {
    readonly inputs: Pick<Inputs, 'sandbox' | 'deploymentEnvironment'>
    readonly target: { readonly dataset: { readonly id: DatasetId } }
  }
  readonly plans: readonly Pick<BatchPlan, 'sources' | 'rows' | 'bytes'>[]
  readonly replaces: readonly BatchId[]
}

/**
 * Records the publish run as a deployment in progress, before anything is sent. If the permission is missing, or GitHub
 * has no deployments or can't be reached, it logs one warning and the run continues. Never throws, not even when the run is
 * cancelled meanwhile.
 *
 * @returns the deployment to finish when the run ends; undefined for an empty environment, or if recording failed.
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

/** A failure here is only logged, so that the deployment still gets its final status. */
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

/** Lets readers of deployments distinguish old payloads from new ones. */
const PAYLOAD_VERSION = 1

/**
 * Describes a publish run before its first batch is created. Its batches have the same fingerprint in their tag
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
  /** The output `outcome`, or `killed` if the main phase could not set it. */
  readonly outcome: string
  readonly fails: boolean
  readonly batches: readonly ResultBatch[]
}

export type ResultBatch = {
  readonly id: string
  /** COMPLETE was sent for it. */
  readonly isCompleted: boolean
  /** Undefined if unknown. */
  readonly outcome?: { readonly kind: string } | undefined
}

/** Tells GitHub how a recorded run ended: now, or after a cancellation in the post phase. */
export async function endDeployment(
  entry: DeploymentEntry | undefined,
  run: RunResult,
  context: Context,
): Promise<void> {
  if (entry === undefined) return
  const end = deploymentEnd(run)
  // After a cancellation the runner leaves only seconds, and other work needs them: the post phase tells GitHub.
  if (context.signal.aborted) return context.state.deployment.remember({ ...entry, end })
  await finishDeployment(entry, end, context)
}

/**
 * Tells GitHub how the deployment ended. Never throws, and has its own deadline: it also runs after a cancellation. If the
 * request fails, the deployment stays recorded for the post phase, with the end that the main phase determined.
 */
export async function finishDeployment(entry: DeploymentEntry, end: DeploymentEnd, context: Context): Promise<void> {
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
 * Determines the final status of the deployment; the first matching row decides. The description names the batches,
 * because GitHub fixes the payload before they exist.
 *
 * | the run                                                                  | state      |
 * |--------------------------------------------------------------------------|------------|
 * | did not fail the job                                                     | `success`  |
 * | had a batch that failed                                                  | `failure`  |
 * | left a batch whose rows are in the dataset or may still arrive           | `error`    |
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
  // The run stopped after success: the rows are in the dataset, but the checks after it are incomplete.
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

/** The outcome and as many batch ids as fit. */
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
/** The runner kills the process 10 s after a cancellation, and the first half of that is for aborting batches. */
const CANCELLED_MS = 3_000

/**
 * Sends a request to GitHub with a time limit of 10 s, or of 3 s from a cancellation of the run: a response already on its
 * way then still shows which deployment has to be finished.
 *
 * @throws DeadlinePassed when the time limit is exceeded.
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

/** Why a deployment could not be recorded or finished, and the remedy. */
function failureText(error: unknown): string {
  if (error instanceof DeadlinePassed) return `GitHub did not answer (${error.message})`
  if (error instanceof Problem) return `${error.message}. ${error.remedy}`
  return messageOf(error)
}
