import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BothPhases } from '../support/runs/workflow-step.ts'
import { evaluate, isTruthy, type Contexts } from './expression.ts'
import { filledIn } from './filled-in.ts'
import type { Leg } from './legs-of.ts'
import type { ExampleJob } from './read-example.ts'
import type { Keeping, Repository } from './repository.ts'
import type { JobEnd, Setting } from './run-example.ts'
import { runStep } from './run-step.ts'

type LegEnd = Pick<JobEnd, 'result' | 'ours' | 'outputs' | 'printed'>

/** Outputs of steps and jobs, by their ids. */
type Told = Record<string, { readonly outputs: Readonly<Record<string, string>> }>

/** Runs the steps of one job of a matrix in turn; after one that fails, only those that run always. */
export async function runLeg(job: ExampleJob, leg: Leg, setting: Setting): Promise<LegEnd> {
  const { repository, trigger, needs = {} } = setting
  const { platform, secrets, vars } = keepingOf(job, repository)
  const steps: Told = {}
  const contexts = {
    secrets,
    vars,
    matrix: leg,
    inputs: trigger.inputs ?? {},
    github: trigger.github ?? {},
    needs,
    steps,
  }
  if (!isMet(job.if, contexts, true)) return { result: 'skipped', ours: [], outputs: {}, printed: '' }
  const home = await mkdtemp(join(tmpdir(), 'example-'))
  const workspace = join(home, 'workspace')
  await mkdir(workspace)
  const ours: BothPhases[] = []
  let [isGood, printed] = [true, '']
  try {
    for (const step of job.steps.filter(({ if: condition }) => isGood || condition !== undefined)) {
      if (!isMet(step.if, contexts, isGood)) continue
      const env = { ...job.env, ...step.env }
      const end = await runStep({ ...step, env }, { workspace, contexts, repository, platform, trigger })
      if (end.ours !== undefined) ours.push(end.ours)
      if (step.id !== undefined) steps[step.id] = { outputs: await outputsAt(home, end.ours) }
      printed += end.printed ?? ''
      isGood &&= end.isGood
    }
    return { result: isGood ? 'success' : 'failure', ours, outputs: outputsOf(job, contexts), printed }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

/** A condition that does not ask for more is met only while all is well. */
function isMet(condition: string | undefined, contexts: Contexts, isGood: boolean): boolean {
  if (condition === undefined) return isGood
  return (isGood || condition.includes('always()')) && isTruthy(evaluate(condition, contexts))
}

/** With the report at a place where it outlives our action, as the temporary folder of a job does. */
async function outputsAt(home: string, ours: BothPhases | undefined): Promise<Readonly<Record<string, string>>> {
  if (ours === undefined || ours.kept.report === '') return ours?.outputs ?? {}
  const path = join(home, 'report.json')
  await writeFile(path, ours.kept.report)
  return { ...ours.outputs, 'report-path': path }
}

function outputsOf({ outputs = {} }: ExampleJob, contexts: Contexts): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(outputs).map(([name, text]) => [name, filledIn(text, contexts)]))
}

function keepingOf({ environment }: ExampleJob, { keeps, environments }: Repository): Keeping {
  if (environment === undefined) return keeps
  const own = environments?.[environment]
  if (own === undefined) throw new Error(`There is no environment ${environment}`)
  const { platform, secrets, vars } = own
  return { platform, secrets: { ...keeps.secrets, ...secrets }, vars: { ...keeps.vars, ...vars } }
}
