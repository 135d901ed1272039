import { ownValue } from '../../lib/json-reader.ts'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { type Dispatcher, EnvHttpProxyAgent } from 'undici'
import { HTTP_CONNECT_MS, HTTP_MOST_RESPONSE_BYTES } from '../limits.ts'
import type { Content } from '../../lib/content.ts'
import { Problem, codeOf, messageOf } from '../../lib/errors.ts'
import { passOverInterim } from './interim.ts'

/** Errors after which the request certainly did not reach the server. */
const NOT_REACHED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
  // The proxy closed the connection before it had opened a tunnel.
  'UND_ERR_PRX_CONN',
])

/** Errors that every later attempt would meet again. */
const FOR_GOOD =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|ERR_INVALID_|UND_ERR_(INVALID_ARG|DESTROYED|CLOSED)$)/

/** There was no complete response: the connection could not be made, broke, or went silent. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure'
  /** Whether the server may have acted on the request. */
  readonly reached: boolean
  /** Whether another attempt is pointless. */
  readonly permanent: boolean

  constructor(message: string, about: { readonly reached: boolean; readonly permanent: boolean; cause: unknown }) {
    super(message, { cause: about.cause })
    this.reached = about.reached
    this.permanent = about.permanent
  }
}

/** No attempt got a response. */
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

/** A Problem that our own side raised during the request (a file that changed) is passed on unchanged. */
export function asConnectionFailure(error: unknown): Error {
  if (error instanceof Problem || error instanceof ConnectionFailure) return error
  const code = codeOf(error)
  const proxyStatus = /Proxy response \((\d+)\)/.exec(textOf(error))?.[1]
  return new ConnectionFailure([code, textOf(error)].filter(Boolean).join(': '), {
    reached: proxyStatus === undefined && !NOT_REACHED.has(code),
    permanent: proxyStatus === undefined ? FOR_GOOD.test(code) : !/^(5..|408|429)$/.test(proxyStatus),
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
  /** Called whenever the server has accepted more bytes. */
  readonly onProgress: () => void
}

export type HttpResponse = {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/**
 * One attempt at one request. Never retries, never follows a redirect, and has no deadline other than the signal.
 *
 * @throws ConnectionFailure if there was no complete response.
 */
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>

export type ClosableTransport = AsyncDisposable & { readonly send: Transport }

type Network = {
  readonly connections: number
  /** The environment that holds the proxy variables. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The real network: proxies from the environment, keep-alive, and HTTP/1.1 only, since undici's HTTP/2 was measured ten
 * times slower with latency. Proxies are read when a request needs one, so that a faulty variable does not fail a run
 * without requests.
 *
 * undici frees a connection in the next turn of the event loop, and opens another one for a request that comes sooner. So
 * a response is passed on one turn later: the next request then finds an open connection that has already measured its
 * line. A connection that idles while others send starts slowly again (RFC 5681, 4.1).
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
    // Destroyed, not closed: a token request without callers must not hold up a cancelled step.
    async [Symbol.asyncDispose]() {
      passingOver[Symbol.dispose]()
      await Promise.all(Array.from(open.values(), (dispatcher) => dispatcher.destroy()))
    },
  }
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

/** Not through a proxy: it would read the secrets, and its loopback is another machine. */
function isClearLoopback({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && isLoopback(hostname)
}

/** An empty string keeps undici from reading the variables of the process. */
function openDispatcher(kind: string, { connections, env }: Network): Dispatcher {
  const secure = kind === 'https:' ? proxyOf(env, ['https_proxy', 'HTTPS_PROXY']) : undefined
  const chosen = kind === 'direct' ? undefined : (secure ?? proxyOf(env, ['http_proxy', 'HTTP_PROXY']))
  // Overrides NODE_TLS_REJECT_UNAUTHORIZED: a secret is sent only to a server that proves its identity.
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
 * The proxy for requests to an origin: the proxy's origin, without the credentials in its URL.
 *
 * @returns undefined if requests are sent directly, as far as `no_proxy` tells
 * @throws Problem for a variable that holds no proxy
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

/** A name also stands for its subdomains; a port is ignored. */
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

/** Read as curl does: `host:port` means plain http. The first variable that is set counts; an empty one means no proxy. */
function proxyOf(env: Network['env'], variables: readonly string[]): Proxy | undefined {
  const variable = variables.find((name) => ownValue(env, name) !== undefined)
  const text = variable === undefined ? '' : (ownValue(env, variable) ?? '').trim()
  if (variable === undefined || text === '') return undefined
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || !/^https?:$/.test(url.protocol)) throw proxyProblem(variable)
  return { variable, url: url.href }
}

/** Leaves out the value, which may hold a password. */
function proxyProblem(variable: string, cause?: unknown): Problem {
  return new Problem(
    `Cannot use the proxy in the environment variable "${variable}": it is not the URL of an HTTP proxy`,
    {
      remedy: `Set "${variable}" to "http://host:port", or "http://user:password@host:port" with special characters percent-encoded, or unset it.`,
      cause,
    },
  )
}

/** Always sets a length: undici would send a generator chunked, and check nothing. */
function lengthOf(method: Method, body: Content | undefined): Record<string, string> {
  if (body !== undefined) return { 'content-length': String(body.size) }
  return method === 'GET' || method === 'HEAD' ? {} : { 'content-length': '0' }
}

/** At least the high-water mark of a socket: it queues smaller chunks and asks for more, so they must be copied. */
const QUEUED_BYTES = 1 << 16

async function* observeBytes(body: Content, onProgress: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of body.bytes()) {
    onProgress()
    yield chunk.length < QUEUED_BYTES ? Uint8Array.from(chunk) : chunk
  }
  onProgress()
}

/**
 * undici sends any async iterable. After a chunk that fills the socket's queue, it asks for the next one only when all
 * was taken, so the reader of a file can reuse its buffers. Its types know only Readable, and a real Readable would read
 * ahead.
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
