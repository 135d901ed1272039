import type { Dataset } from '../state.ts'
import { seededDatasetIds } from './ids.ts'
import { makeDataset, type DatasetWish } from './make-dataset.ts'

const profileTags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }

export const seededDatasets: readonly Dataset[] = [
  dataset('loyalty', { name: 'Loyalty members', tags: profileTags }),
  dataset('events', { schema: 'events', name: 'Store events', dataBehavior: 'time-series' }),
  dataset('products', { schema: 'products', name: 'Products', dataBehavior: 'adhoc' }),
  dataset('system', {
    schema: 'events',
    name: 'Profile snapshot',
    managedBy: 'SYSTEM',
    tags: { adobeInternal: ['true'] },
  }),
  dataset('upsertable', {
    name: 'Loyalty updates',
    tags: { ...profileTags, unifiedProfile: ['enabled:true', 'isUpsert:true'] },
  }),
  dataset('prodOnly', { name: 'Loyalty members of production', sandbox: 'prod' }),
]

function dataset(key: keyof typeof seededDatasetIds, wish: DatasetWish): Dataset {
  const words = { table: key.toLowerCase(), description: `Seeded dataset ${key}` }
  return makeDataset(seededDatasetIds[key], { ...wish, ...words })
}
