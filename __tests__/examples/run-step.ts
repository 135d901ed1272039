import { spawnSync } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { runAction, type ActionRun } from '../support/run-action.ts'
import { bothPhases, type BothPhases } from '../support/workflow-step.ts'
import type { Step } from '../workflows/read-workflows.ts'
import { checkOut } from './check-out.ts'
import { filledIn, type Contexts } from './filled-in.ts'
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

export type StepEnd = { readonly isGood: boolean; readonly ours?: BothPhases }

/** Runs what a step of an example may be: a script, our action, or a checkout. */
export async function runStep(step: Step, desk: Desk): Promise<StepEnd> {
  if (step.run !== undefined) return { isGood: runScript(step.run, desk) }
  const given = withOf(step, desk)
  if (isOurs(step)) {
    const ours = await publish(given, desk)
    return { isGood: ours.exitCode === 0, ours }
  }
  if (!step.uses?.startsWith('actions/checkout@')) throw new Error(`The action ${step.uses} is not known here`)
  await checkOut(given, desk.repository, desk.workspace)
  return { isGood: true }
}

function withOf({ with: given = {} }: Step, { contexts }: Desk): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, filledIn(String(value), contexts)]))
}

function runScript(script: string, { workspace }: Desk): boolean {
  if (script.includes('${{')) throw new Error(`A script is not the place of an expression: ${script}`)
  const env = { PATH: process.env['PATH'] ?? '' }
  return spawnSync('bash', ['-e', '-c', script], { cwd: workspace, env }).status === 0
}

/** With the inputs of the example, and those that make it reach the local platform, and look at it without pauses. */
async function publish(given: Readonly<Record<string, string>>, desk: Desk): Promise<BothPhases> {
  const { platform, trigger, workspace } = desk
  const url = platform.url
  const inputs = { ...given, 'platform-url': url, 'ims-url': url, 'poll-interval-seconds': '0.05' }
  const asGiven = {
    ...platform,
    publish: (run: Partial<ActionRun>) => runAction({ ...run, inputs }),
  }
  return bothPhases(asGiven, {
    run: trigger.run,
    attempt: trigger.attempt ?? 1,
    event: { name: trigger.event, payload: { repository: { id: 4711 }, action: 'synchronize' } },
    prepare: (ownWorkspace) => cp(workspace, ownWorkspace, { recursive: true }),
  })
}
