import { dateTime, decimal, envelope, group, identityMap, list, text, whole } from './fields.ts'
import { seededSchemaIds } from './ids.ts'

/** Events in a shop: a time series. */
export const eventsSchema = {
  ...envelope(seededSchemaIds.events, 'Store Events', [
    'https://ns.adobe.com/xdm/context/experienceevent',
    'https://ns.adobe.com/xdm/data/time-series',
    'https://ns.adobe.com/xdm/context/identitymap',
    'https://ns.adobe.com/emutenant/mixins/77aa0000000000000000000000000002',
  ]),
  'meta:immutableTags': ['union'],
  properties: {
    _id: { ...text, title: 'Identifier', format: 'uri-reference', 'meta:xdmField': '@id' },
    timestamp: { ...dateTime, title: 'Timestamp' },
    eventType: { ...text, 'meta:enum': { 'commerce.purchases': 'Purchase', 'commerce.productViews': 'Product view' } },
    identityMap,
    productListItems: list(group({ SKU: text, name: text, quantity: whole, priceTotal: decimal })),
    _emutenant: group({ loyaltyId: text, store: text, weeklySales: decimal }),
  },
  required: ['_id', 'timestamp'],
}
