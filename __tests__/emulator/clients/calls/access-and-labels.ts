import { expect } from 'vitest'
import { access, dataset, type Asked } from '../asked.ts'

const batch = (id: string) => `${access}/batches/{${id}}`
const part = '{B}_part-00000-c000.json'
const oneEntry = { _page: { limit: 100, count: 1 } }
const content = { 'accept-ranges': 'bytes', 'content-type': 'application/x-ndjson' }
const labels = `/data/foundation/dataset/datasets/${dataset}/labels`

const labelled = { labels: ['C1'], optionalLabels: [] }
const noLabels = { status: 'NOT_FOUND', code: 'PES-404', path: `/entities/AEP:dataset:${dataset}` }

export const accessAndLabels: readonly Asked[] = [
  {
    by: 'Postman',
    call: `GET ${batch('B')}/files?start=0&limit=&path=`,
    gets: { status: 200, json: { ...oneEntry, data: [{ dataSetFileId: '{B}-1', records: '1', isValid: true }] } },
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/failed?start=0&limit=100&path=`,
    gets: { status: 200, json: { data: [{ name: '_SUCCESS', length: '0' }, { name: 'part-00000-c000.json' }] } },
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/failed?path=part-00000-c000.json`,
    gets: { status: 200, json: { _validationErrors: [{ pointerToViolation: expect.stringMatching(/^#\//) }] } },
  },
  {
    by: 'Postman',
    call: `GET ${batch('F')}/meta?start=0&limit=&path=`,
    gets: {
      status: 200,
      json: { data: expect.arrayContaining([expect.objectContaining({ length: expect.any(String) })]) },
    },
  },
  {
    by: 'aepp',
    call: `GET ${batch('F')}/meta?path=input_files`,
    gets: { status: 200, json: { ...oneEntry, data: [{ name: 'fileMetaData1.json' }] } },
  },
  {
    by: 'aepp',
    call: `GET ${access}/files/{B}-1?path=&range=`,
    gets: {
      status: 200,
      json: { ...oneEntry, data: [{ name: part, _links: { self: { href: expect.stringContaining('?path=') } } }] },
    },
  },
  {
    by: 'Postman',
    call: `GET ${access}/files/{B}-1?path=${part}`,
    gets: { status: 200, json: { _emutenant: { loyalty: { loyaltyId: 'L1' } } }, headers: content },
  },
  {
    by: 'Postman',
    call: `GET ${access}/files/{B}-1?path=${part}`,
    headers: { range: 'bytes=0-1' },
    gets: { status: 206, text: '{"', headers: { 'content-range': expect.stringMatching(/^bytes 0-1\/\d+$/) } },
  },
  {
    by: 'aepp',
    call: `HEAD ${access}/files/{B}-1?path=${part}`,
    gets: { status: 200, text: '', headers: { ...content, 'content-length': expect.stringMatching(/^\d+$/) } },
  },
  { by: 'aepp', call: `HEAD ${access}/files/{B}-1`, gets: { status: 400, text: '' } },
  {
    by: 'aepp',
    call: `GET ${access}/datasets/${dataset}/preview`,
    amid: '{B}',
    gets: { status: 200, json: { data: [{ _emutenant: { loyalty: { loyaltyId: 'L1' } } }] } },
  },
  { by: 'Postman', call: `GET ${labels}`, gets: { status: 404, json: noLabels } },
  { by: 'Postman', call: `PUT ${labels}`, body: labelled, gets: { status: 404, json: noLabels } },
  {
    by: 'Postman',
    call: `POST ${labels}`,
    body: labelled,
    gets: { status: 201, json: labelled, headers: { etag: expect.stringMatching(/^[0-9a-f-]{36}$/) } },
  },
  { by: 'Postman', call: `DELETE ${labels}`, gets: { status: 404, json: noLabels } },
]
