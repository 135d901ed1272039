import { catalog, type Expectation } from '../expectation.ts'
import { anyObject, anyString, containing, each, here, matching, seeded } from '../pattern.ts'
import { seededDatasetIds } from '../../seed/ids.ts'
import { sources } from '../sources.ts'

const one = `${catalog}/dataSets/{D}`
const linked = ['@/dataSets/{D}']
const record = {
  name: '{N}',
  fileDescription: { format: seeded('parquet') },
  viewId: '{V}',
  version: matching(/^\d+\.\d+\.\d+$/),
}
const unsupported = (what: string) => ({ status: 501, detail: matching(RegExp(`no ${what}: list`)) })
const created = {
  headers: { location: matching(/\/catalog\/dataSets\/[0-9a-f]{24}$/) },
  json: [matching(/^@\/dataSets\/[0-9a-f]{24}$/)],
}
const wanted = { name: 'Fresh', schemaRef: { id: '{U}', contentType: 'application/vnd.adobe.xed+json;version=1' } }
const addTag = [{ op: 'add', path: '/tags/mine', value: ['1'] }]
const tags = { 'adobe/siphon/table/format': ['delta'], mine: ['1'] }
const view = { name: anyString, dataSetId: '{D}' }

export const datasets: readonly Expectation[] = [
  {
    by: 'Postman',
    call: `GET ${catalog}/`,
    amid: '{B}',
    gets: { status: 200, json: { dataSets: { '{D}': record }, batches: { '{B}': { status: 'success' } } } },
    source: sources.ours,
    // No document describes the answer of the root.
    reach: 'emulator',
  },
  {
    by: 'Postman',
    call: `POST ${catalog}/`,
    body: [{ id: '', method: 'GET' }],
    gets: { status: 501, json: unsupported('bulk calls') },
    source: sources.ours,
  },
  {
    // An empty parameter is no filter.
    by: 'Postman',
    call: `GET ${catalog}/dataSets?limit=&start=&orderBy=&name=&property=&properties=&tags=&createdAfter=&createdUser=`,
    gets: {
      status: 200,
      json: here({ '{D}': record, [seededDatasetIds.products]: { name: 'Products' } }, each({ name: anyString })),
    },
    source: sources.catalogFilters,
  },
  {
    by: 'aepp',
    call: `GET ${catalog}/dataSets?limit=100&properties=name`,
    gets: { status: 200, json: here({ '{D}': { name: '{N}' } }, each(anyObject)) },
    source: sources.catalogFilters,
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/dataSets?name=Products&property=name~%5EProd&tags=adobe/pqs/table:prod*&orderBy=desc:created`,
    gets: {
      status: 200,
      json: here({ [seededDatasetIds.products]: { name: 'Products' } }, each({ name: 'Products' })),
    },
    source: sources.catalogFilters,
  },
  ...['property=!name', 'property=version%3C0.0.1', 'createdClient=nobody-at-all', 'start=1000000'].map(
    (filter): Expectation => ({
      by: 'Postman',
      call: `GET ${catalog}/dataSets?${filter}`,
      gets: { status: 200, text: '{}' },
      source: sources.catalogFilters,
    }),
  ),
  {
    by: 'Postman',
    call: `GET ${catalog}/dataSets?start=-1`,
    gets: { status: 400, json: { title: 'BadRequestError' } },
    source: sources.catalog,
  },
  ...['false', 'true'].map((word): Expectation => ({
    by: word === 'true' ? 'Postman' : 'aepp',
    call: `POST ${catalog}/dataSets${word === 'true' ? '/' : ''}?requestDataSource=${word}`,
    body: wanted,
    gets: { status: 201, ...created },
    source: sources.catalog,
  })),
  {
    by: 'aepp',
    call: `GET ${one}`,
    gets: { status: 200, json: { '{D}': record }, headers: { etag: seeded('"1.0.0"') } },
    source: sources.catalog,
  },
  {
    by: 'Postman',
    call: `GET ${one}?properties=name,state`,
    gets: { status: 200, json: { '{D}': { name: '{N}', state: seeded('ACTIVE') } } },
    source: sources.catalogFilters,
  },
  {
    by: 'Postman',
    call: `GET ${catalog}/dataSets/650000000000000000000099`,
    gets: { status: 404, json: { title: 'NotFoundError', detail: 'DataSet not found.' } },
    source: sources.live,
  },
  {
    by: 'Postman',
    call: `GET ${one},${seededDatasetIds.products}?properties=name`,
    gets: {
      status: 200,
      json: here(
        { '{D}': { name: '{N}' }, [seededDatasetIds.products]: { name: 'Products' } },
        { '{D}': { name: '{N}' } },
      ),
    },
    source: sources.catalogSeveral,
  },
  {
    by: 'Postman',
    call: `PUT ${one}`,
    body: { name: 'Renamed', tags },
    gets: { status: 200, json: linked, headers: { etag: '"1.0.1"' } },
    source: sources.catalogPatch,
  },
  {
    by: 'Postman',
    call: `PATCH ${one}`,
    body: { tags },
    gets: { status: 200, json: linked },
    source: sources.catalogPatch,
  },
  {
    by: 'aepp',
    call: `PATCH ${one}`,
    headers: { 'content-type': 'application/json-patch+json' },
    body: addTag,
    gets: { status: 200, json: linked },
    source: sources.catalogPatch,
  },
  {
    by: 'Postman',
    call: `PATCH ${catalog}/v2/dataSets/{D}`,
    body: { tags: { mine: ['1'] } },
    gets: { status: 200, json: linked },
    source: sources.catalogPatch,
  },
  {
    // This PATCH merges, and accepts no JSON Patch.
    by: 'aepp',
    call: `PATCH ${catalog}/v2/dataSets/{D}`,
    headers: { 'content-type': 'application/json-patch+json' },
    body: addTag,
    gets: { status: 415, json: { status: 415, detail: containing('application/json-patch+json') } },
    source: sources.catalogPatch,
  },
  { by: 'aepp', call: `DELETE ${one}`, gets: { status: 200, json: linked }, source: sources.catalog },
  ...['', '/{V}'].map((path): Expectation => ({
    by: 'aepp',
    call: `GET ${one}/views${path}`,
    gets: { status: 200, json: { '{V}': seeded(view) } },
    source: sources.catalog,
  })),
  ...[`${one}/views/{V}/files`, `${catalog}/dataSetFiles?dataSetId={D}`].map((path): Expectation => ({
    by: 'aepp',
    call: `GET ${path}`,
    amid: '{B}',
    gets: {
      status: 200,
      json: here(
        { '{B}-1': { batchId: '{B}', dataSetViewId: '{V}', isValid: true } },
        each({ batchId: anyString, dataSetViewId: anyString }),
      ),
    },
    source: sources.catalog,
  })),
  {
    by: 'Postman',
    call: `GET ${one}/credentials`,
    gets: { status: 501, json: unsupported('storage credentials') },
    source: sources.ours,
    reach: 'emulator',
  },
]
