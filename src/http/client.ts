import type { Clock } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import { wire, type Wire } from '../base/wire.ts'
import { watched, Stalled } from '../base/watched.ts'
import { encode, type Body } from './body.ts'
import { ConnectionFailure, LostConnection } from './connection.ts'
import { HttpFailure, readRefusal } from './failure.ts'
import { decideRetry, doubtOf } from './retry.ts'
import { traceLine } from './trace.ts'
import type { Method, Transport, WireAnswer, WireRequest } from './transport.ts'

export type ApiRequest = {
  readonly method: Method
  /** Path and query, beginning with `/`. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
  /** Completes "Cannot …": `read dataset "5c8c…"`. */
  readonly purpose: string
  /** Whether it may be sent again when the platform may have acted on it. */
  readonly repeatable: boolean
  readonly mostAttempts?: number
  /** How many attempts may leave it open whether the platform acted; as many as there are attempts, when absent. */
  readonly mostDoubts?: number
}

export type Answer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  json(): Wire
  /** The body as it came, for files. */
  bytes(): Uint8Array
}

/** @throws HttpFailure, or a Problem where there was no answer at all. */
export type Client = { send(request: ApiRequest, signal: AbortSignal): Promise<Answer> }

/** Gives each request its token; `renew` is asked after a refusal and says whether another token is worth a try. */
export type Credentials = {
  headers(signal: AbortSignal): Promise<Readonly<Record<string, string>>>
  renew(refused: Readonly<Record<string, string>>): boolean
}

export const NO_CREDENTIALS: Credentials = { headers: async () => ({}), renew: () => false }

export type ClientTools = {
  readonly origin: URL
  readonly transport: Transport
  readonly credentials: Credentials
  readonly clock: Clock
  readonly random: () => number
  /** Takes secrets out of what a server says: it may quote what it was sent. */
  readonly redact?: (text: string) => string
  /** Debug lines. */
  readonly trace: (line: string) => void
  /** Said once for every wait before another attempt. */
  readonly notice: (line: string) => void
}

const MOST_ATTEMPTS = 6
/** The gateway ends a request after about 60 s (Data Access API reference); what is silent for longer is lost. */
const SILENCE_MS = 90_000

/** Sends one request at a time to one host, with credentials, a deadline and the retries of `retry.ts`. */
export function createClient(tools: ClientTools): Client {
  return { send: (request, signal) => sendWithRetries(request, { ...tools, signal }) }
}

type SendTools = ClientTools & { readonly signal: AbortSignal }

async function sendWithRetries(request: ApiRequest, tools: SendTools): Promise<Answer> {
  let renewed = false
  let doubts = 0
  for (let attempts = 1; ; attempts++) {
    const credentials = await tools.credentials.headers(tools.signal).catch((error: unknown) => {
      throw withoutToken(error, doubts > 0)
    })
    try {
      return await attempt(request, credentials, tools)
    } catch (failure) {
      if (!renewed && isTokenRefused(failure) && tools.credentials.renew(credentials)) {
        renewed = true
        attempts--
        continue
      }
      if (doubtOf(failure) === 'may have acted') doubts++
      await pauseOrThrow(request, { failure, attempts, doubts }, tools)
    }
  }
}

/**
 * That there is no token says nothing of this request, only of the one for the token: its answer (a 404, say) must not be
 * taken for one to this request, and what an earlier attempt may have done stays in doubt.
 */
function withoutToken(error: unknown, mayHaveActed: boolean): unknown {
  if (!(error instanceof Problem)) return error
  const { message, remedy, isPassing } = error
  return new Problem(message, { remedy, isPassing, mayHaveActed, cause: error })
}

type Failed = { readonly failure: unknown; readonly attempts: number; readonly doubts: number }

async function pauseOrThrow(request: ApiRequest, failed: Failed, tools: SendTools): Promise<void> {
  const mostAttempts = request.mostAttempts ?? MOST_ATTEMPTS
  const { repeatable, mostDoubts = mostAttempts } = request
  const next = decideRetry({ ...failed, mostAttempts, mostDoubts, repeatable }, tools.clock, tools.random)
  if (next.kind === 'stop') throw lastWord(request, failed)
  tools.signal.throwIfAborted()
  const pause = `trying again in ${(next.ms / 1000).toFixed(1)} s (attempt ${failed.attempts + 1} of ${mostAttempts})`
  tools.notice(`${lastWord(request, failed).message}; ${pause}`)
  await tools.clock.sleep(next.ms, tools.signal)
}

async function attempt(
  request: ApiRequest,
  credentials: Readonly<Record<string, string>>,
  tools: SendTools,
): Promise<Answer> {
  const answer = await watched({ silenceMs: SILENCE_MS, clock: tools.clock, signal: tools.signal }, (signal, touch) =>
    traced(toWire(request, { credentials, origin: tools.origin, touch }), signal, tools),
  ).catch((error: unknown) => {
    throw error instanceof Stalled ? silence(error) : error
  })
  if (answer.status < 200 || answer.status > 299)
    throw new HttpFailure(request.purpose, readRefusal(answer, tools.redact))
  const { status, headers, body } = answer
  return { status, headers, json: () => readJson(request, answer), bytes: () => body }
}

async function traced(request: WireRequest, signal: AbortSignal, tools: SendTools): Promise<WireAnswer> {
  const startMs = tools.clock.now()
  const line = (answer: WireAnswer | undefined, error: unknown) =>
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

type WireContext = {
  readonly credentials: Readonly<Record<string, string>>
  readonly origin: URL
  readonly touch: () => void
}

function toWire(request: ApiRequest, { credentials, origin, touch }: WireContext): WireRequest {
  const { type, body } = encode(request.body ?? { kind: 'none' })
  const url = new URL(origin.origin + request.path)
  const headers = { accept: 'application/json', ...type, ...credentials, ...request.headers }
  return { method: request.method, url, headers, body, onProgress: touch }
}

function readJson({ purpose }: ApiRequest, answer: WireAnswer): Wire {
  try {
    return wire(JSON.parse(new TextDecoder().decode(answer.body)), 'answer')
  } catch (cause) {
    const id = answer.headers['x-request-id'] ?? 'without an id'
    throw new Problem(`Cannot ${purpose}: the answer ${answer.status} is not JSON (request ${id})`, {
      remedy: 'Check "platform-url" and "ims-url": something else than Adobe may answer there.',
      isPassing: true,
      cause,
    })
  }
}

function silence(cause: Stalled): ConnectionFailure {
  return new ConnectionFailure(cause.message, { reached: true, permanent: false, cause })
}

function isTokenRefused(failure: unknown): boolean {
  if (!(failure instanceof HttpFailure)) return false
  const { status, code } = failure.refusal
  return status === 401 || (status === 403 && code === '401013')
}

function lastWord({ purpose }: ApiRequest, { failure, attempts, doubts }: Failed): Error {
  const mayHaveActed = doubts > 0
  if (failure instanceof HttpFailure) return new HttpFailure(purpose, failure.refusal, mayHaveActed)
  if (!(failure instanceof ConnectionFailure)) return failure instanceof Error ? failure : new Error(String(failure))
  const tries = attempts === 1 ? '' : `, ${attempts} times`
  return new LostConnection(
    `Cannot ${purpose}: there was no answer${tries} (${failure.message})`,
    mayHaveActed,
    failure,
  )
}
