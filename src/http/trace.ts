import type { WireAnswer, WireRequest } from './transport.ts'

/** The only answer headers that a log may show. */
const SHOWN = ['x-request-id', 'retry-after', 'range', 'content-range', 'location']

export type Attempt = {
  readonly request: WireRequest
  readonly answer: WireAnswer | undefined
  readonly error: unknown
  readonly ms: number
}

/** One line an attempt: method, path, status, time, bytes, allowed headers; never a body, never a request header. */
export function traceLine({ request, answer, error, ms }: Attempt): string {
  const shown = SHOWN.flatMap((name) =>
    answer?.headers[name] === undefined ? [] : [`${name}=${answer.headers[name]}`],
  )
  const outcome =
    answer === undefined ? `no answer (${error instanceof Error ? error.message : 'unknown'})` : answer.status
  const sent = request.body === undefined ? '' : `, ${request.body.size} bytes sent`
  const line = `${request.method} ${request.url.host}${request.url.pathname}${safeQuery(request.url)} → ${outcome} in ${Math.round(ms)} ms${sent}`
  return [line, ...shown].join(', ')
}

/** Our own queries hold no secret; a token request carries everything in its body. */
function safeQuery(url: URL): string {
  return url.search
}
