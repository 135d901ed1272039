import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../emulator/faults/faults.ts'
import { between } from '../../support/emulator/between.ts'
import { OFF, ON, patches, READY, setTags, tagsOf } from '../../support/emulator/dataset-tags.ts'
import { lateRequest } from '../../support/emulator/late-request.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset, FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { upsertStep, bothPhases, type BothPhases } from '../../support/runs/workflow-step.ts'

const TAGS = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }
const PATCH = { method: 'PATCH', path: '/**/dataSets/*' } as const
const LOOK = { method: 'GET', path: '/**/dataSets/*' } as const
const CHANGE = { method: 'PATCH', target: /\/dataSets\// } as const
const REFUSED = { kind: 'answer', status: 422, body: '{"title":"Unprocessable","detail":"Not now"}' } as const
const UNDONE = { kind: 'answer', status: 200, body: '["@/dataSets/650000000000000000000001"]' } as const

function withDataset(platform: LocalPlatform): string {
  return addDataset(platform, { name: 'Mine', tags: TAGS })
}

/** So many reads of the dataset by its id show it as it was before a change. */
function lagBehind({ emulator }: LocalPlatform, staleReads: number): void {
  emulator.change({ datasetLag: { ...emulator.settings().datasetLag, staleReads } })
}

function expectAsBefore(platform: LocalPlatform, id: string, { exitCode, log, state }: BothPhases): void {
  expect(exitCode, log).toBe(1)
  expect(tagsOf(platform, id), log).toEqual({ ...FOREIGN_TAGS, ...TAGS })
  expect(state['tags']).toBe('')
}

describe('Profile is off, and is not to be switched on with updates: it is as before', () => {
  it.concurrent.each([4, 8])('though %i reads after each change show what was before it', async (stale) => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    lagBehind(platform, stale)
    // Of the first change there are two attempts: the second finds another version.
    platform.emulator.faults.add({ ...PATCH, skip: 2, effect: REFUSED })
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expectAsBefore(platform, id, run)
    expect(platform.requests('PATCH', /./).map(({ outcome }) => outcome)).toEqual([200, 412, 422, 200])
  })

  it.concurrent('though the first attempt to put it back is refused, and reads show it on', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    lagBehind(platform, 8)
    platform.emulator.faults.add({ ...PATCH, skip: 2, times: 2, effect: REFUSED })
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expectAsBefore(platform, id, run)
  })

  it.concurrent.each<readonly [string, Effect, number]>([
    ['finds nothing', { kind: 'missing' }, 1],
    ['breaks down', { kind: 'answer', status: 500 }, 12],
  ])('though the look before that %s', async (_, effect, times) => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add({ ...PATCH, skip: 1, effect: REFUSED })
    between(platform, { ...CHANGE, nth: 2, after: () => platform.emulator.faults.add({ ...LOOK, times, effect }) })
    expectAsBefore(platform, id, await bothPhases(platform, upsertStep(id, 'enable')))
  })

  it.concurrent('though the platform has written something of its own beside it', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add({ ...PATCH, skip: 1, effect: REFUSED })
    const unifiedProfile = ['enabled:false', 'disabledAt:2026-11-22 12:00:00']
    const write = () => setTags(platform, id, { ...FOREIGN_TAGS, unifiedProfile, unifiedIdentity: ['enabled:false'] })
    between(platform, { ...CHANGE, nth: 1, after: write })
    expectAsBefore(platform, id, await bothPhases(platform, upsertStep(id, 'enable')))
  })
})

describe('switching Profile off', () => {
  it.concurrent('comes late, after it was switched on with updates: that does nothing', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    const deliver = lateRequest(platform, 'PATCH')
    const answers: unknown[] = []
    const late = async () => answers.push(await deliver())
    between(platform, { method: 'POST', target: /action=COMPLETE$/, before: late })
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(answers).toEqual([expect.objectContaining({ status: 412 })])
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
    expect(await platform.emulator.profile()).toMatchObject([{ identity: 'LoyaltyId:1', datasetId: id }])
  })

  it.concurrent('is answered and not done: it is asked for once more', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    const heard = between(platform)
    platform.emulator.faults.add({ ...PATCH, effect: UNDONE })
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(patches(heard)).toEqual([OFF, OFF, ON])
    expect(run.log).not.toContain('never reported as switched off')
  })

  it.concurrent('is answered and never done: that updates may not take effect is said', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add({ ...PATCH, times: 2, effect: UNDONE })
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(
      /^::warning::Dataset .* was never reported as switched off, so updates may not take effect/m,
    )
  })

  it.concurrent('is done, and reads lag: nothing is said against it', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    lagBehind(platform, 3)
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).not.toContain('never reported as switched off')
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
  })
})
