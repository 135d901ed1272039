import type { JsonObject } from '../json.ts'
import type { Dataset } from '../state.ts'
import { seededDatasetIds, seededOrg, seededSchemaIds } from './ids.ts'

const profileTags = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }

export const seededDatasets: readonly Dataset[] = [
  dataset('loyalty', { schema: 'loyalty', name: 'Loyalty members', tags: profileTags }),
  dataset('events', { schema: 'events', name: 'Store events', dataBehavior: 'time-series' }),
  dataset('products', { schema: 'products', name: 'Products', dataBehavior: 'adhoc' }),
  dataset('system', {
    schema: 'events',
    name: 'Profile snapshot',
    managedBy: 'SYSTEM',
    tags: { adobeInternal: ['true'] },
  }),
  dataset('upsertable', {
    schema: 'loyalty',
    name: 'Loyalty updates',
    tags: { ...profileTags, unifiedProfile: ['enabled:true', 'isUpsert:true'] },
  }),
  dataset('prodOnly', { schema: 'loyalty', name: 'Loyalty members of production', sandbox: 'prod' }),
]

type Wanted = {
  readonly schema: keyof typeof seededSchemaIds
  readonly name: string
  readonly sandbox?: 'dev' | 'prod'
  readonly tags?: JsonObject
  readonly dataBehavior?: string
  readonly managedBy?: string
}

function dataset(key: keyof typeof seededDatasetIds, wanted: Wanted): Dataset {
  const id = seededDatasetIds[key]
  const { sandbox = 'dev', dataBehavior = 'record', managedBy = 'CUSTOMER' } = wanted
  const contentType = 'application/vnd.adobe.xed-full+json;version=1'
  return {
    id,
    sandbox,
    record: {
      name: wanted.name,
      description: `Seeded dataset ${key}`,
      state: 'ACTIVE',
      imsOrg: seededOrg,
      enableErrorDiagnostics: false,
      tags: tagsOf(key, wanted),
      extensions: {},
      classification: { dataBehavior, managedBy },
      version: '1.0.0',
      created: 1_700_000_000_000,
      updated: 1_700_000_000_000,
      createdUser: 'emulator@techacct.adobe.com',
      viewId: id.replace(/^65/, '66'),
      files: `@/dataSetFiles?dataSetId=${id}`,
      fileDescription: { format: 'parquet' },
      schemaRef: { id: seededSchemaIds[wanted.schema], contentType },
    },
  }
}

function tagsOf(key: string, { tags = {} }: Wanted): JsonObject {
  return {
    'adobe/pqs/table': [key.toLowerCase()],
    'adobe/siphon/table/format': ['delta'],
    acp_granular_validation_flags: ['requiredFieldCheck:enabled'],
    acp_validationContext: ['enabled'],
    ...tags,
  }
}
