import type { Tags } from '../../platform/records.ts'

/** The two reserved tags that decide how Profile uses a dataset; undefined if the tag is missing. */
export type ProfileTags = {
  readonly unifiedProfile: readonly string[] | undefined
  readonly unifiedIdentity: readonly string[] | undefined
}

/** The tags that "Enable a dataset for profile updates using APIs" requires, without spaces, as reads show them. */
export const PROFILE_TAGS = {
  unifiedProfile: ['enabled:true', 'isUpsert:true'],
  unifiedIdentity: ['enabled:true'],
} as const satisfies ProfileTags

/** The intermediate tags for a dataset on which Profile is already on without upsert. */
export const PROFILE_OFF = {
  unifiedProfile: ['enabled:false'],
  unifiedIdentity: ['enabled:false'],
} as const satisfies ProfileTags

export function profileTagsOf(tags: Tags): ProfileTags {
  return { unifiedProfile: tags['unifiedProfile'], unifiedIdentity: tags['unifiedIdentity'] }
}

/** The conditions that the tags decide. */
export type ProfileState = {
  readonly isForProfile: boolean
  readonly isForIdentity: boolean
  readonly isForUpsert: boolean
}

/** Ignores spaces: samples write `enabled: true`, reads return `enabled:true`. */
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

/** Whether the Profile tag is the one that this action sets between its two changes, whatever the identity tag. */
export function isSwitchedOff({ unifiedProfile }: ProfileTags): boolean {
  return comparableTag(unifiedProfile) === comparableTag(PROFILE_OFF.unifiedProfile)
}

/** Whether each tag is as before, off, or as required: the states in which this action can be stopped half way. */
export function isHalfWay(now: ProfileTags, before: ProfileTags): boolean {
  const tags = ['unifiedProfile', 'unifiedIdentity'] as const
  return tags.every((tag) =>
    [before, PROFILE_OFF, PROFILE_TAGS].some((known) => comparableTag(now[tag]) === comparableTag(known[tag])),
  )
}

/** Whether both pairs of tags mean the same. */
export function sameTags(one: ProfileTags, other: ProfileTags): boolean {
  return (
    comparableTag(one.unifiedProfile) === comparableTag(other.unifiedProfile) &&
    comparableTag(one.unifiedIdentity) === comparableTag(other.unifiedIdentity)
  )
}

/** Ignores spaces and `enabledAt`, which the platform sets itself. */
function comparableTag(values: readonly string[] | undefined): string {
  const said = values?.map((value) => value.replaceAll(' ', '')).filter((value) => !/^enabledAt:/i.test(value))
  return JSON.stringify(said ?? null)
}
