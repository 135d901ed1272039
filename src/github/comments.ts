import { type GithubAnswer, type GithubApi, GithubProblem, type GithubRequest, foreignAnswer } from './api.ts'
import type { JsonReader } from '../lib/json-reader.ts'

/** A comment in the conversation of a pull request. */
export type IssueComment = {
  readonly id: number
  /** Login of the author; that of an app ends in `[bot]`. */
  readonly author: string
  readonly body: string
}

/**
 * The comments of this repository's pull requests.
 *
 * @throws GithubProblem as {@link GithubApi}. After a create that failed in doubt, a list shows whether the comment
 * exists.
 */
export type Comments = {
  /** @returns the login under which this token writes; undefined if GitHub does not tell */
  author(signal: AbortSignal): Promise<string | undefined>
  /** Oldest first. */
  list(pullRequest: number, signal: AbortSignal): Promise<readonly IssueComment[]>
  create(pullRequest: number, body: string, signal: AbortSignal): Promise<IssueComment>
  /** @returns false if the comment no longer exists */
  edit(id: number, body: string, signal: AbortSignal): Promise<boolean>
  /** Succeeds if the comment no longer exists. */
  remove(id: number, signal: AbortSignal): Promise<void>
}

/** Long enough for a secondary limit: "Best practices for using the REST API" asks to wait for a minute. */
const PATIENCE_MS = 90_000

const READ = { expects: 200, needs: 'pull-requests: write', isRepeatable: true, patienceMs: PATIENCE_MS } as const
const WRITE = { needs: 'pull-requests: write', isRepeatable: true, patienceMs: PATIENCE_MS } as const

/** REST API documentation, "REST API endpoints for issue comments": a pull request has the comments of an issue. */
export function openComments(api: GithubApi): Comments {
  return {
    author: (signal) => readAuthor(api, signal),
    list: (pullRequest, signal) => readComments(api, pullRequest, signal),
    async create(pullRequest, body, signal) {
      const params = { issue_number: pullRequest, body }
      const route = 'POST /issues/{issue_number}/comments'
      const answer = await api.send({ ...WRITE, isRepeatable: false, route, params, expects: 201 }, signal)
      return readComment(answer.json)
    },
    async edit(id, body, signal) {
      const params = { comment_id: id, body }
      const request = { ...WRITE, route: 'PATCH /issues/comments/{comment_id}', params, expects: 200 } as const
      return await sendToThere(api, request, signal)
    },
    async remove(id, signal) {
      const params = { comment_id: id }
      const request = { ...WRITE, route: 'DELETE /issues/comments/{comment_id}', params, expects: 204 } as const
      await sendToThere(api, request, signal)
    },
  }
}

/**
 * GraphQL, the query `viewer`: it works for the token of a job (`github-actions[bot]`), of another app and of a person.
 * `GET /user` works for persons only; it is the fallback where a server or a proxy has no GraphQL.
 */
async function readAuthor(api: GithubApi, signal: AbortSignal): Promise<string | undefined> {
  const query = '{ viewer { login } }'
  const viewer = await orRefused(api.send({ ...READ, route: 'POST graphql', params: { query } }, signal))
  const login = viewer?.json.get('data').get('viewer').get('login').text()
  if (login !== undefined && login !== '') return login
  const user = await orRefused(api.send({ ...READ, route: 'GET user' }, signal))
  return user?.json.get('login').text() || undefined
}

/** Undefined if the token lacks the permission, or the server does not know the request. */
async function orRefused(answer: Promise<GithubAnswer>): Promise<GithubAnswer | undefined> {
  try {
    return await answer
  } catch (error) {
    const isAnswer = error instanceof GithubProblem && (error.failure === 'refused' || error.failure === 'unusable')
    if (isAnswer && error.status !== 401) return undefined
    throw error
  }
}

const PAGE = 100
/** The most pages of one conversation to read. If there are more, nothing is written. */
const MOST_PAGES = 50

async function readComments(
  api: GithubApi,
  pullRequest: number,
  signal: AbortSignal,
): Promise<readonly IssueComment[]> {
  const comments: IssueComment[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const params = { issue_number: pullRequest, per_page: PAGE, page }
    const { json } = await api.send({ ...READ, route: 'GET /issues/{issue_number}/comments', params }, signal)
    // A response that is not a list must not count as an empty list: that would create a second comment.
    if (!Array.isArray(json.value())) throw foreignAnswer(NO_COMMENTS)
    const listed = json.items().map(readComment)
    comments.push(...listed)
    if (listed.length < PAGE) return comments
  }
  throw new GithubProblem(`the pull request has more than ${MOST_PAGES * PAGE} comments`, {
    remedy: 'Read the job summary instead.',
    failure: 'unusable',
  })
}

function readComment(at: JsonReader): IssueComment {
  const id = at.get('id').number()
  if (id === undefined) throw foreignAnswer(NO_COMMENTS)
  return { id, author: at.get('user').get('login').text() ?? '', body: at.get('body').text() ?? '' }
}

const NO_COMMENTS = 'the answer of GitHub does not contain the comments of a pull request'

/** @returns false if the comment was deleted meanwhile */
async function sendToThere(api: GithubApi, request: GithubRequest, signal: AbortSignal): Promise<boolean> {
  try {
    await api.send(request, signal)
    return true
  } catch (error) {
    if (error instanceof GithubProblem && (error.status === 404 || error.status === 410)) return false
    throw error
  }
}
