import type { Event } from '../github/context.ts'
import { Problem } from '../lib/errors.ts'

/**
 * Refuses to reach the platform for events that carry unreviewed content.
 *
 * | event                                                | can publish                                             |
 * |------------------------------------------------------|---------------------------------------------------------|
 * | `pull_request`, `pull_request_target`                | only when closed by merging it                          |
 * | `pull_request_review`, `pull_request_review_comment` | no                                                      |
 * | `merge_group`, any event on a merge queue's branch   | no                                                      |
 * | `issue_comment`                                      | unless it is on a pull request                          |
 * | `workflow_run`                                       | unless a run of another repository set it off, or a run |
 * |                                                      | for one of the above, or one whose event is not known   |
 * | no event                                             | no                                                      |
 * | any other                                            | yes                                                     |
 *
 * @throws Problem naming the event and the input that allows it.
 */
export function requireAllowedEvent(event: Event, allowed: boolean): void {
  const why = allowed ? undefined : unreviewedReason(event)
  if (why === undefined) return
  throw new Problem(`Cannot run for the event ${JSON.stringify(event.name)}: it ${why}`, {
    remedy:
      'Publish on "push" to the default branch, or set "allow-pull-request: true" if unreviewed content is acceptable.',
  })
}

const NOT_MERGED = 'has content that is not merged yet'

function unreviewedReason(event: Event): string | undefined {
  if (event.name.trim() === '') return 'has no name (GITHUB_EVENT_NAME is empty), so its content may be unreviewed'
  if (event.isForeign) return 'was triggered by a run of another repository'
  if (event.name === 'workflow_run') return originReason(event)
  if (event.isQueued) return 'runs on a merge queue branch, whose content is not merged yet'
  if (event.name === 'issue_comment') return event.isOnPullRequest ? 'is a comment on a pull request' : undefined
  const isMerged = event.isMerged && MERGED_BY.has(event.name)
  return UNREVIEWED.test(event.name) && !isMerged ? NOT_MERGED : undefined
}

/** The events whose pull request can be a merged one. */
const MERGED_BY = new Set(['pull_request', 'pull_request_target'])

/** The commit of a review is also the merge of a pull request, approved or not ("Events that trigger workflows"). */
const UNREVIEWED = /^\s*(pull_request|merge_group)/i

/**
 * Origin events about which the payload of a `workflow_run` tells too little: whether the comment was on a pull
 * request, or what triggered the run before. It does not tell whether a pull request was merged, either.
 */
const UNTOLD = new Set(['', 'issue_comment', 'workflow_run'])

function originReason({ origin, isQueued }: Event): string | undefined {
  if (isQueued) return 'was triggered by a run on a merge queue branch'
  if (UNREVIEWED.test(origin)) return `was triggered by a run for the event ${JSON.stringify(origin)}`
  if (!UNTOLD.has(origin)) return undefined
  const event = origin === '' ? 'an unnamed event' : `the event ${JSON.stringify(origin)}`
  return `was triggered by a run for ${event}, which may come from a pull request`
}
