import { wire } from '../base/wire.ts'
import type { Clock } from '../base/clock.ts'
import type { Run } from '../github/context.ts'
import type { Deployments } from '../github/deployments.ts'
import type { Say } from './discover.ts'
import { briefly } from './record/briefly.ts'
import { describeDeployment, type Sending } from './record/describe-deployment.ts'
import type { End } from './record/end-of.ts'
import { explained } from './record/explained.ts'

/** A deployment that was created and whose end GitHub has not been told. */
export type DeploymentEntry = {
  readonly id: number
  readonly environment: string
  /** Once it is known: whoever tells GitHub later tells this. */
  readonly end?: End
}

/** @returns what runner state holds of an entry, nothing for what is none. */
export function readDeploymentEntry(text: string): DeploymentEntry | undefined {
  if (text === '') return undefined
  const at = wire(JSON.parse(text), 'the state of the main step')
  const [id, environment] = [at.get('id').number(), at.get('environment').text()]
  if (id === undefined || environment === undefined) return undefined
  const state = STATES.find((known) => known === at.get('end').get('state').text())
  const description = at.get('end').get('description').text()
  const end = state === undefined || description === undefined ? {} : { end: { state, description } }
  return { id, environment, ...end }
}

const STATES: readonly End['state'][] = ['success', 'failure', 'error', 'inactive']

export type RecordTools = {
  readonly deployments: Deployments
  readonly run: Run
  readonly clock: Clock
  readonly say: Say
  /** Kept where it survives a kill; an entry of the same id is replaced. */
  readonly remember: (entry: DeploymentEntry) => void
  readonly forget: (entry: DeploymentEntry) => void
  readonly signal: AbortSignal
}

/**
 * Records the publish as a deployment in progress, before anything is sent. Without the permission, on a server that
 * has none, or that can't be reached: one warning, and the publish goes on without. Never throws, not even when the run
 * is cancelled meanwhile.
 *
 * @returns what is to be settled when the run ends; nothing for an empty environment, or when it could not be recorded.
 */
export async function recordDeployment(
  environment: string,
  sending: Sending,
  tools: RecordTools,
): Promise<DeploymentEntry | undefined> {
  if (environment === '') return undefined
  const order = { environment, sha: tools.run.sha, ...describeDeployment(sending) }
  try {
    const id = await briefly(tools, (signal) => tools.deployments.create(order, signal))
    const entry = { id, environment }
    tools.remember(entry)
    await begin(entry, order.description, tools)
    return entry
  } catch (error) {
    tools.say.warning(
      `The publish is not recorded as a deployment of ${JSON.stringify(environment)}: ${explained(error)}`,
    )
    return undefined
  }
}

/** That it could not be shown as begun is no reason not to show its end. */
async function begin({ id, environment }: DeploymentEntry, description: string, tools: RecordTools): Promise<void> {
  const { deployments, run, say } = tools
  if (tools.signal.aborted) return
  const named = `deployment ${id} of ${JSON.stringify(environment)}`
  const status = { state: 'in_progress', description, logUrl: run.url } as const
  try {
    await briefly(tools, (signal) => deployments.setStatus(id, status, signal))
    say.info(`Recorded as ${named}`)
  } catch (error) {
    say.info(`Recorded as ${named}, though not as in progress: ${explained(error)}`)
  }
}
