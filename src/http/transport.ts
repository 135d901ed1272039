import type { Readable } from 'node:stream'
import { EnvHttpProxyAgent } from 'undici'
import type { Content } from '../base/content.ts'
import { asConnectionFailure, ConnectionFailure } from './connection.ts'

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH'

export type WireRequest = {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content | undefined
  /** Called whenever the far side has taken more bytes. */
  readonly onProgress: () => void
}

export type WireAnswer = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * One attempt at one request. Never retries, never follows a redirect, has no deadline of its own (the signal is one).
 *
 * @throws ConnectionFailure when there was no whole answer.
 */
export type Transport = (request: WireRequest, signal: AbortSignal) => Promise<WireAnswer>

export type ClosableTransport = AsyncDisposable & { readonly send: Transport }

/** No answer that we ask for is near this; one that is must not fill the memory. */
const LONGEST_ANSWER_BYTES = 64_000_000

/**
 * The real network: proxies from the environment, keep-alive, HTTP/1.1 alone, since undici's HTTP/2 was measured ten
 * times slower with latency.
 */
export function undiciTransport({ connections }: { readonly connections: number }): ClosableTransport {
  const dispatcher = new EnvHttpProxyAgent({
    allowH2: false,
    connections,
    connectTimeout: 10_000,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    async send({ method, url, headers, body, onProgress }, signal) {
      try {
        const answer = await dispatcher.request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { ...headers, ...lengthOf(method, body) },
          body: body === undefined || body.size === 0 ? null : asUndiciBody(watchedBytes(body, onProgress)),
          signal,
        })
        return { status: answer.statusCode, headers: flat(answer.headers), body: await readAll(answer.body) }
      } catch (error) {
        signal.throwIfAborted()
        throw asConnectionFailure(error)
      }
    },
    // Not closed but destroyed: a token request that nobody waits for any more must not hold up a cancelled step.
    [Symbol.asyncDispose]: () => dispatcher.destroy(),
  }
}

/** Always said outright: undici would send a generator chunked, and check nothing. */
function lengthOf(method: Method, body: Content | undefined): Record<string, string> {
  if (body !== undefined) return { 'content-length': String(body.size) }
  return method === 'GET' || method === 'HEAD' ? {} : { 'content-length': '0' }
}

/** At least what a socket queues and still asks for more (its high-water mark): it keeps such chunks for later. */
const QUEUED_BYTES = 1 << 16

async function* watchedBytes(body: Content, onProgress: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body.bytes()) {
    onProgress()
    yield chunk.length < QUEUED_BYTES ? Uint8Array.from(chunk) : chunk
  }
  onProgress()
}

/**
 * undici sends any async iterable, and after a chunk that fills the socket's queue it asks for the next only when all was
 * taken, which is what lets a Content reuse its buffers. Its types know of Readable alone, and a real one would read ahead.
 */
function asUndiciBody(bytes: unknown): Readable {
  return bytes as Readable
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > LONGEST_ANSWER_BYTES) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLong(): Error {
  const about = { reached: true, permanent: true, cause: undefined }
  return new ConnectionFailure(`the answer is longer than ${LONGEST_ANSWER_BYTES} bytes`, about)
}

function flat(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    typeof value === 'string' ? value : (value ?? []).join(', '),
  ])
  return Object.fromEntries(named)
}
