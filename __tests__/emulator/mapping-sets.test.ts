import { describe, expect, it } from 'vitest'
import { outsiderCredential } from '../../emulator/seed.ts'
import { seededDatasetIds, seededMappingSetIds, seededSchemaIds } from '../../emulator/seed/ids.ts'
import { at, platformInMemory, standing, type PlatformInMemory } from './platform-in-memory.ts'

const sets = '/data/foundation/conversion/mappingSets'
const seeded = `${sets}/${seededMappingSetIds.members}`
const loyalty = {
  schemaRef: { id: seededSchemaIds.loyalty, contentType: 'application/vnd.adobe.xed-full+json;version=1' },
}
const plain = (source: string, destination: string) => ({ sourceType: 'ATTRIBUTE', source, destination })
const counted = (source: string, destination: string) => ({ sourceType: 'EXPRESSION', source, destination })
const body = (...mappings: readonly object[]) => ({ outputSchema: loyalty, mappings })
const idMapping = plain('id', '_emutenant.loyalty.loyaltyId')

async function create(platform: PlatformInMemory, more: object = {}): Promise<string> {
  const got = await platform.send('POST', sets, { body: { ...body(idMapping), ...more } })
  expect(got.status).toBe(200)
  return String(at(got.json, 'id'))
}

const listed = (got: { readonly json: unknown }) =>
  Object.values(Object(at(got.json, 'data'))).map((set) => String(at(set, 'name') ?? at(set, 'id')))

describe('a mapping set', () => {
  it('is created with its audit for an answer, and read with both names of every value', async () => {
    const platform = await platformInMemory()
    const sent = body(
      { ...idMapping, name: 'id', description: 'Identifier' },
      counted('upper(a)', 'person.name.lastName'),
    )
    const made = await platform.send('POST', sets, { body: sent })
    const audit = { id: expect.stringMatching(/^[0-9a-f]{32}$/), version: 0, createdDate: 1_755_300_000_000 }
    expect(made.json).toMatchObject({ ...audit, createdBy: 'emulator-client@techacct.adobe.com' })
    const got = await platform.send('GET', `${sets}/${String(at(made.json, 'id'))}`)
    expect(got).toMatchObject({
      status: 200,
      json: {
        ...audit,
        outputSchema: { ...loyalty, version: 0 },
        mappings: [
          {
            sourceType: 'text/x.schema-path',
            source: 'id',
            sourceAttribute: 'id',
            destination: idMapping.destination,
            destinationXdmPath: idMapping.destination,
            name: 'id',
            description: 'Identifier',
          },
          { sourceType: 'text/x.aep-xl', source: 'upper(a)' },
        ],
        status: 'DRAFT',
        xdmSchema: seededSchemaIds.loyalty,
      },
    })
    expect(at(got.json, 'outputSchema')).not.toHaveProperty('jsonSchema')
  })

  it('shows its schema where the request asks for it', async () => {
    const got = await (await platformInMemory()).send('GET', `${seeded}?expandSchema=true`)
    expect(at(got.json, 'outputSchema', 'jsonSchema', '$id')).toBe(seededSchemaIds.loyalty)
  })

  it('is replaced by PUT under the next version, and every version can be read', async () => {
    const platform = await platformInMemory()
    const id = await create(platform)
    platform.pass(5_000)
    const put = await platform.send('PUT', `${sets}/${id}`, { body: body(plain('no', '_id')) })
    expect(put.json).toMatchObject({ id, version: 1, modifiedDate: 1_755_300_005_000, mappings: [{ source: 'no' }] })
    const source = async (query: string) =>
      at((await platform.send('GET', `${sets}/${id}${query}`)).json, 'mappings', 0, 'source')
    expect([await source(''), await source('?version=0'), await source('?version=1')]).toEqual(['no', 'id', 'no'])
    expect((await platform.send('GET', `${sets}/${id}?version=2`)).status).toBe(404)
  })

  it('takes the body of the sources tutorials', async () => {
    const platform = await platformInMemory()
    const mappings = [{ sourceAttribute: 'id', destinationXdmPath: '_id', identity: true, version: 0 }]
    const sent = { version: 0, xdmSchema: seededSchemaIds.loyalty, xdmVersion: '1.0', id: null, mappings }
    const made = await platform.send('POST', sets, { body: sent })
    const got = await platform.send('GET', `${sets}/${String(at(made.json, 'id'))}/mappings`)
    expect(got.json).toMatchObject([
      { source: 'id', destination: '_id', sourceType: 'text/x.schema-path', identity: true },
    ])
    const one = await platform.send(
      'GET',
      `${sets}/${String(at(made.json, 'id'))}/mappings/${String(at(got.json, 0, 'id'))}`,
    )
    expect(one.json).toEqual(at(got.json, 0))
  })

  it.each([
    ['no array of mappings', { outputSchema: loyalty }, 'mappings must be an array.'],
    ['no schema', { mappings: [] }, 'outputSchema.schemaRef.id is required.'],
    [
      'a schema that does not exist',
      { outputSchema: { schemaRef: { id: 'x' } }, mappings: [] },
      'Schema "x" was not found.',
    ],
    [
      'an unknown type',
      body({ ...idMapping, sourceType: 'text/plain' }),
      'Mapping 1: unknown sourceType "text/plain".',
    ],
    ['no target', body(idMapping, { source: 'a' }), 'Mapping 2: destination is required.'],
    ['two sources', body({ ...idMapping, sourceAttribute: 'no' }), 'Mapping 1: source and sourceAttribute differ.'],
  ])('with %s is refused', async (_, sent, detail) => {
    const got = await (await platformInMemory()).send('POST', sets, { body: sent })
    expect(got).toMatchObject({ status: 400, json: { status: 400, title: 'BadRequestError', detail } })
  })

  it('is held although the emulator cannot read it, unless the request validates it', async () => {
    const platform = await platformInMemory()
    const sent = body(counted('fpid_to_ecid(a)', '_id'))
    expect((await platform.send('POST', sets, { body: sent })).status).toBe(200)
    const got = await platform.send('POST', `${sets}?validate=True`, { body: sent })
    expect(got).toMatchObject({ status: 400, json: { errors: [{ source: 'fpid_to_ecid(a)' }] } })
  })

  it('of another sandbox, or of none, is not found', async () => {
    const platform = await platformInMemory()
    const elsewhere = await platform.send('GET', seeded, { headers: { 'x-sandbox-name': 'prod' } })
    expect(elsewhere).toMatchObject({ status: 404, json: { status: 404, title: 'NotFoundError' } })
    for (const method of ['GET', 'PUT']) {
      const sent = method === 'PUT' ? { body: body(idMapping) } : {}
      expect((await platform.send(method, `${sets}/none`, sent)).status).toBe(404)
    }
  })

  it('is forbidden to a credential without the sandbox, and to a request without a token', async () => {
    const platform = await platformInMemory()
    const { clientId } = outsiderCredential
    const headers = standing(await platform.token(clientId), clientId)
    const got = await platform.send('GET', seeded, { headers })
    expect(got).toMatchObject({ status: 403, json: { status: 403, title: 'ForbiddenError' } })
    const bare = await platform.send('GET', seeded, { headers: { authorization: undefined } })
    expect(bare).toMatchObject({ status: 403, json: { error_code: '403010' } })
  })

  it('can be seeded behind the platform’s back, and goes with a reset', async () => {
    const platform = await platformInMemory()
    const { emulator } = platform
    const id = emulator.addMappingSet(body(counted('ua_os_name(a)', '_id')))
    expect((await platform.send('GET', `${sets}/${id}`)).status).toBe(200)
    const posted = await platform.send('POST', '/_emulator/mapping-sets', { body: body(idMapping) })
    expect((await platform.send('GET', `${sets}/${String(at(posted.json, 'ids', 0))}`)).status).toBe(200)
    await emulator.reset()
    expect(emulator.requests()).toEqual([])
    const token = { authorization: `Bearer ${await platformToken(platform)}` }
    expect((await platform.send('GET', `${sets}/${id}`, { headers: token })).status).toBe(404)
    expect((await platform.send('GET', seeded, { headers: token })).status).toBe(200)
  })
})

describe('the list of mapping sets', () => {
  async function withThree() {
    const platform = await platformInMemory()
    for (const name of ['one', 'two', 'three']) {
      platform.pass(1_000)
      await create(platform, { name })
    }
    return platform
  }

  it('comes in pages, what changed last first', async () => {
    const platform = await withThree()
    const first = await platform.send('GET', `${sets}?limit=2&start=0`)
    expect(listed(first)).toEqual(['three', 'two'])
    expect(first.json).toMatchObject({ _page: { count: 2, limit: 2 }, _links: { next: { href: expect.any(String) } } })
    const href = String(at(first.json, '_links', 'next', 'href')).replace('http://emulator.test', '')
    const last = await platform.send('GET', href)
    expect(listed(last)).toEqual(['one', 'Members from CSV'])
    expect(at(last.json, '_links')).toEqual({})
  })

  it.each([
    ['orderBy=-createdDate&limit=1', ['three']],
    ['orderBy=%2BcreatedDate&limit=2', ['Members from CSV', 'one']],
    ['orderBy=+updatedDate&limit=1', ['Members from CSV']],
    ['name=two&limit=10', ['two']],
    ['name=&limit=1', ['three']],
  ])('%s', async (query, names) => {
    expect(listed(await (await withThree()).send('GET', `${sets}?start=0&${query}`))).toEqual(names)
  })

  it.each([
    ['limit=10', 400, 'The parameter start is required.'],
    ['start=0', 400, 'The parameter limit is required.'],
    ['start=-1&limit=10', 400, 'The parameter start must be a whole number from 0 on.'],
    ['start=0&limit=10&orderBy=name', 400, 'orderBy must be createdDate or updatedDate.'],
    ['start=0&limit=10&property=status==success', 501, expect.stringContaining('does not offer')],
  ])('%s is refused', async (query, status, detail) => {
    const got = await (await platformInMemory()).send('GET', `${sets}?${query}`)
    expect(got).toMatchObject({ status, json: { detail } })
  })

  it('has a default page in lenient mode', async () => {
    const platform = await platformInMemory({ mode: 'lenient' })
    expect(at((await platform.send('GET', sets)).json, '_page')).toEqual({ count: 1, limit: 10 })
  })
})

describe('the validation of a mapping set', () => {
  it('answers for each mapping', async () => {
    const mappings = [
      plain('First name', 'person.name.firstName'),
      plain('x', 'person.name.nickname'),
      counted('upper(', '_id'),
      plain('y', 'person.name.firstName'),
      plain('z[*].a', '_emutenant.loyalty.tags'),
      counted('to_integer(Points)', '_emutenant.loyalty.points'),
      plain('person', 'person'),
      plain('x', 'person.constructor'),
      plain('id', '_id'),
    ]
    const got = await (await platformInMemory()).send('POST', `${sets}/validate`, { body: body(...mappings) })
    const failed = (exception: string) => ({ status: 'FAILED', errors: [expect.objectContaining({ exception })] })
    expect(got.json).toEqual({
      validationResponse: [
        { status: 'SUCCESS', errors: null },
        failed('The schema has no "nickname" for "person.name.nickname"'),
        failed('Unexpected "the end" (character 7)'),
        failed('Another mapping fills "person.name.firstName" or a part of it'),
        failed('The emulator reads no wildcards: "z[*].a"'),
        { status: 'SUCCESS', errors: null },
        failed('Another mapping fills "person" or a part of it'),
        failed('The schema has no "constructor" for "person.constructor"'),
        { status: 'SUCCESS', errors: null },
      ],
    })
  })

  it('takes ten thousand mappings', async () => {
    const mappings = Array.from({ length: 10_000 }, (_, index) =>
      plain(`c${index}`, `_emutenant.loyalty.attributes.k${index}`),
    )
    const got = await (await platformInMemory()).send('POST', `${sets}/validate`, { body: body(...mappings) })
    expect(Object.keys(Object(at(got.json, 'validationResponse')))).toHaveLength(10_000)
  })
})

describe('the preview of a mapping set', () => {
  const preview = async (sent: object, headers: Record<string, string> = {}) =>
    await (await platformInMemory()).send('POST', `${sets}/preview`, { body: sent, headers })

  it('maps the rows of the guide: a number becomes the text of its target', async () => {
    const mappingSet = body(
      plain('id', '_emutenant.loyalty.loyaltyId'),
      plain('firstName', 'person.name.firstName'),
      plain('missing', '_id'),
    )
    const got = await preview({ data: [{ id: 1234, firstName: 'Jim' }], mappingSet })
    const data = { _emutenant: { loyalty: { loyaltyId: '1234' } }, person: { name: { firstName: 'Jim' } } }
    expect(got).toMatchObject({ status: 200, json: [{ data, errors: null }] })
    expect(at(got.json, 0, 'data')).toEqual(data)
  })

  it('leaves out a value that fails, and keeps the others', async () => {
    const mappingSet = body(idMapping, plain('points', '_emutenant.loyalty.points'))
    const got = await preview({ data: [{ id: 'L1', points: 'many' }, { points: 3 }], mappingSet })
    const points = {
      source: 'points',
      destination: '_emutenant.loyalty.points',
      sourceType: 'ATTRIBUTE',
      columnName: 'points',
    }
    expect(got.json).toMatchObject([
      {
        data: { _emutenant: { loyalty: { loyaltyId: 'L1' } } },
        errors: [{ ...points, exception: 'expected data type was: int' }],
      },
      { data: { _emutenant: { loyalty: { points: 3 } } }, errors: [{ destination: '_emutenant.loyalty.loyaltyId' }] },
    ])
    expect(got.text).not.toContain('many')
  })

  it('reports an identity of constants alone', async () => {
    const mappingSet = body(idMapping, plain('email', 'identityMap.Email[0].id'), {
      sourceType: 'STATIC',
      source: 'true',
      destination: 'identityMap.Email[0].primary',
    })
    const got = await preview({ data: [{ id: 'L1', email: 'a@example.com' }, { id: 'L2' }], mappingSet })
    expect(got.json).toMatchObject([
      { data: { identityMap: { Email: [{ id: 'a@example.com', primary: true }] } }, errors: null },
      { errors: [{ destination: 'identityMap.Email', exception: 'An identity without an id' }] },
    ])
  })

  it('takes one row, and answers with one in the dialect of the OpenAPI file', async () => {
    const sent = { data: { id: 'L1' }, mappingSet: body(idMapping) }
    const one = { data: { _emutenant: { loyalty: { loyaltyId: 'L1' } } }, errors: null }
    expect((await preview(sent)).json).toEqual([one])
    expect((await preview(sent, { 'x-emu-dialect': 'oas' })).json).toEqual(one)
  })

  it('shows a hundred rows', async () => {
    const data = Array.from({ length: 101 }, (_, index) => ({ id: index }))
    const got = await preview({ data, mappingSet: body(idMapping) })
    expect(Object.keys(Object(got.json))).toHaveLength(100)
    expect(got.headers['x-emu-warning']).toBe('Only 100 rows are shown.')
  })

  it.each([
    ['rows that are none', { data: 'x', mappingSet: body(idMapping) }, 'data must be an array of rows.'],
    [
      'what the emulator does not know',
      { data: [], mappingSet: body(idMapping, counted('explode(a)', '_id')) },
      '1 mappings cannot be read, the first for "_id": The emulator knows no function "explode" (character 1)',
    ],
  ])('refuses %s', async (_, sent, detail) => {
    expect(await preview(sent)).toMatchObject({ status: 400, json: { detail } })
  })

  it('of the seeded set gives a record that its dataset accepts', async () => {
    const platform = await platformInMemory()
    const mappingSet = (await platform.send('GET', seeded)).json
    const row = { 'Member No': 'M1', 'E-Mail': ' Ann@Example.com', 'First name': 'Ann', 'Birth date': '31/12/1990' }
    const data = [{ ...row, Points: '7', Newsletter: 'y' }]
    const got = await platform.send('POST', `${sets}/preview`, { body: { data, mappingSet } })
    const record = {
      _emutenant: { loyalty: { loyaltyId: 'M1', points: 7, newsletter: true, channel: 'store' } },
      personalEmail: { address: 'ann@example.com' },
      person: { name: { firstName: 'Ann' }, birthDate: '1990-12-31' },
    }
    expect(got.json).toEqual([{ data: record, errors: null }])
    await platform.publish(`${JSON.stringify(at(got.json, 0, 'data'))}\n`)
    expect(await platform.emulator.datasetRows(seededDatasetIds.loyalty)).toEqual([record])
  })
})

describe('the validation of an expression', () => {
  const validate = async (sent: object) =>
    await (await platformInMemory()).send('POST', '/data/foundation/conversion/languages/el/validate', { body: sent })

  it('succeeds as in the guide', async () => {
    const got = await validate({ expression: 'concat("Hi", ",", "there", "!")' })
    expect(got).toMatchObject({ status: 200, json: { validationStatus: 'succeeded', error: 'none' } })
  })

  it('fails with the reason', async () => {
    expect((await validate({ expression: 'concat("a" "b")' })).json).toEqual({
      validationStatus: 'failed',
      error: 'Expected ")", found "b" (character 12)',
    })
  })

  it('needs an expression, and takes no sample', async () => {
    expect((await validate({})).status).toBe(400)
    expect((await validate({ expression: 'a', sampleData: '{}' })).status).toBe(501)
  })
})

async function platformToken(platform: PlatformInMemory): Promise<string> {
  const query = 'grant_type=client_credentials&client_id=emulator-client&client_secret=emulator-secret-4711-do-not-use'
  const got = await platform.send('POST', `/ims/token/v2?${query}&scope=openid`, {
    headers: { authorization: undefined },
  })
  return String(at(got.json, 'access_token'))
}
