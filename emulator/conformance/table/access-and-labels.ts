import { access, type Expectation } from '../expectation.ts'
import { anyObject, anyString, containing, each, here, including, matching, oneOf, seeded } from '../pattern.ts'
import { sources } from '../sources.ts'

const batch = (id: string) => `${access}/batches/{${id}}`
const part = '{B}_part-00000-c000.json'
const oneEntry = { _page: { limit: seeded(100), count: seeded(1) } }
const content = { 'accept-ranges': 'bytes', 'content-type': 'application/x-ndjson' }
const labels = '/data/foundation/dataset/datasets/{D}/labels'
const labelled = { labels: ['C1'], optionalLabels: [] }
const noLabels = { status: 'NOT_FOUND', code: 'PES-404', path: '/entities/AEP:dataset:{D}' }
const linked = { _links: { self: { href: containing('?path=') } } }
const counted = { dataSetFileId: matching(/-\d+$/), records: matching(/^\d+$/), size: matching(/^\d+$/) }
/** Other users saw entries of this form on the platform; the guide's samples all have sizes and counts. */
const bare = { dataSetFileId: matching(/-DE\d+$/) }

export const accessAndLabels: readonly Expectation[] = [
  {
    by: 'Postman',
    call: `GET ${batch('B')}/files?start=0&limit=&path=`,
    gets: {
      status: 200,
      json: {
        ...oneEntry,
        data: here([{ ...counted, dataSetFileId: '{B}-1', records: '1', isValid: true }], each(oneOf(counted, bare))),
      },
    },
    source: sources.access,
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/failed?start=0&limit=100&path=`,
    gets: {
      status: 200,
      json: {
        data: here(
          [{ name: '_SUCCESS', length: '0' }, { name: 'part-00000-c000.json' }],
          each({ name: anyString, length: anyString }),
        ),
      },
    },
    source: sources.failed,
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/failed?path=part-00000-c000.json`,
    gets: { status: 200, json: { _validationErrors: [{ pointerToViolation: matching(/^#\//) }] } },
    source: sources.failed,
    // The name of a part is specific to the emulator.
    reach: 'emulator',
  },
  {
    by: 'Postman',
    call: `GET ${batch('F')}/meta?start=0&limit=&path=`,
    gets: { status: 200, json: { data: here(including({ length: anyString }), each({ name: anyString })) } },
    source: sources.failed,
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/meta?path=input_files`,
    gets: {
      status: 200,
      json: { data: here([{ name: 'fileMetaData1.json' }], each({ name: matching(/^fileMetaData/) })) },
    },
    source: sources.failed,
  },
  {
    by: 'aepp',
    call: `GET ${access}/files/{B}-1?path=&range=`,
    gets: {
      status: 200,
      json: { data: here([{ name: part, ...linked }], each({ name: anyString, length: anyString, ...linked })) },
    },
    source: sources.access,
  },
  {
    by: 'Postman',
    call: `GET ${access}/files/{B}-1?path=${part}`,
    gets: { status: 200, json: { _emutenant: { loyalty: { loyaltyId: 'L1' } } }, headers: content },
    source: sources.access,
    reach: 'emulator',
  },
  {
    by: 'Postman',
    call: `GET ${access}/files/{B}-1?path=${part}`,
    headers: { range: 'bytes=0-1' },
    gets: { status: 206, text: '{"', headers: { 'content-range': matching(/^bytes 0-1\/\d+$/) } },
    source: sources.access,
    reach: 'emulator',
  },
  {
    by: 'aepp',
    call: `HEAD ${access}/files/{B}-1?path=${part}`,
    gets: { status: 200, text: '', headers: { ...content, 'content-length': matching(/^\d+$/) } },
    source: sources.access,
    reach: 'emulator',
  },
  {
    by: 'aepp',
    call: `HEAD ${access}/files/{B}-1`,
    gets: { status: 400, text: '' },
    source: sources.access,
  },
  {
    by: 'aepp',
    call: `GET ${access}/datasets/{D}/preview`,
    amid: '{B}',
    gets: { status: 200, json: { data: here([{ _emutenant: { loyalty: { loyaltyId: 'L1' } } }], each(anyObject)) } },
    source: sources.access,
  },
  {
    by: 'Postman',
    call: `GET ${labels}`,
    gets: here404(noLabels, { labels: each(anyString) }),
    source: sources.labels,
  },
  {
    by: 'Postman',
    call: `PUT ${labels}`,
    body: labelled,
    gets: { status: 404, json: noLabels },
    source: sources.labels,
  },
  {
    by: 'Postman',
    call: `POST ${labels}`,
    body: labelled,
    gets: { status: 201, json: labelled, headers: { etag: matching(/^[0-9a-f-]{36}$/) } },
    source: sources.labels,
  },
  { by: 'Postman', call: `DELETE ${labels}`, gets: { status: 404, json: noLabels }, source: sources.labels },
]

/** A sandbox dataset may have labels or none. The guide keys labels by the entity, the OpenAPI file does not. */
function here404(none: object, flat: object): Expectation['gets'] {
  const some = oneOf(flat, { 'AEP:dataset:{D}': flat })
  return { status: here(404, oneOf(200, 404)), json: here(none, oneOf(none, some)) }
}
