import { readFileSync } from 'node:fs'
import { jsonReader } from '../lib/json-reader.ts'

/** What set the workflow off. */
export type Event = {
  readonly name: string
  /** A pull request that was closed by merging it. */
  readonly isMerged: boolean
  /** For `workflow_run`: the run that set this one off was of another repository, a fork. */
  readonly isForeign: boolean
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
    event: readEvent(env['GITHUB_EVENT_NAME'] ?? '', payload),
  }
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

function readEvent(name: string, payload: unknown): Event {
  const event = jsonReader(payload, 'event')
  const id = (key: string) => event.get(key).get('id').number()
  const head = event.get('workflow_run').get('head_repository').get('id').number()
  return {
    name,
    isMerged: event.get('action').text() === 'closed' && event.get('pull_request').get('merged').boolean() === true,
    isForeign: name === 'workflow_run' && (head === undefined || head !== id('repository')),
  }
}
