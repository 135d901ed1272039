import { seededOrg, seededSchemaIds } from './ids.ts'

type Identity = { readonly id: string; readonly schema: string; readonly property: string; readonly namespace: string }

/** Which field of a schema is a person's identity. */
export const seededDescriptors = [
  descriptor(
    {
      id: '85dc01',
      schema: seededSchemaIds.loyalty,
      property: '/_emutenant/loyalty/loyaltyId',
      namespace: 'LoyaltyId',
    },
    true,
  ),
  descriptor(
    { id: '85dc02', schema: seededSchemaIds.loyalty, property: '/personalEmail/address', namespace: 'Email' },
    false,
  ),
  descriptor(
    { id: '85dc03', schema: seededSchemaIds.events, property: '/_emutenant/loyaltyId', namespace: 'LoyaltyId' },
    true,
  ),
]

function descriptor({ id, schema, property, namespace }: Identity, isPrimary: boolean) {
  return {
    '@id': `${id}00000000000000000000000000000000`,
    '@type': 'xdm:descriptorIdentity',
    'xdm:sourceSchema': schema,
    'xdm:sourceVersion': 1,
    'xdm:sourceProperty': property,
    'xdm:namespace': namespace,
    'xdm:property': 'xdm:code',
    'xdm:isPrimary': isPrimary,
    'meta:containerId': 'tenant',
    imsOrg: seededOrg,
  }
}
