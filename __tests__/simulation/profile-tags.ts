import { objectOf, stringsOf, type JsonObject } from '../../emulator/json.ts'
import type { ProfileTags } from './story.ts'

/** What "Enable a dataset for profile updates" asks for. */
export const ASKED_FOR: ProfileTags = {
  unifiedProfile: ['enabled:true', 'isUpsert:true'],
  unifiedIdentity: ['enabled:true'],
}

/** The two tags of a dataset's record. */
export function profileTagsIn(record: JsonObject | undefined): ProfileTags {
  const tags = objectOf(record?.['tags'])
  return {
    ...('unifiedProfile' in tags ? { unifiedProfile: stringsOf(tags['unifiedProfile']) } : {}),
    ...('unifiedIdentity' in tags ? { unifiedIdentity: stringsOf(tags['unifiedIdentity']) } : {}),
  }
}

/** All others. */
export function otherTagsIn(record: JsonObject | undefined): JsonObject {
  const { unifiedProfile: _, unifiedIdentity: __, ...others } = objectOf(record?.['tags'])
  return others
}

export function isReady({ unifiedProfile = [], unifiedIdentity = [] }: ProfileTags): boolean {
  const [profile, identity] = [unifiedProfile.map(plain), unifiedIdentity.map(plain)]
  return profile.includes('enabled:true') && profile.includes('isUpsert:true') && identity.includes('enabled:true')
}

/** Blanks apart, which the platform may drop. */
export function sayTags({ unifiedProfile, unifiedIdentity }: ProfileTags): string {
  return JSON.stringify([unifiedProfile?.map(plain), unifiedIdentity?.map(plain)])
}

function plain(value: string): string {
  return value.replaceAll(' ', '')
}
