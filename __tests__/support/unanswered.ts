import type { HttpRequest, Transport } from '../../src/platform/http/transport.ts'
import { never, untilAborted } from './never.ts'

/** Which requests, by what stands in front of the path: `POST …`, `GET …`. */
export type AskedRequest = (line: string, request: HttpRequest) => boolean

/** `isHeard`: the platform acts on them all the same. */
type Silence = { readonly asked: AskedRequest; readonly isHeard?: boolean }

/** A network that never gives the answer to some requests. */
export function unanswered(send: Transport, { asked, isHeard = false }: Silence): Transport {
  return async (request, signal) => {
    if (!asked(lineOf(request), request)) return await send(request, signal)
    if (isHeard) await send(request, never())
    return await untilAborted(signal)
  }
}

/** A network that answers some requests so late that a client just bears it. */
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
