import type { Content } from '../../../src/lib/content.ts'
import {
  ConnectionFailure,
  type Transport,
  type HttpResponse,
  type HttpRequest,
} from '../../../src/platform/http/transport.ts'
import { untilAborted } from '../time/never.ts'

export type Reply = HttpResponse | ConnectionFailure | 'silence'

export type Scripted = {
  readonly send: Transport
  readonly requests: readonly HttpRequest[]
  /** The complete body of each request. */
  readonly bodies: readonly string[]
}

/** A server that gives these replies in order, repeats the last one, and reads every body to its end. */
export function scriptedTransport(...replies: readonly Reply[]): Scripted {
  const requests: HttpRequest[] = []
  const bodies: string[] = []
  return {
    requests,
    bodies,
    async send(request, signal) {
      const reply = replies[Math.min(requests.length, replies.length - 1)]
      requests.push(request)
      bodies.push(await textOf(request.body))
      if (reply === 'silence' || reply === undefined) return await untilAborted(signal)
      if (reply instanceof ConnectionFailure) throw reply
      return reply
    },
  }
}

/** An answer; a body other than a string becomes JSON. */
export function answer(
  status: number,
  body: unknown = '',
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, headers, body: new TextEncoder().encode(text) }
}

/** A connection that broke: the server may have acted. */
export function reset(): ConnectionFailure {
  return new ConnectionFailure('ECONNRESET: read ECONNRESET', { reached: true, permanent: false, cause: undefined })
}

/** A connection that was never established. */
export function refused(): ConnectionFailure {
  return new ConnectionFailure('ECONNREFUSED: no', { reached: false, permanent: false, cause: undefined })
}

async function textOf(body: Content | undefined): Promise<string> {
  const chunks: Buffer[] = []
  if (body !== undefined) for await (const chunk of body.bytes()) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
