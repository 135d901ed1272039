import { json } from '../http/answers.ts'
import { param, type Call, type Route } from '../http/call.ts'
import type { Answer } from '../http/exchange.ts'
import type { JsonObject } from '../json.ts'
import type { Sandbox } from '../state.ts'

const base = '/data/foundation/sandbox-management'

export const sandboxRoutes: readonly Route[] = [
  { method: 'GET', pattern: base, answer: listSandboxes },
  { method: 'GET', pattern: `${base}/sandboxes`, answer: listSandboxes },
  { method: 'GET', pattern: `${base}/sandboxTypes`, answer: listTypes },
  { method: 'GET', pattern: `${base}/sandboxes/:name`, answer: readSandbox },
]

/** A credential that belongs to no sandbox gets an empty list, not a refusal. */
function listSandboxes(call: Call): Answer {
  const sandboxes = assigned(call).map(shown)
  return json(200, { sandboxes, _page: { limit: 200, count: sandboxes.length } })
}

/** OpenAPI file of the sandbox API: each type with its id and title. */
function listTypes(): Answer {
  const types = ['development', 'production']
  return json(200, { sandboxTypes: types.map((id) => ({ id, title: `${id.charAt(0).toUpperCase()}${id.slice(1)}` })) })
}

function readSandbox(call: Call): Answer {
  const all = assigned(call)
  if (all.length === 0) return forbidden()
  const found = all.find(({ name }) => name === param(call, 'name'))
  return found === undefined
    ? json(404, { status: 404, title: 'Sandbox not found', type: 'SMS-2001-404' })
    : json(200, shown(found))
}

/** The route requires an administrator permission. */
function forbidden(): Answer {
  return json(403, {
    status: 403,
    title: 'Forbidden',
    type: 'http://ns.adobe.com/aep/errors/SMS-2010-403',
    code: 'SMS-2010-403',
  })
}

function assigned({ platform, clientId }: Call): readonly Sandbox[] {
  const names = platform.state.credentials.get(clientId)?.sandboxes ?? []
  return [...platform.state.sandboxes.values()].filter(({ name }) => names.includes(name))
}

function shown({ id, name, title, type, isDefault }: Sandbox): JsonObject {
  return {
    id,
    name,
    title,
    state: 'active',
    type,
    region: 'VA7',
    isDefault,
    eTag: 1,
    createdDate: '2024-01-01 00:00:00',
  }
}
