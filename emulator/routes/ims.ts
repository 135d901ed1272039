import { json } from '../http/answers.ts'
import type { Call, Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import { hexId } from '../ids.ts'
import { readText } from '../json.ts'
import type { Credential } from '../state.ts'

export const imsRoutes: readonly Route[] = [
  ...['v1', 'v2', 'v3', 'v4'].map((version) => ({
    method: 'POST',
    pattern: `/ims/token/${version}`,
    answer: issueToken,
  })),
  { method: 'POST', pattern: '/ims/exchange/jwt', answer: refuseJwt },
]

/** OAuth Server-to-Server guide: the fields can be in the body or in the query. */
async function issueToken(call: Call): Promise<Answer> {
  const fields = await readFields(call)
  if (fields.get('grant_type') !== 'client_credentials') {
    return oauthError('unsupported_grant_type', 'only grant_type client_credentials is supported')
  }
  const credential = call.platform.state.credentials.get(fields.get('client_id') ?? '')
  if (credential === undefined) return oauthError('invalid_client', 'invalid client_id parameter')
  if (!credential.secrets.includes(fields.get('client_secret') ?? '')) {
    return oauthError('invalid_client', 'invalid client_secret parameter')
  }
  const refused = scopeFault(credential, fields.get('scope') ?? '')
  return refused ?? granted(call, credential)
}

function granted({ platform }: Call, { clientId }: Credential): Answer {
  const token = `emu.${hexId(40, platform.random)}`
  const { tokenLifeSeconds } = platform.settings()
  platform.state.tokens.set(token, { clientId, expiresAt: platform.now() + tokenLifeSeconds * 1000 })
  return json(200, { access_token: token, token_type: 'bearer', expires_in: tokenLifeSeconds })
}

function scopeFault(credential: Credential, scope: string): Answer | undefined {
  const wanted = scope.split(/[\s,]+/).filter((name) => name !== '')
  const foreign = wanted.find((name) => !credential.scopes.includes(name))
  if (wanted.length > 0 && foreign === undefined) return undefined
  return oauthError('invalid_scope', foreign === undefined ? 'scope is required' : `scope ${foreign} is not granted`)
}

async function readFields(call: Call): Promise<URLSearchParams> {
  const text = await readText(call.body)
  const type = call.headers['content-type'] ?? ''
  const sent = type.startsWith('multipart/form-data') ? multipartFields(text) : new URLSearchParams(text)
  return new URLSearchParams([...call.query, ...sent])
}

/** One of Adobe's own clients sends the token request as multipart. */
function multipartFields(text: string): URLSearchParams {
  const parts = text.matchAll(/name="([^"]+)"\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)\r\n/g)
  return new URLSearchParams([...parts].map(([, name = '', value = '']): [string, string] => [name, value]))
}

/** Adobe retired JWT credentials in 2025. */
function refuseJwt(): Answer {
  return oauthError(
    'invalid_request',
    'JWT credentials are retired: use an OAuth Server-to-Server credential at /ims/token/v3',
  )
}

function oauthError(error: string, description: string): Answer {
  return json(400, { error, error_description: description })
}
