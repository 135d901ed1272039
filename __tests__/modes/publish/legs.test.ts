import { describe, expect, it } from 'vitest'
import type { Jobs, WorkflowJob } from '../../../src/github/jobs.ts'
import { STEP, runStep, type Step, type Stepped } from '../../support/runs/in-memory-action.ts'
import { inMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, rowsOf } from '../../support/files/members.ts'
import { apisOf, strayBatch } from '../../support/platform/platform-client.ts'
import { NAMED, PREVIOUS, outcome, type Asked } from '../../support/runs/publishing-desk.ts'

/** A job of a run that has several, which share publication and file names. */
type Leg = { readonly id: string; readonly name: string; readonly matrix?: string; readonly isNested?: boolean }

const EU: Leg = { id: '11', name: 'publish (eu)', matrix: '{"region":"eu"}' }
const US: Leg = { id: '12', name: 'publish (us)', matrix: '{"region":"us"}' }
const EU_CALL: Leg = { id: '11', name: 'eu / publish' }
const US_CALL: Leg = { id: '12', name: 'us / publish' }

type Setup = { readonly jobs?: Jobs; readonly inputs?: Asked }

/** Runs legs of run 1001. Of each attempt GitHub lists all legs, under new ids. */
function workflow(legs: readonly Leg[], { jobs, inputs = NAMED }: Setup = {}) {
  const platform = inMemoryPlatform({ staleReads: 0 })
  const idIn = ({ id }: Leg, attempt: number) => `${attempt}${id}`
  const listed: Jobs = {
    list: async ({ attempt }) =>
      legs.map((leg): WorkflowJob => ({ id: idIn(leg, attempt), name: leg.name, runner: 'Runner 1' })),
  }
  const run = (leg: Leg, attempt: number, rows: string, more: Step = {}): Promise<Stepped> =>
    runStep(platform, {
      files: contentOf(rows),
      jobs: jobs ?? listed,
      ...more,
      inputs: { ...inputs, 'job-id': idIn(leg, attempt), matrix: leg.matrix ?? 'null', ...more.inputs },
      run: { runId: '1001', attempt, step: { ...STEP, isNested: leg.isNested ?? false } },
    })
  return { platform, run }
}

const refused: Jobs = { list: () => Promise.reject(new Error('GitHub answered 403')) }
const APART = /both stay in the dataset.*own "publication".*"actions: read"/

describe('legs that share publication and file names, of which one is run again', () => {
  it.each([
    ['legs of a matrix', EU, US],
    ['two calls of one reusable workflow', EU_CALL, US_CALL],
  ])('never replace what another one published, though it had failed before it made a batch: %s', async (_, eu, us) => {
    const { platform, run } = workflow([eu, us])
    await run(eu, 1, 'eu')
    const again = await run(us, 2, 'us')
    expect([outcome(again), again.failed, await rowsOf(platform)]).toEqual(['published', false, ['eu', 'us']])
    expect(again.warnings.join()).toMatch(APART)
  })

  it.each([
    ['a leg of a matrix', EU, US],
    ['a call of a reusable workflow', EU_CALL, US_CALL],
  ])('replace what their own earlier attempt published, and nothing else: %s', async (_, eu, us) => {
    const { platform, run } = workflow([eu, us])
    await run(eu, 1, 'eu')
    await run(us, 1, 'us')
    const again = await run(eu, 2, 'newer')
    expect([outcome(again), (await rowsOf(platform)).toSorted()]).toEqual(['published', ['newer', 'us']])
  })

  it('do so side by side, and neither takes the other for a fault', async () => {
    const { platform, run } = workflow([EU, US])
    await run(EU, 1, 'eu')
    await run(US, 1, 'us')
    const both = await Promise.all([run(EU, 2, 'eu-2'), run(US, 2, 'us-2')])
    expect(both.map(({ failed }) => failed)).toEqual([false, false])
    expect((await rowsOf(platform)).toSorted()).toEqual(['eu-2', 'us-2'])
  })

  it.each<readonly [string, Leg, Setup]>([
    ['GitHub does not let the job read its jobs', EU, { jobs: refused }],
    ['the job is not listed', EU, { jobs: { list: async () => [] } }],
    ['two jobs have the same name', { ...EU_CALL, name: 'x' }, {}],
    ['steps of a composite action share their tag', { ...EU, isNested: true }, {}],
  ])('keep both contents where nothing proves which step it was: %s', async (_, leg, setup) => {
    const { platform, run } = workflow([leg, { ...US_CALL, name: leg.name === 'x' ? 'x' : US.name }], setup)
    await run(leg, 1, 'eu')
    const again = await run(leg, 2, 'newer')
    expect([again.failed, await rowsOf(platform)]).toEqual([false, ['eu', 'newer']])
    expect(again.warnings.join()).toMatch(APART)
  })

  it('keep both where an older version published without the tag', async () => {
    const { platform, run } = workflow([EU])
    await strayBatch(await apisOf(platform))
    const again = await run(EU, 2, 'newer')
    expect([again.failed, await rowsOf(platform)]).toEqual([false, ['1', 'newer']])
  })
})

describe('legs under `previous`', () => {
  it.each([
    ['in the same attempt', 1],
    ['in the next attempt', 2],
  ])('never replace one another: the second fails, and names the ways on (%s)', async (_, attempt) => {
    const { platform, run } = workflow([EU, US], { inputs: PREVIOUS })
    await run(EU, 1, 'eu')
    const second = await run(US, attempt, 'us')
    expect([outcome(second), await rowsOf(platform)]).toEqual(['failed', ['eu']])
    expect(second.errors.join()).toMatch(/by this same run, and nothing proves.*\n.*own "publication".*"actions: read"/)
  })

  it('replace what their own earlier attempt published', async () => {
    const { platform, run } = workflow([EU, US], { inputs: PREVIOUS })
    await run(EU, 1, 'eu')
    const again = await run(EU, 2, 'newer')
    expect([outcome(again), await rowsOf(platform)]).toEqual(['published', ['newer']])
  })

  it('do not even replace what their own earlier attempt published while another leg shares their name', async () => {
    const { platform, run } = workflow([EU, US])
    await run(EU, 1, 'eu')
    await run(US, 1, 'us')
    const again = await run(EU, 2, 'newer', { inputs: PREVIOUS })
    expect([outcome(again), await rowsOf(platform)]).toEqual(['failed', ['eu', 'us']])
  })

  it('are told of in a plan', async () => {
    const { run } = workflow([EU, US], { inputs: PREVIOUS })
    await run(EU, 1, 'eu')
    const plan = await run(US, 2, 'us', { inputs: { mode: 'plan' } })
    expect(plan.errors.join()).toContain('A publish run would fail')
  })
})
