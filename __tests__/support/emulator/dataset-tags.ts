import type { Emulator } from '../../../emulator/emulator.ts'
import { objectOf, stringsOf } from '../../../emulator/json.ts'
import type { Overheard } from './between.ts'

type Observed = { readonly emulator: Emulator }

/** The true tags of a dataset on the platform. */
export function tagsOf({ emulator }: Observed, id: string): Readonly<Record<string, unknown>> {
  return objectOf(emulator.dataset(id)?.['tags'])
}

/** Those of the two Profile tags that the dataset has. */
export function profileTags(platform: Observed, id: string) {
  const tags = tagsOf(platform, id)
  const named = ['unifiedProfile', 'unifiedIdentity'].filter((tag) => tag in tags)
  return Object.fromEntries(named.map((tag) => [tag, stringsOf(tags[tag])]))
}

/** Sets all tags of a dataset in a separate change, as another client would. */
export function setTags({ emulator }: Observed, id: string, tags: Readonly<Record<string, readonly string[]>>): void {
  const record = emulator.dataset(id) ?? {}
  const version = `${String(record['version'])}1`
  emulator.addDataset({ id, sandbox: 'dev', record: { ...record, version, tags } })
}

/** The body of each PATCH of a dataset, in order. */
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

/** The Profile tags after {@link ON}. */
export const READY = { unifiedProfile: ['enabled:true', 'isUpsert:true'], unifiedIdentity: ['enabled:true'] }
