import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isHalfWay,
  isReadyForUpsert,
  PROFILE_OFF,
  PROFILE_TAGS,
  profileState,
  sameTags,
  type ProfileTags,
} from '../../../src/publish/profile/tags.ts'

const NONE: ProfileTags = { unifiedProfile: undefined, unifiedIdentity: undefined }
const ON: ProfileTags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }

const values = fc.option(
  fc.array(fc.constantFrom('enabled:true', 'enabled: true', 'enabled:false', 'isUpsert:true', 'enabledAt:2024-11-05')),
  { nil: undefined },
)
const tags: fc.Arbitrary<ProfileTags> = fc.record({ unifiedProfile: values, unifiedIdentity: values })

const blanks = ({ unifiedProfile, unifiedIdentity }: ProfileTags): ProfileTags => {
  const spaced = (all: readonly string[] | undefined) => all?.map((value) => value.replace(':', ': '))
  return { unifiedProfile: spaced(unifiedProfile), unifiedIdentity: spaced(unifiedIdentity) }
}

describe('what the tags say', () => {
  it.each<readonly [string, ProfileTags, string]>([
    ['nothing', NONE, ''],
    ['that Profile is on', ON, 'profile identity'],
    ['that it is on, with blanks', blanks(ON), 'profile identity'],
    ['that it is on, in another case', { ...NONE, unifiedProfile: ['Enabled: TRUE'] }, 'profile'],
    ['that all is asked for', PROFILE_TAGS, 'profile identity upsert'],
    ['that it is off', PROFILE_OFF, ''],
    ['of identities what counts for Profile', { ...NONE, unifiedIdentity: ['isUpsert:true'] }, ''],
    ['something that begins alike', { ...NONE, unifiedProfile: ['enabled:trueish', 'isUpsert:true2'] }, ''],
  ])('is %s', (_, said, expected) => {
    const { isForProfile, isForIdentity, isForUpsert } = profileState(said)
    const words = [isForProfile && 'profile', isForIdentity && 'identity', isForUpsert && 'upsert']
    expect(words.filter(Boolean).join(' ')).toBe(expected)
  })
})

describe('tags are the same', () => {
  it('as themselves, whatever blanks they are written with', () => {
    fc.assert(
      fc.property(tags, (some) => {
        expect(sameTags(some, blanks(some))).toBe(true)
      }),
    )
  })

  it('whenever the platform says that they were set', () => {
    expect(sameTags(ON, { ...ON, unifiedProfile: ['enabled: true', 'enabledAt: 2024-11-05 12:33:59'] })).toBe(true)
    expect(isHalfWay({ ...PROFILE_OFF, unifiedProfile: ['enabled:false', 'enabledAt:2024'] }, ON)).toBe(true)
  })

  it('in either order of asking, and then say the same', () => {
    fc.assert(
      fc.property(tags, tags, (one, other) => {
        expect(sameTags(one, other)).toBe(sameTags(other, one))
        if (sameTags(one, other)) expect(profileState(one)).toEqual(profileState(other))
      }),
    )
  })

  it('only where both have a tag, though an empty one says nothing either', () => {
    expect(sameTags(NONE, { unifiedProfile: [], unifiedIdentity: [] })).toBe(false)
    expect(sameTags(ON, { ...ON, unifiedProfile: ['enabled:true', 'acme:1'] })).toBe(false)
  })
})

describe('tags are half way', () => {
  it('when each is as before, off, or as asked for', () => {
    const step = fc.constantFrom('before', 'off', 'asked')
    fc.assert(
      fc.property(tags, step, step, (before, profile, identity) => {
        const known = { before, off: PROFILE_OFF, asked: PROFILE_TAGS } satisfies Record<string, ProfileTags>
        const now = {
          unifiedProfile: known[profile].unifiedProfile,
          unifiedIdentity: known[identity].unifiedIdentity,
        }
        expect(isHalfWay(now, before)).toBe(true)
        expect(isHalfWay(blanks(now), before)).toBe(true)
      }),
    )
  })

  it('no more when somebody else has set one of them', () => {
    const theirs = { ...ON, unifiedProfile: ['enabled:true', 'acme:theirs'] }
    expect(isHalfWay(theirs, ON)).toBe(false)
    expect(isHalfWay({ ...PROFILE_OFF, unifiedIdentity: undefined }, ON)).toBe(false)
  })

  it('and ready only when both are as asked for, in whatever company', () => {
    expect(isReadyForUpsert(PROFILE_TAGS)).toBe(true)
    expect(isReadyForUpsert({ ...PROFILE_TAGS, unifiedProfile: ['x', ...PROFILE_TAGS.unifiedProfile] })).toBe(true)
    for (const missing of [NONE, ON, PROFILE_OFF, { ...PROFILE_TAGS, unifiedIdentity: undefined }]) {
      expect(isReadyForUpsert(missing)).toBe(false)
    }
  })
})
