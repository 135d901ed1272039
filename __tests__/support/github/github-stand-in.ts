import { systemClock } from '../../../src/lib/time.ts'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { refusal, type Answer, type Call } from './github-answer.ts'
import {
  ACTIONS_BOT,
  answerComments,
  answerIdentity,
  type CommentDesk,
  type GithubUser,
  newDesk,
} from './github-comments.ts'
import { answerGit, NO_REPOSITORY, type ServedRepository } from './github-git.ts'
import { farSide } from '../platform/http-far-side.ts'

/** How a call fails: with a status, an incomplete answer, an action without an answer, or a good answer that comes late. */
export type Misfortune =
  | number
  | 'silence'
  | 'lost answer'
  | 'reset'
  | 'rate limit'
  | 'secondary limit'
  | 'web page'
  | 'huge'
  | Promise<unknown>

type Route =
  | 'create'
  | 'status'
  | 'jobs'
  | 'tree'
  | 'blob'
  | 'compare'
  | 'user'
  | 'viewer'
  | 'comments'
  | 'comment'
  | 'edit'
  | 'delete'

type StoredDeployment = {
  readonly id: number
  readonly body: Call['body']
  readonly statuses: readonly Call['body'][]
}

/** A job in GitHub's list. */
type StoredJob = { readonly id: number; readonly name: string; readonly runner_name: string | null }

export type GitHubStandIn = AsyncDisposable & {
  /** The value of `GITHUB_API_URL`, as on an Enterprise server. */
  readonly apiUrl: string
  readonly calls: readonly Call[]
  readonly deployments: readonly StoredDeployment[]
  /** The jobs of each attempt of a run, by `run/attempt`. */
  readonly jobs: Map<string, readonly StoredJob[]>
  /** The Git repository that it serves; none at first. */
  readonly git: ServedRepository
  readonly desk: CommentDesk
  /** Sets the failures of later calls. A list applies to one call after another; an empty object ends all failures. */
  change(misfortunes: Readonly<Partial<Record<Route, Misfortune | readonly Misfortune[]>>>): void
}

/** The owner of a personal token, which exists in addition to the job's token. */
const PERSON: GithubUser = { login: 'octocat', id: 583_231, type: 'User' }
export const PERSONAL_TOKEN = 'ghp_9fK2mQx7Zt4Lr8Wv1Bn6Yc3Dh5Js0Ga2Pe4'

const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'
const REPOSITORY = 'acme/loyalty-data'
const USERS: Readonly<Record<string, GithubUser>> = { [TOKEN]: ACTIONS_BOT, [PERSONAL_TOKEN]: PERSON }

/**
 * Deployments, jobs, files and comments of one repository, as in GitHub's REST documentation ("REST API endpoints for
 * deployments", "… for deployment statuses", "Troubleshooting the REST API"). It knows two tokens and, for deployments,
 * any commit except `0000…`.
 */
export async function githubStandIn(): Promise<GitHubStandIn> {
  const calls: Call[] = []
  const deployments: Mutable[] = []
  const jobs = new Map<string, readonly StoredJob[]>()
  const git = { ...NO_REPOSITORY }
  const desk = newDesk()
  let misfortunes: Parameters<GitHubStandIn['change']>[0] = {}
  const far = await farSide((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  const base = '/api/v3'

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await read(request)
    calls.push(call)
    const path = call.path.replace(base, '').replace('/api/graphql', '/graphql')
    const misfortune = nextMisfortune(routeOf({ ...call, path }))
    if (misfortune instanceof Promise) await misfortune
    else if (misfortune !== undefined && misfortune !== 'lost answer') return goWrong(misfortune, response)
    const {
      status,
      body,
      type = 'application/json; charset=utf-8',
    } = await answer({ ...call, path }, { deployments, jobs, git, desk })
    if (misfortune === 'lost answer') return void response.destroy()
    const sent = status === 204 ? '' : body instanceof Uint8Array ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': type }).end(sent)
  }

  function nextMisfortune(route: Route): Misfortune | undefined {
    const { [route]: next } = misfortunes
    if (!isList(next)) return next
    misfortunes = { ...misfortunes, [route]: next.slice(1) }
    return next[0]
  }

  return {
    apiUrl: new URL(base, far.url).href,
    calls,
    deployments,
    jobs,
    git,
    desk,
    change: (next) => (misfortunes = next),
    [Symbol.asyncDispose]: () => far[Symbol.asyncDispose](),
  }
}

export const ACCESS = { token: TOKEN, repository: REPOSITORY, clock: systemClock, trace: () => undefined } as const

function isList(misfortune: Misfortune | readonly Misfortune[] | undefined): misfortune is readonly Misfortune[] {
  return Array.isArray(misfortune)
}

const ROUTES: readonly (readonly [RegExp, Route])[] = [
  [/ .*\/actions\//, 'jobs'],
  [/\/git\/trees\//, 'tree'],
  [/\/git\/blobs\//, 'blob'],
  [/\/compare\//, 'compare'],
  [/^GET \/user$/, 'user'],
  [/^POST \/graphql$/, 'viewer'],
  [/^GET .*\/comments/, 'comments'],
  [/^POST .*\/comments/, 'comment'],
  [/^PATCH .*\/comments/, 'edit'],
  [/^DELETE .*\/comments/, 'delete'],
  [/\/statuses$/, 'status'],
]

function routeOf({ method, path }: Call): Route {
  return ROUTES.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1] ?? 'create'
}

type Mutable = StoredDeployment & { readonly statuses: Call['body'][] }

async function read(request: IncomingMessage): Promise<Call> {
  const { method = '', url: path = '', headers } = request
  return { method, path, headers, body: JSON.parse((await text(request)) || '{}') as Call['body'] }
}

function goWrong(misfortune: Exclude<Misfortune, object | 'lost answer'>, response: ServerResponse): void {
  if (misfortune === 'silence') return
  if (misfortune === 'reset') return void response.destroy()
  if (misfortune === 'web page') {
    const page = '<html>\n<title>::error::Access denied</title>\n</html>'
    return void response.writeHead(502, { 'content-type': 'text/html' }).end(page)
  }
  if (misfortune === 'huge') {
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(40_000_000, 0x20))
  }
  const { status, message, headers } = typeof misfortune === 'number' ? plain(misfortune) : LIMITS[misfortune]
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(JSON.stringify(refusal(status, message).body))
}

function plain(status: number) {
  return { status, message: MESSAGES[status], headers: { 'x-ratelimit-remaining': '996' } }
}

/** "Rate limits for the REST API", "Exceeding the rate limit". */
const LIMITS = {
  'rate limit': {
    status: 403,
    message: 'API rate limit exceeded for installation.',
    headers: { 'x-ratelimit-remaining': '0' },
  },
  'secondary limit': {
    status: 403,
    message: 'You have exceeded a secondary rate limit.',
    headers: { 'x-ratelimit-remaining': '996', 'retry-after': '60' },
  },
} as const

const MESSAGES: Readonly<Record<number, string>> = {
  202: 'Auto-merged main into topic on deployment.',
  403: 'Resource not accessible by integration',
  404: 'Not Found',
  409: 'Conflict: Commit status checks failed for main.',
  410: 'Deployments are disabled for this repo',
  422: 'Validation Failed',
  500: 'Server Error',
}

type Stored = {
  readonly deployments: Mutable[]
  readonly jobs: ReadonlyMap<string, readonly StoredJob[]>
  readonly git: ServedRepository
  readonly desk: CommentDesk
}

async function answer(call: Call, { deployments, jobs, git, desk }: Stored): Promise<Answer> {
  const { method, path, headers, body } = call
  // "Requests with no User-Agent header will be rejected."
  if (headers['user-agent'] === undefined) return refusal(403, 'Request forbidden by administrative rules.')
  const user = USERS[(headers.authorization ?? '').replace(/^(?:token|Bearer) /, '')]
  if (user === undefined) return refusal(401, 'Bad credentials')
  const other = answerIdentity(call, user) ?? answerComments(call, desk, user) ?? (await answerGit(call, git))
  if (other !== undefined) return other
  if (method === 'GET') return listJobs(path, jobs)
  const [, id, statuses] = /^\/repos\/acme\/loyalty-data\/deployments(?:\/(\d+)(\/statuses))?$/.exec(path) ?? []
  if (method !== 'POST' || !path.startsWith(`/repos/${REPOSITORY}/deployments`)) return refusal(404, 'Not Found')
  if (statuses === undefined) return create(body, deployments)
  const deployment = deployments.find((one) => one.id === Number(id))
  return deployment === undefined ? refusal(404, 'Not Found') : addStatus(body, deployment)
}

/** "List jobs for a workflow run attempt". */
function listJobs(path: string, jobs: Stored['jobs']): Answer {
  const url = new URL(path, 'https://github.example')
  const [, run, attempt] = /\/loyalty-data\/actions\/runs\/(\d+)\/attempts\/(\d+)\/jobs$/.exec(url.pathname) ?? []
  const all = jobs.get(`${run}/${attempt}`)
  if (all === undefined) return refusal(404, 'Not Found')
  const size = Number(url.searchParams.get('per_page') ?? 30)
  const from = (Number(url.searchParams.get('page') ?? 1) - 1) * size
  return { status: 200, body: { total_count: all.length, jobs: all.slice(from, from + size) } }
}

function create(body: Call['body'], deployments: Mutable[]): Answer {
  const { ref, required_contexts: contexts, auto_merge: merges = true, environment = 'production' } = body
  if (typeof ref !== 'string') return refusal(422, 'Invalid request.\n\n"ref" wasn\'t supplied.')
  if (/^0+$/.test(ref)) return refusal(422, `No ref found for: ${ref}`)
  // The check of the requesting run is never green while the run is active.
  if (!Array.isArray(contexts) || contexts.length > 0) return refusal(409, MESSAGES[409])
  if (merges !== false) return { status: 202, body: { message: MESSAGES[202] } }
  if (String(environment).length > 255) return invalid('environment')
  const id = 4_294_967_296 + deployments.length
  const url = `https://github.example/api/v3/repos/${REPOSITORY}/deployments/${id}`
  deployments.push({ id, body, statuses: [] })
  const answered = { url, id, node_id: 'DE_kwDO', sha: ref, ref, task: 'deploy', payload: body['payload'] ?? '' }
  return {
    status: 201,
    body: { ...answered, environment, original_environment: environment, statuses_url: `${url}/statuses` },
  }
}

const STATES = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']

function addStatus(body: Call['body'], { id, statuses }: Mutable): Answer {
  const { state, description = '' } = body
  if (typeof state !== 'string' || !STATES.includes(state)) return invalid('state')
  if (typeof description !== 'string' || description.length > 140) return invalid('description')
  for (const name of ['log_url', 'environment_url']) {
    const { [name]: url = 'https://' } = body
    if (typeof url !== 'string' || !/^https?:\/\//.test(url)) return invalid(name)
  }
  statuses.push(body)
  return { status: 201, body: { id: statuses.length, state, description, deployment_url: `…/${id}`, creator: null } }
}

function invalid(field: string): Answer {
  return refusal(422, 'Validation Failed', [{ resource: 'Deployment', code: 'invalid', field }])
}
