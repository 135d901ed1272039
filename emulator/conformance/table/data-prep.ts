import type { Expectation } from '../expectation.ts'
import { anyNumber, anyString, each, here, including, matching, seeded } from '../pattern.ts'
import { sources } from '../sources.ts'

const base = '/data/foundation/conversion'
const set = `${base}/mappingSets/{M}`
const mappings = [
  { sourceType: 'ATTRIBUTE', source: 'id', destination: '_emutenant.loyalty.loyaltyId' },
  { sourceType: 'EXPRESSION', source: 'upper(firstName)', destination: 'person.name.firstName' },
]
const contentType = 'application/vnd.adobe.xed-full+json;version=1'
const sent = { outputSchema: { schemaRef: { id: '{U}', contentType } }, mappings }
const row = { id: 1234, firstName: 'Jim' }
const record = { _emutenant: { loyalty: { loyaltyId: '1234' } }, person: { name: { firstName: 'JIM' } } }
const refused = { title: matching(/NotImplemented|MethodNotAllowed/) }

/** The guide's collection is not a separate file; "Postman" stands for its samples. */
export const dataPrep: readonly Expectation[] = [
  {
    by: 'Postman',
    call: `GET ${base}/mappingSets?limit=2&start=0`,
    gets: {
      status: 200,
      json: { data: here([{ id: '{M}' }], each({ id: anyString })), _page: { count: anyNumber, limit: seeded(2) } },
    },
    source: sources.dataPrep,
  },
  // Both parameters are required in the guide and in the OpenAPI file; aepp sends only one.
  {
    by: 'aepp',
    call: `GET ${base}/mappingSets?limit=100`,
    gets: { status: 400, json: { title: seeded('BadRequestError') } },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `POST ${base}/mappingSets?validate=False`,
    body: sent,
    gets: { status: 200, json: { id: anyString, version: 0 } },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `GET ${set}`,
    gets: { status: 200, json: { outputSchema: { schemaRef: { id: seeded('{U}') } } } },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `PUT ${set}`,
    body: sent,
    gets: { status: 200, json: { version: 1, mappings: [{}, {}] } },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `GET ${set}/mappings`,
    gets: { status: 200, json: here(including({ source: 'Member No' }), each({ destination: anyString })) },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `GET ${set}/mappings/1bb13ec5929f4847a8ea0f1d9e60d000`,
    gets: { status: 200, json: { destinationXdmPath: '_emutenant.loyalty.loyaltyId' } },
    source: sources.dataPrep,
    // This mapping id exists only in the emulator.
    reach: 'emulator',
  },
  {
    by: 'Postman',
    call: `POST ${base}/mappingSets/validate`,
    body: sent,
    gets: { status: 200, json: { validationResponse: mappings.map(() => ({ status: 'SUCCESS', errors: null })) } },
    source: sources.dataPrep,
  },
  {
    by: 'Postman',
    call: `POST ${base}/mappingSets/preview`,
    body: { data: [row], mappingSet: sent },
    gets: { status: 200, json: [{ data: record, errors: null }] },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `POST ${base}/mappingSets/preview`,
    headers: { 'x-emu-dialect': 'oas' },
    body: { data: row, mappingSet: sent },
    gets: { status: 200, json: { data: record, errors: null } },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `POST ${base}/languages/el/validate`,
    body: { expression: 'concat("Hi", ",", "there", "!")' },
    gets: { status: 200, json: { validationStatus: 'succeeded', error: 'none' } },
    source: sources.dataPrep,
    reach: 'reads',
  },
  {
    by: 'aepp',
    call: `GET ${base}/languages/el/functions`,
    gets: { status: 200, json: including({ function: 'concat' }) },
    source: sources.dataPrep,
  },
  {
    by: 'aepp',
    call: `GET ${base}/languages/el/operators`,
    gets: { status: 501, json: refused },
    source: sources.ours,
    reach: 'emulator',
  },
  {
    by: 'aepp',
    call: `GET ${base}/mappingSets/suggestion?excludeUnmapped=True`,
    gets: { status: 501, json: refused },
    source: sources.ours,
    reach: 'emulator',
  },
  {
    by: 'aepp',
    call: `GET ${base}/xdmBatchConversions?limit=100`,
    gets: { status: 501, json: refused },
    source: sources.ours,
    reach: 'emulator',
  },
  { by: 'aepp', call: `DELETE ${set}`, gets: { status: 405, json: refused }, source: sources.ours, reach: 'emulator' },
  {
    by: 'aepp',
    call: `POST ${set}/mappings`,
    body: mappings[0],
    gets: { status: 405, json: refused },
    source: sources.ours,
    reach: 'emulator',
  },
  ...['PUT', 'DELETE'].map((method): Expectation => ({
    by: 'aepp',
    call: `${method} ${set}/mappings/1bb13ec5929f4847a8ea0f1d9e60d000`,
    gets: { status: 405, json: refused },
    source: sources.ours,
    reach: 'emulator',
  })),
]
