import type { Step } from '../workflows/read-workflows.ts'
import type { Example, ExampleJob } from './read-example.ts'

const KNOWN = {
  workflow: ['file', 'text', 'name', 'on', 'permissions', 'concurrency', 'jobs'],
  event: ['push', 'pull_request', 'schedule', 'workflow_dispatch'],
  job: [
    'needs',
    'if',
    'env',
    'outputs',
    'environment',
    'concurrency',
    'strategy',
    'runs-on',
    'timeout-minutes',
    'steps',
  ],
  strategy: ['fail-fast', 'matrix'],
  step: ['id', 'if', 'env', 'uses', 'with', 'run'],
} as const

/** What the runner of the examples does not understand is an error: left out, it would be tested by nobody. */
export function refuseUnknown({ jobs, ...workflow }: Example): void {
  check('workflow', workflow)
  check('event', workflow.on)
  for (const job of Object.values(jobs)) refuseUnknownIn(job)
}

function refuseUnknownIn(job: ExampleJob): void {
  check('job', job)
  check('strategy', job.strategy ?? {})
  // By default GitHub cancels the rest of a matrix when one of its jobs fails; here nothing is cancelled.
  if (job.strategy !== undefined && job.strategy['fail-fast']) throw new Error('Only "fail-fast: false" is known')
  if (!['ubuntu-latest', 'self-hosted'].includes(job['runs-on'])) throw new Error(`This is no ${job['runs-on']}`)
  for (const step of job.steps) refuseUnknownStep(step)
}

function refuseUnknownStep(step: Step): void {
  check('step', step)
  if ((step.uses === undefined) === (step.run === undefined)) throw new Error('A step has either "uses" or "run"')
}

function check(what: keyof typeof KNOWN, given: object): void {
  const known: readonly string[] = KNOWN[what]
  const unknown = Object.keys(given).filter((key) => !known.includes(key))
  if (unknown.length > 0) throw new Error(`The runner of the examples knows no ${what} with "${unknown.join(', ')}"`)
}
