import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ACCESS, type GitHubStandIn } from '../github/github-stand-in.ts'
import type { LocalPlatform } from '../emulator/local-platform.ts'
import { member } from './platform-inputs.ts'
import type { ActionResult, ActionRun } from './run-action.ts'
import { expect } from 'vitest'

export type WorkflowStep = Partial<ActionRun> & {
  /** `GITHUB_RUN_ID`; runs of one repository are numbered upwards. */
  readonly run?: number
  readonly attempt?: number
  readonly ref?: string
}

/** Runs the main phase of a step, as a job of this run and attempt would. */
export function mainPhase(platform: LocalPlatform, step: WorkflowStep): Promise<ActionResult> {
  return platform.publish({ ...step, env: environment(step) })
}

/** The result of the main phase, and of its post phase. */
export type BothPhases = ActionResult & { readonly post: ActionResult; readonly logs: string }

/**
 * Runs a step as the runner does: its main phase and then, whatever the result, its post phase with the same inputs and
 * the state that the main phase saved.
 */
export async function bothPhases(platform: LocalPlatform, step: WorkflowStep): Promise<BothPhases> {
  const temp = await mkdtemp(join(tmpdir(), 'temp of both phases-'))
  try {
    const main = await mainPhase(platform, { ...step, temp })
    const { onLine: _, ...again } = step
    const env = { ...environment(step), ...saved(main) }
    const post = await platform.publish({ ...again, temp, program: 'post.js', env })
    return { ...main, post, logs: main.log + post.log }
  } finally {
    await rm(temp, { recursive: true })
  }
}

function environment({ run = 1001, attempt = 1, ref = 'refs/heads/main', env }: WorkflowStep): Record<string, string> {
  return { ...env, GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: String(attempt), GITHUB_REF: ref }
}

function saved({ state }: ActionResult): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
}

/** A step that publishes one file with these members of the loyalty dataset. */
export function stepOf(ids: readonly string[], more: WorkflowStep = {}): WorkflowStep {
  return { files: { 'data/a.jsonl': ids.map((id) => member(id)).join('') }, ...more }
}

/** A step that publishes one member as a profile update of the given kind. */
export function upsertStep(dataset: string, upsert: 'true' | 'enable', more: WorkflowStep = {}): WorkflowStep {
  const inputs = { dataset, upsert, validation: 'error', ...more.inputs }
  return { files: { 'data/a.jsonl': member('1', { tier: 'gold' }) }, ...more, inputs }
}

/** The writing requests, except those for the token: batch calls and changes of tags. */
export function writesTo(platform: LocalPlatform): readonly string[] {
  const all = [...platform.requests('POST', /^\/data\//), ...platform.requests('PATCH', /./)]
  return all.map(({ method, target }) => `${method} ${target}`)
}

/** The step, recorded as a deployment of `production`. */
export function withDeployment(github: GitHubStandIn, { inputs, env, ...step }: WorkflowStep): WorkflowStep {
  return {
    ...step,
    inputs: { 'deployment-environment': 'production', 'github-token': ACCESS.token, ...inputs },
    env: { ...env, GITHUB_API_URL: github.apiUrl },
  }
}

/** The states of each deployment, in order. */
export const statesOf = ({ deployments }: GitHubStandIn) =>
  deployments.map(({ statuses }) => statuses.map(({ state }) => state))

/** Runs a step that must publish; returns the id of its batch. */
export function expectPublished(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  return expectOutcome('published', platform, step)
}

/** Runs a step that must end as submitted; returns the id of its batch. */
export function expectSubmitted(platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  return expectOutcome('submitted', platform, step)
}

async function expectOutcome(outcome: string, platform: LocalPlatform, step: WorkflowStep): Promise<string> {
  const { outputs, exitCode, log } = await mainPhase(platform, step)
  expect(exitCode, log).toBe(0)
  expect(outputs['outcome'], log).toBe(outcome)
  return outputs['batch-id'] ?? ''
}

export type JobMatrix = WorkflowStep & {
  readonly of: number
  /** Changes to the steps of single jobs, keyed by the number of the shard. */
  readonly onJob?: Readonly<Record<number, Partial<WorkflowStep>>>
}

/** Runs a job for each shard, all at once, each on its own runner. */
export function jobMatrix(
  platform: LocalPlatform,
  { of, onJob = {}, ...step }: JobMatrix,
): Promise<readonly ActionResult[]> {
  const numbers = Array.from({ length: of }, (_, index) => index + 1)
  return Promise.all(numbers.map((number) => runShard(platform, `${number}/${of}`, { ...step, ...onJob[number] })))
}

/** Runs the job of one shard. */
export function runShard(platform: LocalPlatform, shard: string, step: WorkflowStep): Promise<ActionResult> {
  const inputs = { publication: 'members', ...step.inputs, shard }
  return mainPhase(platform, { ...step, inputs })
}
