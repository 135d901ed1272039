import { expect } from 'vitest'
import { seededSchemaIds } from '../../../../emulator/seed/ids.ts'
import { registry, type Asked } from '../asked.ts'

const schema = encodeURIComponent(seededSchemaIds.loyalty)
const altId = '_emutenant.schemas.1f0c9d7a2b3e4f5061728394a5b6c7d8'
const tenant = `${registry}/tenant`
const accept = (form: string) => ({ accept: `application/vnd.adobe.${form}` })
const short = accept('xed-id+json')
const whole = { $id: seededSchemaIds.loyalty, title: 'Loyalty Members', 'meta:immutableTags': ['union'] }
const refusal = (code: string) => ({ type: expect.stringMatching(`${code}$`), status: Number(code.slice(-3)) })
const profileClass = { $ref: 'https://ns.adobe.com/xdm/context/profile', type: 'object', 'meta:xdmType': 'object' }
const descriptor = '85dc0100000000000000000000000000000000'

export const schemas: readonly Asked[] = [
  {
    by: 'Postman',
    call: `GET ${registry}/stats`,
    gets: { status: 200, json: { tenantId: 'emutenant', imsOrg: expect.any(String), counts: { schemas: 3 } } },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas?property=&orderby=&start=&limit=`,
    headers: short,
    gets: { status: 200, json: { results: [{ 'meta:altId': altId }, {}, {}], _page: { next: null, count: 3 } } },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas?property=title~loyalty&orderby=title&limit=1`,
    headers: short,
    gets: { status: 200, json: { results: [{ $id: seededSchemaIds.loyalty }], _page: { count: 1 } } },
  },
  {
    // `start` is no offset: a real registry has nothing behind "0".
    by: 'Postman',
    call: `GET ${tenant}/schemas?start=0`,
    headers: short,
    gets: { status: 200, json: { results: [], _page: { next: null, count: 0 } } },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 400, json: refusal('XDM-1006-400') },
  },
  {
    by: 'Postman',
    call: `GET ${registry}/global/schemas?property=&orderby=&start=&limit=`,
    headers: short,
    gets: { status: 200, json: { results: [], _page: { next: null, count: 0 } } },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas/${schema}`,
    headers: short,
    gets: { status: 400, json: refusal('XDM-1007-400') },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas/${schema}`,
    headers: accept('xed+json; version=1'),
    gets: { status: 200, json: { $id: seededSchemaIds.loyalty, allOf: expect.arrayContaining([profileClass]) } },
  },
  {
    // `getSchemaPaths` takes the names of its properties for paths.
    by: 'aepp',
    call: `GET ${tenant}/schemas/${schema}`,
    headers: { ...accept('xdm-full-flat+json; version=1'), 'accept-encoding': 'identity' },
    gets: { status: 200, json: { ...whole, properties: { 'person/name/firstName': { type: 'string' } } } },
  },
  ...[`POST ${tenant}/schemas`, `PUT ${tenant}/schemas/${schema}`, `PATCH ${tenant}/schemas/${schema}`].map(unwritten),
  unwritten(`DELETE ${tenant}/schemas/${schema}`),
  ...['xed-full+json; version=1', 'xdm-full+json; version=1', 'xdm+json; version=1'].map((form): Asked => ({
    by: 'aepp',
    call: `GET ${tenant}/schemas/${schema}`,
    headers: accept(form),
    gets: { status: 200, json: whole, headers: { 'content-type': `application/vnd.adobe.${form}` } },
  })),
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas/${altId}`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 200, json: whole },
  },
  {
    by: 'aepp',
    call: `GET ${registry}/global/schemas/${schema}`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 200, json: whole },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas/unknown`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 404, json: refusal('XDM-1012-404') },
  },
  ...['fieldgroups', 'mixins', 'classes', 'datatypes', 'behaviors'].flatMap((kind) =>
    ['tenant', 'global'].flatMap((container) => emptyRoom(container, kind)),
  ),
  ...emptyRoom('tenant', 'unions'),
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors?property=xdm:sourceSchema==${schema}`,
    headers: accept('xdm+json'),
    gets: { status: 200, json: { 'xdm:descriptorIdentity': [{ '@id': descriptor }, {}] } },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors?property=`,
    headers: accept('xdm-id+json'),
    gets: { status: 200, json: { 'xdm:descriptorIdentity': [descriptor, expect.any(String), expect.any(String)] } },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors?property=`,
    headers: accept('xdm-link+json'),
    gets: {
      status: 200,
      json: { 'xdm:descriptorIdentity': expect.arrayContaining([`/tenant/descriptors/${descriptor}`]) },
    },
  },
  {
    // `getDescriptors`, whose conditions share one parameter.
    by: 'aepp',
    call: `GET ${tenant}/descriptors/?property=%40type%3D%3Dxdm%3AdescriptorIdentity%2Cxdm%3AsourceSchema%3D%3D${schema}`,
    headers: accept('xdm-v2+json'),
    gets: { status: 200, json: { results: [{ '@id': descriptor }, {}], _page: { next: null, count: 2 } } },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/`,
    headers: accept('xdm-v2-id+json'),
    gets: { status: 200, json: { results: [descriptor, ...Array(2).fill(expect.any(String))] } },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/?limit=1&orderby=@id`,
    headers: accept('xdm-v2-link+json'),
    gets: {
      status: 200,
      json: { results: [`/tenant/descriptors/${descriptor}`], _page: { next: descriptor, count: 1 } },
    },
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors`,
    gets: { status: 400, json: refusal('XDM-1008-400') },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/${descriptor}`,
    headers: accept('xdm+json'),
    gets: { status: 200, json: { '@type': 'xdm:descriptorIdentity', 'xdm:isPrimary': true } },
  },
  {
    // It has no version, so that no Accept header is needed.
    by: 'Postman',
    call: `GET ${tenant}/descriptors/${descriptor}`,
    gets: { status: 200, json: { '@type': 'xdm:descriptorIdentity' } },
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/${descriptor}`,
    headers: accept('xdm+json; version=1'),
    gets: { status: 400, json: refusal('XDM-1009-400') },
  },
  unwritten(`POST ${tenant}/descriptors`),
  ...['PUT', 'DELETE'].map((method) => unwritten(`${method} ${tenant}/descriptors/${descriptor}`)),
  {
    by: 'aepp',
    call: `GET ${registry}/rpc/sampledata/${schema}`,
    headers: accept('xed+json; version=1'),
    gets: { status: 200, json: { 'xdm:personalEmail': {} } },
  },
]

/** The emulator refuses what it would have to compose. */
function unwritten(call: string): Asked {
  const gets = { status: 501, json: { detail: expect.stringMatching('^The emulator ') } }
  return { by: 'aepp', call, ...(call.startsWith('DELETE ') ? {} : { body: {} }), gets }
}

/** A list that holds nothing, and a look-up that finds nothing. */
function emptyRoom(container: string, kind: string): readonly Asked[] {
  return [
    {
      by: 'Postman',
      call: `GET ${registry}/${container}/${kind}?property=&orderby=&start=&limit=`,
      headers: short,
      gets: { status: 200, json: { results: [], _page: { next: null, count: 0 } } },
    },
    {
      by: 'aepp',
      call: `GET ${registry}/${container}/${kind}/${encodeURIComponent(`https://ns.adobe.com/xdm/${kind}/unknown`)}`,
      headers: accept('xdm-full+json; version=1'),
      gets: { status: 404, json: { ...refusal('XDM-1012-404'), title: 'Resource Not Found' } },
    },
  ]
}
