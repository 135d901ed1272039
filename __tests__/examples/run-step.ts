import { spawnSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { runAction, type ActionRun } from '../support/runs/run-action.ts'
import { bothPhases, type BothPhases } from '../support/runs/workflow-step.ts'
import type { Step } from '../workflows/read-workflows.ts'
import { checkOut } from './check-out.ts'
import type { Contexts } from './expression.ts'
import { filledIn } from './filled-in.ts'
import { isOurs } from './read-example.ts'
import type { Keeping, Repository } from './repository.ts'
import type { Trigger } from './run-example.ts'

/** Where the steps of one job work, and what they are told. */
type Desk = {
  readonly workspace: string
  readonly contexts: Contexts
  readonly repository: Repository
  readonly platform: Keeping['platform']
  readonly trigger: Trigger
}

type Texts = Readonly<Record<string, string>>

export type StepEnd = { readonly isGood: boolean; readonly ours?: BothPhases; readonly printed?: string }

/** Runs what a step of an example may be: a script, our action, a checkout, or an upload to code scanning. */
export async function runStep(step: Step, desk: Desk): Promise<StepEnd> {
  const env = filledInAll(step.env, desk)
  if (step.run !== undefined) return runScript(step.run, env, desk)
  const given = filledInAll(step.with, desk)
  if (isOurs(step)) {
    const ours = await publish(given, env, desk)
    return { isGood: ours.exitCode === 0, ours }
  }
  if (step.uses?.startsWith('github/codeql-action/upload-sarif@')) return { isGood: given['sarif_file'] !== '' }
  if (!step.uses?.startsWith('actions/checkout@')) throw new Error(`The action ${step.uses} is not known here`)
  await checkOut(given, desk.repository, desk.workspace)
  return { isGood: true }
}

function filledInAll(given: Readonly<Record<string, unknown>> = {}, { contexts }: Desk): Texts {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filledIn(String(value), contexts)]))
}

function runScript(script: string, env: Texts, { workspace }: Desk): StepEnd {
  if (script.includes('${{')) throw new Error(`A script is not the place of an expression: ${script}`)
  const all = { PATH: process.env['PATH'] ?? '', ...env }
  const { status, stdout } = spawnSync('bash', ['-e', '-c', script], { cwd: workspace, env: all, encoding: 'utf8' })
  return { isGood: status === 0, printed: stdout }
}

/** With the inputs of the example, and those that make it reach the local platform, and look at it without pauses. */
async function publish(given: Texts, env: Texts, desk: Desk): Promise<BothPhases> {
  const { platform, trigger, workspace } = desk
  const url = platform.url
  const inputs = { ...given, 'platform-url': url, 'ims-url': url, 'poll-interval-seconds': '0.05' }
  const asGiven = {
    ...platform,
    publish: (run: Partial<ActionRun>) => runAction({ ...run, inputs }),
  }
  return bothPhases(asGiven, {
    env,
    run: trigger.run,
    attempt: trigger.attempt ?? 1,
    event: { name: trigger.event, payload: { repository: { id: 4711 }, action: 'synchronize' } },
    prepare: (ownWorkspace) => cp(workspace, ownWorkspace, { recursive: true }),
  })
}
