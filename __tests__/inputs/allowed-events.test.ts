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
  ['a run of this repository', { name: 'workflow_run' }, 'may'],
  ['a run of a fork', { name: 'workflow_run', isForeign: true }, 'may not'],
]

describe('who reaches the platform', () => {
  it.each(TABLE)('%s: %j %s', (_, event, verdict) => {
    const ask = (allowed: boolean) => () =>
      requireAllowedEvent({ isMerged: false, isForeign: false, ...event }, allowed)
    if (verdict === 'may') expect(ask(false)).not.toThrow()
    else expect(ask(false)).toThrow(`Cannot run for the event "${event.name}"`)
    expect(ask(true)).not.toThrow()
  })
})
