import './runner.ts'
import type { getOctokit } from '@actions/github'
import { Problem, messageOf } from '../lib/errors.ts'
import { type JsonReader, jsonReader } from '../lib/json-reader.ts'
import type { Clock } from '../lib/time.ts'

/** What octokit threw, as what is the case and what helps; it carries a `response` if there was one. */
function githubProblem(cause: unknown, apiUrl: string): Problem {
  const answer = jsonReader(cause, 'error').get('response')
  const status = answer.get('status').number()
  const why = firstLineOf(cause)
  if (status === undefined) {
    const remedy = `Check that the runner can reach ${apiUrl}.`
    return new Problem(`GitHub did not answer (${why})`, { remedy, isPassing: true, mayHaveActed: true, cause })
  }
  const isFault = status >= 500
  const isLimited = isRateLimit(status, answer.get('headers'))
  return new Problem(`GitHub answered ${status} (${why})`, {
    remedy: isLimited ? LIMITED : remedyFor(status),
    isPassing: isFault || isLimited,
    mayHaveActed: isFault,
    cause,
  })
}

/** Of a page of a proxy the first line is enough. */
function firstLineOf(error: unknown): string {
  const [first = ''] = messageOf(error).trim().split('\n')
  return first.slice(0, 200) || 'without a reason'
}

/** REST API documentation, "Rate limits for the REST API": both kinds of limit may be told as 403. */
function isRateLimit(status: number, headers: JsonReader): boolean {
  const isUsedUp = headers.get('x-ratelimit-remaining').number() === 0
  return status === 429 || (status === 403 && (isUsedUp || headers.get('retry-after').text() !== undefined))
}

const LIMITED = 'The rate limit of this token is exhausted; it resets within the hour.'

const FORBIDDEN =
  'Grant the job "permissions:" with "deployments: write", or set "github-token" to a token that can write deployments.'

/** To a token that may not see a repository, or its deployments, GitHub says 404. */
function remedyFor(status: number): string {
  if ([401, 403, 404].includes(status)) return FORBIDDEN
  if (status === 422) return 'Check that the commit is in this repository, and check the name of the environment.'
  return status >= 500
    ? "See GitHub's status page."
    : 'Leave "deployment-environment" empty if the server does not support deployments.'
}

export type DeploymentOrder = {
  /** Made by GitHub if there is none of that name, whatever its case; at most 255 characters. */
  readonly environment: string
  readonly sha: string
  readonly description: string
  /** Fixed from here on: GitHub has no call that changes it. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** How a deployment can end. */
export const END_STATES = ['success', 'failure', 'error', 'inactive'] as const

export type DeploymentEndState = (typeof END_STATES)[number]

export type DeploymentStatus = {
  readonly state: 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'
  /** GitHub refuses more than 140 characters. */
  readonly description: string
  /** Where people read what happened. */
  readonly logUrl: string
  /** Where people see what was deployed. */
  readonly environmentUrl?: string
}

/**
 * The deployments of this repository. Every call is one request: never repeated, no deadline but the signal.
 *
 * @throws Problem when GitHub refuses or does not answer; the signal's reason when it fires.
 */
export type Deployments = {
  /** @returns the id of the deployment */
  create(order: DeploymentOrder, signal: AbortSignal): Promise<number>
  setStatus(id: number, status: DeploymentStatus, signal: AbortSignal): Promise<void>
}

export type Access = {
  readonly token: string
  /** `owner/name` */
  readonly repository: string
  /** `https://api.github.com`, or that of the company's own server. */
  readonly apiUrl: string
  readonly clock: Clock
  /** Debug lines. */
  readonly trace: (line: string) => void
}

/** REST API documentation, "Create a deployment" and "Create a deployment status". */
export function openDeployments(access: Access): Deployments {
  const [owner = '', repo = ''] = access.repository.split('/')
  return {
    async create({ environment, sha, description, payload }, signal) {
      // Without these two GitHub would merge the default branch into the commit, and wait for the check of this very run.
      const plain = { auto_merge: false, required_contexts: [] }
      const order = { owner, repo, ref: sha, environment, description, payload: { ...payload }, ...plain }
      const answer = await ask({ ...access, path: '/deployments' }, signal, ({ octokit, request }) =>
        octokit.request('POST /repos/{owner}/{repo}/deployments', { ...order, request }),
      )
      return mustId(answer)
    },
    async setStatus(id, { state, description, logUrl, environmentUrl }, signal) {
      const seen = environmentUrl === undefined ? {} : { environment_url: environmentUrl }
      // Publications and shards may share an environment: the success of one says nothing of the others.
      const status = {
        owner,
        repo,
        deployment_id: id,
        state,
        description,
        log_url: logUrl,
        auto_inactive: false,
        ...seen,
      }
      await ask({ ...access, path: `/deployments/${id}/statuses` }, signal, ({ octokit, request }) =>
        octokit.request('POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', { ...status, request }),
      )
    },
  }
}

/** A job of one attempt of a run. */
export type WorkflowJob = {
  readonly id: string
  /** With the jobs that call it, where it is of a reusable workflow, and the values of its matrix: `call / publish (eu)`. */
  readonly name: string
  readonly runner: string
}

/** The jobs of this repository's runs. @throws Problem as {@link Deployments}. */
export type Jobs = {
  list(
    attempt: { readonly runId: string; readonly attempt: number },
    signal: AbortSignal,
  ): Promise<readonly WorkflowJob[]>
}

const PAGE = 100
/** A matrix has at most 256 jobs; what is further back is not looked at. */
const MOST_PAGES = 10

/** REST API documentation, "List jobs for a workflow run attempt"; it needs `actions: read`. */
export function openJobs(access: Access): Jobs {
  const [owner = '', repo = ''] = access.repository.split('/')
  return {
    async list({ runId, attempt }, signal) {
      const path = `/actions/runs/${runId}/attempts/${attempt}/jobs`
      const jobs: WorkflowJob[] = []
      for (let page = 1; page <= MOST_PAGES; page++) {
        const query = { owner, repo, run_id: Number(runId), attempt_number: attempt, per_page: PAGE, page }
        const answer = await ask({ ...access, path, method: 'GET', expects: 200 }, signal, ({ octokit, request }) =>
          octokit.request('GET /repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs', {
            ...query,
            request,
          }),
        )
        const listed = jsonReader(answer, 'jobs').get('jobs').items().map(readJob)
        jobs.push(...listed)
        if (listed.length < PAGE) return jobs
      }
      throw githubRefusal(`GitHub lists more than ${MOST_PAGES * PAGE} jobs`, 'Give each step its own "publication".')
    },
  }
}

function readJob(at: JsonReader): WorkflowJob {
  return {
    id: String(at.get('id').number() ?? ''),
    name: at.get('name').text() ?? '',
    runner: at.get('runner_name').text() ?? '',
  }
}

type GithubRequest = { readonly octokit: ReturnType<typeof getOctokit>; readonly request: object }
type GithubResponse = { readonly data: unknown; readonly status: number }
type GithubCall = (asking: GithubRequest) => Promise<GithubResponse>

/** `path` is below the repository. */
type GithubTarget = Access & { readonly path: string; readonly method?: 'GET'; readonly expects?: number }

async function ask(
  { token, apiUrl, expects = 201, ...aim }: GithubTarget,
  signal: AbortSignal,
  call: GithubCall,
): Promise<unknown> {
  if (token === '') throw githubRefusal('there is no token', 'Remove "github-token", or set it to a token.')
  const request = { signal, log: SILENT, redirect: 'manual' }
  const startMs = aim.clock.now()
  const tell = (what: string) => {
    const where = `${apiUrl}/repos/${aim.repository}${aim.path}`
    aim.trace(`${aim.method ?? 'POST'} ${where} → ${what} in ${Math.round(aim.clock.now() - startMs)} ms`)
  }
  try {
    // Loaded when it is called: it reads the proxy variables as it loads, and one that it can't read would end every run.
    const github = await import('@actions/github')
    const { data, status } = await call({ octokit: github.getOctokit(token, { baseUrl: apiUrl }), request })
    tell(String(status))
    if (status === expects) return data
    throw githubRefusal(`GitHub answered ${status}`, `Check that ${apiUrl} is the API of your GitHub server.`)
  } catch (error) {
    if (!(error instanceof Problem)) tell(statusOf(error))
    signal.throwIfAborted()
    throw error instanceof Problem ? error : githubProblem(error, apiUrl)
  }
}

function statusOf(error: unknown): string {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : NaN
  // octokit says 500 of its own accord where there was no answer.
  const isAnswered = typeof error === 'object' && error !== null && 'response' in error && error.response !== undefined
  return isAnswered && !Number.isNaN(status) ? String(status) : 'no answer'
}

/** octokit would write what the server says straight to the log, where it could command the runner. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}

function githubRefusal(what: string, remedy: string): Problem {
  return new Problem(what, { remedy })
}

/** A number where GitHub means one; anything else was answered by something that is no GitHub. */
function mustId(answer: unknown): number {
  const id = jsonReader(answer, 'deployment').get('id').number()
  if (id !== undefined) return id
  throw new Problem('the answer of GitHub contains no deployment id', {
    remedy: 'Check that no proxy answers instead of GitHub.',
    mayHaveActed: true,
  })
}
