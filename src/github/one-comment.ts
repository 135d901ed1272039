import { GithubProblem } from './api.ts'
import type { Comments, IssueComment } from './comments.ts'

/** The content of the one comment that is kept on a pull request. */
export type KeptComment = {
  readonly pullRequest: number
  /** Distinguishes this comment from all others: letters and digits. */
  readonly key: string
  /** The run that writes it; a comment of a later run stays unchanged. */
  readonly run: CommentRun
  /** Markdown, without the marker. */
  readonly text: string
}

/**
 * Orders writers: run ids grow, and within a run its attempts do. Among the steps of one attempt, the comment of the
 * highest rank is kept; among equal ranks, the last.
 */
export type CommentRun = { readonly runId: number; readonly attempt: number; readonly rank: number }

export type CommentResult =
  | { readonly kind: 'created' | 'updated'; readonly id: number }
  /** Written by a run that began later than this one, or by a step of this run whose rank is higher. */
  | { readonly kind: 'newer' | 'higher'; readonly id: number }

/**
 * Writes the one comment of this key: edits the oldest comment that the token's own user wrote with this marker, creates
 * it if there is none, and deletes duplicates. It never changes comments of other users, whatever they contain.
 *
 * Two runs at once can both find none and create one each. The run that then sees an older comment deletes its own and
 * edits the older one; the writer of the oldest does nothing. If one of the two dies in between, the next run tidies up.
 *
 * @throws GithubProblem when it can't write, or can't tell which comments are the token's own.
 */
export async function keepOneComment(
  kept: KeptComment,
  comments: Comments,
  signal: AbortSignal,
): Promise<CommentResult> {
  const author = await comments.author(signal)
  if (author === undefined) throw unknownAuthor()
  const find = async () => ownComments(await comments.list(kept.pullRequest, signal), kept.key, author)
  const [oldest, ...extra] = await find()
  for (const { id } of extra) await comments.remove(id, signal)
  if (oldest !== undefined) {
    const edited = await edit(oldest, kept, { comments, signal })
    if (edited !== undefined) return edited
  }
  return await createAlone(kept, find, { comments, signal })
}

type KeepTools = { readonly comments: Comments; readonly signal: AbortSignal }

/** @returns undefined if the comment was deleted meanwhile. */
async function edit(
  comment: OwnComment,
  kept: KeptComment,
  { comments, signal }: KeepTools,
): Promise<CommentResult | undefined> {
  const { id } = comment
  if (isLater(comment.run, kept.run)) {
    const isSameRun = comment.run.runId === kept.run.runId && comment.run.attempt === kept.run.attempt
    return { kind: isSameRun ? 'higher' : 'newer', id }
  }
  return (await comments.edit(id, bodyOf(kept), signal)) ? { kind: 'updated', id } : undefined
}

async function createAlone(
  kept: KeptComment,
  find: () => Promise<readonly OwnComment[]>,
  { comments, signal }: KeepTools,
): Promise<CommentResult> {
  const id = await createOnce(kept, find, { comments, signal })
  const [oldest] = await find()
  if (oldest === undefined || oldest.id >= id) return { kind: 'created', id }
  await comments.remove(id, signal)
  return (await edit(oldest, kept, { comments, signal })) ?? { kind: 'newer', id: oldest.id }
}

/** After a failure in doubt the comment may exist. Only the list can tell, and a second create would make a second comment. */
async function createOnce(
  kept: KeptComment,
  find: () => Promise<readonly OwnComment[]>,
  { comments, signal }: KeepTools,
): Promise<number> {
  try {
    return (await comments.create(kept.pullRequest, bodyOf(kept), signal)).id
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof GithubProblem) || !error.mayHaveActed) throw error
    const found = (await find()).find(({ run }) => !isLater(run, kept.run) && !isLater(kept.run, run))
    if (found === undefined) throw error
    return found.id
  }
}

/** The body with its marker. Text from any source comes after the marker, so it can't be in the first line. */
export function bodyOf({ key, run, text }: Omit<KeptComment, 'pullRequest'>): string {
  return `<!-- publish-to-experience-platform ${key} run ${run.runId}.${run.attempt} rank ${run.rank} -->\n${text}`
}

/** The marker as {@link bodyOf} writes it. */
const MARK = /^<!-- publish-to-experience-platform ([a-z0-9]+) run (\d{1,15})\.(\d{1,15}) rank (\d) -->/

type OwnComment = IssueComment & { readonly run: CommentRun }

function ownComments(all: readonly IssueComment[], key: string, author: string): readonly OwnComment[] {
  const own = all.flatMap((comment) => {
    const [, found, runId, attempt, rank] = MARK.exec(comment.body) ?? []
    if (comment.author !== author || found !== key) return []
    return [{ ...comment, run: { runId: Number(runId), attempt: Number(attempt), rank: Number(rank) } }]
  })
  return own.toSorted((a, b) => a.id - b.id)
}

function isLater(one: CommentRun, other: CommentRun): boolean {
  if (one.runId !== other.runId) return one.runId > other.runId
  return one.attempt === other.attempt ? one.rank > other.rank : one.attempt > other.attempt
}

function unknownAuthor(): GithubProblem {
  return new GithubProblem('GitHub does not tell under which name this token writes comments', {
    remedy: 'Use the token of the job, which is the default of "github-token".',
    failure: 'unusable',
  })
}
