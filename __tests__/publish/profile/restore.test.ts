import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TagsBefore } from '../../../src/github/left-behind.ts'
import type { Tags } from '../../../src/platform/records.ts'
import {
  isReadyForUpsert,
  PROFILE_OFF,
  PROFILE_TAGS,
  profileTagsOf,
  sameTags,
  type ProfileTags,
} from '../../../src/publish/profile/tags.ts'
import { restoreTags } from '../../../src/publish/profile/restore.ts'
import {
  datasetWithTags,
  TAGGED,
  TREATMENTS,
  type Reading,
  type Temper,
  type Treatment,
} from '../../support/platform/dataset-with-tags.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { tagMemory } from '../../support/runs/tag-memory.ts'

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
  const tools = contextOf({ datasets: dataset.datasets, tags: memory, clock: leapingClock(), log: say })
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
    ['as before, and since when', { ...ON, unifiedProfile: ['enabledAt: 2026-01-01 00:00:00', 'enabled: true'] }],
  ])('and read %s are written once more all the same: a read may lag', async (_, now) => {
    const { how, tags, changes, left, warnings } = await restored(ON, now)
    expect([how, tags, changes.length, left, warnings]).toEqual(['as before', among(ON), 1, undefined, []])
  })

  it.each<readonly [string, ProfileTags, ProfileTags]>([
    ['as asked for', ON, PROFILE_TAGS],
    ['as asked for', NONE, PROFILE_TAGS],
    ['as before', NONE, NONE],
    ['as before', PROFILE_OFF, PROFILE_OFF],
  ])('and are %s after all are left as they are', async (expected, was, now) => {
    const { how, tags, changes, left, warnings } = await restored(was, now)
    expect([how, tags, changes, left, warnings]).toEqual([expected, among(now), [], undefined, []])
  })

  it('and were set by somebody else since are left alone, which is said', async () => {
    const { how, tags, changes, left, warnings } = await restored(ON, THEIRS)
    expect([how, tags, changes, left]).toEqual(['changed by somebody else', among(THEIRS), [], undefined])
    expect(warnings).toEqual([expect.stringMatching(/changed by someone else and are not restored$/)])
  })

  it('are put back though the platform has written something of its own beside them', async () => {
    const now = { ...PROFILE_OFF, unifiedProfile: [...PROFILE_OFF.unifiedProfile, 'disabledAt:2026-11-22 12:00:00'] }
    const { how, tags } = await restored(ON, now)
    expect([how, tags]).toEqual(['as before', among(ON)])
  })

  it.each([0, 1, 3, 5])('are put back though %i looks after it show them as they were', async (lag) => {
    const { how, tags, changes } = await restored(ON, PROFILE_OFF, { lag })
    expect([how, tags, changes.length]).toEqual(['as before', among(ON), 1])
  })

  it.each([1, 2, 4, 8])('lose what was not there before, though %i looks hide that it is there now', async (lag) => {
    const was = { ...ON, unifiedIdentity: undefined }
    const { how, tags, changes } = await restored(was, PROFILE_TAGS, { lag, shown: among(was) })
    expect([how, tags, changes.length]).toEqual(['as before', among(was), 1])
  })

  it('lose what was not there before also where the platform takes no more than one change of a tag at once', async () => {
    const was = { ...ON, unifiedIdentity: undefined }
    const now = { ...PROFILE_OFF, unifiedIdentity: PROFILE_TAGS.unifiedIdentity }
    const { how, tags, changes } = await restored(was, now, { changes: ['refused'] })
    expect([how, tags]).toEqual(['as before', among(was)])
    expect(changes.at(-1)?.changes.map(({ tag }) => tag)).toEqual(['unifiedProfile', 'unifiedIdentity'])
  })

  it.each<Reading>(['astray', 'refused', 'lost', 'unheard'])(
    'are put back though the first look is %s',
    async (look) => {
      const { how, tags, left } = await restored(ON, PROFILE_OFF, { reads: [look] })
      expect([how, tags, left]).toEqual(['as before', among(ON), undefined])
    },
  )

  it.each<readonly Treatment[]>([['refused'], ['unheard', 'refused'], ['ignored', 'ignored']])(
    'are put back though that is %s first',
    async (...changes) => {
      const { how, tags, left } = await restored(ON, PROFILE_OFF, { changes })
      expect([how, tags, left]).toEqual(['as before', among(ON), undefined])
    },
  )

  it.each<readonly [string, ProfileTags]>([
    ['off', { unifiedProfile: ['enabled:false'], unifiedIdentity: undefined }],
    ['as asked for', PROFILE_TAGS],
  ])('are put back from %s though no look is answered, one that was not there included', async (_, now) => {
    const was = { ...ON, unifiedIdentity: undefined }
    const reads = Array.from({ length: 60 }, (): Reading => 'unheard')
    expect((await restored(was, now, { reads })).tags).toEqual(among(was))
  })

  it('and can not be put back are remembered, with the request that does it', async () => {
    const changes = ['refused', 'refused', 'refused'] as const
    const { how, tags, warnings, left, before } = await restored(ON, PROFILE_OFF, { changes })
    expect([how, tags, left]).toEqual(['not restored', among(PROFILE_OFF), before])
    expect(warnings).toEqual([
      `Cannot do it: refused. To restore them: PATCH /data/foundation/catalog/dataSets/${TAGGED} with content-type application/json-patch+json and [{"op":"add","path":"/tags/unifiedProfile","value":["enabled:true"]},{"op":"add","path":"/tags/unifiedIdentity","value":["enabled:true"]}]`,
    ])
  })

  it('of a dataset that is gone are nothing to put back', async () => {
    const { memory, left } = tagMemory()
    memory.remember({ dataset: TAGGED, ...ON })
    const { datasets } = datasetWithTags({ tags: {}, reads: ['astray'] })
    const gone = { ...datasets, changeTags: async () => 'missing' as const }
    const say = heard()
    const tools = contextOf({ datasets: gone, tags: memory, clock: leapingClock(), log: say })
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
  const readings = fc.array(fc.constantFrom<Reading>(...TREATMENTS, 'astray'), { maxLength: 6 })
  const treatments = fc.array(fc.constantFrom(...TREATMENTS), { maxLength: 6 })

  it('the tags are as before, as asked for or as somebody else set them; else the request is said, and remembered', async () => {
    await fc.assert(
      fc.asyncProperty(start, readings, treatments, async ({ was, now }, reads, changes) => {
        const end = await restored(was, now, { reads, changes })
        const tags = profileTagsOf(end.tags)
        if (end.how === 'as before') expect(sameTags(tags, was)).toBe(true)
        else if (end.how === 'as asked for') expect(isReadyForUpsert(tags)).toBe(true)
        else if (end.how === 'changed by somebody else') expect(end.tags).toEqual(among(now))
        else
          expect(end.warnings.join()).toContain(`PATCH /data/foundation/catalog/dataSets/${TAGGED} with content-type`)
        expect(end.left).toEqual(end.how === 'not restored' ? end.before : undefined)
        // A change is made whole or not at all.
        const isOurs = [was, PROFILE_OFF, PROFILE_TAGS].some((known) => sameTags(now, known))
        if (isOurs) expect(end.how).not.toBe('changed by somebody else')
        expect(end.tags).toMatchObject(FOREIGN_TAGS)
      }),
      { numRuns: 500 },
    )
  })
})
