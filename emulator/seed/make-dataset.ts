import type { JsonObject } from '../json.ts'
import type { Dataset } from '../state.ts'
import { seededOrg, seededSandboxIds, seededSchemaIds } from './ids.ts'

/** A typical customer's dataset, with these differences. */
export type DatasetWish = {
  readonly name: string
  readonly schema?: keyof typeof seededSchemaIds
  readonly sandbox?: 'dev' | 'prod'
  /** Added to the tags that every dataset has. */
  readonly tags?: JsonObject
  readonly dataBehavior?: string
  readonly managedBy?: string
  readonly description?: string
  /** The table name in Query Service. */
  readonly table?: string
  readonly createdMs?: number
}

const LONG_AGO_MS = 1_700_000_000_000

export function makeDataset(id: string, wish: DatasetWish): Dataset {
  const { name, schema = 'loyalty', sandbox = 'dev', dataBehavior = 'record', managedBy = 'CUSTOMER' } = wish
  const { createdMs = LONG_AGO_MS, description = name } = wish
  const contentType = 'application/vnd.adobe.xed-full+json;version=1'
  return {
    id,
    sandbox,
    record: {
      name,
      description,
      state: 'ACTIVE',
      imsOrg: seededOrg,
      sandboxId: seededSandboxIds[sandbox],
      enableErrorDiagnostics: false,
      tags: tagsOf(wish),
      extensions: {},
      classification: { dataBehavior, managedBy },
      version: '1.0.0',
      created: createdMs,
      updated: createdMs,
      createdUser: 'emulator@techacct.adobe.com',
      viewId: id.replace(/^65/, '66'),
      files: `@/dataSetFiles?dataSetId=${id}`,
      fileDescription: { format: 'parquet' },
      schemaRef: { id: seededSchemaIds[schema], contentType },
    },
  }
}

function tagsOf({ name, table = name.toLowerCase().replaceAll(/\W+/g, '_'), tags = {} }: DatasetWish): JsonObject {
  return {
    'adobe/pqs/table': [table],
    'adobe/siphon/table/format': ['delta'],
    acp_granular_validation_flags: ['requiredFieldCheck:enabled'],
    acp_validationContext: ['enabled'],
    ...tags,
  }
}
