import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Tags } from '../../../src/platform/dataset-record.ts'
import { enableUpsert } from '../../../src/steps/upsert/enable-upsert.ts'
import {
  isReadyForUpsert,
  PROFILE_TAGS,
  profileTagsOf,
  sameTags,
  type ProfileTags,
} from '../../../src/steps/upsert/profile-tags.ts'
import { caught } from '../../support/caught.ts'
import { datasetWithTags, TAGGED, TREATMENTS, type Temper } from '../../support/dataset-with-tags.ts'
import { leapingClock } from '../../support/fake-clock.ts'
import { heard } from '../../support/heard.ts'
import { never } from '../../support/never.ts'
import { plainCatalog } from '../../support/plain-catalog.ts'
import { tagMemory } from '../../support/tag-memory.ts'

const ON: Tags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'], 'acme/x': ['1'] }

function bench(temper: Temper, signal = never()) {
  const dataset = datasetWithTags(temper)
  const { memory, left } = tagMemory()
  const say = heard()
  const clock = leapingClock()
  const tools = { datasets: dataset.datasets, catalog: plainCatalog({}), tagMemory: memory, clock, say, signal }
  return { ...dataset, left, say, run: () => enableUpsert(TAGGED, tools) }
}

describe('enabling a dataset for profile updates', () => {
  it('says how long Profile was off', async () => {
    const { run, tags, changes, left } = bench({ tags: ON })
    expect(await run()).toMatchObject({ kind: 'enabled', caught: [] })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
    expect([changes.length, left()]).toEqual([2, undefined])
  })

  it('looks again where the first reads still show the tags as they were', async () => {
    const { run, tags } = bench({ tags: ON, lag: 3 })
    expect(await run()).toMatchObject({ kind: 'enabled' })
    expect(tags()).toEqual({ ...ON, ...PROFILE_TAGS })
  })

  it('that fails half way puts Profile on again, also where a read still shows it on', async () => {
    const { run, tags } = bench({ tags: ON, changes: ['done', 'refused'], lag: 1 })
    await caught(run())
    expect(tags()).toEqual(ON)
  })

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
    const treatments = fc.array(fc.constantFrom(...TREATMENTS), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(starts, treatments, treatments, async (was, reads, changes) => {
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
