import { expect } from 'vitest'
import { dataset, imports, type Asked } from '../asked.ts'

const octets = { 'content-type': 'application/octet-stream' }
const multipart = { 'content-type': 'multipart/form-data' }
const file = (batch: string, name: string) => `${imports}/{${batch}}/datasets/${dataset}/files/${name}`
const row = { _emutenant: { loyalty: { loyaltyId: 'L7', points: 7 } } }
const unsupported = { status: 415, title: 'UnsupportedMediaTypeError', detail: expect.stringContaining('Multipart') }
const nothing = { status: 200, text: '' } as const
const act = (batch: string, action: string) => `POST ${imports}/{${batch}}?action=${action}`
const preview = `GET ${imports}/{O}/datasets/${dataset}/preview`
const previewed = {
  preview: { columns: [{ cid: 0, name: '_emutenant/loyalty/loyaltyId' }, {}], rows: [{ 0: 'L1', 1: '3' }] },
}

export const ingestion: readonly Asked[] = [
  {
    by: 'Postman',
    call: `POST ${imports}`,
    body: { datasetId: dataset, inputFormat: { format: 'json' } },
    gets: { status: 201, json: { status: 'loading', inputFormat: { format: 'json' }, replay: {} } },
  },
  ...['JSON', 'Parquet', 'CSV'].map((format): Asked => ({
    // The OpenAPI file spells them so; lower case is kept.
    by: 'Postman',
    call: `POST ${imports}`,
    body: { datasetId: dataset, inputFormat: { format } },
    gets: { status: 201, json: { inputFormat: { format: format.toLowerCase() } } },
  })),
  {
    by: 'aepp',
    call: `POST ${imports}`,
    body: {
      datasetId: dataset,
      inputFormat: { format: 'json', isMultiLineJson: false },
      enableErrorDiagnostics: true,
      partialIngestionPercentage: 5,
    },
    gets: {
      status: 201,
      json: { id: expect.any(String), inputFormat: { isMultiLineJson: false } },
      headers: { 'x-emu-warning': expect.stringContaining('partialIngestionPercentage is ignored') },
    },
  },
  {
    by: 'aepp',
    call: `PATCH ${imports}`,
    body: {
      datasetId: dataset,
      inputFormat: { format: 'json' },
      replay: { predecessors: ['${B}'], reason: 'replace' },
    },
    gets: { status: 405, json: { title: 'MethodNotAllowedError' }, headers: { allow: 'POST' } },
  },
  {
    // aepp parses what it is given and sends it again as JSON text.
    by: 'aepp',
    call: `PUT ${file('O', 'rows.json')}`,
    headers: octets,
    body: JSON.stringify([row]),
    gets: nothing,
  },
  { by: 'Postman', call: `PUT ${file('O', 'data/rows.json')}`, headers: octets, body: '', gets: nothing },
  {
    by: 'aepp',
    call: `POST ${file('O', 'new.json')}?action=INITIALIZE`,
    gets: { status: 201, text: '' },
  },
  {
    by: 'Postman',
    call: `POST ${file('O', 'new.json')}?action=INITIALIZE`,
    headers: multipart,
    gets: { status: 415, json: unsupported },
  },
  {
    by: 'Postman',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...multipart, 'content-range': 'bytes 2-3' },
    body: 'ab',
    gets: { status: 415, json: unsupported },
  },
  {
    by: 'aepp',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...octets, 'content-range': 'bytes 2-3' },
    body: 'ab',
    gets: nothing,
  },
  {
    // aepp calls `.json()` on the answer, which only the OpenAPI file gives a body.
    by: 'aepp',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...octets, 'content-range': 'bytes 2-3', 'x-emu-dialect': 'oas' },
    body: 'ab',
    gets: { status: 200, json: { name: 'big.json', sizeInBytes: 4 }, headers: { range: 'bytes=0-3' } },
  },
  { by: 'aepp', call: `HEAD ${file('I', 'big.json')}`, gets: { ...nothing, headers: { range: 'bytes=0-1' } } },
  { by: 'aepp', call: `POST ${file('I', 'big.json')}?action=COMPLETE`, gets: { status: 201, text: '' } },
  { by: 'aepp', call: act('O', 'COMPLETE'), gets: nothing },
  {
    by: 'aepp',
    call: act('O', 'COMPLETE'),
    headers: { 'x-emu-dialect': 'oas' },
    gets: { status: 200, json: { id: '{O}', inputFormat: { format: 'json' } } },
  },
  { by: 'Postman', call: act('O', 'ABORT'), gets: nothing },
  { by: 'aepp', call: act('O', 'FAIL'), gets: nothing },
  { by: 'Postman', call: act('B', 'REVERT'), gets: nothing },
  {
    by: 'Postman',
    call: act('O', 'complete'),
    gets: { status: 400, json: { title: 'BadRequestError', detail: expect.stringContaining('COMPLETE, ABORT') } },
  },
  {
    // The collection leaves the quote and the backslash as they are.
    by: 'Postman',
    call: `${preview}?format=json&delimiter=,&quote="&escape=\\&charset=UTF-8&header=true&isMultiLineJson=false&nrow=0`,
    gets: { status: 200, json: { ...previewed, formatParams: { quote: '"', escape: '\\', nrow: '0' } } },
  },
  {
    by: 'aepp',
    call: `${preview}?format=json&delimiter=%2C&quote=%22&escape=%5C&charset=utf-8&header=True&nrow=5`,
    gets: { status: 200, json: previewed },
  },
]
