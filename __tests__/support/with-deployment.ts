import { ACCESS, type GitHubStandIn } from './github-stand-in.ts'
import type { WorkflowStep } from './workflow-step.ts'

/** The step, recorded as a deployment of `production`. */
export function withDeployment(github: GitHubStandIn, { inputs, env, ...step }: WorkflowStep): WorkflowStep {
  return {
    ...step,
    inputs: { 'deployment-environment': 'production', 'github-token': ACCESS.token, ...inputs },
    env: { ...env, GITHUB_API_URL: github.apiUrl },
  }
}

/** The states of each deployment, in their order. */
export const statesOf = ({ deployments }: GitHubStandIn) =>
  deployments.map(({ statuses }) => statuses.map(({ state }) => state))
