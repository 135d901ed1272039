import type { Emulator } from '../emulator.ts'
import { isObject, type JsonObject } from '../json.ts'
import { makeDataset } from './make-dataset.ts'

/** Differs from the ids of all seeded datasets. */
const OWN_DATASET = '650000000000000000000100'

/**
 * Adds a dataset with a schema of your own: an answer of the Schema Registry in its `xed-full` form, alone or as
 * `{ schema, descriptors, meta }`, in which `meta.isForProfile` enables the dataset for Profile.
 *
 * @returns the id of the dataset. @throws Error for text that is not a schema
 */
export function seedOwnSchema(emulator: Emulator, text: string, name: string): string {
  const { schema, descriptors, meta } = readStored(text)
  emulator.addSchema(schema)
  for (const [index, descriptor] of descriptors.entries()) {
    emulator.addDescriptor({ '@id': `85ff${String(index).padStart(28, '0')}`, ...descriptor })
  }
  const isForProfile = meta['isForProfile'] === true
  const enabled = isForProfile ? { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] } : {}
  const extended: readonly unknown[] = Array.isArray(schema['meta:extends']) ? schema['meta:extends'] : []
  const dataBehavior = extended.includes('https://ns.adobe.com/xdm/data/time-series') ? 'time-series' : 'record'
  const { record, ...dataset } = makeDataset(OWN_DATASET, { name, tags: enabled, dataBehavior })
  const schemaRef = { id: schema.$id, contentType: 'application/vnd.adobe.xed-full+json;version=1' }
  emulator.addDataset({ ...dataset, record: { ...record, schemaRef } })
  return OWN_DATASET
}

type Stored = {
  readonly schema: JsonObject & { readonly $id: string }
  readonly descriptors: readonly JsonObject[]
  readonly meta: JsonObject
}

function readStored(text: string): Stored {
  const value: unknown = JSON.parse(text)
  const isBundle = isObject(value) && isObject(value['schema']) && !isObject(value['properties'])
  const schema = isBundle ? value['schema'] : value
  if (!isObject(schema) || typeof schema['$id'] !== 'string' || !isObject(schema['properties'])) {
    throw new Error('it is no schema with an $id and properties')
  }
  const { descriptors, meta }: JsonObject = isBundle ? value : {}
  return {
    schema: { ...schema, $id: schema['$id'] },
    descriptors: listOf(descriptors),
    meta: isObject(meta) ? meta : {},
  }
}

/** Accepts a list, or lists by type, as in the registry's answer. */
function listOf(descriptors: unknown): readonly JsonObject[] {
  const lists = isObject(descriptors) ? Object.values(descriptors) : [descriptors]
  return lists.flatMap((list) => (Array.isArray(list) ? list : [])).filter(isObject)
}
