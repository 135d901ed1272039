import { seededDatasets } from './seed/datasets.ts'
import { seededDescriptors } from './seed/descriptors.ts'
import { eventsSchema } from './seed/events-schema.ts'
import { loyaltySchema } from './seed/loyalty-schema.ts'
import { seededSandboxIds } from './seed/ids.ts'
import { seededMappingSets } from './seed/mapping-set.ts'
import { productsSchema } from './seed/products-schema.ts'
import type { Credential, Sandbox, State } from './state.ts'

const seededScopes = [
  'openid',
  'AdobeID',
  'session',
  'read_organizations',
  'additional_info.projectedProductContext',
] as const

export const seededCredential = {
  clientId: 'emulator-client',
  secrets: ['emulator-secret-4711-do-not-use', 'emulator-secret-4712-do-not-use'],
  scopes: seededScopes,
  sandboxes: ['dev', 'prod'],
} as const satisfies Credential

/** A credential that gets a token, but no service admits it. */
export const outsiderCredential = {
  clientId: 'emulator-outsider',
  secrets: ['emulator-secret-0815-do-not-use'],
  scopes: seededScopes,
  sandboxes: [],
} as const satisfies Credential

export const seededSandboxes = {
  dev: {
    id: seededSandboxIds.dev,
    name: 'dev',
    title: 'Development',
    type: 'development',
    isDefault: false,
  },
  prod: {
    id: seededSandboxIds.prod,
    name: 'prod',
    title: 'Prod',
    type: 'production',
    isDefault: true,
  },
} as const satisfies Readonly<Record<string, Sandbox>>

/** Adds the data that every emulator starts with. */
export function seedState(state: State): void {
  for (const credential of [seededCredential, outsiderCredential])
    state.credentials.set(credential.clientId, credential)
  for (const sandbox of Object.values(seededSandboxes)) state.sandboxes.set(sandbox.name, sandbox)
  for (const dataset of seededDatasets) state.datasets.set(dataset.id, dataset)
  for (const schema of [loyaltySchema, eventsSchema, productsSchema]) state.schemas.set(schema.$id, schema)
  for (const set of seededMappingSets) state.mappingSets.set(set.id, set)
  for (const descriptor of seededDescriptors) state.descriptors.set(descriptor['@id'], descriptor)
}
