import { describe, expect, it } from 'vitest'
import { seededCredential } from '../../src/emulator/seed.ts'
import { seededDatasetIds, seededSchemaIds } from '../../src/emulator/seed/ids.ts'
import {
  access,
  catalog,
  goodRow,
  imports,
  platformInMemory,
  registry,
  tokenRequest,
  type Sent,
} from './platform-in-memory.ts'

const schema = encodeURIComponent(seededSchemaIds.loyalty)
const shortList = { headers: { accept: 'application/vnd.adobe.xed-id+json', 'content-type': 'application/json' } }
const full = { headers: { accept: 'application/vnd.adobe.xed-full+json; version=1' } }
const descriptors = (form: string) => ({ headers: { accept: `application/vnd.adobe.${form}+json` } })
const json = { headers: { accept: 'application/json', 'content-type': 'application/json', 'accept-encoding': 'gzip' } }
const { clientId } = seededCredential
const files = `${imports}/{B}/datasets/{D}/files/rows.json`
const sandboxes = '/data/foundation/sandbox-management'
const labels = '/data/foundation/dataset/datasets/{D}/labels'

/**
 * Requests of Adobe's Postman collections and of aepp, in the order of the README's table: `{D}` a dataset, `{B}` a
 * successful batch, `{O}` an open one. The expected answer follows in a few words of its JSON, where it has any.
 */
const calls: readonly (readonly [method: string, path: string, sent: Sent, status: number, shape?: object])[] = [
  ['POST', `/ims/token/v2?${tokenRequest(clientId).toString()}`, {}, 200, { token_type: 'bearer' }],
  ['POST', '/ims/token/v3', { body: tokenRequest(clientId) }, 200, { token_type: 'bearer' }],
  ['POST', '/ims/exchange/jwt/', {}, 400, { error: 'invalid_request' }],
  ['GET', `${sandboxes}/`, json, 200, { sandboxes: [{ name: 'dev' }, { name: 'prod' }] }],
  ['GET', `${sandboxes}/sandboxTypes`, json, 200, { sandboxTypes: ['development', 'production'] }],
  ['GET', `${sandboxes}/sandboxes?property=&orderBy=`, json, 200, { _page: { count: 2 } }],
  ['GET', `${sandboxes}/sandboxes/dev`, json, 200, { type: 'development' }],
  ['GET', `${registry}/stats`, json, 200, { tenantId: 'emutenant' }],
  [
    'GET',
    `${registry}/tenant/schemas?property=&orderby=title&limit=1`,
    shortList,
    200,
    { _page: { next: 'Loyalty Members', count: 1 } },
  ],
  ['GET', `${registry}/tenant/schemas?start=0`, shortList, 200, { results: [] }],
  [
    'GET',
    `${registry}/tenant/schemas?property=title~loyalty`,
    shortList,
    200,
    { results: [{ $id: seededSchemaIds.loyalty }] },
  ],
  ['GET', `${registry}/tenant/schemas`, full, 400, { type: expect.stringMatching(/XDM-1006-400$/) }],
  ['GET', `${registry}/global/schemas`, shortList, 200, { results: [] }],
  ['GET', `${registry}/tenant/schemas/${schema}`, shortList, 400, { type: expect.stringMatching(/XDM-1007-400$/) }],
  [
    'GET',
    `${registry}/tenant/schemas/${schema}`,
    full,
    200,
    { title: 'Loyalty Members', 'meta:immutableTags': ['union'] },
  ],
  [
    'GET',
    `${registry}/tenant/schemas/_emutenant.schemas.1f0c9d7a2b3e4f5061728394a5b6c7d8`,
    full,
    200,
    { $id: seededSchemaIds.loyalty },
  ],
  ['GET', `${registry}/tenant/schemas/${schema}`, descriptors('xdm-full-desc'), 400],
  ['GET', `${registry}/tenant/schemas/nothing`, full, 404, { type: expect.stringMatching(/XDM-1012-404$/) }],
  ['GET', `${registry}/tenant/fieldgroups`, shortList, 200, { results: [] }],
  ['GET', `${registry}/global/mixins`, shortList, 200, { results: [] }],
  ['GET', `${registry}/global/classes/${schema}`, full, 404, { title: 'Resource Not Found' }],
  ['GET', `${registry}/tenant/unions`, shortList, 200, { results: [] }],
  [
    'GET',
    `${registry}/tenant/descriptors?property=xdm:sourceSchema==${schema}`,
    descriptors('xdm'),
    200,
    { 'xdm:descriptorIdentity': [{}, {}] },
  ],
  [
    'GET',
    `${registry}/tenant/descriptors`,
    descriptors('xdm-id'),
    200,
    { 'xdm:descriptorIdentity': [expect.any(String), '85dc0200000000000000000000000000000000', expect.any(String)] },
  ],
  ['GET', `${registry}/tenant/descriptors`, descriptors('xdm-link'), 200],
  ['GET', `${registry}/tenant/descriptors`, descriptors('xdm-v2'), 200, { _page: { count: 3 } }],
  ['GET', `${registry}/tenant/descriptors`, json, 400, { type: expect.stringMatching(/XDM-1008-400$/) }],
  [
    'GET',
    `${registry}/tenant/descriptors/85dc0100000000000000000000000000000000`,
    descriptors('xdm'),
    200,
    { 'xdm:isPrimary': true },
  ],
  ['GET', `${registry}/tenant/descriptors/nothing`, descriptors('xdm'), 404],
  ['GET', `${registry}/rpc/sampledata/${schema}`, json, 200, { 'xdm:personalEmail': {} }],
  ['GET', `${catalog}/`, json, 200, { dataSets: {}, batches: {} }],
  ['POST', `${catalog}/`, { body: {} }, 501],
  ['GET', `${catalog}/dataSets?limit=1&start=2&orderBy=&name=&property=&properties=&tags=`, json, 200],
  ['GET', `${catalog}/dataSets/{D}/views`, json, 200],
  ['GET', `${catalog}/dataSets/{D}/views/660000000000000000000001`, json, 200],
  ['GET', `${catalog}/dataSets/{D}/views/660000000000000000000001/files`, json, 200],
  ['GET', `${catalog}/dataSetFiles?dataSetId={D}`, json, 200],
  ['GET', `${catalog}/dataSets/{D}/credentials`, json, 501],
  [
    'GET',
    `${catalog}/batches?limit=10&start=0&orderBy=desc:created&status=&dataSet=&batch=&externalId=&tags=`,
    json,
    200,
  ],
  ['GET', `${catalog}/batches/{B}?aggregate=true`, json, 200],
  [
    'POST',
    `${catalog}/batches`,
    { body: { status: 'loading', relatedObjects: [{ type: 'dataSet', id: '{D}' }] } },
    201,
    [expect.stringMatching(/^@\/batches\//)],
  ],
  ['PATCH', `${catalog}/batches/{B}`, { body: { tags: { a: ['b'] } } }, 200],
  ['GET', `${catalog}/batches/uniques/status`, json, 501],
  ['GET', `${catalog}/tags/acme`, json, 501],
  ['GET', `${catalog}/lastBatches?dataSetId={D}&limit=1`, json, 200],
  [
    'POST',
    imports,
    {
      body: {
        datasetId: '{D}',
        inputFormat: { format: 'json', isMultiLineJson: false },
        partialIngestionPercentage: 5,
      },
    },
    201,
    { status: 'loading' },
  ],
  ['PATCH', imports, { body: {} }, 405],
  ['PUT', files.replace('{B}', '{O}'), { body: goodRow }, 200],
  [
    'POST',
    `${files.replace('{B}', '{O}')}?action=INITIALIZE`,
    { headers: { 'content-type': 'application/json' } },
    201,
  ],
  ['PATCH', files.replace('{B}', '{O}'), { body: 'x', headers: { 'content-type': 'multipart/form-data' } }, 415],
  ['HEAD', files, json, 200],
  ['POST', `${imports}/{O}?action=COMPLETE`, json, 200],
  ['POST', `${imports}/{O}?action=ABORT`, json, 200],
  ['POST', `${imports}/{O}?action=FAIL`, json, 200],
  ['POST', `${imports}/{B}?action=REVERT`, json, 200],
  ['POST', `${imports}/{B}?action=complete`, json, 400],
  [
    'GET',
    `${imports}/{B}/datasets/{D}/preview?format=json&delimiter=,&quote="&escape=\\&charset=UTF-8&header=true&isMultiLineJson=false&nrow=5`,
    json,
    200,
    { preview: { columns: [{ cid: 0, name: '_emutenant/loyalty/loyaltyId' }, {}], rows: [{ 0: 'L1', 1: 3 }] } },
  ],
  ['GET', `${access}/batches/{B}/files?start=0&limit=&path=`, json, 200, { _page: { count: 1 } }],
  ['GET', `${access}/batches/{B}/failed?start=0`, json, 200, { data: [] }],
  ['GET', `${access}/batches/{B}/meta?path=`, json, 200, { data: [{ name: 'input_files/fileMetaData1.json' }] }],
  ['GET', `${access}/files/{B}-1?path=&range=`, json, 200, { _page: { count: 1 } }],
  ['GET', `${access}/datasets/{D}/preview`, json, 200, { data: [{}] }],
  ['GET', labels, json, 404],
  ['PUT', labels, { body: { labels: ['C1'] } }, 201, { labels: ['C1'] }],
  ['DELETE', labels, json, 200],
]

describe('a request of another client', () => {
  for (const [method, path, sent, status, shape] of calls) {
    it(`${method} ${path.slice(0, 110)} is answered with ${status}`, async () => {
      const platform = await platformInMemory()
      const [successful, open] = [await platform.publish(goodRow), await platform.createBatch()]
      const filled = (text: string) =>
        text.replaceAll('{D}', seededDatasetIds.loyalty).replaceAll('{B}', successful).replaceAll('{O}', open)
      const body =
        sent.body !== undefined && isPlain(sent.body) ? JSON.parse(filled(JSON.stringify(sent.body))) : sent.body
      const got = await platform.send(method, filled(path), { ...sent, body })
      expect([got.status, got.text]).toEqual([status, got.text])
      if (shape !== undefined) expect(got.json).toMatchObject(shape)
    })
  }
})

function isPlain(body: unknown): boolean {
  return typeof body === 'object' && !(body instanceof URLSearchParams)
}
