import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Cancelled } from '../../src/lib/errors.ts'
import { openGithubApi } from '../../src/github/api.ts'
import { openDeployments } from '../../src/github/deployments.ts'
import {
  deploymentEnd,
  recordDeployment,
  finishDeployment,
  type RecordedPublish,
  type ResultBatch,
  type RunResult,
} from '../../src/publish/deployment.ts'
import { contextOf } from '../support/runs/context.ts'
import type { Context } from '../../src/context.ts'
import type { DeploymentEntry } from '../../src/github/left-behind.ts'
import { fakeClock, type FakeClock } from '../support/time/fake-clock.ts'
import { ACCESS, githubStandIn, type GitHubStandIn, type Misfortune } from '../support/github/github-stand-in.ts'
import { heard, type Heard } from '../support/runs/heard.ts'
import { fileOf } from '../support/report/facts.ts'
import { batchId, datasetId, RUN } from '../support/make.ts'
import { waitUntil } from '../support/time/wait-until.ts'

let github: GitHubStandIn
let say: Heard
let clock: FakeClock
let cancel: AbortController
let kept: Map<number, DeploymentEntry>
let tools: Context

beforeEach(async () => {
  github = await githubStandIn()
  say = heard()
  clock = fakeClock()
  cancel = new AbortController()
  kept = new Map()
  tools = contextOf({
    deployments: openDeployments(openGithubApi({ ...ACCESS, apiUrl: github.apiUrl })),
    run: RUN,
    clock,
    log: say,
    deployment: {
      remember: (entry) => void kept.set(entry.id, entry),
      forget: () => kept.clear(),
      current: () => [...kept.values()].at(-1),
    },
    signal: cancel.signal,
  })
})
afterEach(() => github[Symbol.asyncDispose]())

/** Of a publish, only what a deployment shows. */
const SENDING: RecordedPublish = {
  publish: {
    inputs: { sandbox: 'dev', deploymentEnvironment: 'production' },
    target: { dataset: { id: datasetId('5c8c3c555033b814b69f947f') } },
    run: RUN,
    publication: 'loyalty',
    publishFingerprint: 'f00d',
  },
  plans: [
    { sources: [fileOf('a.jsonl'), fileOf('b.jsonl')], rows: 1_000, bytes: 70 },
    { sources: [fileOf('c.jsonl')], rows: 234, bytes: 7 },
  ],
  replaces: [batchId('01HOLD')],
}

const statuses = () => github.deployments.map((one) => one.statuses.map(({ state }) => state))
const asked = (calls: number) => waitUntil(() => github.calls.length >= calls)
const record = () => recordDeployment(SENDING, tools)

async function recorded(): Promise<DeploymentEntry> {
  const entry = await record()
  if (entry === undefined) throw new Error('It should have been recorded')
  return entry
}

describe('recording a publish', () => {
  it('creates a deployment of this commit, and shows it in progress with the address of the run', async () => {
    const entry = await recorded()
    expect(kept.get(entry.id)).toEqual({ id: entry.id, environment: 'production' })
    expect(github.deployments[0]?.body).toMatchObject({ ref: RUN.sha, environment: 'production' })
    expect(github.deployments[0]?.statuses).toEqual([
      {
        state: 'in_progress',
        description: '3 files, 1,234 rows for dataset 5c8c3c555033b814b69f947f',
        log_url: RUN.url,
        auto_inactive: false,
      },
    ])
    expect(say).toMatchObject({ infos: [`Recorded as deployment ${entry.id} of "production"`], warnings: [] })
  })

  it('puts fingerprint, counts and what is replaced into the payload', async () => {
    await record()
    expect(github.deployments[0]?.body['payload']).toEqual({
      version: 1,
      dataset: '5c8c3c555033b814b69f947f',
      sandbox: 'dev',
      publication: 'loyalty',
      fingerprint: 'f00d',
      files: 3,
      rows: 1_234,
      bytes: 77,
      batches: 2,
      replaces: ['01HOLD'],
      run: { id: '1001', attempt: 2 },
    })
  })

  it('says no number of rows where nobody counted them', async () => {
    const [plan] = SENDING.plans
    await recordDeployment({ ...SENDING, plans: [{ ...plan, rows: undefined } as never] }, tools)
    const body = github.deployments[0]?.body
    expect(body).toMatchObject({ description: '2 files for dataset 5c8c3c555033b814b69f947f' })
    expect(body?.['payload']).not.toHaveProperty('rows')
  })

  it('asks nobody when no environment is named', async () => {
    const publish = { ...SENDING.publish, inputs: { ...SENDING.publish.inputs, deploymentEnvironment: '' } }
    expect(await recordDeployment({ ...SENDING, publish }, tools)).toBeUndefined()
    expect(github.calls).toEqual([])
    expect([...say.infos, ...say.warnings]).toEqual([])
  })

  it.each<Misfortune>([403, 404, 409, 410, 422, 500, 'rate limit', 'reset', 'web page'])(
    'warns once and lets the publish go on: %s',
    async (create) => {
      github.change({ create })
      expect(await record()).toBeUndefined()
      expect(say.warnings).toHaveLength(1)
      expect(say.warnings[0]).toMatch(/^This run is not recorded as a deployment of "production": GitHub /)
      expect(kept.size).toBe(0)
    },
  )

  it('says what to do about a missing permission', async () => {
    github.change({ create: 403 })
    await record()
    expect(say.warnings[0]).toContain('(Resource not accessible by integration')
    expect(say.warnings[0]).toContain('Grant the job "permissions:" with "deployments: write"')
  })

  it('waits 10 s for a silent GitHub, and no longer', async () => {
    github.change({ create: 'silence' })
    const work = record()
    await asked(1)
    await clock.advance(9_999)
    expect(say.warnings).toEqual([])
    await clock.advance(1)
    expect(await work).toBeUndefined()
    expect(say.warnings).toEqual([
      'This run is not recorded as a deployment of "production": GitHub did not answer (no progress for 10 s)',
    ])
    expect(clock.sleeping()).toBe(0)
  })

  it('is settled later though it could not be shown in progress', async () => {
    github.change({ status: 500 })
    const entry = await recorded()
    expect(say.warnings).toEqual([])
    expect(say.infos[0]).toContain('but not as in progress: GitHub answered 500')
    github.change({})
    await finishDeployment(entry, deploymentEnd(run()), tools)
    expect(statuses()).toEqual([['success']])
  })

  it('remembers a deployment whose creation is answered after the cancel', async () => {
    const held = Promise.withResolvers<undefined>()
    github.change({ create: held.promise })
    const work = record()
    await asked(1)
    cancel.abort(new Cancelled('SIGINT'))
    await clock.advance(2_000)
    held.resolve(undefined)
    expect(await work).toEqual(kept.values().next().value)
    expect(statuses()).toEqual([[]])
    expect(clock.sleeping()).toBe(0)
  })

  it('leaves a cancelled run to a silent GitHub for 3 s at most', async () => {
    github.change({ create: 'silence' })
    const work = record()
    await asked(1)
    cancel.abort(new Cancelled('SIGINT'))
    await clock.advance(3_000)
    expect(await work).toBeUndefined()
    expect(clock.sleeping()).toBe(0)
  })
})

describe('settling a deployment', () => {
  it('says how it ended, and where to read on', async () => {
    const entry = await recorded()
    await finishDeployment(entry, { state: 'failure', description: 'failed: batch 01HBATCH' }, tools)
    expect(github.deployments[0]?.statuses[1]).toEqual({
      state: 'failure',
      description: 'failed: batch 01HBATCH',
      log_url: RUN.url,
      auto_inactive: false,
    })
    expect(say.infos.at(-1)).toBe(`Deployment ${entry.id} of "production" is now "failure"`)
    expect(kept.size).toBe(0)
  })

  it('is done for a cancelled run too', async () => {
    const entry = await recorded()
    cancel.abort(new Cancelled('SIGINT'))
    await finishDeployment(entry, { state: 'inactive', description: '' }, tools)
    expect(statuses()).toEqual([['in_progress', 'inactive']])
    expect(clock.sleeping()).toBe(0)
  })

  it('has 3 s in a cancelled run', async () => {
    const entry = await recorded()
    github.change({ status: 'silence' })
    cancel.abort(new Cancelled('SIGINT'))
    const work = finishDeployment(entry, { state: 'inactive', description: '' }, tools)
    await asked(3)
    await clock.advance(3_000)
    await work
    expect(say.warnings).toEqual([
      `Deployment ${entry.id} of "production" could not be set to "inactive": GitHub did not answer (no answer for 3 s after the cancellation)`,
    ])
  })

  it.each<Misfortune>([403, 404, 422, 500, 'reset'])(
    'that fails (%s) is left to the post phase, which tells the same end',
    async (status) => {
      const entry = await recorded()
      github.change({ status })
      await finishDeployment(entry, { state: 'success', description: 'published' }, tools)
      expect(say.warnings).toHaveLength(1)
      const [left] = kept.values()
      expect(left).toEqual({ ...entry, end: { state: 'success', description: 'published' } })
      github.change({})
      if (left !== undefined)
        await finishDeployment(left, deploymentEnd(run({ outcome: 'killed', fails: true })), tools)
      expect(statuses()).toEqual([['in_progress', 'success']])
      expect(kept.size).toBe(0)
    },
  )
})

function run(end: Partial<RunResult> = {}): RunResult {
  return { outcome: 'published', fails: false, batches: [], ...end }
}

function batch(id: string, more: Partial<ResultBatch> = {}): ResultBatch {
  return { id, isCompleted: true, ...more }
}

describe('the end of a deployment', () => {
  const failed = batch('A', { outcome: { kind: 'failed' } })
  const published = batch('B', { outcome: { kind: 'published' } })
  const partial = batch('C', { outcome: { kind: 'partially-published' } })
  const timedOut = batch('D', { outcome: { kind: 'timed-out' } })
  const unknown = batch('E')
  const open = batch('F', { isCompleted: false })

  it.each<[string, string, Partial<RunResult>]>([
    ['a publish', 'success', { batches: [published] }],
    ['rejected rows within the limits', 'success', { batches: [published, partial] }],
    ['a publish that is not waited for', 'success', { outcome: 'submitted', batches: [unknown] }],
    ['rejected rows above the limits', 'failure', { outcome: 'partially-published', fails: true, batches: [partial] }],
    ['a failed batch', 'failure', { outcome: 'failed', fails: true, batches: [published, failed] }],
    [
      'a failed batch beside an unfinished one',
      'failure',
      { outcome: 'failed', fails: true, batches: [timedOut, failed] },
    ],
    ['an upload that fails', 'failure', { outcome: 'failed', fails: true, batches: [open] }],
    ['no batch at all', 'failure', { outcome: 'failed', fails: true }],
    ['time that ran out', 'error', { outcome: 'timed-out', fails: true, batches: [published, timedOut] }],
    ['a wait that broke off', 'error', { outcome: 'failed', fails: true, batches: [unknown] }],
    ['a cancel while uploading', 'inactive', { outcome: 'cancelled', fails: true, batches: [open] }],
    ['a cancel while waiting', 'error', { outcome: 'cancelled', fails: true, batches: [unknown] }],
    ['a cancel after success', 'error', { outcome: 'cancelled', fails: true, batches: [published] }],
    ['what broke off after success', 'error', { outcome: 'failed', fails: true, batches: [published] }],
    ['a kill while uploading', 'inactive', { outcome: 'killed', fails: true, batches: [open] }],
    ['a kill after COMPLETE', 'error', { outcome: 'killed', fails: true, batches: [unknown] }],
  ])('of %s is "%s"', (_, state, end) => {
    expect(deploymentEnd(run(end)).state).toBe(state)
  })

  it('names the batches, as many as there is room for', () => {
    const many = Array.from({ length: 9 }, (_, i) => batch(`01HZX3V9Q4T5R6S7A8B9C0D1E${i}`))
    expect(deploymentEnd(run({ batches: [] })).description).toBe('published')
    expect(deploymentEnd(run({ batches: many.slice(0, 1) })).description).toBe(
      'published: batch 01HZX3V9Q4T5R6S7A8B9C0D1E0',
    )
    expect(deploymentEnd(run({ batches: many })).description).toBe(
      'published: batches 01HZX3V9Q4T5R6S7A8B9C0D1E0, 01HZX3V9Q4T5R6S7A8B9C0D1E1, 01HZX3V9Q4T5R6S7A8B9C0D1E2, 01HZX3V9Q4T5R6S7A8B9C0D1E3 and 5 more',
    )
  })

  it('never says more than GitHub takes', () => {
    const id = fc.string({ minLength: 1, maxLength: 64 })
    fc.assert(
      fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
        const { description } = deploymentEnd(run({ batches: ids.map((one) => batch(one)) }))
        expect(description.length).toBeLessThanOrEqual(140)
      }),
    )
  })
})
