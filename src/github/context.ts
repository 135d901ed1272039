import { readFileSync } from 'node:fs'
import { type JsonReader, jsonReader } from '../lib/json-reader.ts'

/** What set the workflow off. */
export type Event = {
  readonly name: string
  /** A pull request that was closed by merging it. */
  readonly isMerged: boolean
  /** For `workflow_run`: the run that set this one off was of another repository, a fork. */
  readonly isForeign: boolean
  /** For `workflow_run`: the event of the run that set this one off; empty when the payload doesn't tell. */
  readonly origin: string
  /** The branch of this run, or of the run that set it off, was made by a merge queue. */
  readonly isQueued: boolean
  /** For `issue_comment`: the comment is on a pull request, or the payload doesn't tell. */
  readonly isOnPullRequest: boolean
  /** Of `pull_request` and `pull_request_target`, where the payload tells all of it. */
  readonly pullRequest?: PullRequest | undefined
}

/** The pull request that set the workflow off, or whose state did. */
export type PullRequest = {
  readonly number: number
  /** Tips of its base branch and of its own, as they were when the event was sent. */
  readonly baseSha: string
  readonly headSha: string
  /** Its branch is of another repository. */
  readonly isFork: boolean
  /** Its runs have a token that can only read. */
  readonly isByDependabot: boolean
  readonly isClosed: boolean
}

export type Run = {
  readonly repository: string
  /** Stays the same when the repository is renamed. */
  readonly repositoryId: string
  readonly ref: string
  readonly sha: string
  readonly runId: string
  readonly attempt: number
  readonly workflow: string
  readonly url: string
  readonly event: Event
  /** Undefined where the runner does not tell. */
  readonly step?: RunStep
}

/** Which step of the run this is, as the runner's variables tell it. */
export type RunStep = {
  /** The job's id in its workflow file: all legs of a matrix and all calls of a reusable workflow share it. */
  readonly job: string
  /** The step's id, or the name of the action, with a number where a job uses it again. */
  readonly action: string
  /** Within a composite action, all of whose steps share `action` (actions/runner, CompositeActionHandler.cs). */
  readonly isNested: boolean
  readonly runner: string
}

/** The run as the runner's variables and the event's payload tell it. */
export function currentRun(env: NodeJS.ProcessEnv): Run {
  const repository = env['GITHUB_REPOSITORY'] ?? ''
  const runId = env['GITHUB_RUN_ID'] ?? ''
  const payload = readPayload(env['GITHUB_EVENT_PATH'] ?? '')
  return {
    repository,
    repositoryId: repositoryId(env, payload),
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
    runId,
    attempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? '1'),
    workflow: env['GITHUB_WORKFLOW'] ?? '',
    url: `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${repository}/actions/runs/${runId}`,
    event: readEvent(env, payload),
    ...readStep(env),
  }
}

function readStep(env: NodeJS.ProcessEnv): { readonly step?: RunStep } {
  const { GITHUB_JOB: job = '', GITHUB_ACTION: action = '', RUNNER_NAME: runner = '' } = env
  if (job === '' || action === '') return {}
  return { step: { job, action, runner, isNested: (env['GITHUB_ACTION_PATH'] ?? '') !== '' } }
}

/** Without it nothing counts as merged or as our own: what needs the payload to be let in is refused. */
function readPayload(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Older servers don't say the id outside the event; the name is better than nothing to know our batches by. */
function repositoryId(env: NodeJS.ProcessEnv, payload: unknown): string {
  const inEvent = jsonReader(payload, 'event').get('repository').get('id').number()
  return env['GITHUB_REPOSITORY_ID'] || (inEvent?.toString() ?? (env['GITHUB_REPOSITORY'] || 'unknown'))
}

function readEvent(env: NodeJS.ProcessEnv, payload: unknown): Event {
  const name = env['GITHUB_EVENT_NAME'] ?? ''
  const event = jsonReader(payload, 'event')
  const run = event.get('workflow_run')
  const head = run.get('head_repository').get('id').number()
  return {
    name,
    isMerged: event.get('action').text() === 'closed' && event.get('pull_request').get('merged').boolean() === true,
    isForeign: name === 'workflow_run' && (head === undefined || head !== event.get('repository').get('id').number()),
    origin: run.get('event').text() ?? '',
    isQueued: [env['GITHUB_REF'] ?? '', `refs/heads/${run.get('head_branch').text() ?? ''}`].some(isOfQueue),
    isOnPullRequest: name === 'issue_comment' && isOnPullRequest(event.get('issue')),
    pullRequest: name === 'pull_request' || name === 'pull_request_target' ? readPullRequest(event) : undefined,
  }
}

function readPullRequest(event: JsonReader): PullRequest | undefined {
  const request = event.get('pull_request')
  const sha = (side: string) => request.get(side).get('sha').text() ?? ''
  const repository = (of: JsonReader) => of.get('id').number()
  const number = request.get('number').number()
  if (number === undefined || sha('base') === '' || sha('head') === '') return undefined
  return {
    number,
    baseSha: sha('base'),
    headSha: sha('head'),
    // A fork that was deleted has no repository any more.
    isFork: repository(request.get('head').get('repo')) !== repository(event.get('repository')),
    isByDependabot: request.get('user').get('login').text() === 'dependabot[bot]',
    isClosed: request.get('state').text() === 'closed',
  }
}

function isOnPullRequest(issue: JsonReader): boolean {
  return issue.value() === undefined || issue.get('pull_request').value() !== undefined
}

/** "Managing a merge queue": its branches begin so. A workflow for every branch runs on them as a `push`. */
function isOfQueue(ref: string): boolean {
  return ref.startsWith('refs/heads/gh-readonly-queue/')
}
