import { type Content, bytesContent } from '../../lib/content.ts'
import { Problem } from '../../lib/errors.ts'
import { type JsonReader, jsonReader } from '../../lib/json-reader.ts'
import { formatDuration } from '../../lib/text.ts'
import { type Clock, DeadlinePassed, type WaitBudget, createWaitBudget, withDeadline } from '../../lib/time.ts'
import {
  HttpFailure,
  TimeOver,
  TokenEnded,
  UnreadableAnswer,
  createOriginCheck,
  type OriginCheck,
  readFailureResponse,
  readForeignResponse,
  requestIdOf,
} from './errors.ts'
import { decideRetry, kindOfFailure } from './retry.ts'
import {
  ConnectionFailure,
  LostConnection,
  type Method,
  type Transport,
  type HttpResponse,
  type HttpRequest,
} from './transport.ts'
import { HTTP_MOST_ATTEMPTS, HTTP_SILENCE_MS, TOKEN_MOST_MS } from '../limits.ts'

type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** RFC 6902. */
  | { readonly kind: 'json-patch'; readonly value: readonly unknown[] }
  | { readonly kind: 'form'; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: 'content'; readonly content: Content }

type Encoded = { readonly type: Readonly<Record<string, string>>; readonly body: Content | undefined }

/** The bytes and the content type of a body. The type excludes streams that can be read only once. */
function encode(body: Body): Encoded {
  const text = (value: string) => bytesContent(new TextEncoder().encode(value))
  switch (body.kind) {
    case 'none':
      return { type: {}, body: undefined }
    case 'json':
      return { type: { 'content-type': 'application/json' }, body: text(JSON.stringify(body.value)) }
    case 'json-patch':
      return { type: { 'content-type': 'application/json-patch+json' }, body: text(JSON.stringify(body.value)) }
    case 'form':
      return {
        type: { 'content-type': 'application/x-www-form-urlencoded' },
        body: text(new URLSearchParams(body.fields).toString()),
      }
    case 'content':
      return { type: { 'content-type': 'application/octet-stream' }, body: body.content }
    default:
      return body satisfies never
  }
}

/** The only response headers that a log can show. */
const SHOWN = ['x-request-id', 'retry-after', 'range', 'content-range', 'location'] as const

type Attempt = {
  readonly request: HttpRequest
  readonly answer: HttpResponse | undefined
  readonly error: unknown
  readonly ms: number
}

/**
 * One line per attempt: method, path and query (ours hold no secret), status, time, bytes, allowed headers. Never a body
 * or a request header.
 */
function traceLine({ request, answer, error, ms }: Attempt): string {
  const shown = SHOWN.flatMap((name) =>
    answer?.headers[name] === undefined ? [] : [`${name}=${answer.headers[name]}`],
  )
  const outcome =
    answer === undefined ? `no answer (${error instanceof Error ? error.message : 'unknown'})` : answer.status
  const sent = request.body === undefined ? '' : `, ${request.body.size} bytes sent`
  const line = `${request.method} ${request.url.host}${request.url.pathname}${request.url.search} → ${outcome} in ${Math.round(ms)} ms${sent}`
  return [line, ...shown].join(', ')
}

export type ApiRequest = {
  readonly method: Method
  /** Path and query, beginning with `/`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
  /** Completes "Cannot …": `read dataset "5c8c…"`. */
  readonly purpose: string
  /** Whether it is safe to send again when the platform may have acted on it. */
  readonly repeatable: boolean
  /** Reads the response, or throws a Problem. An unreadable response counts as none, and a repeatable request is sent again. */
  readonly check?: (answer: JsonReader) => unknown
  readonly mostAttempts?: number
  /** How many attempts can leave it open whether the platform acted; absent: every attempt. */
  readonly mostDoubts?: number
  /** The response is a file, in any form. Otherwise only JSON counts as a response, or an empty body after a write. */
  readonly returns?: 'file'
  /** What to do if the role lacks a permission; absent: the general advice. */
  readonly permission?: string
  /** It sends or requests rows, so the error message of a server may quote them. */
  readonly mayQuoteData?: boolean
  /** Part of an upload, whose time is not waiting time. Only a request that stays silent to the end counts as a wait. */
  readonly isUpload?: true
}

export type ApiResponse = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  json(): JsonReader
  /** The raw body, for files. */
  bytes(): Uint8Array
}

export type Client = {
  /** @throws HttpFailure, or a Problem if there was no response at all. */
  send(request: ApiRequest, signal: AbortSignal): Promise<ApiResponse>
  /** Gives related requests, such as the pages of a list, one deadline. @throws Problem when it passes. */
  within<T>(deadline: TimeLimit, work: (limited: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>
}

/** `purpose` completes "Cannot …". */
type TimeLimit = { readonly ms: number; readonly purpose: string }

/** Gives each request its token. `renew` is called after a refusal and returns whether another token is worth a try. */
export type Credentials = {
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  renew(refused: Readonly<Record<string, string>>): boolean
  /** No other token can be fetched: once it is refused, every later request is refused too. */
  readonly isOnly?: boolean
}

export const NO_CREDENTIALS: Credentials = { headers: async () => ({}), renew: () => false }

export type ClientTools = {
  readonly origin: URL
  readonly transport: Transport
  readonly credentials: Credentials
  readonly clock: Clock
  readonly random: () => number
  /** Removes secrets from a server's text, which may quote what it was sent. */
  readonly redact?: (text: string) => string
  /** Whether people can see values of the data; absent, they can't. */
  readonly showValues?: boolean
  /** Debug lines. */
  readonly trace: (line: string) => void
  /** Receives one line for every wait before another attempt. */
  readonly notice: (line: string) => void
  /** Whether a 2xx came from the requested host. Clients of one host share this check. */
  readonly isGenuine?: OriginCheck
  /** Shared by all waits of the run; absent: unlimited. */
  readonly budget?: WaitBudget
}

/** Sends one request at a time to one host, with credentials, a deadline and the retries that {@link decideRetry} allows. */
export function createClient(tools: ClientTools): Client {
  const { clock, budget = createWaitBudget(WITHOUT_END, clock), isGenuine = createOriginCheck() } = tools
  return {
    send: (request, signal) => sendWithRetries(request, { ...tools, budget, isGenuine, signal }),
    within: async ({ ms, purpose }, work, signal) =>
      withDeadline({ silenceMs: ms, clock, signal }, work).catch((error: unknown) => {
        signal.throwIfAborted()
        throw error instanceof DeadlinePassed ? tooSlowProblem(purpose, ms) : error
      }),
  }
}

const WITHOUT_END = { totalMs: Infinity, graceMs: 0 }

function tooSlowProblem(purpose: string, ms: number): Problem {
  return new Problem(`Cannot ${purpose}: that took longer than ${formatDuration(ms)}`, {
    remedy:
      'Run the job again later. If it fails again, check "platform-url" and the status of Adobe Experience Platform.',
    isPassing: true,
  })
}

type SendTools = ClientTools & {
  readonly budget: WaitBudget
  readonly isGenuine: OriginCheck
  readonly signal: AbortSignal
}

/** Not a poll: the response is what is wanted, and the kind of failure decides whether to retry and after which pause. */
async function sendWithRetries(request: ApiRequest, tools: SendTools): Promise<ApiResponse> {
  let renewed = false
  let doubts = 0
  for (let attempts = 1; ; attempts++) {
    if (tools.budget.mostMs() <= 0) throw new TimeOver(request.purpose, doubts > 0)
    const credentials = await signIn(request, tools).catch((error: unknown) => {
      throw tokenProblem(error, doubts > 0)
    })
    try {
      return await attempt(request, credentials, tools)
    } catch (failure) {
      if (!renewed && isTokenRefused(failure) && tools.credentials.renew(credentials)) {
        renewed = true
        attempts--
        continue
      }
      if (isTokenRefused(failure) && tools.credentials.isOnly === true)
        throw new TokenEnded(request.purpose, failure, doubts > 0)
      if (kindOfFailure(failure) === 'may have acted') doubts++
      await pauseOrThrow(request, { failure, attempts, doubts }, tools)
    }
  }
}

/** The token request is shared and has its own attempts. A request waits for it no longer than its budget allows. */
async function signIn({ purpose }: ApiRequest, { credentials, budget, clock, signal }: SendTools) {
  const deadline = { silenceMs: Math.min(budget.mostMs(), TOKEN_MOST_MS), clock, signal }
  return await budget
    .during(() => withDeadline(deadline, (limited) => credentials.headers(limited)))
    .catch((error: unknown) => {
      signal.throwIfAborted()
      throw error instanceof DeadlinePassed ? new TimeOver(purpose, false, error) : error
    })
}

/**
 * A missing token is a failure of the token request, not of this one. Its response (a 404, say) must not count as a
 * response to this request, and what an earlier attempt may have done stays in doubt.
 */
function tokenProblem(error: unknown, mayHaveActed: boolean): unknown {
  if (error instanceof TimeOver) return new TimeOver(error.purpose, mayHaveActed, error)
  if (!(error instanceof Problem)) return error
  const { message, remedy, isPassing: passes } = error
  return new Problem(message, { remedy, isPassing: passes, mayHaveActed, cause: error })
}

type FailedRequest = { readonly failure: unknown; readonly attempts: number; readonly doubts: number }

async function pauseOrThrow(request: ApiRequest, failed: FailedRequest, tools: SendTools): Promise<void> {
  const mostAttempts = request.mostAttempts ?? HTTP_MOST_ATTEMPTS
  const { repeatable, mostDoubts = mostAttempts } = request
  const next = decideRetry({ ...failed, mostAttempts, mostDoubts, repeatable }, tools.clock, tools.random)
  if (next.kind === 'stop') throw finalError(request, failed)
  tools.signal.throwIfAborted()
  const { budget } = tools
  if (budget.mostMs() <= 0) throw new TimeOver(request.purpose, failed.doubts > 0, finalError(request, failed))
  if (next.ms > budget.mostMs()) throw finalError(request, failed)
  const pause = `retry in ${(next.ms / 1000).toFixed(1)} s (attempt ${failed.attempts + 1} of ${mostAttempts})`
  tools.notice(`${finalError(request, failed).message}; ${pause}`)
  await budget.clock.sleep(next.ms, tools.signal)
}

async function attempt(
  request: ApiRequest,
  credentials: Readonly<Record<string, string>>,
  tools: SendTools,
): Promise<ApiResponse> {
  const { budget, clock } = tools
  const silenceMs = Math.min(HTTP_SILENCE_MS, budget.mostMs())
  const exchange = () =>
    withDeadline({ silenceMs, clock, signal: tools.signal }, (signal, touch) =>
      sendTraced(toHttpRequest(request, { credentials, origin: tools.origin, touch }), signal, tools),
    )
  const answer = await (request.isUpload ? exchange() : budget.during(exchange)).catch((error: unknown) => {
    // A deadline of a caller that waits for more than this request does not mean that this request was silent.
    tools.signal.throwIfAborted()
    if (!(error instanceof DeadlinePassed)) throw error
    budget.countSince(clock.now() - silenceMs)
    throw toConnectionFailure(error)
  })
  const hidesText = request.mayQuoteData === true && tools.showValues !== true
  const reading = { redact: tools.redact, hidesText, permission: request.permission }
  if (answer.status < 200 || answer.status > 299)
    throw new HttpFailure(request.purpose, readFailureResponse(answer, reading))
  if (!tools.isGenuine(request, answer)) throw new HttpFailure(request.purpose, readForeignResponse(answer, reading))
  const { status, headers, body } = answer
  let read: JsonReader | undefined
  const json = () => (read ??= readJson(request, answer))
  if (request.check !== undefined) checkAnswer(request.check, json)
  return { status, headers, json, bytes: () => body }
}

function checkAnswer(check: (answer: JsonReader) => unknown, json: () => JsonReader): void {
  try {
    check(json())
  } catch (error) {
    throw error instanceof Problem ? new UnreadableAnswer(error) : error
  }
}

async function sendTraced(request: HttpRequest, signal: AbortSignal, tools: SendTools): Promise<HttpResponse> {
  const startMs = tools.clock.now()
  const line = (answer: HttpResponse | undefined, error: unknown) =>
    tools.trace(traceLine({ request, answer, error, ms: tools.clock.now() - startMs }))
  try {
    const answer = await tools.transport(request, signal)
    line(answer, undefined)
    return answer
  } catch (error) {
    line(undefined, error)
    throw error
  }
}

type RequestContext = {
  readonly credentials: Readonly<Record<string, string>>
  readonly origin: URL
  readonly touch: () => void
}

function toHttpRequest(request: ApiRequest, { credentials, origin, touch }: RequestContext): HttpRequest {
  const { type, body } = encode(request.body ?? { kind: 'none' })
  const url = new URL(origin.origin + request.path)
  const headers = { accept: 'application/json', ...type, ...credentials, ...request.headers }
  return { method: request.method, url, headers, body, onProgress: touch }
}

function readJson({ purpose }: ApiRequest, answer: HttpResponse): JsonReader {
  try {
    return jsonReader(JSON.parse(new TextDecoder().decode(answer.body)), 'answer')
  } catch (cause) {
    const id = requestIdOf(answer) ?? 'without an id'
    throw new Problem(`Cannot ${purpose}: the answer ${answer.status} is not JSON (request ${id})`, {
      remedy: 'Check "platform-url" and "ims-url": the answer may not come from Adobe.',
      isPassing: true,
      cause,
    })
  }
}

function toConnectionFailure(cause: DeadlinePassed): ConnectionFailure {
  return new ConnectionFailure(cause.message, { reached: true, permanent: false, cause })
}

function isTokenRefused(failure: unknown): failure is HttpFailure {
  if (!(failure instanceof HttpFailure)) return false
  const { status, code } = failure.response
  return status === 401 || (status === 403 && code === '401013')
}

function finalError({ purpose }: ApiRequest, { failure, attempts, doubts }: FailedRequest): Error {
  const mayHaveActed = doubts > 0
  if (failure instanceof HttpFailure) return new HttpFailure(purpose, failure.response, mayHaveActed)
  if (failure instanceof UnreadableAnswer) {
    const { message, remedy } = failure.problem
    return new Problem(message, { remedy, isPassing: true, mayHaveActed, cause: failure })
  }
  if (!(failure instanceof ConnectionFailure)) return failure instanceof Error ? failure : new Error(String(failure))
  const tries = attempts === 1 ? '' : `, ${attempts} times`
  return new LostConnection(
    `Cannot ${purpose}: there was no answer${tries} (${failure.message})`,
    mayHaveActed,
    failure,
  )
}
