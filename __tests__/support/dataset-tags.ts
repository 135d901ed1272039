import type { Emulator } from '../../emulator/emulator.ts'
import { objectOf, stringsOf } from '../../emulator/json.ts'
import type { Overheard } from './between.ts'

type Observed = { readonly emulator: Emulator }

/** The tags of a dataset as they are at the platform. */
export function tagsOf({ emulator }: Observed, id: string): Readonly<Record<string, unknown>> {
  return objectOf(emulator.dataset(id)?.['tags'])
}

/** The two tags that decide about Profile; a dataset without one of them has none here. */
export function profileTags(platform: Observed, id: string) {
  const tags = tagsOf(platform, id)
  const named = ['unifiedProfile', 'unifiedIdentity'].filter((tag) => tag in tags)
  return Object.fromEntries(named.map((tag) => [tag, stringsOf(tags[tag])]))
}

/** As somebody else sets all tags of a dataset, in a change of their own. */
export function setTags({ emulator }: Observed, id: string, tags: Readonly<Record<string, readonly string[]>>): void {
  const record = emulator.dataset(id) ?? {}
  const version = `${String(record['version'])}1`
  emulator.addDataset({ id, sandbox: 'dev', record: { ...record, version, tags } })
}

/** What each PATCH of a dataset asked for, in turn. */
export function patches(heard: readonly Overheard[]): readonly unknown[] {
  return heard.filter(({ method }) => method === 'PATCH').map(({ body }): unknown => JSON.parse(body))
}

export const OFF = [
  { op: 'add', path: '/tags/unifiedProfile', value: ['enabled:false'] },
  { op: 'add', path: '/tags/unifiedIdentity', value: ['enabled:false'] },
]

export const ON = [
  { op: 'add', path: '/tags/unifiedProfile', value: ['enabled:true', 'isUpsert:true'] },
  { op: 'add', path: '/tags/unifiedIdentity', value: ['enabled:true'] },
]

/** As they are once they are asked for. */
export const READY = { unifiedProfile: ['enabled:true', 'isUpsert:true'], unifiedIdentity: ['enabled:true'] }
