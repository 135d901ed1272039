import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BothPhases } from '../support/workflow-step.ts'
import type { Leg } from './legs-of.ts'
import type { ExampleJob } from './read-example.ts'
import type { Keeping, Repository } from './repository.ts'
import type { JobEnd, Setting } from './run-example.ts'
import { runStep } from './run-step.ts'

/** Runs the steps of one job of a matrix in turn, until one of them fails. */
export async function runLeg(
  job: ExampleJob,
  leg: Leg,
  { repository, trigger }: Setting,
): Promise<Pick<JobEnd, 'result' | 'ours'>> {
  const { platform, secrets, vars } = keepingOf(job, repository)
  const contexts = { secrets, vars, matrix: leg, inputs: trigger.inputs ?? {} }
  const workspace = await mkdtemp(join(tmpdir(), 'example-'))
  const ours: BothPhases[] = []
  try {
    for (const step of job.steps) {
      const end = await runStep(step, { workspace, contexts, repository, platform, trigger })
      if (end.ours !== undefined) ours.push(end.ours)
      if (!end.isGood) return { result: 'failure', ours }
    }
    return { result: 'success', ours }
  } finally {
    await rm(workspace, { recursive: true, force: true })
  }
}

function keepingOf({ environment }: ExampleJob, { keeps, environments }: Repository): Keeping {
  if (environment === undefined) return keeps
  const own = environments?.[environment]
  if (own === undefined) throw new Error(`There is no environment ${environment}`)
  const { platform, secrets, vars } = own
  return { platform, secrets: { ...keeps.secrets, ...secrets }, vars: { ...keeps.vars, ...vars } }
}
