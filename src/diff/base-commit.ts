import type { Context } from '../context.ts'
import type { MergeBase, Unreadable } from '../github/commit-files.ts'
import type { DiffAbsence, DiffBase } from './row-diff.ts'

/** A publish run whose rows the dataset holds. */
export type ActivePublish = {
  /** Empty if its tags do not name it. */
  readonly commit: string
  readonly fingerprint: string
  /** The ids of its batches. */
  readonly batches: readonly string[]
  /** Some of its parts are missing: reverted, replaced or never completed. */
  readonly isPartial: boolean
  /** Rows that the platform reported as rejected. */
  readonly rejected: number
}

/** A commit to compare with; it is not proved yet that the dataset holds its rows. */
export type ChosenBase = {
  readonly kind: 'chosen'
  readonly base: Omit<DiffBase, 'isProved'>
  readonly fingerprint: string | undefined
}

/** The commit whose rows the dataset holds for this publication. */
export function basePublished(active: readonly ActivePublish[]): ChosenBase | DiffAbsence {
  const [only, ...others] = active
  if (only === undefined) return absent('the dataset holds nothing of this publication yet, so all rows are new')
  if (others.length > 0) {
    const listed = active.map(({ batches, commit }) => `${batches.join(', ')} (commit ${shortSha(commit)})`)
    return absent(
      `the dataset holds ${active.length} publish runs of this publication: ${listed.join('; ')}`,
      'Revert all but one of them.',
    )
  }
  if (only.commit === '') return absent(`the tags of batch ${only.batches.join(', ')} do not name its commit`)
  const { commit, rejected } = only
  const base = { commit, kind: 'published', ...(rejected === 0 ? {} : { rejected }) } as const
  // Even files with the same fingerprint are not what the dataset holds.
  if (only.isPartial) return { kind: 'chosen', base: { ...base, isPartial: true }, fingerprint: undefined }
  return { kind: 'chosen', base, fingerprint: only.fingerprint }
}

/**
 * The commit that a pull request changes, without asking the dataset: the first parent of its merge commit if that is
 * checked out, otherwise the commit where it left its base branch. Never the tip of that branch: changes of others
 * would count as its own.
 */
export async function baseOfPullRequest({ github, signal }: Context): Promise<ChosenBase | DiffAbsence> {
  const { run, checkout } = github
  const { pullRequest } = run.event
  if (pullRequest === undefined) return absent('this is not a pull request')
  const head = await checkout.head(signal)
  if (head.kind === 'unreadable') return absent(head.reason)
  const [first, second, ...more] = head.parents
  if (first !== undefined && second === pullRequest.headSha && more.length === 0) return chosen(first, 'first-parent')
  const base = await meet(pullRequest.baseSha, head.commit, { github, signal })
  if (base.kind === 'unreadable') return noMergeBase(base)
  if (base.commit === head.commit)
    return absent(
      `the checked-out commit ${shortSha(head.commit)} is on the base branch and contains nothing of this pull request`,
    )
  if (head.commit === pullRequest.headSha) return chosen(base.commit, 'merge-base')
  // The event may name an old tip: later commits on the base branch are not changes of the pull request.
  const own = await meet(pullRequest.headSha, head.commit, { github, signal })
  if (own.kind === 'unreadable') return noMergeBase(own)
  if (own.commit === pullRequest.headSha) return chosen(base.commit, 'merge-base')
  return absent(
    `the checked-out commit ${shortSha(head.commit)} does not contain commit ${shortSha(pullRequest.headSha)}, the head of this pull request`,
  )
}

type Histories = Pick<Context, 'github' | 'signal'>

async function meet(one: string, other: string, { github, signal }: Histories): Promise<MergeBase> {
  const own = await github.checkout.mergeBase(one, other, signal)
  if (own.kind === 'found') return own
  const theirs = await github.contents.mergeBase(one, other, signal)
  return theirs.kind === 'found' ? theirs : { kind: 'unreadable', reason: `${own.reason}; ${theirs.reason}` }
}

function noMergeBase({ reason }: Unreadable): DiffAbsence {
  return absent(`cannot find the merge base of this pull request: ${reason}`, READ_REMEDY)
}

function chosen(commit: string, kind: DiffBase['kind']): ChosenBase {
  return { kind: 'chosen', base: { commit, kind }, fingerprint: undefined }
}

export function absent(reason: string, remedy?: string): DiffAbsence {
  return { kind: 'absent', reason, ...(remedy === undefined ? {} : { remedy }) }
}

/** The remedy where commits or their files cannot be read. */
export const READ_REMEDY =
  'Check out the repository with "fetch-depth: 0", or give the job "permissions:" with "contents: read".'

export function shortSha(commit: string): string {
  return commit === '' ? 'unknown' : commit.slice(0, 7)
}
