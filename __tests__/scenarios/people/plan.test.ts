import { describe, expect, it } from 'vitest'
import { ACCESS, githubStandIn } from '../../support/github/github-stand-in.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }
const PULL_REQUEST = { name: 'pull_request', payload: { action: 'opened', repository: { id: 4711 } } }

/** Plans, and shows that nothing was asked for but reading, and a token. */
async function planned(platform: LocalPlatform, { inputs, ...step }: WorkflowStep) {
  const before = platform.emulator.requests().length
  const run = await mainPhase(platform, { run: 1100, ...step, inputs: { ...inputs, mode: 'plan' } })
  const asked = platform.emulator.requests().slice(before)
  const others = asked.filter(
    ({ method, target }) => method !== 'GET' && `${method} ${target}` !== 'POST /ims/token/v3',
  )
  expect(others.map(({ method, target }) => `${method} ${target}`)).toEqual([])
  return { ...run, plan: (JSON.parse(run.kept.report) as { readonly plan: object | null }).plan }
}

describe('`mode: plan`', () => {
  it.concurrent('says in log, summary and report what would be sent, kept and replaced, and why', async () => {
    await using platform = await localPlatform()
    const old = await expectPublished(platform, stepOf(['1'], { inputs: PREVIOUS }))
    const run = await planned(platform, stepOf(['1', '2'], { inputs: PREVIOUS }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'planned', 'batch-id': '', 'batch-ids': '[]', 'file-count': '1' })
    expect(run.log).toMatch(/^Would upload 1 file, 2 rows, 90 bytes$/m)
    expect(run.log).toMatch(new RegExp(`^Would replace ${old}$`, 'm'))
    expect(run.log).toMatch(/^Why: the data is new and replaces the earlier data$/m)
    expect(run.plan).toMatchObject({ sends: [{ files: 1, rows: 2, bytes: 90 }], replaces: [old], keeps: [] })
    for (const words of [/the data is new/i, old]) expect(run.summary).toMatch(words)
  })

  it.concurrent('runs on a pull request, and records no deployment', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const inputs = { 'deployment-environment': 'production', 'github-token': ACCESS.token }
    const step = stepOf(['1'], { event: PULL_REQUEST, inputs, env: { GITHUB_API_URL: github.apiUrl } })
    const run = await planned(platform, step)
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('planned')
    expect(github.calls).toEqual([])
  })

  it.concurrent('fails where a publish would be refused, and says why', async () => {
    await using platform = await localPlatform()
    const later = await expectPublished(platform, stepOf(['1'], { run: 2000, inputs: PREVIOUS }))
    const run = await planned(platform, stepOf(['2'], { inputs: PREVIOUS }))
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '' })
    expect(run.log).toMatch(
      new RegExp(`^::error::A publish run would fail: a later run published ${later}.*Start a new run`, 'm'),
    )
    expect(run.plan).toBeNull()
  })

  it.concurrent('names a dataset that would be created, and creates none', async () => {
    await using platform = await localPlatform()
    const inputs = { dataset: 'Members of tomorrow', schema: 'Loyalty Members' }
    const run = await planned(platform, { files: { 'data/a.jsonl': member('1') }, inputs })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['dataset-id']).toBe('')
    expect(run.log).toMatch(/^Would create the dataset "Members of tomorrow"$/m)
    expect(run.plan).toMatchObject({ creates: 'Members of tomorrow', sends: [{ rows: 1 }] })
  })
})
