import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import type { Settings } from '../../../emulator/settings.ts'
import { githubStandIn } from '../../support/github/github-stand-in.ts'
import { localPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { signalAt, signalOn } from '../../support/emulator/on-request.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import {
  withDeployment,
  statesOf,
  stepOf,
  bothPhases,
  mainPhase,
  type WorkflowStep,
} from '../../support/runs/workflow-step.ts'

const RUN_URL = 'https://github.com/acme/loyalty-data/actions/runs/1001'
const SLOWLY: Fault = { method: 'PUT', times: 0, effect: { kind: 'slow-upload', bytesPerSecond: 1 } }
const BAD = { 'data/a.jsonl': member('1', { points: 'many' }) }

type End = {
  readonly step?: WorkflowStep
  readonly settings?: Partial<Settings>
  readonly faults?: readonly Fault[]
  readonly state: string
  readonly description: RegExp
}

const ENDS: Readonly<Record<string, End>> = {
  'the platform fails its batch': { step: { files: BAD }, state: 'failure', description: /^failed: batch \w+$/ },
  'a part of the rows is rejected within the limit': {
    step: {
      files: { 'data/a.jsonl': member('0') + member('1', { points: 'x' }) },
      inputs: { 'error-threshold': '50' },
    },
    state: 'success',
    description: /^partially-published: batch \w+$/,
  },
  'it can not be uploaded': {
    faults: [{ method: 'PUT', times: 0, effect: { kind: 'answer', status: 400, body: '{}' } }],
    state: 'failure',
    description: /^failed: batch \w+$/,
  },
  'it is not waited for': {
    step: { inputs: { wait: 'false' } },
    state: 'success',
    description: /^submitted: batch \w+$/,
  },
  'time runs out': {
    step: { inputs: { 'timeout-minutes': '0.003' } },
    settings: { loadedMs: NEVER_MS },
    state: 'error',
    description: /^timed-out: batch \w+$/,
  },
}

describe('a deployment is settled when', () => {
  it.concurrent.each(Object.entries(ENDS))(
    '%s',
    async (_, { step = {}, settings, faults = [], state, description }) => {
      await using platform = await localPlatform(settings)
      await using github = await githubStandIn()
      platform.emulator.faults.add(...faults)
      const run = await mainPhase(platform, withDeployment(github, { ...stepOf(['1']), ...step }))
      expect(statesOf(github), run.log).toEqual([['in_progress', state]])
      expect(github.deployments[0]?.statuses[1]).toMatchObject({
        description: expect.stringMatching(description),
        log_url: RUN_URL,
      })
    },
  )

  it.concurrent('the run is cancelled during the upload: by its post step, since a cancel leaves seconds', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    platform.emulator.faults.add(SLOWLY)
    const onLine = signalAt('SIGINT', platform, ['PUT', /jsonl$/])
    const both = await bothPhases(platform, withDeployment(github, stepOf(['1'], { onLine })))
    expect(both.outputs['outcome'], both.log).toBe('cancelled')
    expect(both.log).not.toContain('is now "inactive"')
    expect(statesOf(github)).toEqual([['in_progress', 'inactive']])
  })

  it.concurrent('the run is cancelled while GitHub is silent: outputs are there in time all the same', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    platform.emulator.faults.add(SLOWLY)
    let cancelledAt = 0
    const step = stepOf(['1'], {
      onLine: {
        match: /^Created batch/m,
        act: (child) => {
          github.change({ status: 'silence' })
          cancelledAt = performance.now()
          child.kill('SIGINT')
        },
      },
    })
    const both = await bothPhases(platform, withDeployment(github, step))
    expect(both.outputs['outcome'], both.log).toBe('cancelled')
    expect(cancelledAt).toBeGreaterThan(0)
    expect(both.log).not.toContain('could not be set')
    expect(both.post.log).toMatch(/^::warning::Deployment \d+ of "production" could not be set to "inactive"/m)
  })

  it.concurrent('the step is killed during the upload: by its post step', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    platform.emulator.faults.add(SLOWLY)
    const onLine = signalAt('SIGKILL', platform, ['PUT', /jsonl$/])
    const both = await bothPhases(platform, withDeployment(github, stepOf(['1'], { onLine })))
    expect(both.exitCode, both.log).toBe(null)
    expect(both.post.exitCode, both.post.log).toBe(0)
    expect(statesOf(github)).toEqual([['in_progress', 'inactive']])
  })

  it.concurrent('the step is killed while it waits, when nobody knows how it will end: by its post step', async () => {
    await using platform = await localPlatform({ loadedMs: NEVER_MS })
    await using github = await githubStandIn()
    const onLine = signalOn('SIGKILL', /^Completed batch \S+/m)
    const both = await bothPhases(platform, withDeployment(github, stepOf(['1'], { onLine })))
    expect(both.post.exitCode, both.post.log).toBe(0)
    expect(statesOf(github)).toEqual([['in_progress', 'error']])
  })

  it.concurrent('GitHub did not take its end from the main step: by its post step, with that end', async () => {
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const onLine = { match: /^Created batch/m, act: () => github.change({ status: 500 }) }
    const step = withDeployment(github, stepOf(['1'], { onLine }))
    const main = await mainPhase(platform, step)
    expect(main.exitCode, main.log).toBe(0)
    github.change({})
    const { onLine: _, ...again } = step
    const state = Object.fromEntries(Object.entries(main.state).map(([name, value]) => [`STATE_${name}`, value]))
    const post = await mainPhase(platform, { ...again, env: { ...again.env, ...state } })
    expect(post.exitCode, post.log).toBe(0)
    expect(statesOf(github)).toEqual([['in_progress', 'success']])
  })
})
