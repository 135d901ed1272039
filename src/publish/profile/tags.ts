import type { Tags } from '../../platform/records.ts'

/** The two reserved tags that decide what Profile makes of a dataset; undefined where there is none. */
export type ProfileTags = {
  readonly unifiedProfile: readonly string[] | undefined
  readonly unifiedIdentity: readonly string[] | undefined
}

/** What "Enable a dataset for profile updates using APIs" asks for, without blanks, as reads show it. */
export const PROFILE_TAGS = {
  unifiedProfile: ['enabled:true', 'isUpsert:true'],
  unifiedIdentity: ['enabled:true'],
} as const satisfies ProfileTags

/** What it passes through, where Profile is on already without upsert. */
export const PROFILE_OFF = {
  unifiedProfile: ['enabled:false'],
  unifiedIdentity: ['enabled:false'],
} as const satisfies ProfileTags

export function profileTagsOf(tags: Tags): ProfileTags {
  return { unifiedProfile: tags['unifiedProfile'], unifiedIdentity: tags['unifiedIdentity'] }
}

/** Which of the conditions that lie in the tags hold. */
export type ProfileState = {
  readonly isForProfile: boolean
  readonly isForIdentity: boolean
  readonly isForUpsert: boolean
}

/** Samples write `enabled: true` with a blank, reads give none. */
export function profileState({ unifiedProfile = [], unifiedIdentity = [] }: ProfileTags): ProfileState {
  const says = (values: readonly string[], setting: string) =>
    values.some((value) => value.replaceAll(' ', '').toLowerCase() === setting)
  return {
    isForProfile: says(unifiedProfile, 'enabled:true'),
    isForIdentity: says(unifiedIdentity, 'enabled:true'),
    isForUpsert: says(unifiedProfile, 'isupsert:true'),
  }
}

export function isReadyForUpsert(tags: ProfileTags): boolean {
  const { isForProfile, isForIdentity, isForUpsert } = profileState(tags)
  return isForProfile && isForIdentity && isForUpsert
}

/** Whether Profile reads as this action leaves it between its two changes, whatever is said of identities. */
export function isSwitchedOff({ unifiedProfile }: ProfileTags): boolean {
  return comparableTag(unifiedProfile) === comparableTag(PROFILE_OFF.unifiedProfile)
}

/** Whether each of the two is as before, off, or as asked for: what this action leaves when it is stopped half way. */
export function isHalfWay(now: ProfileTags, before: ProfileTags): boolean {
  const tags = ['unifiedProfile', 'unifiedIdentity'] as const
  return tags.every((tag) =>
    [before, PROFILE_OFF, PROFILE_TAGS].some((known) => comparableTag(now[tag]) === comparableTag(known[tag])),
  )
}

/** Whether both mean the same. */
export function sameTags(one: ProfileTags, other: ProfileTags): boolean {
  return (
    comparableTag(one.unifiedProfile) === comparableTag(other.unifiedProfile) &&
    comparableTag(one.unifiedIdentity) === comparableTag(other.unifiedIdentity)
  )
}

/** Blanks apart, and apart from when it was enabled, which the platform writes as it likes. */
function comparableTag(values: readonly string[] | undefined): string {
  const said = values?.map((value) => value.replaceAll(' ', '')).filter((value) => !/^enabledAt:/i.test(value))
  return JSON.stringify(said ?? null)
}
