import { sandboxes, type Expectation } from '../expectation.ts'
import { anyNumber, anyString, each, here, matching, seeded } from '../pattern.ts'
import { sources } from '../sources.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const token = { token_type: 'bearer', access_token: anyString, expires_in: anyNumber }
const asked = 'grant_type=client_credentials&client_id={C}&client_secret={K}&scope={T}'
const one = { name: anyString, type: matching(/^(development|production)$/), state: 'active' }
const listed = {
  sandboxes: here(
    [
      { ...one, name: 'dev' },
      { ...one, name: 'prod', isDefault: true },
    ],
    each({ ...one, state: anyString }),
  ),
  _page: { count: seeded(2) },
}

export const tokensAndSandboxes: readonly Expectation[] = [
  {
    // All parameters in the query, and an empty body.
    by: 'Postman',
    call: `POST /ims/token/v2?${asked}`,
    gets: { status: 200, json: token },
    source: sources.ims,
  },
  {
    by: 'aepp',
    call: 'POST /ims/token/v3',
    headers: form,
    body: asked,
    gets: { status: 200, json: token },
    source: sources.ims,
    reach: 'reads',
  },
  {
    by: 'Postman',
    call: 'POST /ims/exchange/jwt/',
    headers: form,
    body: 'client_id=a&client_secret=b&jwt_token=c',
    gets: {
      status: 400,
      json: { error: 'invalid_request', error_description: matching(/retired.*\/ims\/token\/v3/) },
    },
    source: sources.imsRetired,
  },
  ...['', '/'].map((slash): Expectation => ({
    by: 'aepp',
    call: `GET ${sandboxes}${slash}`,
    gets: { status: 200, json: listed },
    source: sources.sandboxes,
  })),
  ...['', '/'].map((slash): Expectation => ({
    by: 'Postman',
    call: `GET ${sandboxes}/sandboxTypes${slash}`,
    gets: { status: 200, json: { sandboxTypes: each({ id: anyString, title: anyString }) } },
    source: sources.sandboxes,
  })),
  ...['', '/'].map((slash): Expectation => ({
    by: 'Postman',
    call: `GET ${sandboxes}/sandboxes${slash}?property=&orderBy=`,
    gets: { status: 200, json: listed },
    source: sources.sandboxes,
  })),
  ...['', '/'].map((slash): Expectation => ({
    by: 'aepp',
    call: `GET ${sandboxes}/sandboxes/{P}${slash}`,
    gets: { status: 200, json: { ...one, name: '{P}', id: anyString } },
    source: sources.sandboxes,
  })),
  {
    by: 'aepp',
    call: 'GET /data/core/idnamespace/identities',
    gets: { status: 200, json: each({ code: anyString, id: anyNumber }) },
    source: sources.namespaces,
    reach: 'reads',
  },
]
