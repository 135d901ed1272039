import type { Emulator } from '../../../emulator/emulator.ts'
import { seededSchemaIds, seededTenant } from '../../../emulator/seed/ids.ts'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'

type Observed = { readonly emulator: Emulator }

let made = 0

/** Adds a schema with the fields of the loyalty schema and the given differences. It has no identity yet. */
export function addSchema({ emulator }: Observed, more: Readonly<Record<string, unknown>>): string {
  const hash = `7f${String(++made).padStart(30, '0')}`
  const $id = `https://ns.adobe.com/${seededTenant}/schemas/${hash}`
  emulator.addSchema({ ...loyaltySchema, $id, 'meta:altId': `_${seededTenant}.schemas.${hash}`, ...more })
  return $id
}

/** Makes a field of a schema the primary identity. */
export function addIdentity({ emulator }: Observed, schemaId: string, property: string, namespace = 'LoyaltyId'): void {
  emulator.addDescriptor({
    '@id': `85dd${String(++made).padStart(28, '0')}`,
    '@type': 'xdm:descriptorIdentity',
    'xdm:sourceSchema': schemaId,
    'xdm:sourceVersion': 1,
    'xdm:sourceProperty': property,
    'xdm:namespace': namespace,
    'xdm:property': 'xdm:code',
    'xdm:isPrimary': true,
  })
}

export const LOYALTY_SCHEMA = {
  id: seededSchemaIds.loyalty,
  altId: loyaltySchema['meta:altId'],
  title: loyaltySchema.title,
}
