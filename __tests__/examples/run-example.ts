import type { BothPhases } from '../support/runs/workflow-step.ts'
import type { Contexts } from './expression.ts'
import { legsOf, type Leg } from './legs-of.ts'
import { readExample, type Example, type ExampleJob } from './read-example.ts'
import { refuseUnknown } from './refuse-unknown.ts'
import { runLeg } from './run-leg.ts'
import type { Repository } from './repository.ts'

/** What set a run off. */
export type Trigger = {
  readonly event: string
  readonly run: number
  readonly attempt?: number
  /** Of `workflow_dispatch`. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The context of that name, as far as expressions need it. */
  readonly github?: Contexts
}

export type JobEnd = {
  readonly job: string
  readonly leg: Leg
  readonly result: 'success' | 'failure' | 'skipped'
  /** What our action did in it, in turn. */
  readonly ours: readonly BothPhases[]
  readonly outputs: Readonly<Record<string, string>>
  /** By its scripts. */
  readonly printed: string
}

/**
 * Runs an example here, as GitHub would: jobs after those that they need, those of a matrix side by side, `run` by bash in
 * the workspace of its job, our action as the built one against a local platform.
 */
export async function runExample(file: string, repository: Repository, trigger: Trigger): Promise<readonly JobEnd[]> {
  return runWorkflow(readExample(file), repository, trigger)
}

export async function runWorkflow(
  example: Example,
  repository: Repository,
  trigger: Trigger,
): Promise<readonly JobEnd[]> {
  refuseUnknown(example)
  if (!(trigger.event in example.on)) throw new Error(`${example.file} is not set off by ${trigger.event}`)
  const setting = { repository, trigger: { ...trigger, inputs: { ...defaultsOf(example), ...trigger.inputs } } }
  const ends: JobEnd[] = []
  // In the order of the file, which names a job before those that need it.
  for (const [name, job] of Object.entries(example.jobs)) ends.push(...(await runJob({ name, job }, ends, setting)))
  return ends
}

/** Of the inputs of `workflow_dispatch`. */
function defaultsOf({ on }: Example): Readonly<Record<string, string>> {
  const { inputs = {} } = on['workflow_dispatch'] ?? {}
  const defaults = Object.entries(inputs).flatMap(([name, input]) =>
    input.default === undefined ? [] : [[name, input.default] as const],
  )
  return Object.fromEntries(defaults)
}

type Named = { readonly name: string; readonly job: ExampleJob }

export type Setting = {
  readonly repository: Repository
  readonly trigger: Trigger
  /** Outputs of the jobs before, by their names. */
  readonly needs?: Contexts
}

async function runJob({ name, job }: Named, before: readonly JobEnd[], setting: Setting): Promise<readonly JobEnd[]> {
  const needed = [job.needs ?? []].flat()
  const unknown = needed.filter((other) => before.every((end) => end.job !== other))
  if (unknown.length > 0) throw new Error(`${name} needs ${unknown.join(', ')}, which did not run before it`)
  const needs = Object.fromEntries(before.map(({ job: other, outputs }) => [other, { outputs }]))
  const isMet = before.every((end) => !needed.includes(end.job) || end.result === 'success')
  const run = async (leg: Leg): Promise<JobEnd> =>
    isMet
      ? { job: name, leg, ...(await runLeg(job, leg, { ...setting, needs })) }
      : { job: name, leg, result: 'skipped', ours: [], outputs: {}, printed: '' }
  return Promise.all(legsOf(job).map(run))
}
