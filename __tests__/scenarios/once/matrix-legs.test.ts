import { describe, expect, it } from 'vitest'
import { ACCESS, githubStandIn } from '../../support/github/github-stand-in.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { activeMembers } from '../../support/emulator/truth.ts'
import { type WorkflowStep, mainPhase, stepOf } from '../../support/runs/workflow-step.ts'

type Leg = { readonly region: string; readonly attempt: number }

/** A leg of a matrix over regions, as the runner starts it; its job has a new id in each attempt. */
function legOf({ region, attempt }: Leg, ids: readonly string[], apiUrl: string): WorkflowStep {
  const inputs = {
    publication: 'members',
    'github-token': ACCESS.token,
    matrix: `{\n  "region": "${region}"\n}`,
    'job-id': String(jobId({ region, attempt })),
  }
  const env = { GITHUB_API_URL: apiUrl, GITHUB_JOB: 'publish', GITHUB_ACTION: '__publish', RUNNER_NAME: 'Runner 1' }
  return stepOf(ids, { run: 1001, attempt, inputs, env })
}

const jobId = ({ region, attempt }: Leg) => attempt * 100 + (region === 'eu' ? 1 : 2)

describe('a leg of a matrix that is run again with other rows', () => {
  it.concurrent('replaces what it published before, and leaves the other leg alone', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await using github = await githubStandIn()
    for (const attempt of [1, 2]) {
      const jobs = ['eu', 'us'].map((region) => ({
        id: jobId({ region, attempt }),
        name: `publish (${region})`,
        runner_name: 'Runner 1',
      }))
      github.jobs.set(`1001/${attempt}`, jobs)
    }
    await mainPhase(platform, legOf({ region: 'eu', attempt: 1 }, ['eu-1'], github.apiUrl))
    await mainPhase(platform, legOf({ region: 'us', attempt: 1 }, ['us-1'], github.apiUrl))
    expect(github.calls).toHaveLength(0)
    const again = await mainPhase(platform, legOf({ region: 'eu', attempt: 2 }, ['eu-2'], github.apiUrl))
    expect(again.outputs['outcome'], again.log).toBe('published')
    expect(github.calls.map(({ method }) => method)).toEqual(['GET', 'GET'])
    expect((await activeMembers(platform)).toSorted()).toEqual(['eu-2', 'us-1'])
  })

  it.concurrent('that may not read the jobs keeps both, and names the ways on', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    await using github = await githubStandIn()
    github.change({ jobs: 403 })
    await mainPhase(platform, legOf({ region: 'eu', attempt: 1 }, ['eu-1'], github.apiUrl))
    const again = await mainPhase(platform, legOf({ region: 'eu', attempt: 2 }, ['eu-2'], github.apiUrl))
    expect(again.exitCode, again.log).toBe(0)
    expect(again.log).toMatch(/^::warning::.*nothing proves that this step did.*"publication".*"actions: read"/m)
    expect((await activeMembers(platform)).toSorted()).toEqual(['eu-1', 'eu-2'])
  })
})
