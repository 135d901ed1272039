import { expect } from 'vitest'
import { seededMappingSetIds, seededSchemaIds } from '../../../../emulator/seed/ids.ts'
import type { Asked } from '../asked.ts'

const base = '/data/foundation/conversion'
const set = `${base}/mappingSets/${seededMappingSetIds.members}`
const mappings = [
  { sourceType: 'ATTRIBUTE', source: 'id', destination: '_emutenant.loyalty.loyaltyId' },
  { sourceType: 'EXPRESSION', source: 'upper(firstName)', destination: 'person.name.firstName' },
]
const contentType = 'application/vnd.adobe.xed-full+json;version=1'
const sent = { outputSchema: { schemaRef: { id: seededSchemaIds.loyalty, contentType } }, mappings }
const row = { id: 1234, firstName: 'Jim' }
const record = { _emutenant: { loyalty: { loyaltyId: '1234' } }, person: { name: { firstName: 'JIM' } } }
const refused = { title: expect.stringMatching(/NotImplemented|MethodNotAllowed/) }

/** The collection of the guide has no file of its own; "Postman" stands for its samples. */
export const dataPrep: readonly Asked[] = [
  {
    by: 'Postman',
    call: `GET ${base}/mappingSets?limit=2&start=0`,
    gets: { status: 200, json: { data: [{ id: seededMappingSetIds.members }], _page: { count: 1, limit: 2 } } },
  },
  // Both parameters are required in the guide and in the OpenAPI file; aepp sends only one.
  { by: 'aepp', call: `GET ${base}/mappingSets?limit=100`, gets: { status: 400, json: { title: 'BadRequestError' } } },
  {
    by: 'aepp',
    call: `POST ${base}/mappingSets?validate=False`,
    body: sent,
    gets: { status: 200, json: { id: expect.any(String), version: 0 } },
  },
  {
    by: 'aepp',
    call: `GET ${set}`,
    gets: { status: 200, json: { outputSchema: { schemaRef: { id: seededSchemaIds.loyalty } } } },
  },
  { by: 'aepp', call: `PUT ${set}`, body: sent, gets: { status: 200, json: { version: 1, mappings: [{}, {}] } } },
  {
    by: 'aepp',
    call: `GET ${set}/mappings`,
    gets: { status: 200, json: expect.arrayContaining([expect.objectContaining({ source: 'Member No' })]) },
  },
  {
    by: 'aepp',
    call: `GET ${set}/mappings/1bb13ec5929f4847a8ea0f1d9e60d000`,
    gets: { status: 200, json: { destinationXdmPath: '_emutenant.loyalty.loyaltyId' } },
  },
  {
    by: 'Postman',
    call: `POST ${base}/mappingSets/validate`,
    body: sent,
    gets: { status: 200, json: { validationResponse: mappings.map(() => ({ status: 'SUCCESS', errors: null })) } },
  },
  {
    by: 'Postman',
    call: `POST ${base}/mappingSets/preview`,
    body: { data: [row], mappingSet: sent },
    gets: { status: 200, json: [{ data: record, errors: null }] },
  },
  {
    by: 'aepp',
    call: `POST ${base}/mappingSets/preview`,
    headers: { 'x-emu-dialect': 'oas' },
    body: { data: row, mappingSet: sent },
    gets: { status: 200, json: { data: record, errors: null } },
  },
  {
    by: 'aepp',
    call: `POST ${base}/languages/el/validate`,
    body: { expression: 'concat("Hi", ",", "there", "!")' },
    gets: { status: 200, json: { validationStatus: 'succeeded', error: 'none' } },
  },
  {
    by: 'aepp',
    call: `GET ${base}/languages/el/functions`,
    gets: { status: 200, json: expect.arrayContaining([expect.objectContaining({ function: 'concat' })]) },
  },
  { by: 'aepp', call: `GET ${base}/languages/el/operators`, gets: { status: 501, json: refused } },
  {
    by: 'aepp',
    call: `GET ${base}/mappingSets/suggestion?excludeUnmapped=True`,
    gets: { status: 501, json: refused },
  },
  { by: 'aepp', call: `GET ${base}/xdmBatchConversions?limit=100`, gets: { status: 501, json: refused } },
  { by: 'aepp', call: `DELETE ${set}`, gets: { status: 405, json: refused } },
  { by: 'aepp', call: `POST ${set}/mappings`, body: mappings[0], gets: { status: 405, json: refused } },
  ...['PUT', 'DELETE'].map((method): Asked => ({
    by: 'aepp',
    call: `${method} ${set}/mappings/1bb13ec5929f4847a8ea0f1d9e60d000`,
    gets: { status: 405, json: refused },
  })),
]
