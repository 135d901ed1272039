import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TagsBefore } from '../../../src/ledger.ts'
import type { Tags } from '../../../src/platform/dataset-record.ts'
import {
  isHalfWay,
  isReadyForUpsert,
  PROFILE_OFF,
  PROFILE_TAGS,
  profileTagsOf,
  sameTags,
  type ProfileTags,
} from '../../../src/steps/upsert/profile-tags.ts'
import { restoreTags } from '../../../src/steps/upsert/restore-tags.ts'
import { datasetWithTags, TAGGED, TREATMENTS, type Temper } from '../../support/dataset-with-tags.ts'
import { leapingClock } from '../../support/fake-clock.ts'
import { heard } from '../../support/heard.ts'
import { FOREIGN_TAGS } from '../../support/more-datasets.ts'
import { tagMemory } from '../../support/tag-memory.ts'

const ON: ProfileTags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }
const NONE: ProfileTags = { unifiedProfile: undefined, unifiedIdentity: undefined }
const THEIRS: ProfileTags = { ...ON, unifiedProfile: ['enabled:true', 'acme:theirs'] }

/** As a dataset has them, among others. */
function among({ unifiedProfile, unifiedIdentity }: ProfileTags): Tags {
  return {
    ...FOREIGN_TAGS,
    ...(unifiedProfile && { unifiedProfile }),
    ...(unifiedIdentity && { unifiedIdentity }),
  }
}

async function restored(was: ProfileTags, now: ProfileTags, temper: Omit<Temper, 'tags'> = {}) {
  const { memory, left } = tagMemory()
  const before: TagsBefore = { dataset: TAGGED, ...was }
  memory.remember(before)
  const dataset = datasetWithTags({ ...temper, tags: among(now) })
  const say = heard()
  const tools = { datasets: dataset.datasets, tagMemory: memory, clock: leapingClock(), say }
  const how = await restoreTags(before, tools)
  return { how, tags: dataset.tags(), changes: dataset.changes, warnings: say.warnings, left: left(), before }
}

describe('tags that were left half way', () => {
  it.each<readonly [string, ProfileTags, ProfileTags]>([
    ['off, having been on', ON, PROFILE_OFF],
    ['off, having been none', NONE, PROFILE_OFF],
    ['half asked for', NONE, { ...PROFILE_TAGS, unifiedIdentity: undefined }],
    ['half off', ON, { ...ON, unifiedProfile: PROFILE_OFF.unifiedProfile }],
  ])('%s, are put back as they were, and no other is touched', async (_, was, now) => {
    const { how, tags, changes, left } = await restored(was, now)
    expect([how, tags, changes.length, left]).toEqual(['as before', among(was), 1, undefined])
  })

  it.each<readonly [string, ProfileTags]>([
    ['as before', ON],
    ['as before', { ...ON, unifiedProfile: ['enabledAt: 2026-01-01 00:00:00', 'enabled: true'] }],
    ['as asked for', PROFILE_TAGS],
  ])('and are %s after all are left as they are', async (expected, now) => {
    const { how, tags, changes, left, warnings } = await restored(ON, now)
    expect([how, tags, changes, left, warnings]).toEqual([expected, among(now), [], undefined, []])
  })

  it('and were set by somebody else since are left alone, which is said', async () => {
    const { how, tags, changes, left, warnings } = await restored(ON, THEIRS)
    expect([how, tags, changes, left]).toEqual(['changed by somebody else', among(THEIRS), [], undefined])
    expect(warnings).toEqual([expect.stringMatching(/changed by somebody else and are left alone: .*theirs/)])
  })

  it('are put back though the first looks after it show them as they were', async () => {
    const { how, tags, changes } = await restored(ON, PROFILE_OFF, { lag: 3 })
    expect([how, tags, changes.length]).toEqual(['as before', among(ON), 1])
  })

  it('and can not be put back are remembered, with the request that does it', async () => {
    const { how, tags, warnings, left, before } = await restored(ON, PROFILE_OFF, { changes: ['refused'] })
    expect([how, tags, left]).toEqual(['not restored', among(PROFILE_OFF), before])
    expect(warnings).toEqual([
      `Cannot do it: refused. To put them back: PATCH /data/foundation/catalog/dataSets/${TAGGED} with content-type application/json-patch+json and [{"op":"add","path":"/tags/unifiedProfile","value":["enabled:true"]},{"op":"add","path":"/tags/unifiedIdentity","value":["enabled:true"]}]`,
    ])
  })

  it('of a dataset that is gone are nothing to put back', async () => {
    const { memory, left } = tagMemory()
    memory.remember({ dataset: TAGGED, ...ON })
    const { datasets } = datasetWithTags({ tags: {} })
    const gone = { ...datasets, read: async () => ({ kind: 'missing', requestId: undefined }) as const }
    const say = heard()
    const tools = { datasets: gone, tagMemory: memory, clock: leapingClock(), say }
    expect(await restoreTags({ dataset: TAGGED, ...ON }, tools)).toBe('gone')
    expect([left(), say.warnings]).toEqual([undefined, []])
  })
})

describe('whatever the platform does to the requests', () => {
  const values = fc.option(
    fc.subarray(['enabled:true', 'enabled:false', 'isUpsert:true', 'enabledAt:2024-11-05 1:2']),
    {
      nil: undefined,
    },
  )
  const before: fc.Arbitrary<ProfileTags> = fc.record({ unifiedProfile: values, unifiedIdentity: values })
  const from = (was: ProfileTags) => fc.constantFrom(was, PROFILE_OFF, PROFILE_TAGS, THEIRS)
  const start = before.chain((was) =>
    fc.record({ was: fc.constant(was), profile: from(was), identity: from(was) }).map(({ profile, identity }) => {
      const now = { unifiedProfile: profile.unifiedProfile, unifiedIdentity: identity.unifiedIdentity }
      return { was, now }
    }),
  )
  const treatments = fc.array(fc.constantFrom(...TREATMENTS), { maxLength: 6 })

  it('the tags are as before, as asked for or as somebody else set them; else the request is said, and remembered', async () => {
    await fc.assert(
      fc.asyncProperty(start, treatments, treatments, async ({ was, now }, reads, changes) => {
        const end = await restored(was, now, { reads, changes })
        const tags = profileTagsOf(end.tags)
        if (end.how === 'as before') expect(sameTags(tags, was)).toBe(true)
        else if (end.how === 'as asked for') expect(isReadyForUpsert(tags)).toBe(true)
        else if (end.how === 'changed by somebody else') expect(end.tags).toEqual(among(now))
        else
          expect(end.warnings.join()).toContain(`PATCH /data/foundation/catalog/dataSets/${TAGGED} with content-type`)
        expect(end.left).toEqual(end.how === 'not restored' ? end.before : undefined)
        if (isHalfWay(now, was)) expect(end.how).not.toBe('changed by somebody else')
        expect(end.tags).toMatchObject(FOREIGN_TAGS)
      }),
      { numRuns: 500 },
    )
  })
})
