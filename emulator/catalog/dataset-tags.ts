import { objectOf, stringsOf } from '../json.ts'
import type { Dataset } from '../state.ts'

/** Whether a reserved tag has a setting. Some guides write `enabled: true` with a space; reads show no space. */
export function tagSays(
  dataset: Dataset | undefined,
  tag: 'unifiedProfile' | 'unifiedIdentity',
  setting: string,
): boolean {
  const values = stringsOf(objectOf(dataset?.record['tags'])[tag])
  return values.some((value) => value.replaceAll(' ', '').toLowerCase() === setting.toLowerCase())
}
