import { expect } from 'vitest'
import { seededDatasetIds, seededSchemaIds } from '../../../../emulator/seed/ids.ts'
import { catalog, dataset, type Asked } from '../asked.ts'

const one = `${catalog}/dataSets/${dataset}`
const view = '660000000000000000000001'
const linked = [`@/dataSets/${dataset}`]
const record = { name: 'Loyalty members', fileDescription: { format: 'parquet' }, viewId: view }
const unsupported = (what: string) => ({ status: 501, detail: expect.stringMatching(`no ${what}: list`) })
const created = {
  headers: { location: expect.stringMatching(/\/catalog\/dataSets\/[0-9a-f]{24}$/) },
  json: [expect.stringMatching(/^@\/dataSets\/[0-9a-f]{24}$/)],
}
const wanted = {
  name: 'Fresh',
  schemaRef: { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed+json;version=1' },
}
const addTag = [{ op: 'add', path: '/tags/mine', value: ['1'] }]
const tags = { 'adobe/siphon/table/format': ['delta'], mine: ['1'] }

export const datasets: readonly Asked[] = [
  {
    by: 'Postman',
    call: `GET ${catalog}/`,
    amid: '{B}',
    gets: { status: 200, json: { dataSets: { [dataset]: record }, batches: { '{B}': { status: 'success' } } } },
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/`,
    body: [{ id: '', method: 'GET' }],
    gets: { status: 501, json: unsupported('bulk calls') },
  },
  {
    // An empty parameter is no filter.
    by: 'Postman',
    call: `GET ${catalog}/dataSets?limit=&start=&orderBy=&name=&property=&properties=&tags=&createdAfter=&createdUser=`,
    gets: { status: 200, json: { [dataset]: record, [seededDatasetIds.products]: { name: 'Products' } } },
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/dataSets?limit=100&properties=name`,
    gets: { status: 200, json: { [dataset]: { name: 'Loyalty members' } } },
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/dataSets?name=Products&property=name~%5EProd&tags=adobe/pqs/table:prod*&orderBy=desc:created`,
    gets: { status: 200, json: { [seededDatasetIds.products]: { name: 'Products' } } },
  },
  {
    by: 'aepp',
    call: `POST ${catalog}/dataSets?requestDataSource=false`,
    body: wanted,
    gets: { status: 201, ...created },
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/dataSets/?requestDataSource=true`,
    body: wanted,
    gets: { status: 201, ...created },
  },
  {
    by: 'aepp',
    call: `GET ${one}`,
    gets: { status: 200, json: { [dataset]: record }, headers: { etag: '"1.0.0"' } },
  },
  {
    by: 'Postman',
    call: `GET ${one}?properties=name,state`,
    gets: { status: 200, json: { [dataset]: { name: record.name, state: 'ACTIVE' } } },
  },
  {
    by: 'Postman',
    call: `GET ${one},${seededDatasetIds.products}?properties=name`,
    gets: {
      status: 200,
      json: { [dataset]: { name: record.name }, [seededDatasetIds.products]: { name: 'Products' } },
    },
  },
  {
    by: 'Postman',
    call: `PUT ${one}`,
    body: { name: 'Renamed', tags },
    gets: { status: 200, json: linked, headers: { etag: '"1.0.1"' } },
  },
  { by: 'Postman', call: `PATCH ${one}`, body: { tags }, gets: { status: 200, json: linked } },
  {
    by: 'aepp',
    call: `PATCH ${one}`,
    headers: { 'content-type': 'application/json-patch+json' },
    body: addTag,
    gets: { status: 200, json: linked },
  },
  {
    by: 'Postman',
    call: `PATCH ${catalog}/v2/dataSets/${dataset}`,
    body: { tags: { mine: ['1'] } },
    gets: { status: 200, json: linked },
  },
  {
    // It merges, and knows no other language.
    by: 'aepp',
    call: `PATCH ${catalog}/v2/dataSets/${dataset}`,
    headers: { 'content-type': 'application/json-patch+json' },
    body: addTag,
    gets: { status: 415, json: { status: 415, detail: expect.stringContaining('application/json-patch+json') } },
  },
  { by: 'aepp', call: `DELETE ${one}`, gets: { status: 200, json: linked } },
  {
    by: 'aepp',
    call: `GET ${one}/views`,
    gets: { status: 200, json: { [view]: { name: record.name, dataSetId: dataset } } },
  },
  { by: 'aepp', call: `GET ${one}/views/${view}`, gets: { status: 200, json: { [view]: { dataSetId: dataset } } } },
  ...[`${one}/views/${view}/files`, `${catalog}/dataSetFiles?dataSetId=${dataset}`].map((path): Asked => ({
    by: 'aepp',
    call: `GET ${path}`,
    amid: '{B}',
    gets: { status: 200, json: { '{B}-1': { batchId: '{B}', dataSetViewId: view, isValid: true } } },
  })),
  { by: 'Postman', call: `GET ${one}/credentials`, gets: { status: 501, json: unsupported('storage credentials') } },
]
