import type { Mapping } from '../mapping/mapping-set.ts'
import type { HeldSet } from '../state.ts'
import { seededMappingSetIds, seededSchemaIds } from './ids.ts'

const LONG_AGO_MS = 1_700_000_000_000
const USER = 'emulator@techacct.adobe.com'

/** Columns "Member No", "E-Mail", "First name", "Last name", "Birth date", "Points", "Newsletter". */
const mappings: readonly Mapping[] = [
  mapping('ATTRIBUTE', 'Member No', '_emutenant.loyalty.loyaltyId'),
  mapping('EXPRESSION', 'lower(trim(${E-Mail}))', 'personalEmail.address'),
  mapping('ATTRIBUTE', 'First name', 'person.name.firstName'),
  mapping('ATTRIBUTE', 'Last name', 'person.name.lastName'),
  mapping('EXPRESSION', 'date(${Birth date}, "dd/MM/yyyy")', 'person.birthDate'),
  mapping('ATTRIBUTE', 'Points', '_emutenant.loyalty.points'),
  mapping('EXPRESSION', 'iif(Newsletter == "y", true, false)', '_emutenant.loyalty.newsletter'),
  mapping('STATIC', 'store', '_emutenant.loyalty.channel'),
]

export const seededMappingSets: readonly HeldSet[] = [
  {
    id: seededMappingSetIds.members,
    sandbox: 'dev',
    created: LONG_AGO_MS,
    createdBy: USER,
    versions: [
      {
        set: {
          name: 'Members from CSV',
          inputSchema: undefined,
          schemaRef: { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed-full+json;version=1' },
          mappings,
        },
        modified: LONG_AGO_MS,
        modifiedBy: USER,
        schemaId: 'cf0a57df22354cfdb5f32a747b63a001',
        mappingIds: mappings.map((_, index) => `1bb13ec5929f4847a8ea0f1d9e60d${String(index).padStart(3, '0')}`),
      },
    ],
  },
]

function mapping(sourceType: Mapping['sourceType'], source: string, destination: string): Mapping {
  return { sourceType, source, destination, more: {} }
}
