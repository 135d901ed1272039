import type { Event } from '../github/context.ts'
import { Problem } from '../lib/errors.ts'

/** What carries content that nobody has reviewed yet. */
const UNREVIEWED = new Set([
  'pull_request',
  'pull_request_target',
  // Their commit is the merge of a pull request, approved or not ("Events that trigger workflows").
  'pull_request_review',
  'pull_request_review_comment',
  'merge_group',
])

/**
 * Refuses to reach the platform for events that carry unreviewed content.
 *
 * | event                                                | may publish                          |
 * |------------------------------------------------------|--------------------------------------|
 * | `pull_request`, `pull_request_target`                | only when closed by merging it       |
 * | `pull_request_review`, `pull_request_review_comment` | no                                   |
 * | `merge_group`                                        | no                                   |
 * | `workflow_run`                                       | unless set off by another repository |
 * | any other                                            | yes                                  |
 *
 * @throws Problem naming the event and the input that allows it.
 */
export function requireAllowedEvent(event: Event, allowed: boolean): void {
  const isUnreviewed = UNREVIEWED.has(event.name) && !event.isMerged
  if (allowed || (!isUnreviewed && !event.isForeign)) return
  const why = event.isForeign ? 'was set off by a run of another repository' : 'carries content that is not merged yet'
  throw new Problem(`Cannot run for the event "${event.name}": it ${why}`, {
    remedy:
      'Publish on "push" to the default branch, or set "allow-pull-request: true" if this content may reach the platform.',
  })
}
