import { expect } from 'vitest'
import { seededCredential } from '../../../../emulator/seed.ts'
import { tokenRequest } from '../../platform-in-memory.ts'
import { sandboxes, type Asked } from '../asked.ts'

const { clientId } = seededCredential
const form = { 'content-type': 'application/x-www-form-urlencoded' }
const token = { token_type: 'bearer', access_token: expect.any(String), expires_in: expect.any(Number) }
const dev = { name: 'dev', type: 'development', state: 'active' }

export const tokensAndSandboxes: readonly Asked[] = [
  {
    // Everything in the query, and an empty body.
    by: 'Postman',
    call: `POST /ims/token/v2?${tokenRequest(clientId).toString()}`,
    gets: { status: 200, json: token },
  },
  {
    by: 'aepp',
    call: 'POST /ims/token/v3',
    headers: form,
    body: tokenRequest(clientId).toString(),
    gets: { status: 200, json: token },
  },
  {
    by: 'Postman',
    call: 'POST /ims/exchange/jwt/',
    headers: form,
    body: 'client_id=a&client_secret=b&jwt_token=c',
    gets: {
      status: 400,
      json: { error: 'invalid_request', error_description: expect.stringMatching(/retired.*\/ims\/token\/v3/) },
    },
  },
  ...['', '/'].map((slash): Asked => ({
    by: 'aepp',
    call: `GET ${sandboxes}${slash}`,
    gets: { status: 200, json: { sandboxes: [dev, { name: 'prod' }], _page: { count: 2 } } },
  })),
  ...['', '/'].map((slash): Asked => ({
    by: 'Postman',
    call: `GET ${sandboxes}/sandboxTypes${slash}`,
    gets: { status: 200, json: { sandboxTypes: [{ id: 'development', title: 'Development' }, { id: 'production' }] } },
  })),
  ...['', '/'].map((slash): Asked => ({
    by: 'Postman',
    call: `GET ${sandboxes}/sandboxes${slash}?property=&orderBy=`,
    gets: { status: 200, json: { sandboxes: [dev, { name: 'prod', isDefault: true }], _page: { count: 2 } } },
  })),
  ...['', '/'].map((slash): Asked => ({
    by: 'aepp',
    call: `GET ${sandboxes}/sandboxes/dev${slash}`,
    gets: { status: 200, json: { ...dev, id: expect.any(String) } },
  })),
]
