export const seededOrg = '0123456789ABCDEF01234567@AdobeOrg'

export const seededTenant = 'emutenant'

/** Ids of the seeded datasets; all except `prodOnly` are in sandbox `dev`. */
export const seededDatasetIds = {
  /** Records of persons, enabled for Profile. */
  loyalty: '650000000000000000000001',
  /** Time series: `_id` and `timestamp` are required. */
  events: '650000000000000000000002',
  /** A flat ad-hoc schema, for CSV. */
  products: '650000000000000000000003',
  /** Managed by the platform itself. */
  system: '650000000000000000000004',
  /** Like `loyalty`, enabled for upsert. */
  upsertable: '650000000000000000000005',
  /** Exists only in sandbox `prod`. */
  prodOnly: '650000000000000000000006',
} as const

export const seededSandboxIds = {
  dev: '5f6d0c11-0d5f-4c5b-9d0c-110d5f4c5b9d',
  prod: '0c9d2a3b-4e5f-4a6b-8c7d-2a3b4e5f4a6b',
} as const

export const seededSchemaIds = {
  loyalty: `https://ns.adobe.com/${seededTenant}/schemas/1f0c9d7a2b3e4f5061728394a5b6c7d8`,
  events: `https://ns.adobe.com/${seededTenant}/schemas/2e1d8c6b3a4f5e7061728394a5b6c7d9`,
  products: `https://ns.adobe.com/${seededTenant}/schemas/3d2e7b5c4b5a6f8061728394a5b6c7da`,
} as const

/** Mapping sets of sandbox `dev`. */
export const seededMappingSetIds = {
  /** From a CSV of members to the schema `loyalty`. */
  members: 'e7c80e4c0d8f4a98a7d400b4e178b001',
} as const
