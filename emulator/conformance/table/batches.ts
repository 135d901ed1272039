import { catalog, type Expectation } from '../expectation.ts'
import { anyString, containing, each, here, matching, seeded } from '../pattern.ts'
import { sources } from '../sources.ts'

const one = `${catalog}/batches/{B}`
const own = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const related = [{ type: 'dataSet', id: '{D}' }]
const record = { id: '{B}', sandboxId: anyString, status: 'success', relatedObjects: seeded(related) }
const wished = { status: 'loading', relatedObjects: related }
const unsupported = (what: string) => ({ status: 501, detail: matching(RegExp(`no ${what}: list`)) })

export const batches: readonly Expectation[] = [
  {
    // An empty parameter is no filter.
    by: 'Postman',
    call: `GET ${catalog}/batches?limit=&start=&orderBy=&status=&dataSet=&batch=&externalId=&tags=&createdAfter=`,
    amid: '{B} {F}',
    gets: { status: 200, json: here({ '{B}': record, '{F}': { status: 'failed' } }, each({ status: anyString })) },
    source: sources.catalogFilters,
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/batches?limit=10&start=0&orderBy=desc:created&status=success&dataSet={D}&batch=&externalId={B}&createdAfter=0`,
    gets: { status: 200, json: here({ '{B}': record }, each({ status: 'success' })) },
    source: sources.catalogFilters,
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/batches?status=!success&dataSet={D}&limit=5&properties=status`,
    amid: '{F}',
    gets: { status: 200, json: each({ status: matching(/^(?!success$)/) }) },
    source: sources.catalogFilters,
  },
  // No batch fits these filters.
  ...['createdAfter=4102444800000', 'property=!status', 'version=9.9.9'].map((filter): Expectation => ({
    by: 'Postman',
    call: `GET ${catalog}/batches?${filter}`,
    amid: '{B}',
    gets: { status: 200, text: '{}' },
    source: sources.catalogFilters,
  })),
  // A date, and a batch without related batches: no document covers either.
  ...['createdAfter=2100-01-01T00:00:00Z', 'batch={B}'].map((filter): Expectation => ({
    by: 'Postman',
    call: `GET ${catalog}/batches?${filter}`,
    amid: '{B}',
    gets: { status: 200, text: '{}' },
    source: sources.ours,
    reach: 'emulator',
  })),
  {
    by: 'Postman',
    call: `GET ${catalog}/batches?limit=0`,
    gets: { status: 400, json: { detail: containing('(1 - 100)') } },
    source: sources.live,
  },
  ...['', '?aggregate=true'].map((query): Expectation => ({
    by: query === '' ? 'aepp' : 'Postman',
    call: `GET ${one}${query}`,
    gets: {
      status: 200,
      json: { '{B}': { ...record, metrics: seeded({ outputRecordCount: 1 }), errors: seeded([]) } },
    },
    source: sources.catalogShapes,
  })),
  {
    by: 'Postman',
    call: `GET ${catalog}/batches/{B},{F}?properties=status`,
    gets: { status: 200, json: { '{B}': { status: 'success' }, '{F}': { status: 'failed' } } },
    source: sources.catalogSeveral,
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/batches`,
    body: wished,
    gets: { status: 201, json: [matching(/^@\/batches\/[0-9A-Z]{26}$/)] },
    source: sources.catalog,
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/batches/${own}`,
    body: wished,
    gets: { status: 201, json: [`@/batches/${own}`] },
    source: sources.catalog,
  },
  {
    by: 'Postman',
    call: `POST ${one}`,
    body: wished,
    gets: { status: 400, json: { detail: containing('exists already') } },
    source: sources.ours,
  },
  ...['PUT', 'PATCH'].map((method): Expectation => ({
    by: 'Postman',
    call: `${method} ${one}`,
    body: { ...wished, status: 'success', tags: { a: ['b'] } },
    gets: { status: 200, json: ['@/batches/{B}'] },
    source: sources.catalog,
  })),
  {
    // Only the ingestion can set the status.
    by: 'Postman',
    call: `PATCH ${one}`,
    body: { status: 'failed' },
    gets: { status: 400, json: { detail: containing('The ingestion sets the status') } },
    source: sources.ours,
  },
  {
    by: 'Postman',
    call: `PATCH ${one}`,
    body: { status: 'nonsense' },
    gets: { status: 400, json: { detail: containing('status must be one of processing, success') } },
    source: sources.catalog,
  },
  { by: 'Postman', call: `DELETE ${one}`, gets: { status: 200, json: ['@/batches/{B}'] }, source: sources.catalog },
  {
    by: 'Postman',
    call: `GET ${catalog}/batches/uniques/status`,
    gets: { status: 501, json: unsupported('unique values') },
    source: sources.ours,
    reach: 'emulator',
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/tags/acme`,
    gets: { status: 501, json: unsupported('tag namespaces') },
    source: sources.ours,
    reach: 'emulator',
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/lastBatches?dataSetId={D}&limit=1`,
    amid: '{B}',
    gets: {
      status: 200,
      json: here(
        { '{D}': { lastBatchId: '{B}', lastBatchStatus: 'success', lastSuccessfulBatchId: '{B}' } },
        each({ lastBatchId: anyString, lastBatchStatus: anyString }),
      ),
    },
    source: sources.catalog,
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/lastBatches`,
    amid: '{F}',
    gets: {
      status: 200,
      json: here(
        { '{D}': { lastBatchStatus: 'failed', lastFailedBatchId: '{F}' } },
        each({ lastBatchId: anyString, lastBatchStatus: anyString }),
      ),
    },
    source: sources.catalog,
  },
]
