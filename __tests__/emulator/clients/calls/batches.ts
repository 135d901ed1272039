import { expect } from 'vitest'
import { catalog, dataset, type Asked } from '../asked.ts'

const one = `${catalog}/batches/{B}`
const shown = {
  '{B}': {
    id: '{B}',
    sandboxId: expect.any(String),
    status: 'success',
    relatedObjects: [{ type: 'dataSet', id: dataset }],
  },
}
const linked = ['@/batches/{B}']
const record = { status: 'loading', relatedObjects: [{ type: 'dataSet', id: dataset }] }
const unsupported = (what: string) => ({ status: 501, detail: expect.stringMatching(`no ${what}: list`) })

export const batches: readonly Asked[] = [
  {
    by: 'Postman',
    call: `GET ${catalog}/batches?limit=&start=&orderBy=&status=&dataSet=&batch=&externalId=&tags=&createdAfter=`,
    amid: '{B} {F}',
    gets: { status: 200, json: { ...shown, '{F}': { status: 'failed' } } },
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/batches?limit=10&start=0&orderBy=desc:created&status=success&dataSet=${dataset}&batch=&externalId={B}&createdAfter=0`,
    gets: { status: 200, json: shown },
  },
  // Nothing was created since, and nothing is related to it.
  ...['createdAfter=4102444800000', 'createdAfter=2100-01-01T00:00:00Z', 'batch={B}'].map((filter): Asked => ({
    by: 'Postman',
    call: `GET ${catalog}/batches?${filter}`,
    amid: '{B}',
    gets: { status: 200, text: '{}' },
  })),
  ...['', '?aggregate=true'].map((query): Asked => ({
    by: query === '' ? 'aepp' : 'Postman',
    call: `GET ${one}${query}`,
    gets: { status: 200, json: { '{B}': { ...shown['{B}'], metrics: { outputRecordCount: 1 }, errors: [] } } },
  })),
  {
    by: 'Postman',
    call: `POST ${catalog}/batches`,
    body: record,
    gets: { status: 201, json: [expect.stringMatching(/^@\/batches\/[0-9A-Z]{26}$/)] },
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/batches/01ARZ3NDEKTSV4RRFFQ69G5FAV`,
    body: record,
    gets: { status: 201, json: ['@/batches/01ARZ3NDEKTSV4RRFFQ69G5FAV'] },
  },
  {
    by: 'Postman',
    call: `POST ${one}`,
    body: record,
    gets: { status: 400, json: { detail: expect.stringContaining('exists already') } },
  },
  ...['PUT', 'PATCH'].map((method): Asked => ({
    by: 'Postman',
    call: `${method} ${one}`,
    body: { ...record, status: 'success', tags: { a: ['b'] } },
    gets: { status: 200, json: linked },
  })),
  {
    // Its status is the ingestion's business.
    by: 'Postman',
    call: `PATCH ${one}`,
    body: { status: 'failed' },
    gets: { status: 400, json: { detail: expect.stringContaining('The ingestion sets the status') } },
  },
  {
    by: 'Postman',
    call: `PATCH ${one}`,
    body: { status: 'nonsense' },
    gets: { status: 400, json: { detail: expect.stringContaining('status must be one of processing, success') } },
  },
  { by: 'Postman', call: `DELETE ${one}`, gets: { status: 200, json: linked } },
  {
    by: 'Postman',
    call: `GET ${catalog}/batches/uniques/status`,
    gets: { status: 501, json: unsupported('unique values') },
  },
  { by: 'Postman', call: `GET ${catalog}/tags/acme`, gets: { status: 501, json: unsupported('tag namespaces') } },
  {
    by: 'aepp',
    call: `GET ${catalog}/lastBatches?dataSetId=${dataset}&limit=1`,
    amid: '{B}',
    gets: {
      status: 200,
      json: { [dataset]: { lastBatchId: '{B}', lastBatchStatus: 'success', lastSuccessfulBatchId: '{B}' } },
    },
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/lastBatches`,
    amid: '{F}',
    gets: { status: 200, json: { [dataset]: { lastBatchStatus: 'failed', lastFailedBatchId: '{F}' } } },
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/batches/{B},{F}?properties=status`,
    gets: { status: 200, json: { '{B}': { status: 'success' }, '{F}': { status: 'failed' } } },
  },
]
