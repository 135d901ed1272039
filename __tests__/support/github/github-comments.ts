import { refusal, type Answer, type Call } from './github-answer.ts'

export type GithubUser = { readonly login: string; readonly id: number; readonly type: 'User' | 'Bot' }

export type StoredComment = {
  readonly id: number
  readonly issue: number
  readonly user: GithubUser
  readonly body: string
}

/** The comments of all issues and pull requests, oldest first. */
export type CommentDesk = {
  /** Ids are never reused. */
  lastId: number
  comments: StoredComment[]
  /** A locked conversation accepts only comments of collaborators. */
  isLocked: boolean
  /** The token lacks `pull-requests: write`, as for forks and Dependabot. */
  isReadOnly: boolean
}

export const ACTIONS_BOT: GithubUser = { login: 'github-actions[bot]', id: 41_898_282, type: 'Bot' }

export function newDesk(): CommentDesk {
  return { lastId: 1_000_000_000, comments: [], isLocked: false, isReadOnly: false }
}

/** Adds an existing comment. */
export function addComment(desk: CommentDesk, comment: Omit<StoredComment, 'id'>): StoredComment {
  const stored = { id: ++desk.lastId, ...comment }
  desk.comments.push(stored)
  return stored
}

const NO_ACCESS = 'Resource not accessible by integration'

/** "Get the authenticated user", and the GraphQL query `viewer`, which installations can send too. */
export function answerIdentity({ method, path, body }: Call, user: GithubUser): Answer | undefined {
  if (method === 'GET' && path === '/user') {
    return user.type === 'Bot' ? refusal(403, NO_ACCESS) : { status: 200, body: user }
  }
  if (method !== 'POST' || path !== '/graphql') return undefined
  if (!String(body['query']).includes('viewer'))
    return { status: 200, body: { errors: [{ message: 'no such field' }] } }
  return { status: 200, body: { data: { viewer: { login: user.login, databaseId: user.id } } } }
}

const ROUTE = /^\/repos\/[^/]+\/[^/]+\/issues\/(?:comments\/(?<id>\d+)|(?<issue>\d+)\/comments)(?:\?(?<query>.*))?$/

/** "REST API endpoints for issue comments", which also serve pull requests. */
export function answerComments(call: Call, desk: CommentDesk, user: GithubUser): Answer | undefined {
  const { id, issue, query } = ROUTE.exec(call.path)?.groups ?? {}
  if (id === undefined && issue === undefined) return undefined
  if (call.method === 'GET') return issue === undefined ? undefined : list(Number(issue), query ?? '', desk)
  if (desk.isReadOnly) return refusal(403, NO_ACCESS)
  if (call.method === 'POST') return create(Number(issue), call.body['body'], { desk, user })
  const at = desk.comments.findIndex((comment) => comment.id === Number(id))
  const comment = desk.comments[at]
  if (comment === undefined) return refusal(404, 'Not Found')
  if (call.method === 'DELETE') {
    desk.comments.splice(at, 1)
    return { status: 204, body: {} }
  }
  const { body } = call.body
  const fault = faultOf(body)
  if (fault !== undefined) return fault
  const edited = { ...comment, body: String(body) }
  desk.comments[at] = edited
  return { status: 200, body: edited }
}

function list(issue: number, query: string, { comments }: CommentDesk): Answer {
  const asked = new URLSearchParams(query)
  const size = Math.min(100, Number(asked.get('per_page') ?? 30))
  const from = (Number(asked.get('page') ?? 1) - 1) * size
  return { status: 200, body: comments.filter((comment) => comment.issue === issue).slice(from, from + size) }
}

type Creating = { readonly desk: CommentDesk; readonly user: GithubUser }

function create(issue: number, body: unknown, { desk, user }: Creating): Answer {
  if (desk.isLocked) return refusal(403, 'Unable to create comment because issue is locked.')
  return faultOf(body) ?? { status: 201, body: addComment(desk, { issue, user, body: String(body) }) }
}

/** GitHub stores 262,144 bytes of UTF-8. Its message speaks of 65,536 characters, which can have four bytes each. */
function faultOf(body: unknown): Answer | undefined {
  if (typeof body !== 'string' || body.trim() === '') return refusal(422, 'Validation Failed')
  const isTooLong = Buffer.byteLength(body) > 262_144 || Array.from(body).length > 65_536
  if (!isTooLong) return undefined
  const message = 'Body is too long (maximum is 65536 characters)'
  return refusal(422, 'Validation Failed', [
    { resource: 'IssueComment', code: 'unprocessable', field: 'data', message },
  ])
}
