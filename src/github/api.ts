import './runner.ts'
import type { getOctokit } from '@actions/github'
import { lazy } from '../lib/async.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { type JsonReader, jsonReader } from '../lib/json-reader.ts'
import { formatBytes, formatDuration } from '../lib/text.ts'
import { type Clock, DeadlinePassed, type WaitBudget, backoff, retryAfterMs, withDeadline } from '../lib/time.ts'

/** The address of GitHub's API, and the token and tools to call it with. */
export type GithubAccess = {
  readonly token: string
  /** `owner/name` */
  readonly repository: string
  /** `https://api.github.com`, or the API of a company's own server. */
  readonly apiUrl: string
  readonly clock: Clock
  /** Debug lines. */
  readonly trace: (line: string) => void
  /** Spreads the retries of parallel runs; absent: no spread. */
  readonly random?: () => number
  /** Shared by all waits of the run; absent: unlimited. */
  readonly budget?: WaitBudget
}

export type GithubRequest = {
  /**
   * As in the REST documentation, without the part that names the repository: `GET /git/blobs/{file_sha}`. A route
   * outside the repository has no slash: `GET user`.
   */
  readonly route: `${'GET' | 'POST' | 'PATCH' | 'DELETE'} ${string}`
  /** Values for `{…}` in the route, for the query and for the members of a body. */
  readonly params?: Readonly<Record<string, unknown>>
  readonly expects: number
  /** The permission that the token needs: `pull-requests: write`. */
  readonly needs: string
  /** Remedies by status, where this request knows a better one. */
  readonly remedies?: Readonly<Record<number, string>>
  /** It only reads, or has the same effect a second time: safe to send again though GitHub may have acted. */
  readonly isRepeatable?: boolean
  /** Time for all attempts and pauses together; absent: one attempt, whose only deadline is the signal. */
  readonly patienceMs?: number
  /** The media type to request; present if the response is the bytes of a file and not JSON. */
  readonly accept?: string
  /** The largest response to accept, unpacked. */
  readonly mostBytes?: number
}

export type GithubAnswer = {
  readonly status: number
  readonly json: JsonReader
  /** The raw bytes if `accept` was given; otherwise empty. */
  readonly bytes: Uint8Array
}

/** One client for all requests to GitHub. */
export type GithubApi = {
  /** @throws GithubProblem when GitHub refuses or does not answer; the signal's reason when it fires. */
  send(request: GithubRequest, signal: AbortSignal): Promise<GithubAnswer>
}

/**
 * Why a request to GitHub failed. `limited`: by a primary or a secondary rate limit. `refused`: the token lacks the
 * permission or the object does not exist, which GitHub reports alike. `time-over`: the run has no time left to wait.
 */
export type GithubFailure = 'limited' | 'refused' | 'no-answer' | 'fault' | 'unusable' | 'time-over'

export class GithubProblem extends Problem {
  readonly failure: GithubFailure
  readonly status: number | undefined
  /** How long GitHub asks to wait before the next request; undefined if it does not say. */
  readonly wishMs: number | undefined

  constructor(
    message: string,
    about: ConstructorParameters<typeof Problem>[1] & {
      readonly failure: GithubFailure
      readonly status?: number | undefined
      readonly wishMs?: number | undefined
    },
  ) {
    super(message, about)
    this.failure = about.failure
    this.status = about.status
    this.wishMs = about.wishMs
  }
}

export function openGithubApi(access: GithubAccess): GithubApi {
  const { token, apiUrl, budget } = access
  // Loaded on the first request: it reads the proxy variables as it loads, and an invalid one would end every run.
  const octokit = lazy(async () => (await import('@actions/github')).getOctokit(token, { baseUrl: apiUrl }))
  return {
    async send(request, signal) {
      if (token === '') {
        const remedy = 'Remove "github-token", or set it to a token.'
        throw new GithubProblem('there is no token', { remedy, failure: 'refused' })
      }
      const tools = { ...access, signal, octokit: () => octokit.get() }
      if (request.patienceMs === undefined) return sendOnce(request, tools)
      const work = async () => sendPatiently(request, request.patienceMs ?? 0, tools)
      return budget === undefined ? work() : budget.during(work)
    },
  }
}

type Octokit = ReturnType<typeof getOctokit>
type CallTools = GithubAccess & { readonly signal: AbortSignal; readonly octokit: () => Promise<Octokit> }

/** GitHub itself gives up after 10 s; the transfer of a file may take longer. */
const SILENCE_MS = 60_000
const MOST_ATTEMPTS = 4

async function sendPatiently(request: GithubRequest, patienceMs: number, tools: CallTools): Promise<GithubAnswer> {
  const { budget, signal, random = () => 0 } = tools
  // Its pauses count as waiting time of the run.
  const counted = budget?.clock ?? tools.clock
  const untilMs = counted.now() + patienceMs
  for (let attempts = 1; ; attempts++) {
    if (budget !== undefined && budget.mostMs() <= 0) throw timeOver()
    try {
      return await sendInTime(request, tools)
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof GithubProblem) || attempts >= MOST_ATTEMPTS || !mayRepeat(error, request)) throw error
      const pauseMs = backoff({ attempts, wishMs: wishOf(error) }, random)
      const leftMs = Math.min(untilMs - counted.now(), budget?.mostMs() ?? Infinity)
      if (pauseMs > leftMs) throw error
      tools.trace(`GitHub is asked again in ${formatDuration(pauseMs)}`)
      await counted.sleep(pauseMs, signal)
    }
  }
}

/** "Rate limits for the REST API": GitHub did not act on a limited request. After a fault it may have acted. */
function mayRepeat({ failure, isPassing }: GithubProblem, { isRepeatable = false }: GithubRequest): boolean {
  return failure === 'limited' || (isPassing && isRepeatable)
}

/** "Best practices for using the REST API": wait for at least a minute if no header says how long. */
const UNTOLD_LIMIT_MS = 60_000

function wishOf({ failure, wishMs }: GithubProblem): number | undefined {
  return wishMs ?? (failure === 'limited' ? UNTOLD_LIMIT_MS : undefined)
}

function timeOver(): GithubProblem {
  const remedy = 'Raise "timeout-minutes", or run the job again.'
  return new GithubProblem('the time of this run is over', { remedy, failure: 'time-over' })
}

async function sendInTime(request: GithubRequest, tools: CallTools): Promise<GithubAnswer> {
  const { clock, signal, budget } = tools
  const silenceMs = Math.min(SILENCE_MS, Math.max(1, budget?.mostMs() ?? SILENCE_MS))
  try {
    return await withDeadline({ silenceMs, clock, signal }, (limited) =>
      sendOnce(request, { ...tools, signal: limited }),
    )
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof DeadlinePassed ? noAnswer(error, tools.apiUrl) : error
  }
}

async function sendOnce(request: GithubRequest, tools: CallTools): Promise<GithubAnswer> {
  const { apiUrl, clock, signal, trace } = tools
  const [method = '', path = ''] = request.route.split(' ')
  const startMs = clock.now()
  let url = path
  const tell = (what: string) => trace(`${method} ${url} → ${what} in ${Math.round(clock.now() - startMs)} ms`)
  try {
    const asked = prepare(await tools.octokit(), request, tools)
    url = asked.url
    const { data, status } = await asked.send()
    tell(String(status))
    if (status !== request.expects) throw unexpectedStatus(status, request, apiUrl)
    const bytes = data instanceof Uint8Array ? data : NO_BYTES
    return { status, json: jsonReader(data, 'the answer'), bytes }
  } catch (error) {
    if (!(error instanceof GithubProblem)) tell(statusOf(error))
    signal.throwIfAborted()
    throw error instanceof GithubProblem ? error : githubProblem(error, request, tools)
  }
}

const NO_BYTES = new Uint8Array()

type PreparedCall = {
  readonly url: string
  readonly send: () => Promise<{ readonly data: unknown; readonly status: number }>
}

function prepare(octokit: Octokit, request: GithubRequest, { repository, apiUrl, signal }: CallTools): PreparedCall {
  const { route, params, accept, mostBytes = MOST_BYTES } = request
  const [owner = '', repo = ''] = repository.split('/')
  const [method = '', path = ''] = route.split(' ')
  const url = path.startsWith('/') ? `/repos/{owner}/{repo}${path}` : besideRepositories(apiUrl, path)
  const { fetch } = octokit.request.endpoint.DEFAULTS.request ?? {}
  const options = {
    ...(path.startsWith('/') ? { owner, repo } : {}),
    ...params,
    ...(accept === undefined ? {} : { headers: { accept } }),
    request: {
      signal,
      log: SILENT,
      redirect: 'manual' as const,
      parseSuccessResponseBody: accept === undefined,
      fetch: boundedFetch(fetch, mostBytes),
    },
  }
  const target = octokit.request.endpoint(`${method} ${url}`, options)
  return { url: target.url, send: async () => await octokit.request(`${method} ${url}`, options) }
}

/** "Forming calls with GraphQL": a company's server has it at `https://HOST/api/graphql`, and all else below `/api/v3`. */
function besideRepositories(apiUrl: string, name: string): string {
  const base = apiUrl.replace(/\/+$/, '')
  return `${name === 'graphql' ? base.replace(/\/api\/v3$/, '/api') : base}/${name}`
}

/** A tree has at most 7 MB ("Get a tree"); a page of comments may be larger. */
const MOST_BYTES = 32_000_000

/**
 * octokit reads a response of any size into memory, and decodes the bytes of a file as text. So it gets a response that
 * has been read already, within a limit.
 */
function boundedFetch(fetch: unknown, mostBytes: number): unknown {
  if (typeof fetch !== 'function') throw new Error('octokit has no fetch')
  return async (...args: readonly unknown[]) => {
    const answer = (await fetch(...args)) as Response
    const bytes = await readWithin(answer, mostBytes)
    const { status, statusText, url, headers } = answer
    const text = async () => new TextDecoder().decode(bytes)
    return { status, statusText, url, headers, text, arrayBuffer: async () => bytes.buffer, body: bytes }
  }
}

async function readWithin(answer: Response, mostBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length
    // Leaving the loop early cancels the rest of the response.
    if (size > mostBytes) throw foreignAnswer(`the answer of GitHub is larger than ${formatBytes(mostBytes)}`)
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** The problem for a response that cannot come from GitHub. */
export function foreignAnswer(message: string): GithubProblem {
  const remedy = 'Check that no proxy answers instead of GitHub.'
  return new GithubProblem(message, { remedy, failure: 'unusable', mayHaveActed: true })
}

function unexpectedStatus(status: number, { remedies = {} }: GithubRequest, apiUrl: string): GithubProblem {
  const remedy = remedies[status] ?? `Check that ${apiUrl} is the API of your GitHub server.`
  return new GithubProblem(`GitHub answered ${status}`, { remedy, failure: 'unusable', status })
}

/** Turns an error of octokit into the facts and a remedy. It has a `response` if there was one. */
function githubProblem(cause: unknown, request: GithubRequest, { apiUrl, clock }: CallTools): GithubProblem {
  if (cause instanceof Error && cause.cause instanceof GithubProblem) return cause.cause
  const answer = jsonReader(cause, 'error').get('response')
  const status = answer.get('status').number()
  if (status === undefined) return noAnswer(cause, apiUrl)
  const isFault = status >= 500
  const isLimited = isRateLimit(status, answer)
  return new GithubProblem(`GitHub answered ${status} (${firstLineOf(cause)})`, {
    remedy: isLimited ? LIMITED : remedyFor(status, request),
    failure: isLimited ? 'limited' : isFault ? 'fault' : REFUSALS.has(status) ? 'refused' : 'unusable',
    status,
    wishMs: isLimited ? limitEndsInMs(answer.get('headers'), clock.wallNow()) : undefined,
    isPassing: isFault || isLimited,
    mayHaveActed: isFault,
    cause,
  })
}

function noAnswer(cause: unknown, apiUrl: string): GithubProblem {
  const remedy = `Check that the runner can reach ${apiUrl}.`
  const about = { remedy, failure: 'no-answer', isPassing: true, mayHaveActed: true, cause } as const
  return new GithubProblem(`GitHub did not answer (${firstLineOf(cause)})`, about)
}

/** The first line is enough if the error quotes the page of a proxy. */
function firstLineOf(error: unknown): string {
  const [first = ''] = messageOf(error).trim().split('\n')
  return first.slice(0, 200) || 'without a reason'
}

/**
 * "Rate limits for the REST API": GitHub can report both kinds of limit as 403, and a secondary one without any header,
 * by its message alone.
 */
function isRateLimit(status: number, answer: JsonReader): boolean {
  const headers = answer.get('headers')
  if (status === 429) return true
  if (status !== 403) return false
  const isUsedUp = headers.get('x-ratelimit-remaining').number() === 0
  const message = answer.get('data').get('message').text() ?? ''
  return isUsedUp || headers.get('retry-after').text() !== undefined || /\brate limit\b/i.test(message)
}

function limitEndsInMs(headers: JsonReader, wallMs: number): number | undefined {
  const wishMs = retryAfterMs(headers.get('retry-after').text(), wallMs)
  if (wishMs !== undefined || headers.get('x-ratelimit-remaining').number() !== 0) return wishMs
  const resetSeconds = headers.get('x-ratelimit-reset').number()
  return resetSeconds === undefined ? undefined : Math.max(0, resetSeconds * 1000 - wallMs)
}

const LIMITED = 'The rate limit of this token is exhausted; it resets within the hour.'

/** GitHub answers 404 to a token that may not see a repository, or a part of it. */
const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404])

function remedyFor(status: number, { needs, remedies = {} }: GithubRequest): string {
  const own = remedies[status]
  if (own !== undefined) return own
  if (REFUSALS.has(status))
    return `Grant the job "permissions:" with "${needs}", or set "github-token" to a token that has this permission.`
  return status >= 500 ? "See GitHub's status page." : "See the documentation of GitHub's REST API for this status."
}

function statusOf(error: unknown): string {
  const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : NaN
  // octokit makes up a 500 if there was no response.
  const isAnswered = typeof error === 'object' && error !== null && 'response' in error && error.response !== undefined
  return isAnswered && !Number.isNaN(status) ? String(status) : 'no answer'
}

/** octokit would write server text straight to the log, where it could command the runner. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing }

function nothing(): void {}
