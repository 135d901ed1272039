import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { logOf } from '../support/runs/child-log.ts'
import type { Job, Step, Workflow } from './read-workflows.ts'

type Ended = { readonly outcome: string; readonly outputs: Readonly<Record<string, string>> }

/** What the steps so far have told those that follow. */
type Told = { readonly env: Readonly<Record<string, string>>; readonly steps: Readonly<Record<string, Ended>> }

export type JobEnd = { readonly failed: string | undefined; readonly log: string }

const ROOT = join(import.meta.dirname, '../..')

/**
 * Runs a job of a workflow here, as the runner would: `run` by bash, `uses: ./` by the built action. The actions of others
 * and the installation of packages are left out, since this is a checkout that has them. A step with `timeout-minutes` is
 * one that is meant to be cancelled: that happens as soon as its upload has begun.
 */
export async function runJob(workflow: Workflow, job: Job): Promise<JobEnd> {
  const temp = await mkdtemp(join(tmpdir(), 'job-'))
  let told: Told = { env: { ...workflow.env }, steps: {} }
  let log = ''
  try {
    for (const step of (job.steps ?? []).filter(isOurs)) {
      const end = await runStep(step, { temp, told })
      log += end.log
      told = { env: { ...told.env, ...end.env }, steps: { ...told.steps, [step.id ?? '']: end } }
      if (end.outcome === 'failure' && step['continue-on-error'] !== true) return { failed: step.id ?? step.run, log }
    }
    return { failed: undefined, log }
  } finally {
    for (const [name, value] of Object.entries(told.env)) if (name.endsWith('_PID')) process.kill(Number(value))
    await rm(temp, { recursive: true, force: true })
  }
}

function isOurs({ uses, run }: Step): boolean {
  return uses === './' || (run !== undefined && !run.startsWith('npm ci'))
}

type Desk = { readonly temp: string; readonly told: Told }

type StepEnd = Ended & { readonly env: Readonly<Record<string, string>>; readonly log: string }

async function runStep(step: Step, { temp, told }: Desk): Promise<StepEnd> {
  const files = { GITHUB_OUTPUT: 'output', GITHUB_ENV: 'env', GITHUB_STATE: 'state', GITHUB_STEP_SUMMARY: 'summary' }
  const places = Object.fromEntries(Object.entries(files).map(([name, file]) => [name, join(temp, file)]))
  for (const place of Object.values(places)) await writeFile(place, '')
  const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filledIn(value, told)])
  const env = { ...runner(temp), ...places, ...told.env, ...Object.fromEntries(own), ...inputsOf(step, told) }
  const [program = '', ...given] = step.uses === './' ? [process.execPath, 'dist/index.js'] : ['bash', '-ec', step.run]
  const child = spawn(program, given.map(String), { cwd: ROOT, env })
  const log = await watched(child, step['timeout-minutes'] !== undefined)
  return {
    outcome: child.exitCode === 0 ? 'success' : 'failure',
    outputs: parsed(await readFile(join(temp, 'output'), 'utf8')),
    env: parsed(await readFile(join(temp, 'env'), 'utf8')),
    log,
  }
}

function runner(temp: string): Readonly<Record<string, string>> {
  return {
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: ROOT,
    RUNNER_TEMP: temp,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: 'acme/publish-to-experience-platform',
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
  }
}

function inputsOf({ with: given = {} }: Step, told: Told): Readonly<Record<string, string>> {
  const named = Object.entries(given).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    filledIn(String(value), told),
  ])
  return Object.fromEntries(named)
}

/** `${{ env.NAME }}` and `${{ toJSON(steps.id) }}`: a workflow that needs more must teach this more. */
function filledIn(text: string, { env, steps }: Told): string {
  return text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
    const [, kind, name = ''] = /^(?:toJSON\()?(env|steps)\.([\w]+)\)?$/.exec(expression) ?? []
    const value = kind === 'env' ? env[name] : kind === 'steps' ? JSON.stringify(steps[name]) : undefined
    if (value === undefined) throw new Error(`There is no ${expression}`)
    return value
  })
}

function watched(child: ChildProcess, isCancelled: boolean): Promise<string> {
  let isDue = isCancelled
  return logOf(child, (log) => {
    if (!isDue || !log.includes('Created batch')) return
    isDue = false
    child.kill('SIGINT')
  })
}

/** `name=value`, and `name<<delimiter` with the lines up to that delimiter. */
function parsed(text: string): Readonly<Record<string, string>> {
  const lines = text.matchAll(/^([\w-]+)=(.*)$/gm)
  const blocks = text.matchAll(/^([\w-]+)<<(.+)\n(?:([^]*?)\n)?\2$/gm)
  return Object.fromEntries([
    ...Array.from(lines, ([, name = '', value = '']) => [name, value]),
    ...Array.from(blocks, ([, name = '', , value = '']) => [name, value]),
  ])
}
