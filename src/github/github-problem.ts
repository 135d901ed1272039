import { Problem } from '../base/problem.ts'
import { wire, type Wire } from '../base/wire.ts'

/** What octokit threw, as what is the case and what helps; it carries a `response` if there was one. */
export function githubProblem(cause: unknown, apiUrl: string): Problem {
  const answer = wire(cause, 'error').get('response')
  const status = answer.get('status').number()
  const why = shortened(cause)
  if (status === undefined) {
    const remedy = `Check that the runner reaches ${apiUrl}.`
    return new Problem(`GitHub did not answer (${why})`, { remedy, isPassing: true, mayHaveActed: true, cause })
  }
  const isFault = status >= 500
  const isLimited = isRateLimit(status, answer.get('headers'))
  return new Problem(`GitHub answered ${status} (${why})`, {
    remedy: isLimited ? LIMITED : remedyFor(status),
    isPassing: isFault || isLimited,
    mayHaveActed: isFault,
    cause,
  })
}

/** Of a page of a proxy the first line is enough. */
function shortened(error: unknown): string {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return first.slice(0, 200) || 'for no reason given'
}

/** REST API documentation, "Rate limits for the REST API": both kinds of limit may be told as 403. */
function isRateLimit(status: number, headers: Wire): boolean {
  const isUsedUp = headers.get('x-ratelimit-remaining').number() === 0
  return status === 429 || (status === 403 && (isUsedUp || headers.get('retry-after').text() !== undefined))
}

const LIMITED = 'The rate limit of this token is used up; it is full again within the hour.'

const FORBIDDEN =
  'Give the job "permissions:" with "deployments: write", or "github-token" a token that may write them.'

/** To a token that may not see a repository, or its deployments, GitHub says 404. */
function remedyFor(status: number): string {
  if ([401, 403, 404].includes(status)) return FORBIDDEN
  if (status === 422) return 'Check that the commit is in this repository, and the name of the environment.'
  return status >= 500 ? "See GitHub's status page." : 'Leave "environment" out where the server has no deployments.'
}
