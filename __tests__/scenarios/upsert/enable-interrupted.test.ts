import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { between } from '../../support/emulator/between.ts'
import { profileTags, READY, tagsOf } from '../../support/emulator/dataset-tags.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { addDataset, FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { signalAtChange } from '../../support/emulator/on-request.ts'
import { upsertStep, bothPhases, mainPhase } from '../../support/runs/workflow-step.ts'

const ON = { unifiedProfile: ['enabled:true', 'enabledAt:2024-11-05 12:33:59'], unifiedIdentity: ['enabled:true'] }
const OFF = { unifiedProfile: ['enabled:false'], unifiedIdentity: ['enabled:false'] }

const PATCH = { method: 'PATCH', path: '/**/dataSets/*' } as const
/** The platform acts, and its answer never comes. */
const NO_ANSWER = { kind: 'latency', ms: NEVER_MS } as const
/** The platform never acts, nor answers. */
const unheard = (skip: number): readonly Fault[] => [
  { ...PATCH, skip, effect: NO_ANSWER },
  { ...PATCH, skip, effect: { kind: 'answer', status: 500 } },
]

/** A platform on which the dataset is on, without updates. */
function withDataset(platform: LocalPlatform): string {
  return addDataset(platform, { name: 'Mine', tags: ON })
}

/** Both phases of a step that is killed when so many changes were asked for. */
async function killedAt(platform: LocalPlatform, id: string, changes: number) {
  const onLine = signalAtChange('SIGKILL', platform, changes)
  const cut = await bothPhases(platform, upsertStep(id, 'enable', { onLine }))
  expect(cut.exitCode, cut.log).toBe(null)
  expect(cut.post.exitCode, cut.post.log).toBe(0)
  expect(await platform.emulator.batches()).toEqual([])
  return cut
}

describe('a step that is killed while it enables a dataset', () => {
  it.concurrent('between both changes: the post step puts the tags back', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add(...unheard(1))
    const off: unknown[] = []
    between(platform, {
      method: 'PATCH',
      target: /dataSets/,
      nth: 3,
      before: () => off.push(profileTags(platform, id)),
    })
    const cut = await killedAt(platform, id, 2)
    expect(off).toEqual([OFF])
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...ON })
    expect(cut.post.log).toContain(`Restored the tags of dataset "${id}"`)
  })

  it.concurrent('before the first is done: the post step writes what is there', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add(...unheard(0))
    await killedAt(platform, id, 1)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...ON })
    expect(platform.requests('PATCH', /./)).toHaveLength(2)
  })

  it.concurrent('after the second is done: the tags stay as they were asked for', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add({ ...PATCH, skip: 1, effect: NO_ANSWER })
    await killedAt(platform, id, 2)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
    expect(platform.requests('PATCH', /./)).toHaveLength(2)
  })

  it.concurrent('and without a post step leaves what the next attempt finds and enables', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add(...unheard(1))
    await mainPhase(platform, upsertStep(id, 'enable', { onLine: signalAtChange('SIGKILL', platform, 2) }))
    expect(profileTags(platform, id)).toEqual(OFF)
    platform.emulator.faults.clear()
    const again = await mainPhase(platform, upsertStep(id, 'enable', { attempt: 2 }))
    expect(again.outputs['outcome'], again.log).toBe('published')
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
  })

  it.concurrent('leaves alone what somebody else made of the tags since', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add(...unheard(1))
    const step = upsertStep(id, 'enable', { onLine: signalAtChange('SIGKILL', platform, 2) })
    const cut = await mainPhase(platform, step)
    const theirs = { unifiedProfile: ['enabled:true', 'acme:theirs'], unifiedIdentity: ['enabled:true'] }
    const record = platform.emulator.dataset(id) ?? {}
    platform.emulator.addDataset({ id, sandbox: 'dev', record: { ...record, tags: { ...FOREIGN_TAGS, ...theirs } } })
    const { onLine: _, ...again } = step
    const state = { STATE_phase: 'main', STATE_tags: cut.state['tags'] ?? '' }
    const post = await platform.publish({ ...again, env: state })
    expect(post.exitCode, post.log).toBe(0)
    expect(post.log).toMatch(/^::warning::The tags of dataset .* were changed by someone else and are not restored/m)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...theirs })
  })
})

describe.each(['SIGINT', 'SIGTERM'] as const)('a step that is cancelled by %s while it enables a dataset', (signal) => {
  it.concurrent.each([
    ['during the first change', 0, READY],
    ['between both changes', 1, READY],
  ])('%s ends with the tags that were asked for, and nothing left open', async (_, skip, tags) => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    platform.emulator.faults.add({ ...PATCH, skip, effect: { kind: 'latency', ms: 2_000 } })
    const onLine = signalAtChange(signal, platform, skip + 1)
    const cut = await bothPhases(platform, upsertStep(id, 'enable', { onLine }))
    expect(cut.exitCode, cut.log).toBe(1)
    expect(cut.outputs['outcome'], cut.log).toBe('cancelled')
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...tags })
    expect(cut.state['tags']).toBe('')
    expect(await platform.emulator.batches()).toEqual([])
    expect(cut.post.log.replace(/^::add-mask::.*\n/gm, '')).toBe('')
    expect(cut.log).toMatch(/Enabled dataset .* Profile was off for/)
  })

  it.concurrent('while the second is refused ends with the tags as before', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    const refused = { kind: 'answer', status: 422, body: '{"title":"Unprocessable"}' } as const
    platform.emulator.faults.add(
      { ...PATCH, skip: 1, effect: { kind: 'latency', ms: 2_000 } },
      { ...PATCH, skip: 1, effect: refused },
    )
    const cut = await bothPhases(platform, upsertStep(id, 'enable', { onLine: signalAtChange(signal, platform, 2) }))
    expect(cut.exitCode, cut.log).toBe(1)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...ON })
    expect(cut.state['tags']).toBe('')
    expect(await platform.emulator.batches()).toEqual([])
  })
})
