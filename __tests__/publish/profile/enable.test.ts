import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tags } from '../../../src/platform/records.ts'
import { enableUpsert } from '../../../src/publish/profile/enable.ts'
import {
  isReadyForUpsert,
  PROFILE_OFF,
  PROFILE_TAGS,
  profileTagsOf,
  sameTags,
  type ProfileTags,
} from '../../../src/publish/profile/tags.ts'
import { contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import {
  datasetWithTags,
  TAGGED,
  TREATMENTS,
  type Reading,
  type Temper,
  type Treatment,
} from '../../support/platform/dataset-with-tags.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { never } from '../../support/time/never.ts'
import { plainCatalog } from '../../support/platform/plain-catalog.ts'
import { tagMemory } from '../../support/runs/tag-memory.ts'

const ON: Tags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'], 'acme/x': ['1'] }

function bench(temper: Temper, signal = never()) {
  const dataset = datasetWithTags(temper)
  const { memory, left } = tagMemory()
  const say = heard()
  const clock = leapingClock()
  const ports = { datasets: dataset.datasets, catalog: plainCatalog({}), tags: memory, clock, log: say, signal }
  return { ...dataset, left, say, run: () => enableUpsert(TAGGED, contextOf(ports)) }
}

describe('switching Profile off', () => {
  it('that is answered and not done is asked for once more', async () => {
    const { run, tags, say } = bench({ tags: ON, changes: ['ignored'] })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
    expect(say.warnings).toEqual([])
  })

  it('that is answered and never done is warned of: updates may not take effect', async () => {
    const { run, say } = bench({ tags: ON, changes: ['ignored', 'ignored'] })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(say.warnings).toEqual([expect.stringContaining('never reported as switched off')])
  })

  it('goes another way where the platform calls versions otherwise', async () => {
    const { run, tags, changes } = bench({ tags: ON, etag: 'W/7' })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
    expect(changes.map(({ ifVersion }) => ifVersion)).toEqual(['1.0.0', undefined, undefined])
  })

  it.each([0, 1, 2])(
    'never undoes what another job has enabled meanwhile, though %i reads do not show it',
    async (lag) => {
      const theirs = { ...ON, ...PROFILE_TAGS }
      const { run, tags, changes, left } = bench({ tags: ON, meanwhile: { change: 1, tags: theirs }, lag })
      expect(await run()).toEqual({ kind: 'was enabled' })
      expect([tags(), changes.length, left()]).toEqual([theirs, 1, undefined])
    },
  )

  it('looks anew where somebody has changed something else meanwhile', async () => {
    const theirs = { ...ON, 'acme/x': ['2'] }
    const { run, tags, changes } = bench({ tags: ON, meanwhile: { change: 1, tags: theirs } })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(tags()).toEqual({ ...theirs, ...PROFILE_TAGS })
    expect(changes.map(({ ifVersion }) => ifVersion)).toEqual(['1.0.0', '1.0.1', undefined])
  })

  it('by another job in the same moment saves one change', async () => {
    const theirs = { ...ON, ...PROFILE_OFF }
    const { run, tags, changes } = bench({ tags: ON, meanwhile: { change: 1, tags: theirs } })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect([tags(), changes.length]).toEqual([{ ...ON, ...PROFILE_TAGS }, 2])
  })

  it('of a dataset that changed, and can not be read any more, puts the tags back', async () => {
    const reads: readonly Reading[] = ['done', 'done', 'refused', 'astray', 'refused', 'refused']
    const { run, tags, changes, left } = bench({
      tags: ON,
      meanwhile: { change: 1, tags: { ...ON, ...PROFILE_OFF } },
      reads,
    })
    expect(await caught(run())).toMatchObject({
      remedy: expect.stringContaining('The tags of the dataset are as before.'),
    })
    expect([tags(), changes.length, left()]).toEqual([ON, 2, undefined])
  })
})

describe('enabling a dataset for profile updates', () => {
  it('says how long Profile was off', async () => {
    const { run, tags, changes, left } = bench({ tags: ON })
    expect(await run()).toMatchObject({ kind: 'enabled', caught: [] })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
    expect([changes.length, left()]).toEqual([2, undefined])
  })

  it('binds the first change to the version that was read, and not the second', async () => {
    const { run, changes } = bench({ tags: ON })
    await run()
    expect(changes.map(({ ifVersion }) => ifVersion)).toEqual(['1.0.0', undefined])
  })

  it.each([1, 3, 5])('looks again where %i reads still show the tags as they were', async (lag) => {
    const { run, tags, say } = bench({ tags: ON, lag })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
    expect(say.warnings).toEqual([])
  })

  it.each([0, 1, 4, 8, 12])(
    'that fails half way puts Profile on again, though %i reads still show it on',
    async (lag) => {
      const changes: readonly Treatment[] =
        lag === 0 ? ['done', 'refused', 'refused'] : ['done', 'done', 'refused', 'refused']
      const { run, tags, left } = bench({ tags: ON, changes, lag })
      await caught(run())
      expect([tags(), left()]).toEqual([ON, undefined])
    },
  )

  it.each<Reading>(['astray', 'refused', 'unheard'])(
    'that fails half way puts Profile on again, though a read after it is %s',
    async (reading) => {
      const reads: readonly Reading[] = ['done', 'done', 'done', reading]
      const { run, tags, left } = bench({ tags: ON, changes: ['done', 'refused'], reads })
      await caught(run())
      expect([tags(), left()]).toEqual([ON, undefined])
    },
  )

  it('changes nothing once the step is cancelled', async () => {
    const controller = new AbortController()
    controller.abort(new Error('cancelled'))
    const { run, changes, left } = bench({ tags: ON }, controller.signal)
    expect(await caught(run())).toMatchObject({ message: 'cancelled' })
    expect([changes, left()]).toEqual([[], undefined])
  })

  it('ends as asked for or as before, or says how to put it right, whatever the platform does', async () => {
    const values = fc.option(fc.subarray(['enabled:true', 'enabled:false', 'isUpsert:true', 'enabledAt:2024']), {
      nil: undefined,
    })
    const starts: fc.Arbitrary<ProfileTags> = fc.record({ unifiedProfile: values, unifiedIdentity: values })
    const readings = fc.array(fc.constantFrom<Reading>(...TREATMENTS, 'astray'), { maxLength: 8 })
    const treatments = fc.array(fc.constantFrom(...TREATMENTS), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(starts, readings, treatments, async (was, reads, changes) => {
        const { unifiedProfile, unifiedIdentity } = was
        const start = {
          'acme/x': ['1'],
          ...(unifiedProfile && { unifiedProfile }),
          ...(unifiedIdentity && { unifiedIdentity }),
        }
        const { run, tags, left } = bench({ tags: start, reads, changes })
        const end = await run().catch((error: unknown) => error)
        const now = profileTagsOf(tags())
        expect(tags()['acme/x']).toEqual(['1'])
        if (!(end instanceof Error)) expect(isReadyForUpsert(now)).toBe(true)
        else if (left() === undefined) expect(sameTags(now, was) || isReadyForUpsert(now)).toBe(true)
        else expect(end).toMatchObject({ remedy: expect.stringMatching(/PROFILE MAY BE OFF.* PATCH \/data\//) })
      }),
      { numRuns: 500 },
    )
  })
})
