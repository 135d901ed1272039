import type { Emulator } from '../../../emulator/emulator.ts'
import { seededSchemaIds } from '../../../emulator/seed/ids.ts'
import { addDataset } from './more-datasets.ts'

const FOR_PROFILE = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }

/** Adds a dataset of events, enabled for Profile; returns its id. */
export function addEventDataset(platform: { readonly emulator: Emulator }): string {
  return addDataset(platform, { name: 'Events in Profile', schemaId: seededSchemaIds.events, tags: FOR_PROFILE })
}

/** Adds a dataset of records, enabled for Profile; returns its id. */
export function addRecordDataset(platform: { readonly emulator: Emulator }): string {
  return addDataset(platform, { name: 'Members in Profile', tags: FOR_PROFILE })
}

/** One valid event with an identity, as a line of JSON Lines. */
export function event(id: string): string {
  const identityMap = { ECID: [{ id: '1'.repeat(38), primary: true }] }
  const own = { _emutenant: { loyaltyId: id } }
  return `${JSON.stringify({ _id: id, timestamp: '2026-11-01T00:00:00Z', identityMap, ...own })}\n`
}
