import type { Emulator } from '../../../emulator/emulator.ts'
import type { JsonObject } from '../../../emulator/json.ts'
import { seededSchemaIds } from '../../../emulator/seed/ids.ts'
import { datasets } from '../runs/platform-inputs.ts'

type Observed = { readonly emulator: Emulator }

export type MoreDataset = {
  readonly name: string
  readonly sandbox?: string
  readonly schemaId?: string
  /** Added to the tags that every dataset has. */
  readonly tags?: Readonly<Record<string, readonly string[]>>
  readonly managedBy?: 'CUSTOMER' | 'SYSTEM'
  /** Milliseconds since the epoch. */
  readonly created?: number
}

/** Tags that every dataset here has: one with `/`, and one with `~`, which a JSON Pointer must escape. */
export const FOREIGN_TAGS = {
  'adobe/siphon/table/format': ['delta'],
  'acme~team/owner': ['crm ~ 1/2'],
  acp_validationContext: ['enabled'],
}

/** Adds a dataset like the seeded loyalty dataset, with the given differences. */
export function addDataset({ emulator }: Observed, more: MoreDataset): string {
  const { name, sandbox = 'dev', schemaId = seededSchemaIds.loyalty, tags = {}, managedBy = 'CUSTOMER' } = more
  const id = nextId()
  const like = emulator.dataset(datasets.products) ?? {}
  const own: JsonObject = {
    name,
    tags: { ...FOREIGN_TAGS, ...tags },
    classification: { dataBehavior: 'record', managedBy },
    created: more.created ?? 1_700_000_000_000,
    schemaRef: { id: schemaId, contentType: 'application/vnd.adobe.xed+json;version=1' },
  }
  emulator.addDataset({ id, sandbox, record: { ...like, ...own } })
  return id
}

let made = 0

function nextId(): string {
  return `67${String(++made).padStart(22, '0')}`
}
