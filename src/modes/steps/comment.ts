import { createHash } from 'node:crypto'
import { GithubProblem } from '../../github/api.ts'
import type { PullRequest } from '../../github/context.ts'
import { type CommentResult, keepOneComment } from '../../github/one-comment.ts'
import type { Context } from '../../context.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem, messageOf } from '../../lib/errors.ts'
import { DeadlinePassed, withDeadline } from '../../lib/time.ts'
import { publicationName } from '../../publish/tags.ts'
import { pullRequestComment } from '../../report/comment.ts'
import type { RunReport } from '../../report/run-report.ts'

/** GitHub's secondary rate limit may take up a minute of it. */
const LONGEST_MS = 180_000

/**
 * With `comment: true`, keeps the one comment of this publication on the pull request up to date: in `mode: plan` and
 * `mode: validate`, whatever the verdict. Never throws, and changes no verdict.
 */
export async function commentOnPullRequest(report: RunReport, inputs: Inputs, context: Context): Promise<void> {
  if (!inputs.comment || context.signal.aborted) return
  const { log } = context
  const { pullRequest } = context.github.run.event
  const obstacle = obstacleTo(inputs, context)
  if (pullRequest === undefined || obstacle !== undefined) return log.info(`No comment: ${obstacle ?? ''}`)
  try {
    const result = await write(report, inputs, { context, number: pullRequest.number })
    log.info(RESULTS[result.kind](pullRequest.number))
  } catch (error) {
    if (context.signal.aborted) return
    if (isReadOnly(error, pullRequest)) log.info(`No comment: ${readOnlyText(pullRequest)}`)
    else log.warning(`Cannot comment on pull request ${pullRequest.number}: ${failureText(error)}`)
  }
}

const RESULTS: Readonly<Record<CommentResult['kind'], (pullRequest: number) => string>> = {
  created: (pullRequest) => `Commented on pull request ${pullRequest}`,
  updated: (pullRequest) => `Updated the comment on pull request ${pullRequest}`,
  newer: (pullRequest) => `Did not update the comment on pull request ${pullRequest}: a later run wrote it`,
  higher: (pullRequest) =>
    `Did not update the comment on pull request ${pullRequest}: it shows the plan or the failure of another step of this run`,
}

const COMMENTED: ReadonlySet<string> = new Set(['pull_request', 'pull_request_target'])

/** Why no comment is written; undefined if one is to be written. */
function obstacleTo({ mode }: Inputs, { github }: Context): string | undefined {
  const { name, pullRequest } = github.run.event
  if (mode !== 'plan' && mode !== 'validate')
    return `"comment" is for "mode: plan" and "mode: validate", and this run has "mode: ${mode}"`
  if (pullRequest === undefined && COMMENTED.has(name)) return 'the event does not name its pull request'
  if (pullRequest === undefined)
    return `"comment" needs the event of a pull request; this event is ${JSON.stringify(name)}`
  return pullRequest.isClosed ? `pull request ${pullRequest.number} is closed` : undefined
}

type Writing = { readonly context: Context; readonly number: number }

async function write(report: RunReport, inputs: Inputs, { context, number }: Writing): Promise<CommentResult> {
  const { github, clock, signal } = context
  const { runId, attempt } = github.run
  const publication = publicationName(inputs)
  const kept = {
    pullRequest: number,
    key: keyOf(publication, inputs),
    run: { runId: Number(runId), attempt, rank: rankOf(report, inputs) },
    text: pullRequestComment(report, publication),
  }
  return await withDeadline({ silenceMs: LONGEST_MS, clock, signal }, (limited) =>
    keepOneComment(kept, github.comments, limited),
  )
}

/**
 * A plan tells more than a validation of the same rows, so it outranks one. A failure outranks every success of the
 * same run.
 */
function rankOf({ fails }: RunReport, { mode }: Inputs): number {
  return (fails ? 2 : 0) + (mode === 'plan' ? 1 : 0)
}

/** A publication name identifies one within its dataset, and a dataset name one within its sandbox and organization. */
function keyOf(publication: string, { dataset, sandbox, orgId }: Inputs): string {
  const parts = JSON.stringify([publication, dataset, sandbox, orgId])
  return createHash('sha256').update(parts).digest('hex').slice(0, 32)
}

function isReadOnly(error: unknown, { isFork, isByDependabot }: PullRequest): boolean {
  return (
    error instanceof GithubProblem && error.status === 403 && error.failure === 'refused' && (isFork || isByDependabot)
  )
}

/** GitHub's documentation, "Automatic token authentication" and "Troubleshooting Dependabot on GitHub Actions". */
function readOnlyText({ isFork }: PullRequest): string {
  const whose = isFork ? 'a fork' : 'Dependabot'
  return `GitHub gives runs for pull requests from ${whose} a token that can only read. The job summary has everything`
}

function failureText(error: unknown): string {
  if (error instanceof DeadlinePassed) return `GitHub did not answer (${error.message})`
  return error instanceof Problem ? `${error.message}. ${error.remedy}` : messageOf(error)
}
