import { ownValue } from '../../lib/json-reader.ts'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { HTTP_CONNECT_MS, HTTP_MOST_RESPONSE_BYTES } from '../limits.ts'
import type { Content } from '../../lib/content.ts'
import { Problem, codeOf, messageOf } from '../../lib/errors.ts'
import { passOverInterim } from './interim.ts'

/** The request surely did not reach the far side. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/** No later attempt will end otherwise. */
const FOR_GOOD =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_INVALID_|UND_ERR_(INVALID_ARG|DESTROYED|CLOSED)$)/

/** There was no whole answer: the connection could not be made, broke, or went silent. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
  /** Whether the far side may have acted on the request. */
  readonly reached: boolean
  /** Whether trying again makes no sense. */
  readonly permanent: boolean

  constructor(message: string, about: { readonly reached: boolean; readonly permanent: boolean; cause: unknown }) {
    super(message, { cause: about.cause })
    this.reached = about.reached
    this.permanent = about.permanent
  }
}

/** There was no answer, however often we asked. */
export class LostConnection extends Problem {
  override readonly name = 'LostConnection'
  constructor(message: string, mayHaveActed: boolean, cause: ConnectionFailure) {
    super(message, {
      remedy:
        'Check that this runner can reach "platform-url" and "ims-url" (and its proxy variables), and run the job again.',
      isPassing: !cause.permanent,
      mayHaveActed,
      cause,
    })
  }
}

/** A Problem that our own side raised while the request was made (a file that changed) passes through as it is. */
export function asConnectionFailure(error: unknown): Error {
  if (error instanceof Problem || error instanceof ConnectionFailure) return error
  const code = codeOf(error)
  const proxy = /Proxy response \(\d+\)/.test(textOf(error))
  return new ConnectionFailure([code, textOf(error)].filter(Boolean).join(': '), {
    reached: !proxy && !NOT_REACHED.has(code),
    permanent: proxy || FOR_GOOD.test(code),
    cause: error,
  })
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(textOf).join('; ')
  return messageOf(error)
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH'

export type HttpRequest = {
  readonly method: Method
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: Content | undefined
  /** Called whenever the far side has taken more bytes. */
  readonly onProgress: () => void
}

export type HttpResponse = {
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
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export type ClosableTransport = AsyncDisposable & { readonly send: Transport }

type Network = {
  readonly connections: number
  /** Where the proxy variables stand. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The real network: proxies from the environment, keep-alive, HTTP/1.1 alone, since undici's HTTP/2 was measured ten
 * times slower with latency. Proxies are read when a request needs one: a run that makes none minds no faulty variable.
 *
 * undici frees a connection in the next turn of the event loop, and opens another for a request that comes sooner. So an
 * answer is handed on a turn later: what follows it has a connection that is open, and has found out what its line
 * carries. One that idles while others send begins slowly again (RFC 5681, 4.1).
 */
export function undiciTransport(network: Network): ClosableTransport {
  const open = new Map<string, Dispatcher>()
  const passingOver = passOverInterim()
  const dispatcherFor = (url: URL) => {
    const kind = isClearLoopback(url) ? 'direct' : url.protocol
    const dispatcher = open.get(kind) ?? openDispatcher(kind, network)
    open.set(kind, dispatcher)
    return dispatcher
  }
  return {
    async send({ method, url, headers, body, onProgress }, signal) {
      try {
        const answer = await dispatcherFor(url).request({
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method,
          headers: { ...headers, ...lengthOf(method, body) },
          body: body === undefined || body.size === 0 ? null : asUndiciBody(observeBytes(body, onProgress)),
          signal,
        })
        const bytes = await readAll(answer.body)
        await setImmediate()
        return { status: answer.statusCode, headers: flattenHeaders(answer.headers), body: bytes }
      } catch (error) {
        signal.throwIfAborted()
        throw asConnectionFailure(error)
      }
    },
    // Not closed but destroyed: a token request that nobody waits for any more must not hold up a cancelled step.
    async [Symbol.asyncDispose]() {
      passingOver[Symbol.dispose]()
      await Promise.all(Array.from(open.values(), (dispatcher) => dispatcher.destroy()))
    },
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** A proxy would read the secrets, and its loopback is another one. */
function isClearLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && isLoopback(hostname)
}

/** An empty text keeps undici from the variables of the process. */
function openDispatcher(kind: string, { connections, env }: Network): Dispatcher {
  const secure = kind === 'https:' ? proxyOf(env, ['https_proxy', 'HTTPS_PROXY']) : undefined
  const chosen = kind === 'direct' ? undefined : (secure ?? proxyOf(env, ['http_proxy', 'HTTP_PROXY']))
  // Whatever NODE_TLS_REJECT_UNAUTHORIZED says: a secret is sent to nobody who can't prove to be the far side.
  const tls = { rejectUnauthorized: true }
  try {
    return new EnvHttpProxyAgent({
      allowH2: false,
      connections,
      connectTimeout: HTTP_CONNECT_MS,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: tls,
      requestTls: tls,
      proxyTls: tls,
      httpProxy: chosen?.url ?? '',
      httpsProxy: chosen?.url ?? '',
      noProxy: env['no_proxy'] ?? env['NO_PROXY'] ?? '',
    })
  } catch (cause) {
    throw proxyProblem(chosen?.variable ?? 'no_proxy', cause)
  }
}

/**
 * Through which proxy requests to an origin are sent: its origin, without the credentials in its URL.
 *
 * @throws Problem for a variable that holds no proxy; undefined where they are sent directly, as far as `no_proxy` tells
 */
export function proxyFor(origin: string, variable: (name: string) => string): string | undefined {
  const url = new URL(origin)
  if (isClearLoopback(url)) return undefined
  const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].filter((name) => variable(name) !== '')
  const [first] = url.protocol === 'https:' ? names : names.filter((name) => /^http_/i.test(name))
  if (first === undefined || isExempt(url.hostname, variable('no_proxy') || variable('NO_PROXY'))) return undefined
  const proxy = proxyOf({ [first]: variable(first) }, [first])
  return proxy === undefined ? undefined : new URL(proxy.url).origin
}

/** A name stands for all below it; a port is passed over. */
function isExempt(hostname: string, list: string): boolean {
  const entries = list.split(/[\s,]+/).map((entry) =>
    entry
      .replace(/:\d+$/, '')
      .replace(/^\*?\./, '')
      .toLowerCase(),
  )
  return entries.some(
    (entry) => entry !== '' && (entry === '*' || hostname === entry || hostname.endsWith(`.${entry}`)),
  )
}

type Proxy = { readonly variable: string; readonly url: string }

/** As curl reads it: `host:port` is plain http. The first variable that is set counts, an empty one for no proxy. */
function proxyOf(env: Network['env'], variables: readonly string[]): Proxy | undefined {
  const variable = variables.find((name) => ownValue(env, name) !== undefined)
  const text = variable === undefined ? '' : (ownValue(env, variable) ?? '').trim()
  if (variable === undefined || text === '') return undefined
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || !/^https?:$/.test(url.protocol)) throw proxyProblem(variable)
  return { variable, url: url.href }
}

/** Without the value, which may hold a password. */
function proxyProblem(variable: string, cause?: unknown): Problem {
  return new Problem(
    `Cannot use the proxy in the environment variable "${variable}": it is not the URL of an HTTP proxy`,
    {
      remedy: `Set "${variable}" to "http://host:port", or "http://user:password@host:port" with special characters percent-encoded, or unset it.`,
      cause,
    },
  )
}

/** Always said outright: undici would send a generator chunked, and check nothing. */
function lengthOf(method: Method, body: Content | undefined): Record<string, string> {
  if (body !== undefined) return { 'content-length': String(body.size) }
  return method === 'GET' || method === 'HEAD' ? {} : { 'content-length': '0' }
}

/** At least what a socket queues and still asks for more (its high-water mark): it keeps such chunks for later. */
const QUEUED_BYTES = 1 << 16

async function* observeBytes(body: Content, onProgress: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body.bytes()) {
    onProgress()
    yield chunk.length < QUEUED_BYTES ? Uint8Array.from(chunk) : chunk
  }
  onProgress()
}

/**
 * undici sends any async iterable, and after a chunk that fills the socket's queue it asks for the next only when all was
 * taken, so that the reader of a file can reuse its buffers. Its types know of Readable alone, and a real one would read ahead.
 */
function asUndiciBody(bytes: unknown): Readable {
  return bytes as Readable
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    bytes += chunk.length
    if (bytes > HTTP_MOST_RESPONSE_BYTES) throw tooLongFailure()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function tooLongFailure(): Error {
  const about = { reached: true, permanent: true, cause: undefined }
  return new ConnectionFailure(`the answer is longer than ${HTTP_MOST_RESPONSE_BYTES} bytes`, about)
}

function flattenHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    typeof value === 'string' ? value : (value ?? []).join(', '),
  ])
  return Object.fromEntries(named)
}
