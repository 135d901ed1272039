import { describe, expect, it } from 'vitest'
import { readWorkflow } from './read-workflow.ts'
import type { Job } from './read-workflows.ts'
import { runJob } from './run-job.ts'

const workflow = readWorkflow('end-to-end.yml')

// Elsewhere there may be no bash, and no SIGINT.
describe.runIf(process.platform === 'linux')('end-to-end.yml', () => {
  it.each(Object.entries(workflow.jobs))('its job "%s" passes here, without what the runner adds', async (_, job) => {
    const { failed, log } = await runJob(workflow, job)
    expect(failed, log).toBeUndefined()
    expect(log).toContain(': as it should be')
  })

  it('its jobs fail when something else became of a step than they expect', async () => {
    const { failed, log } = await runJob(workflow, expectingAnother(workflow.jobs['failure']))
    expect(failed).toMatch(/expect\.ts published/)
    expect(log).toContain('how the step ended')
  })
})

function expectingAnother({ steps = [], ...job }: Job = {}): Job {
  const changed = steps.map((step) => ({
    ...step,
    ...(step.run ? { run: step.run.replace(' failed', ' published') } : {}),
  }))
  return { ...job, steps: changed }
}
