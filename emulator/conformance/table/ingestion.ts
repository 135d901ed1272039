import { imports, type Expectation } from '../expectation.ts'
import { anyString, anything, containing, here, oneOf, seeded } from '../pattern.ts'
import { sources } from '../sources.ts'

const octets = { 'content-type': 'application/octet-stream' }
const multipart = { 'content-type': 'multipart/form-data' }
const file = (batch: string, name: string) => `${imports}/{${batch}}/datasets/{D}/files/${name}`
const row = { _emutenant: { loyalty: { loyaltyId: 'L7', points: 7 } } }
const unsupported = { status: 415, title: 'UnsupportedMediaTypeError', detail: containing('Multipart') }
/** The guides show no body, the OpenAPI file shows one; which of them the platform sends is unknown. */
const nothing = { status: 200, text: here('', anything) } as const
const stored = { status: here(200, oneOf(200, 201)), text: here('', anything) } as const
const act = (batch: string, action: string) => `POST ${imports}/{${batch}}?action=${action}`
const preview = `GET ${imports}/{O}/datasets/{D}/preview`
const previewed = {
  preview: { columns: [{ cid: 0, name: '_emutenant/loyalty/loyaltyId' }, {}], rows: [{ 0: 'L1', 1: '3' }] },
}
const begun = { id: anyString, status: 'loading', relatedObjects: [{ type: 'dataSet', id: '{D}' }] }

export const ingestion: readonly Expectation[] = [
  {
    by: 'Postman',
    call: `POST ${imports}`,
    body: { datasetId: '{D}', inputFormat: { format: 'json' } },
    gets: { status: 201, json: { ...begun, inputFormat: { format: 'json' }, replay: {} } },
    source: sources.ingestion,
    reach: 'own-batches',
  },
  ...['JSON', 'Parquet', 'CSV'].map((format): Expectation => ({
    // The emulator stores the format in lower case.
    by: 'Postman',
    call: `POST ${imports}`,
    body: { datasetId: '{D}', inputFormat: { format } },
    gets: { status: 201, json: { ...begun, inputFormat: { format: here(format.toLowerCase(), anyString) } } },
    source: sources.ingestionFormats,
    reach: 'own-batches',
  })),
  {
    by: 'aepp',
    call: `POST ${imports}`,
    body: {
      datasetId: '{D}',
      inputFormat: { format: 'json', isMultiLineJson: false },
      enableErrorDiagnostics: true,
      partialIngestionPercentage: 5,
    },
    gets: {
      status: 201,
      json: { ...begun, inputFormat: { isMultiLineJson: false } },
      headers: { 'x-emu-warning': here(containing('partialIngestionPercentage is ignored'), anything) },
    },
    source: sources.ingestionThreshold,
    reach: 'own-batches',
  },
  {
    by: 'aepp',
    call: `PATCH ${imports}`,
    body: { datasetId: '{D}', inputFormat: { format: 'json' }, replay: { predecessors: ['${B}'], reason: 'replace' } },
    gets: { status: 405, json: { title: 'MethodNotAllowedError' }, headers: { allow: 'POST' } },
    source: sources.ingestion,
  },
  {
    // aepp parses its input and sends it again as JSON text.
    by: 'aepp',
    call: `PUT ${file('O', 'rows.json')}`,
    headers: octets,
    body: JSON.stringify([row]),
    gets: stored,
    source: sources.ingestionDialects,
    reach: 'own-batches',
  },
  {
    by: 'Postman',
    call: `PUT ${file('O', 'data/rows.json')}`,
    headers: octets,
    body: '',
    gets: stored,
    source: sources.ingestionDialects,
    reach: 'own-batches',
  },
  {
    by: 'aepp',
    call: `POST ${file('O', 'new.json')}?action=INITIALIZE`,
    gets: { status: here(201, oneOf(200, 201)), text: here('', anything) },
    source: sources.ingestionDialects,
    reach: 'own-batches',
  },
  {
    by: 'Postman',
    call: `POST ${file('O', 'new.json')}?action=INITIALIZE`,
    headers: multipart,
    gets: { status: 415, json: unsupported },
    source: sources.ingestion,
  },
  {
    by: 'Postman',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...multipart, 'content-range': 'bytes 2-3' },
    body: 'ab',
    gets: { status: 415, json: unsupported },
    source: sources.ingestion,
  },
  {
    by: 'aepp',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...octets, 'content-range': 'bytes 2-3' },
    body: 'ab',
    gets: nothing,
    source: sources.ingestionDialects,
    reach: 'own-batches',
  },
  {
    // aepp calls `.json()` on the answer, but only the OpenAPI file documents a body.
    by: 'aepp',
    call: `PATCH ${file('I', 'big.json')}`,
    headers: { ...octets, 'content-range': 'bytes 2-3', 'x-emu-dialect': 'oas' },
    body: 'ab',
    gets: { status: 200, json: { name: 'big.json', sizeInBytes: 4 }, headers: { range: 'bytes=0-3' } },
    source: sources.ingestionDialects,
  },
  {
    by: 'aepp',
    call: `HEAD ${file('I', 'big.json')}`,
    gets: { status: 200, text: '', headers: { range: seeded('bytes=0-1') } },
    source: sources.ingestion,
    reach: 'own-batches',
  },
  {
    by: 'aepp',
    call: `POST ${file('I', 'big.json')}?action=COMPLETE`,
    gets: { status: here(201, oneOf(200, 201)), text: here('', anything) },
    source: sources.ingestionDialects,
    reach: 'own-batches',
  },
  { by: 'aepp', call: act('O', 'COMPLETE'), gets: nothing, source: sources.ingestionDialects },
  {
    by: 'aepp',
    call: act('O', 'COMPLETE'),
    headers: { 'x-emu-dialect': 'oas' },
    gets: { status: 200, json: { id: '{O}', inputFormat: { format: 'json' } } },
    source: sources.ingestionDialects,
  },
  { by: 'Postman', call: act('O', 'ABORT'), gets: nothing, source: sources.ingestionDialects, reach: 'own-batches' },
  { by: 'aepp', call: act('O', 'FAIL'), gets: nothing, source: sources.ingestionDialects, reach: 'own-batches' },
  { by: 'Postman', call: act('B', 'REVERT'), gets: nothing, source: sources.ingestionDialects },
  {
    by: 'Postman',
    call: act('O', 'complete'),
    gets: { status: 400, json: { title: 'BadRequestError', detail: containing('COMPLETE, ABORT') } },
    source: sources.ingestion,
  },
  {
    // The collection does not encode the quote and the backslash.
    by: 'Postman',
    call: `${preview}?format=json&delimiter=,&quote="&escape=\\&charset=UTF-8&header=true&isMultiLineJson=false&nrow=0`,
    gets: { status: 200, json: { ...previewed, formatParams: { quote: '"', escape: '\\', nrow: seeded('0') } } },
    source: sources.ingestion,
    reach: 'own-batches',
  },
  {
    by: 'aepp',
    call: `${preview}?format=json&delimiter=%2C&quote=%22&escape=%5C&charset=utf-8&header=True&nrow=5`,
    gets: { status: 200, json: previewed },
    source: sources.ingestion,
    reach: 'own-batches',
  },
]
