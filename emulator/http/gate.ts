import { gatewayError, json, problem } from './answers.ts'
import type { Answer } from './exchange.ts'
import type { Platform } from '../platform.ts'
import { seededOrg } from '../seed/ids.ts'
import type { Token } from '../state.ts'

export type Admitted = { readonly kind: 'admitted'; readonly clientId: string; readonly sandbox: string }
export type Gate = Admitted | { readonly kind: 'refused'; readonly answer: Answer }

type Headers = Readonly<Record<string, string>>

/**
 * The API gateway, which checks in this order: the token is present, is valid, belongs to the key, the organization, then
 * the sandbox, for which each service has its own error message.
 */
export function passGate(platform: Platform, path: string, headers: Headers): Gate {
  const strict = platform.settings().mode === 'strict'
  const token = headers['authorization']?.match(strict ? /^Bearer (.+)$/ : /^bearer\s+(.+)$/i)?.[1]
  if (token === undefined) return refused(gatewayError(strict ? 403 : 401, '403010', 'Oauth token is missing'))
  const known = platform.state.tokens.get(token)
  if (known === undefined || known.expiresAt <= platform.now()) {
    return refused(gatewayError(401, '401013', 'Oauth token is not valid'))
  }
  return (
    keyFault(headers, known.clientId) ??
    orgFault(headers) ??
    passSandbox(platform, path, caller(platform, headers, known))
  )
}

function keyFault(headers: Headers, clientId: string): Gate | undefined {
  const key = headers['x-api-key']
  if (key === undefined || key === '') return refused(gatewayError(403, '403000', 'Api Key is required'))
  if (key !== clientId) return refused(gatewayError(403, '403003', 'Api Key is invalid'))
  return undefined
}

function orgFault(headers: Headers): Gate | undefined {
  const org = headers['x-gw-ims-org-id']
  if (org === undefined || org === '') {
    return refused(gatewayError(400, '400003', "Required header 'x-gw-ims-org-id' is missing"))
  }
  if (org !== seededOrg) return refused(gatewayError(403, '403027', 'User region is missing'))
  return undefined
}

type Caller = { readonly clientId: string; readonly sandbox: string | undefined }

function caller(platform: Platform, headers: Headers, { clientId }: Token): Caller {
  const byDefault = platform.settings().mode === 'strict' ? undefined : 'prod'
  return { clientId, sandbox: headers['x-sandbox-name'] || byDefault }
}

function passSandbox(platform: Platform, path: string, { clientId, sandbox }: Caller): Gate {
  const service = path.split('/')[3] ?? ''
  // Sandbox Management lists the sandboxes of the caller, so it can't ask for one.
  if (service === 'sandbox-management') return { kind: 'admitted', clientId, sandbox: sandbox ?? '' }
  // The documents disagree: the headers table calls the header required, and many samples leave it out.
  if (sandbox === undefined) return refused(problem(400, "Required header 'x-sandbox-name' is missing."))
  const assigned = platform.state.credentials.get(clientId)?.sandboxes.includes(sandbox) ?? false
  return assigned && platform.state.sandboxes.has(sandbox)
    ? { kind: 'admitted', clientId, sandbox }
    : refused(forbidden(service, sandbox))
}

function forbidden(service: string, sandbox: string): Answer {
  const detail = `The caller has no access to sandbox '${sandbox}'.`
  if (service !== 'schemaregistry') return problem(403, detail)
  return json(403, { status: 403, title: 'Permission management access denied', detail })
}

function refused(answer: Answer): Gate {
  return { kind: 'refused', answer }
}
