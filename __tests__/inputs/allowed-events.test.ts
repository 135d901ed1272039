import { describe, expect, it } from 'vitest'
import type { Event } from '../../src/github/context.ts'
import { requireAllowedEvent } from '../../src/inputs/allowed-events.ts'

const TABLE: readonly (readonly [string, Partial<Event> & { readonly name: string }, 'may' | 'may not'])[] = [
  ['a push', { name: 'push' }, 'may'],
  ['a schedule', { name: 'schedule' }, 'may'],
  ['a person', { name: 'workflow_dispatch' }, 'may'],
  ['an open pull request', { name: 'pull_request' }, 'may not'],
  ['a merged pull request', { name: 'pull_request', isMerged: true }, 'may'],
  ['an open pull request seen from the target', { name: 'pull_request_target' }, 'may not'],
  ['a merged pull request seen from the target', { name: 'pull_request_target', isMerged: true }, 'may'],
  ['an approval of a pull request', { name: 'pull_request_review' }, 'may not'],
  ['a remark on a line of one', { name: 'pull_request_review_comment' }, 'may not'],
  ['a merge queue', { name: 'merge_group' }, 'may not'],
  ['a merge queue whose payload speaks of a merge', { name: 'merge_group', isMerged: true }, 'may not'],
  ['an approval whose payload speaks of a merge', { name: 'pull_request_review', isMerged: true }, 'may not'],
  ['an event about pull requests that is yet to come', { name: 'pull_request_queue' }, 'may not'],
  ['a push of a merge queue', { name: 'push', isQueued: true }, 'may not'],
  ['a person, on the branch of a merge queue', { name: 'workflow_dispatch', isQueued: true }, 'may not'],
  ['a comment on an issue', { name: 'issue_comment' }, 'may'],
  ['a comment on a pull request', { name: 'issue_comment', isOnPullRequest: true }, 'may not'],
  ['no event', { name: '' }, 'may not'],
  ['a run of this repository', { name: 'workflow_run', origin: 'push' }, 'may'],
  ['a run of the clock', { name: 'workflow_run', origin: 'schedule' }, 'may'],
  ['a run for a pull request of this repository', { name: 'workflow_run', origin: 'pull_request' }, 'may not'],
  ['a run for one seen from the target', { name: 'workflow_run', origin: 'pull_request_target' }, 'may not'],
  ['a run for an approval', { name: 'workflow_run', origin: 'pull_request_review' }, 'may not'],
  ['a run for a merge queue', { name: 'workflow_run', origin: 'merge_group' }, 'may not'],
  ['a run for a push of a merge queue', { name: 'workflow_run', origin: 'push', isQueued: true }, 'may not'],
  ['a run for a comment', { name: 'workflow_run', origin: 'issue_comment' }, 'may not'],
  ['a run for a run', { name: 'workflow_run', origin: 'workflow_run' }, 'may not'],
  ['a run for what is not told', { name: 'workflow_run' }, 'may not'],
  ['a run of a fork', { name: 'workflow_run', isForeign: true }, 'may not'],
]

const PLAIN = { isMerged: false, isForeign: false, origin: '', isQueued: false, isOnPullRequest: false }

describe('who reaches the platform', () => {
  it.each(TABLE)('%s: %j %s', (_, event, verdict) => {
    const ask = (allowed: boolean) => () => requireAllowedEvent({ ...PLAIN, ...event }, allowed)
    if (verdict === 'may') expect(ask(false)).not.toThrow()
    else expect(ask(false)).toThrow(`Cannot run for the event "${event.name}"`)
    expect(ask(true)).not.toThrow()
  })
})
