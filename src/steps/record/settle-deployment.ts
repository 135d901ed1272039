import type { DeploymentEntry, RecordTools } from '../record.ts'
import { briefly } from './briefly.ts'
import type { End } from './end-of.ts'
import { explained } from './explained.ts'

/**
 * Tells GitHub how the deployment ended. Never throws, and has a deadline of its own: it also runs when the run was
 * cancelled. What could not be told stays remembered for the post phase, with the end that the main phase knew.
 */
export async function settleDeployment(entry: DeploymentEntry, end: End, tools: RecordTools): Promise<void> {
  const { deployments, run, say } = tools
  const known = entry.end ?? end
  const named = `Deployment ${entry.id} of ${JSON.stringify(entry.environment)}`
  tools.remember({ ...entry, end: known })
  try {
    await briefly(tools, (signal) => deployments.setStatus(entry.id, { ...known, logUrl: run.url }, signal))
    tools.forget(entry)
    say.info(`${named} is now "${known.state}"`)
  } catch (error) {
    say.warning(`${named} could not be set to "${known.state}": ${explained(error)}`)
  }
}
