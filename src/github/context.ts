import { readFileSync } from 'node:fs'
import { type JsonReader, jsonReader } from '../lib/json-reader.ts'

/** The event that triggered the workflow. */
export type Event = {
  readonly name: string
  /** A pull request that was closed by a merge. */
  readonly isMerged: boolean
  /** For `workflow_run`: the triggering run belongs to another repository, a fork. */
  readonly isForeign: boolean
  /** For `workflow_run`: the event of the triggering run; empty if the payload doesn't tell. */
  readonly origin: string
  /** A merge queue made the branch of this run, or of the run that triggered it. */
  readonly isQueued: boolean
  /** For `issue_comment`: the comment is on a pull request, or the payload doesn't tell. */
  readonly isOnPullRequest: boolean
  /** For `pull_request` and `pull_request_target`, if the payload has all of it. */
  readonly pullRequest?: PullRequest | undefined
}

/** The pull request that triggered the workflow. */
export type PullRequest = {
  readonly number: number
  /** Tips of its base branch and of its own, as they were when the event was sent. */
  readonly baseSha: string
  readonly headSha: string
  /** Its branch belongs to another repository. */
  readonly isFork: boolean
  /** Dependabot opened it, so its runs have a read-only token. */
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
  /** Undefined if the runner does not tell. */
  readonly step?: RunStep
}

/** Identifies this step in its run, from the runner's variables. */
export type RunStep = {
  /** The job's id in its workflow file: all legs of a matrix and all calls of a reusable workflow share it. */
  readonly job: string
  /** The step's id, or the name of the action, with a number where a job uses it again. */
  readonly action: string
  /** Inside a composite action, where all steps share `action` (actions/runner, CompositeActionHandler.cs). */
  readonly isNested: boolean
  readonly runner: string
}

/** The run, from the runner's variables and the event's payload. */
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

/** Without a payload, no event counts as merged or as our own, so events that need it are refused. */
function readPayload(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return {}
  }
}

/** Older servers give the id only in the event. The name still identifies our batches better than nothing. */
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
    // The repository of a deleted fork is null.
    isFork: repository(request.get('head').get('repo')) !== repository(event.get('repository')),
    isByDependabot: request.get('user').get('login').text() === 'dependabot[bot]',
    isClosed: request.get('state').text() === 'closed',
  }
}

function isOnPullRequest(issue: JsonReader): boolean {
  return issue.value() === undefined || issue.get('pull_request').value() !== undefined
}

/** "Managing a merge queue": its branches begin with this prefix. A workflow for all branches runs on them as a `push`. */
function isOfQueue(ref: string): boolean {
  return ref.startsWith('refs/heads/gh-readonly-queue/')
}
