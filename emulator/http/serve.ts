import { html, json, problem } from './answers.ts'
import type { Call } from './call.ts'
import { Refusal, type EmulatorAnswer, type EmulatorRequest } from './exchange.ts'
import { passGate, type Admitted } from './gate.ts'
import type { Platform } from '../platform.ts'
import { createRouter, type Found } from './router.ts'
import { gatedRoutes, openRoutes } from '../routes/all.ts'
import type { Dialect, Settings } from '../settings.ts'

const open = createRouter(openRoutes)
const gated = createRouter(gatedRoutes)

/** OpenAPI file of the import service: every route answers 414 to a longer URL. */
const MAX_URL_LENGTH = 2_000

const nobody: Admitted = { kind: 'admitted', clientId: '', sandbox: '' }

/** The platform's answer, without faults. */
export async function serve(platform: Platform, request: EmulatorRequest): Promise<EmulatorAnswer> {
  const url = requestUrl(request.target)
  const path = aliased(url.path, platform.settings())
  const found = open(request.method, path)
  if (found.kind === 'route') return await answer({ platform, request, url: { ...url, path } }, found, nobody)
  return await serveGated({ platform, request, url: { ...url, path } })
}

type Arrival = {
  readonly platform: Platform
  readonly request: EmulatorRequest
  readonly url: { readonly path: string; readonly query: URLSearchParams }
}

async function serveGated(arrival: Arrival): Promise<EmulatorAnswer> {
  const { platform, request, url } = arrival
  const found = gated(request.method, url.path)
  if (found.kind === 'unknown-path') return html(404, 'Not Found')
  const gate = passGate(platform, url.path, request.headers)
  if (gate.kind === 'refused') return gate.answer
  if (url.path.startsWith('/data/foundation/import/') && urlLength(arrival) > MAX_URL_LENGTH)
    return problem(414, 'The URL is too long.')
  if (found.kind === 'malformed-path') return problem(400, 'The path is not well percent-encoded.')
  if (found.kind === 'other-method') return notAllowed(found)
  return await answer(arrival, found, gate)
}

async function answer(
  arrival: Arrival,
  found: Extract<Found, { kind: 'route' }>,
  who: Admitted,
): Promise<EmulatorAnswer> {
  const { platform, request, url } = arrival
  const { method, headers, body } = request
  const settings = platform.settings()
  const own = { params: found.params, clientId: who.clientId, sandbox: who.sandbox }
  const manner = { strict: settings.mode === 'strict', dialect: dialectOf(headers, settings) }
  const call: Call = { platform, method, headers, body, ...url, ...own, ...manner }
  try {
    return await found.route.answer(call)
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

function notAllowed({ allow }: Extract<Found, { kind: 'other-method' }>): EmulatorAnswer {
  return json(
    405,
    { status: 405, title: 'MethodNotAllowedError', detail: 'Method not allowed.' },
    { allow: allow.join(', ') },
  )
}

function requestUrl(target: string): Arrival['url'] {
  const mark = target.indexOf('?')
  if (mark < 0) return { path: target, query: new URLSearchParams() }
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) }
}

function urlLength({ platform, request }: Arrival): number {
  return platform.publicUrl.length + request.target.length
}

/** Adobe's own clients use spellings that contradict the documents: `/datasets` in Catalog, `/dataSets` in uploads. */
function aliased(path: string, { mode }: Settings): string {
  if (mode === 'strict') return path
  return path
    .replace(/^(\/data\/foundation\/catalog\/(?:v2\/)?)datasets(?=\/|$)/, '$1dataSets')
    .replace(/^(\/data\/foundation\/import\/batches\/[^/]+\/)dataSets(?=\/)/, '$1datasets')
}

function dialectOf(headers: EmulatorRequest['headers'], settings: Settings): Dialect {
  const wanted = headers['x-emu-dialect']
  return wanted === 'docs' || wanted === 'oas' || wanted === 'lab' ? wanted : settings.dialect
}
