import type { HttpRequest, Transport } from '../../../src/platform/http/transport.ts'
import { never, untilAborted } from '../time/never.ts'

/** Selects requests by method and target: `POST …`, `GET …`. */
export type AskedRequest = (line: string, request: HttpRequest) => boolean

/** `isHeard`: the platform acts on the requests nevertheless. */
type Silence = { readonly asked: AskedRequest; readonly isHeard?: boolean }

/** A network that never delivers the answers to some requests. */
export function unanswered(send: Transport, { asked, isHeard = false }: Silence): Transport {
  return async (request, signal) => {
    if (!asked(lineOf(request), request)) return await send(request, signal)
    if (isHeard) await send(request, never())
    return await untilAborted(signal)
  }
}

/** A network that delays some requests by `wait`. */
export function answeredLate(
  send: Transport,
  asked: AskedRequest,
  wait: (signal: AbortSignal) => Promise<void>,
): Transport {
  return async (request, signal) => {
    if (asked(lineOf(request), request)) await wait(signal)
    return await send(request, signal)
  }
}

export function lineOf({ method, url }: HttpRequest): string {
  return `${method} ${url.pathname}${url.search}`
}
