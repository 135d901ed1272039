import { registry, type Expectation } from '../expectation.ts'
import { anyObject, anyString, each, here, including, matching, seeded } from '../pattern.ts'
import { seededOrg } from '../../seed/ids.ts'
import { sources } from '../sources.ts'

const tenant = `${registry}/tenant`
const accept = (form: string) => ({ accept: `application/vnd.adobe.${form}` })
const short = accept('xed-id+json')
const whole = { $id: '{U}', title: anyString, 'meta:immutableTags': seeded(['union']) }
const listed = { $id: anyString, 'meta:altId': anyString, version: anyString, title: anyString }
const nothing = { results: [], _page: { next: null, count: 0 } }
const refusal = (code: string) => ({ type: matching(RegExp(`${code}$`)), status: Number(code.slice(-3)) })
const descriptor = { '@id': '{X}' }
const filter = 'property=%40type%3D%3Dxdm%3AdescriptorIdentity%2Cxdm%3AsourceSchema%3D%3D{S}'

export const schemas: readonly Expectation[] = [
  {
    by: 'Postman',
    call: `GET ${registry}/stats`,
    gets: { status: 200, json: { tenantId: anyString, imsOrg: seeded(seededOrg), counts: seeded({ schemas: 3 }) } },
    source: sources.registry,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas?property=&orderby=&start=&limit=`,
    headers: short,
    gets: { status: 200, json: { results: here([{ 'meta:altId': '{A}' }, {}, {}], each(listed)) } },
    source: sources.registry,
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas?property=title~loyalty&orderby=title&limit=1`,
    headers: short,
    gets: { status: 200, json: { results: here([{ $id: '{U}' }], each({ title: matching(/loyalty/i) })) } },
    source: sources.registry,
  },
  {
    // `start` is not an offset: the platform finds nothing after "0".
    by: 'Postman',
    call: `GET ${tenant}/schemas?start=0`,
    headers: short,
    gets: { status: 200, json: nothing },
    source: sources.live,
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 400, json: refusal('XDM-1006-400') },
    source: sources.registryErrors,
  },
  {
    by: 'Postman',
    call: `GET ${registry}/global/schemas?property=&orderby=&start=&limit=`,
    headers: short,
    gets: { status: 200, json: here(nothing, { results: each(listed) }) },
    source: sources.registry,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas/{S}`,
    headers: short,
    gets: { status: 400, json: refusal('XDM-1007-400') },
    source: sources.registryErrors,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/schemas/{S}`,
    headers: accept('xed+json; version=1'),
    gets: { status: 200, json: { $id: '{U}', allOf: including({ $ref: matching(/^https:\/\/ns\.adobe\.com\//) }) } },
    source: sources.registry,
  },
  {
    // `getSchemaPaths` uses the property names of this form as paths.
    by: 'aepp',
    call: `GET ${tenant}/schemas/{S}`,
    headers: { ...accept('xdm-full-flat+json; version=1'), 'accept-encoding': 'identity' },
    gets: {
      status: 200,
      json: { ...whole, properties: here({ 'person/name/firstName': { type: 'string' } }, anyObject) },
    },
    source: sources.registryFlat,
  },
  ...['xed-full+json; version=1', 'xdm-full+json; version=1', 'xdm+json; version=1'].map((form): Expectation => ({
    by: 'aepp',
    call: `GET ${tenant}/schemas/{S}`,
    headers: accept(form),
    gets: { status: 200, json: whole, headers: { 'content-type': seeded(`application/vnd.adobe.${form}`) } },
    source: sources.registry,
  })),
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas/{A}`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 200, json: whole },
    source: sources.registry,
  },
  {
    // The container of Adobe's own schemas.
    by: 'aepp',
    call: `GET ${registry}/global/schemas/{S}`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 404, json: refusal('XDM-1012-404') },
    source: sources.registry,
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/schemas/unknown`,
    headers: accept('xed-full+json; version=1'),
    gets: { status: 404, json: refusal('XDM-1012-404') },
    source: sources.registryErrors,
  },
  ...[`POST ${tenant}/schemas`, ...['PUT', 'PATCH', 'DELETE'].map((method) => `${method} ${tenant}/schemas/{S}`)].map(
    unwritten,
  ),
  ...['fieldgroups', 'mixins', 'classes', 'datatypes', 'behaviors'].flatMap((kind) =>
    ['tenant', 'global'].flatMap((container) => room(container, kind)),
  ),
  ...room('tenant', 'unions'),
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors?property=xdm:sourceSchema=={S}`,
    headers: accept('xdm+json'),
    gets: {
      status: 200,
      json: here({ 'xdm:descriptorIdentity': [descriptor, {}] }, each(each({ '@id': anyString, '@type': anyString }))),
    },
    source: sources.descriptors,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors?property=`,
    headers: accept('xdm-id+json'),
    gets: {
      status: 200,
      json: here({ 'xdm:descriptorIdentity': ['{X}', anyString, anyString] }, each(each(anyString))),
    },
    source: sources.descriptors,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors?property=`,
    headers: accept('xdm-link+json'),
    gets: {
      status: 200,
      json: here(
        { 'xdm:descriptorIdentity': including('/tenant/descriptors/{X}') },
        each(each(matching(/^\/(?:tenant|global)\/descriptors\//))),
      ),
    },
    source: sources.descriptors,
  },
  {
    // `getDescriptors`, whose conditions share one parameter.
    by: 'aepp',
    call: `GET ${tenant}/descriptors/?${filter}`,
    headers: accept('xdm-v2+json'),
    gets: {
      status: 200,
      json: {
        results: here([descriptor, {}], each({ '@id': anyString, '@type': 'xdm:descriptorIdentity' })),
        _page: {},
      },
    },
    source: sources.descriptors,
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/`,
    headers: accept('xdm-v2-id+json'),
    gets: { status: 200, json: { results: here(['{X}', anyString, anyString], each(anyString)) } },
    source: sources.descriptors,
  },
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/?limit=1&orderby=@id`,
    headers: accept('xdm-v2-link+json'),
    gets: {
      status: 200,
      json: here(
        { results: ['/tenant/descriptors/{X}'], _page: { next: '{X}', count: 1 } },
        { results: each(matching(/^\/(?:tenant|global)\/descriptors\//)), _page: {} },
      ),
    },
    source: sources.descriptors,
  },
  {
    by: 'Postman',
    call: `GET ${tenant}/descriptors`,
    gets: { status: 400, json: refusal('XDM-1008-400') },
    source: sources.registryErrors,
  },
  ...[{}, accept('xdm+json')].map((headers): Expectation => ({
    // A descriptor has no version, so no Accept header is needed.
    by: 'aepp',
    call: `GET ${tenant}/descriptors/{X}`,
    headers,
    gets: { status: 200, json: { '@id': '{X}', '@type': anyString, 'xdm:sourceSchema': '{U}' } },
    source: sources.descriptors,
  })),
  {
    by: 'aepp',
    call: `GET ${tenant}/descriptors/{X}`,
    headers: accept('xdm+json; version=1'),
    gets: { status: 400, json: refusal('XDM-1009-400') },
    source: sources.registryErrors,
  },
  ...[`POST ${tenant}/descriptors`, ...['PUT', 'DELETE'].map((method) => `${method} ${tenant}/descriptors/{X}`)].map(
    unwritten,
  ),
  {
    by: 'aepp',
    call: `GET ${registry}/rpc/sampledata/{S}`,
    headers: accept('xed+json; version=1'),
    gets: { status: 200, json: here({ 'xdm:personalEmail': {} }, anyObject) },
    source: sources.sample,
  },
]

/** The emulator refuses writes that it would have to compose a schema for. */
function unwritten(call: string): Expectation {
  const gets = { status: 501, json: { detail: matching(/^The emulator /) } }
  return { by: 'aepp', call, ...(call.startsWith('DELETE ') ? {} : { body: {} }), gets, source: sources.ours }
}

/** A list, empty in the emulator, and a look-up that finds nothing. */
function room(container: string, kind: string): readonly Expectation[] {
  return [
    {
      by: 'Postman',
      call: `GET ${registry}/${container}/${kind}?property=&orderby=&start=&limit=`,
      headers: short,
      gets: { status: 200, json: here(nothing, { results: each({ $id: anyString }) }) },
      source: sources.registry,
    },
    {
      by: 'aepp',
      call: `GET ${registry}/${container}/${kind}/${encodeURIComponent(`https://ns.adobe.com/xdm/${kind}/unknown`)}`,
      headers: accept('xdm-full+json; version=1'),
      gets: { status: 404, json: { ...refusal('XDM-1012-404'), title: seeded('Resource Not Found') } },
      source: sources.registryErrors,
    },
  ]
}
