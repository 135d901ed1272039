import { describe, expect, it } from 'vitest'
import { outsiderCredential, seededCredential } from '../../emulator/seed.ts'
import { seededDatasetIds } from '../../emulator/seed/ids.ts'
import { at, catalog, imports, platformInMemory, registry, standing, tokenRequest } from './platform-in-memory.ts'

const dataset = `${catalog}/dataSets/${seededDatasetIds.loyalty}`
const sandboxes = '/data/foundation/sandbox-management/'

describe('the token route', () => {
  const refusals = [
    [{ client_secret: 'wrong' }, 'invalid_client'],
    [{ client_id: 'nobody' }, 'invalid_client'],
    [{ scope: 'openid,admin' }, 'invalid_scope'],
    [{ scope: '' }, 'invalid_scope'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ] as const
  for (const [change, error] of refusals) {
    it(`refuses ${JSON.stringify(change)} as ${error}`, async () => {
      const platform = await platformInMemory()
      const got = await platform.send('POST', '/ims/token/v3', {
        body: tokenRequest(seededCredential.clientId, change),
      })
      expect(got).toMatchObject({ status: 400, json: { error } })
    })
  }

  it('takes its fields from the query as well, in every version, and either of two secrets', async () => {
    const platform = await platformInMemory({ tokenLifeSeconds: 3 })
    const query = tokenRequest(seededCredential.clientId, { client_secret: seededCredential.secrets[1] })
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      const got = await platform.send('POST', `/ims/token/${version}?${query.toString()}`)
      expect(got).toMatchObject({ status: 200, json: { token_type: 'bearer', expires_in: 3 } })
    }
    expect(JSON.stringify(platform.emulator.requests())).not.toContain(seededCredential.secrets[1])
  })
})

describe('the gateway', () => {
  const refusals = [
    ['no token', { authorization: undefined }, 403, '403010'],
    ['a wrong token', { authorization: 'Bearer nonsense' }, 401, '401013'],
    ['no key', { 'x-api-key': undefined }, 403, '403000'],
    ['a foreign key', { 'x-api-key': 'other' }, 403, '403003'],
    ['no organisation', { 'x-gw-ims-org-id': undefined }, 400, '400003'],
    ['a foreign organisation', { 'x-gw-ims-org-id': 'F@AdobeOrg' }, 403, '403027'],
  ] as const
  for (const [what, headers, status, code] of refusals) {
    it(`refuses ${what} with ${status} ${code}`, async () => {
      const got = await (await platformInMemory()).send('GET', dataset, { headers })
      expect(got).toMatchObject({ status, json: { error_code: code } })
    })
  }

  it('refuses a token that has run out, or was revoked', async () => {
    const platform = await platformInMemory({ tokenLifeSeconds: 3 })
    platform.pass(2_999)
    expect((await platform.send('GET', dataset)).status).toBe(200)
    platform.pass(1)
    expect((await platform.send('GET', dataset)).status).toBe(401)
    const other = await platformInMemory()
    other.emulator.revokeTokens()
    expect((await other.send('GET', dataset)).status).toBe(401)
  })

  it('wants a sandbox when strict, and takes prod without one when lenient', async () => {
    const headers = { 'x-sandbox-name': undefined }
    expect((await (await platformInMemory()).send('GET', dataset, { headers })).status).toBe(400)
    const lenient = await platformInMemory({ mode: 'lenient' })
    expect((await lenient.send('GET', dataset, { headers })).status).toBe(404)
    expect((await lenient.send('GET', `${catalog}/dataSets/${seededDatasetIds.prodOnly}`, { headers })).status).toBe(
      200,
    )
  })

  it('answers 401 without a token when lenient', async () => {
    const got = await (
      await platformInMemory({ mode: 'lenient' })
    ).send('GET', dataset, { headers: { authorization: undefined } })
    expect(got.status).toBe(401)
  })

  it('a credential without sandboxes gets a token, an empty list and each service’s own 403', async () => {
    const platform = await platformInMemory()
    const { clientId } = outsiderCredential
    const headers = standing(await platform.token(clientId), clientId)
    expect(await platform.send('GET', sandboxes, { headers })).toMatchObject({ status: 200, json: { sandboxes: [] } })
    expect(await platform.send('GET', dataset, { headers })).toMatchObject({
      status: 403,
      json: { title: 'ForbiddenError' },
    })
    const schemas = await platform.send('GET', `${registry}/tenant/schemas`, { headers })
    expect(schemas).toMatchObject({ status: 403, json: { title: 'Permission management access denied' } })
    const one = await platform.send('GET', `${sandboxes}sandboxes/dev`, { headers })
    expect(one).toMatchObject({ status: 403, json: { code: 'SMS-2010-403' } })
  })

  it('answers an unknown path with HTML, a known one with another method with 405', async () => {
    const platform = await platformInMemory()
    const unknown = await platform.send('GET', '/data/foundation/nothing')
    expect([unknown.status, unknown.headers['content-type']]).toEqual([404, 'text/html'])
    expect((await platform.send('GET', imports)).status).toBe(405)
    expect((await platform.send('PATCH', imports, { body: {} })).status).toBe(405)
  })

  it('answers 414 to an import URL beyond 2,000 characters', async () => {
    const platform = await platformInMemory()
    const id = await platform.createBatch()
    const name = 'x'.repeat(2_000)
    const got = await platform.send('PUT', `${imports}/${id}/datasets/${seededDatasetIds.loyalty}/files/${name}`, {
      body: '{}',
    })
    expect(got.status).toBe(414)
  })

  it('gives every answer a request id', async () => {
    const got = await (await platformInMemory()).send('GET', dataset)
    expect(got.headers['x-request-id']).toMatch(/^[0-9a-f]{8}-/)
    expect(at(got.json, seededDatasetIds.loyalty, 'name')).toBe('Loyalty members')
  })
})
