import { type GithubApi, foreignAnswer } from './api.ts'
import type { JsonReader } from '../lib/json-reader.ts'

export type DeploymentOrder = {
  /** GitHub creates it if none of that name exists, ignoring case; at most 255 characters. */
  readonly environment: string
  readonly sha: string
  readonly description: string
  /** Fixed once created: GitHub has no call that changes it. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** How a deployment can end. */
export const END_STATES = ['success', 'failure', 'error', 'inactive'] as const

export type DeploymentEndState = (typeof END_STATES)[number]

export type DeploymentStatus = {
  readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'
  /** GitHub refuses more than 140 characters. */
  readonly description: string
  /** Where people can read what happened. */
  readonly logUrl: string
  /** Where people can see what was deployed. */
  readonly environmentUrl?: string
}

/**
 * The deployments of this repository. Every call is one request, without retries, and its only deadline is the signal.
 *
 * @throws GithubProblem when GitHub refuses or does not answer; the signal's reason when it fires.
 */
export type Deployments = {
  /** @returns the id of the deployment */
  create(order: DeploymentOrder, signal: AbortSignal): Promise<number>
  setStatus(id: number, status: DeploymentStatus, signal: AbortSignal): Promise<void>
}

const ASKED = {
  expects: 201,
  needs: 'deployments: write',
  remedies: {
    422: 'Check that the commit is in this repository, and check the name of the environment.',
    ...alike([409, 410], 'Leave "deployment-environment" empty if the server does not support deployments.'),
  },
} as const

function alike(statuses: readonly number[], remedy: string): Readonly<Record<number, string>> {
  return Object.fromEntries(statuses.map((status) => [status, remedy]))
}

/** REST API documentation, "Create a deployment" and "Create a deployment status". */
export function openDeployments(api: GithubApi): Deployments {
  return {
    async create({ environment, sha, description, payload }, signal) {
      // Without these two, GitHub would merge the default branch into the commit, and wait for the check of this very
      // run.
      const plain = { auto_merge: false, required_contexts: [] }
      const params = { ref: sha, environment, description, payload: { ...payload }, ...plain }
      const { json } = await api.send({ ...ASKED, route: 'POST /deployments', params }, signal)
      return mustId(json)
    },
    async setStatus(id, { state, description, logUrl, environmentUrl }, signal) {
      const seen = environmentUrl === undefined ? {} : { environment_url: environmentUrl }
      // Publications and shards can share an environment: the success of one must not deactivate the others.
      const params = { deployment_id: id, state, description, log_url: logUrl, auto_inactive: false, ...seen }
      await api.send({ ...ASKED, route: 'POST /deployments/{deployment_id}/statuses', params }, signal)
    },
  }
}

/** A GitHub id is a number; any other value did not come from GitHub. */
function mustId(answer: JsonReader): number {
  const id = answer.get('id').number()
  if (id !== undefined) return id
  throw foreignAnswer('the answer of GitHub contains no deployment id')
}
