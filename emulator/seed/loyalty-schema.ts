import { dateTime, day, decimal, envelope, flag, group, identityMap, list, long, map, text, whole } from './fields.ts'
import { seededSchemaIds } from './ids.ts'

const loyalty = group(
  {
    loyaltyId: { ...text, title: 'Loyalty id', minLength: 1 },
    tier: {
      ...text,
      enum: ['bronze', 'silver', 'gold'],
      'meta:enum': { bronze: 'Bronze', silver: 'Silver', gold: 'Gold' },
    },
    channel: { ...text, 'meta:enum': { web: 'Web', store: 'Store' } },
    points: whole,
    balanceCents: long,
    discount: decimal,
    newsletter: flag,
    memberSince: dateTime,
    tags: list(text),
    attributes: map(text),
  },
  ['loyaltyId'],
)

/** An individual profile with one field group of the tenant, enabled for Profile. */
export const loyaltySchema = {
  ...envelope(seededSchemaIds.loyalty, 'Loyalty Members', [
    'https://ns.adobe.com/xdm/context/profile',
    'https://ns.adobe.com/xdm/data/record',
    'https://ns.adobe.com/xdm/context/identitymap',
    'https://ns.adobe.com/xdm/common/auditable',
    'https://ns.adobe.com/emutenant/mixins/77aa0000000000000000000000000001',
  ]),
  'meta:immutableTags': ['union'],
  properties: {
    _id: { ...text, title: 'Identifier', format: 'uri-reference', 'meta:xdmField': '@id' },
    createdByBatchID: { ...text, format: 'uri-reference' },
    modifiedByBatchID: { ...text, format: 'uri-reference' },
    _repo: group({ createDate: dateTime, modifyDate: dateTime }),
    identityMap,
    person: {
      ...group({ birthDate: day, name: group({ firstName: text, lastName: text }) }),
      'meta:referencedFrom': 'https://ns.adobe.com/xdm/context/person',
    },
    personalEmail: group({ address: { ...text, format: 'email' } }),
    _emutenant: group({ loyalty }, ['loyalty']),
  },
  required: [],
}
