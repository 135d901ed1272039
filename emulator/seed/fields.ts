import type { JsonObject } from '../json.ts'
import { seededOrg, seededSandboxIds } from './ids.ts'

/** Field definitions as `xed-full` prints them. */
export const text = { type: 'string', 'meta:xdmType': 'string' } as const
export const dateTime = { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' } as const
export const day = { type: 'string', format: 'date', 'meta:xdmType': 'date' } as const
export const flag = { type: 'boolean', 'meta:xdmType': 'boolean' } as const
export const decimal = { type: 'number', 'meta:xdmType': 'number' } as const
export const whole = {
  type: 'integer',
  minimum: -2_147_483_648,
  maximum: 2_147_483_647,
  'meta:xdmType': 'int',
} as const
export const long = {
  type: 'integer',
  minimum: -9_007_199_254_740_991,
  maximum: 9_007_199_254_740_991,
  'meta:xdmType': 'long',
} as const

export function group(properties: JsonObject, required: readonly string[] = []) {
  return { type: 'object', 'meta:xdmType': 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

export function list(items: JsonObject) {
  return { type: 'array', 'meta:xdmType': 'array', items }
}

export function map(values: JsonObject) {
  return { type: 'object', 'meta:xdmType': 'map', additionalProperties: values }
}

/** The properties of every registry schema, apart from its fields. */
export function envelope(id: string, title: string, extended: readonly string[]) {
  return {
    $id: id,
    'meta:altId': `_${new URL(id).pathname.slice(1).replaceAll('/', '.')}`,
    'meta:resourceType': 'schemas',
    version: '1.2',
    title,
    description: `${title}, as the emulator is seeded with it`,
    type: 'object',
    'meta:class': extended[0],
    'meta:abstract': false,
    'meta:extensible': false,
    'meta:extends': extended,
    'meta:containerId': 'tenant',
    'meta:tenantNamespace': '_emutenant',
    'meta:xdmType': 'object',
    imsOrg: seededOrg,
    'meta:sandboxId': seededSandboxIds.dev,
    'meta:sandboxType': 'development',
    'meta:registryMetadata': {
      'repo:createdDate': 1_700_000_000_000,
      'repo:lastModifiedDate': 1_700_000_000_000,
      eTag: '4711',
    },
  }
}

export const identityMap = map(
  list(
    group({
      id: text,
      authenticatedState: {
        ...text,
        default: 'ambiguous',
        enum: ['ambiguous', 'authenticated', 'loggedOut'],
        'meta:enum': { ambiguous: 'Ambiguous', authenticated: 'User identified', loggedOut: 'Logged out' },
      },
      primary: { ...flag, default: false },
    }),
  ),
)
