import { bytesContent } from '../../src/lib/content.ts'
import { isObject, objectOf, type JsonObject } from '../../emulator/json.ts'
import type { Transport, HttpResponse, HttpRequest } from '../../src/platform/http/transport.ts'
import type { Tamper } from './stage.ts'

/** What a lying network makes of one request; `send` asks the platform. */
export type Lying = (
  request: HttpRequest,
  send: (request: HttpRequest) => Promise<HttpResponse>,
) => Promise<HttpResponse>

/** Each phase of a run has a network of its own, that remembers what it said. */
export function through(begin: () => Lying): Tamper {
  return (line) => {
    const lie = begin()
    const send: Transport = (request, signal) => lie(request, (changed) => line.send(changed, signal))
    return { send, [Symbol.asyncDispose]: () => line[Symbol.asyncDispose]() }
  }
}

export function isAction({ method, url }: HttpRequest, action: 'COMPLETE' | 'REVERT' | 'ABORT'): boolean {
  return method === 'POST' && url.search === `?action=${action}`
}

export function isCreation({ method, url }: HttpRequest): boolean {
  return method === 'POST' && url.pathname.endsWith('/import/batches')
}

export function isListOf({ method, url }: HttpRequest, what: 'batches' | 'dataSets'): boolean {
  return method === 'GET' && url.pathname.endsWith(`/catalog/${what}`)
}

/** A look-up by id. */
export function isLookAt({ method, url }: HttpRequest, what: 'batches' | 'dataSets'): boolean {
  return method === 'GET' && url.pathname.includes(`/catalog/${what}/`)
}

export const DONE: HttpResponse = { status: 200, headers: {}, body: Buffer.from('[]') }

/** The records of a Catalog answer, changed or left out one by one; an answer that is none stays as it is. */
export function withRecords(
  answer: HttpResponse,
  change: (record: JsonObject, id: string) => JsonObject | undefined,
): HttpResponse {
  const records = recordsOf(answer)
  if (records === undefined) return answer
  const changed = Object.entries(records).flatMap(([id, record]) => {
    const kept = change(objectOf(record), id)
    return kept === undefined ? [] : [[id, kept] as const]
  })
  return { ...answer, headers: {}, body: Buffer.from(JSON.stringify(Object.fromEntries(changed))) }
}

export function recordsOf({ status, body }: HttpResponse): JsonObject | undefined {
  if (status !== 200) return undefined
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString())
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

export function isInactive({ status }: JsonObject): boolean {
  return String(status).toLowerCase() === 'inactive'
}

export async function textOf({ body }: HttpRequest): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of body?.bytes() ?? []) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

export function withText(request: HttpRequest, text: string): HttpRequest {
  return { ...request, body: bytesContent(Buffer.from(text)) }
}
