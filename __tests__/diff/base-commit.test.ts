import { describe, expect, it } from 'vitest'
import { baseOfPullRequest, basePublished } from '../../src/diff/base-commit.ts'
import type { Checkout } from '../../src/github/checkout.ts'
import type { MergeBase } from '../../src/github/commit-files.ts'
import type { PullRequest, Run } from '../../src/github/context.ts'
import { contextOf } from '../support/runs/context.ts'
import { RUN } from '../support/make.ts'
import { noCheckout } from '../support/github/no-checkout.ts'

const REQUEST: PullRequest = {
  number: 7,
  baseSha: 'tip',
  headSha: 'branch',
  isFork: false,
  isClosed: false,
  isByDependabot: false,
}

type Told = {
  readonly head?: { readonly commit: string; readonly parents: readonly string[] }
  readonly sha?: string
  readonly byCheckout?: MergeBase
  readonly byGithub?: MergeBase
  /** Where the commit that is checked out and the head of the pull request meet: there, where nothing is said. */
  readonly withHead?: string
  readonly pullRequest?: PullRequest | undefined
}

const unknown = (reason: string) => ({ kind: 'unreadable', reason }) as const

function chosen({ head, sha = 'merge', byCheckout = unknown('cut off'), byGithub = unknown('403'), ...told }: Told) {
  const pullRequest = 'pullRequest' in told ? told.pullRequest : REQUEST
  const run: Run = { ...RUN, sha, event: { ...RUN.event, name: 'pull_request', pullRequest } }
  const checkout: Checkout = {
    ...noCheckout,
    head: async () =>
      head === undefined
        ? unknown('the workspace itself is not a Git checkout')
        : { kind: 'head', folder: '', ...head },
    mergeBase: async (one, other) => {
      if (other !== head?.commit) return unknown('other commits')
      return one === 'tip' ? byCheckout : { kind: 'found', commit: told.withHead ?? 'branch' }
    },
  }
  const contents = { ...noCheckout, mergeBase: async () => byGithub }
  return baseOfPullRequest(contextOf({ run, checkout, contents }))
}

describe('the base of a pull request', () => {
  const found = (commit: string): MergeBase => ({ kind: 'found', commit })

  it('is the first parent where its merge commit is checked out, also one of another event', async () => {
    for (const commit of ['merge', 'other']) {
      const head = { commit, parents: ['old tip', 'branch'] }
      expect(await chosen({ head, byCheckout: found('older') })).toMatchObject({
        base: { commit: 'old tip', kind: 'first-parent' },
      })
    }
  })

  it('is none where the base branch has gone on since the event, and is checked out', async () => {
    const head = { commit: 'new tip', parents: ['tip'] }
    const trial = { head, sha: 'new tip', byCheckout: found('tip') }
    const reason = 'the checked-out commit new tip does not contain commit branch, the head of this pull request'
    expect(await chosen({ ...trial, withHead: 'fork point' })).toEqual({ kind: 'absent', reason })
    // The branch has all that the base branch has.
    expect(await chosen({ ...trial, withHead: 'new tip' })).toEqual({ kind: 'absent', reason })
  })

  it.each([
    ['its branch is checked out', { commit: 'branch', parents: ['first', 'second'] }, 'merge'],
    ['a merge of others is checked out', { commit: 'merge', parents: ['old tip', 'others'] }, 'merge'],
    ['a merge of three is', { commit: 'merge', parents: ['old tip', 'branch', 'third'] }, 'merge'],
    ['the commit of the run has one parent', { commit: 'merge', parents: ['branch'] }, 'merge'],
  ])('is where it left its base branch, and never the tip of that, where %s', async (_, head, sha) => {
    const base = { kind: 'chosen', base: { commit: 'fork point', kind: 'merge-base' } }
    expect(await chosen({ head, sha, byCheckout: found('fork point') })).toMatchObject(base)
    expect(await chosen({ head, sha, byGithub: found('fork point') })).toMatchObject(base)
    const reason = 'cannot find the merge base of this pull request: cut off; 403'
    const remedy = expect.stringContaining('"fetch-depth: 0"') as string
    expect(await chosen({ head, sha })).toEqual({ kind: 'absent', reason, remedy })
  })

  it('is none where its base branch is checked out, which differs in nothing from itself', async () => {
    const head = { commit: 'old tip', parents: ['older'] }
    const reason = 'the checked-out commit old tip is on the base branch and contains nothing of this pull request'
    expect(await chosen({ head, byCheckout: found('old tip') })).toEqual({ kind: 'absent', reason })
    expect(await chosen({ head, byGithub: found('old tip') })).toEqual({ kind: 'absent', reason })
  })

  it('is none without a checkout, or without a pull request', async () => {
    expect(await chosen({})).toEqual({ kind: 'absent', reason: 'the workspace itself is not a Git checkout' })
    expect(await chosen({ pullRequest: undefined })).toEqual({ kind: 'absent', reason: 'this is not a pull request' })
  })
})

describe('the base in the dataset', () => {
  const active = { commit: '0a1b2c3d4e', fingerprint: 'f', batches: ['A', 'B'], isPartial: false, rejected: 0 }

  it('is the commit of the only active publish, to be proved by its fingerprint', () => {
    const base = { commit: '0a1b2c3d4e', kind: 'published' }
    expect(basePublished([active])).toEqual({ kind: 'chosen', base, fingerprint: 'f' })
  })

  it('is never proved where only a part of that publish is there', () => {
    const base = { commit: '0a1b2c3d4e', kind: 'published', isPartial: true }
    expect(basePublished([{ ...active, isPartial: true }])).toEqual({ kind: 'chosen', base, fingerprint: undefined })
  })

  it.each([
    ['nothing is published', [], /all rows are new$/],
    ['its tags do not tell', [{ ...active, commit: '' }], /^the tags of batch A, B do not name its commit$/],
    [
      'several are active',
      [active, { ...active, commit: '', batches: ['C'] }],
      /^the dataset holds 2 publish runs of this publication: A, B \(commit 0a1b2c3\); C \(commit unknown\)$/,
    ],
  ] as const)('is none where %s', (_, publishes, reason) => {
    expect(basePublished(publishes)).toMatchObject({ kind: 'absent', reason: expect.stringMatching(reason) as string })
  })
})
