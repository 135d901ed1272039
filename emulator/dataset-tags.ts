import { objectOf, stringsOf } from './json.ts'
import type { Dataset } from './state.ts'

/** Whether a reserved tag holds a setting; some guides write `enabled: true` with a blank, reads give none. */
export function tagSays(
  dataset: Dataset | undefined,
  tag: 'unifiedProfile' | 'unifiedIdentity',
  setting: string,
): boolean {
  const values = stringsOf(objectOf(dataset?.record['tags'])[tag])
  return values.some((value) => value.replaceAll(' ', '').toLowerCase() === setting.toLowerCase())
}
