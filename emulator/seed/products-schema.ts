import { decimal, envelope, flag, group, text, whole } from './fields.ts'
import { seededSchemaIds } from './ids.ts'

/** A flat ad-hoc schema, as used for CSV files: it has its own class, and its fields are under a generated name. */
export const productsSchema = {
  ...envelope(seededSchemaIds.products, 'Products', [
    'https://ns.adobe.com/emutenant/classes/9b1d0000000000000000000000000001',
    'https://ns.adobe.com/xdm/data/adhoc',
  ]),
  properties: {
    _9b1d0001: group({ sku: text, name: text, category: text, price: decimal, stock: whole, active: flag }),
  },
  'meta:datasetNamespace': '_9b1d0001',
  required: [],
}
