import type { Tools } from '../context.ts'
import {
  type DeploymentEntry,
  type RecordTools,
  type RunResult,
  type Sending,
  deploymentEnd,
  recordDeployment,
  settleDeployment,
} from '../publish/deployment.ts'

/** Records the publish as a deployment, where `environment` asks for it. */
export async function recordPublish(sending: Sending, tools: Tools): Promise<void> {
  await recordDeployment(sending.publish.inputs.environment, sending, recordTools(tools))
}

/** Tells GitHub how it ended, where it was recorded: now, or in the post phase with what the main phase left. */
export async function settleRecord(entry: DeploymentEntry | undefined, end: RunResult, tools: Tools): Promise<void> {
  if (entry === undefined) return
  // The runner leaves seconds after a cancel, and other things need them: the post phase tells GitHub.
  if (tools.signal.aborted) return tools.deploymentMemory.remember({ ...entry, end: deploymentEnd(end) })
  await settleDeployment(entry, deploymentEnd(end), recordTools(tools))
}

function recordTools({ deployments, run, clock, say, signal, deploymentMemory }: Tools): RecordTools {
  const remember = (entry: DeploymentEntry) => deploymentMemory.remember(entry)
  return { deployments, run, clock, say, signal, remember, forget: () => deploymentMemory.forget() }
}
