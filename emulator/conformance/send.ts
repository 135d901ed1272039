import { once } from 'node:events'
import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { text as textOf } from 'node:stream/consumers'
import { parseJson } from '../json.ts'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** An answer; `json` is undefined if the text is not JSON. */
export type Received = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly json: unknown
}

export type Outgoing = {
  /** Method and absolute URL, separated by a space. The URL is sent unchanged; `fetch` would encode quotes. */
  readonly call: string
  readonly headers: Readonly<Record<string, string>>
  /** Objects are sent as JSON. */
  readonly body?: unknown
  /** Cancels the request. */
  readonly signal?: AbortSignal | undefined
}

const SILENCE_MS = 60_000

/** Throws an Error if there is no answer. */
export async function send({ call, headers, body, signal }: Outgoing): Promise<Received> {
  const [, method = '', origin = '', path = ''] = /^(\S+) (https?:\/\/[^/]+)(\/.*)$/.exec(call) ?? []
  const { protocol, hostname, port } = new URL(origin)
  const ask = protocol === 'https:' ? requestHttps : requestHttp
  const sent = ask({ method, hostname, port, path, headers, timeout: SILENCE_MS, ...(signal && { signal }) })
  sent.on('timeout', () => sent.destroy(new Error(`no answer within ${SILENCE_MS / 1_000} s`)))
  sent.end(bytesOf(body))
  const [response]: readonly IncomingMessage[] = await once(sent, 'response')
  if (response === undefined) throw new Error('no answer')
  const text = await textOf(unpacked(response))
  const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)])
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(given), text, json: parseJson(text) }
}

function unpacked(response: IncomingMessage): NodeJS.ReadableStream {
  const encoding = response.headers['content-encoding'] ?? ''
  if (encoding === 'gzip') return response.pipe(createGunzip())
  if (encoding === 'deflate') return response.pipe(createInflate())
  return encoding === 'br' ? response.pipe(createBrotliDecompress()) : response
}

function bytesOf(body: unknown): string | Uint8Array | undefined {
  if (typeof body === 'string' || body instanceof Uint8Array || body === undefined) return body
  return JSON.stringify(body)
}
