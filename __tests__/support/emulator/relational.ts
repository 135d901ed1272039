import type { Emulator } from '../../../emulator/emulator.ts'
import type { JsonObject } from '../../../emulator/json.ts'
import { addDataset } from './more-datasets.ts'

const ID = 'https://ns.adobe.com/emutenant/schemas/relational'

/** A relational schema of orders, in the registry's `xed-full` form. */
export const ORDERS = {
  $id: ID,
  title: 'Orders',
  type: 'object',
  'meta:extends': ['https://ns.adobe.com/xdm/data/adhoc-v2'],
  'meta:behaviorType': 'record',
  'meta:tenantNamespace': '_emutenant',
  properties: {
    orderId: { type: 'string', 'meta:xdmType': 'string' },
    lineId: { type: 'integer', 'meta:xdmType': 'long' },
    modified: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
    status: { type: 'string', 'meta:xdmType': 'string' },
  },
}

const about = { 'xdm:sourceSchema': ID, 'xdm:sourceVersion': 1 }

const KEY = {
  '@id': 'k1',
  '@type': 'xdm:descriptorPrimaryKey',
  ...about,
  'xdm:sourceProperty': ['/orderId', '/lineId'],
}
const VERSION = { '@id': 'v1', '@type': 'xdm:descriptorVersion', ...about, 'xdm:sourceProperty': '/modified' }
export const ORDER_DESCRIPTORS: readonly (JsonObject & { readonly '@id': string })[] = [KEY, VERSION]

/** Adds a dataset with that schema; returns its id. */
export function addOrders({ emulator }: { readonly emulator: Emulator }, descriptors = ORDER_DESCRIPTORS): string {
  emulator.addSchema(ORDERS)
  for (const descriptor of descriptors) emulator.addDescriptor(descriptor)
  return addDataset({ emulator }, { name: 'Orders', schemaId: ID })
}

/** A row as a line of JSON Lines; undefined fields are left out. */
export function order(more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ orderId: 'o1', lineId: 1, modified: '2026-11-01T00:00:00Z', status: 'open', ...more })}\n`
}
