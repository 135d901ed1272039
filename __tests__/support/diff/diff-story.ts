import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { loyaltySchema } from '../../../emulator/seed/loyalty-schema.ts'
import { type CommitChange, type GitRepository, gitRepository } from '../github/git-repository.ts'
import { ACCESS, type GitHubStandIn } from '../github/github-stand-in.ts'
import { member } from '../runs/platform-inputs.ts'
import type { WorkflowStep } from '../runs/workflow-step.ts'

/**
 * A repository with a pull request, by its commits: `start`; `main`, a later commit of another person; `branch`, which
 * changes, adds and removes a member in `data/a.jsonl`; and `merge`, GitHub's merge of the last two.
 */
export type DiffStory = AsyncDisposable & {
  readonly repository: GitRepository
  readonly commits: Readonly<Record<'start' | 'main' | 'branch' | 'merge', string>>
}

const gold = { tier: 'gold' }

export async function diffStory(
  changes: Partial<Record<'start' | 'main' | 'branch', CommitChange>> = {},
): Promise<DiffStory> {
  const repository = await gitRepository()
  const git = (...args: readonly string[]) => repository.git(...args)
  const first = member('1', gold) + member('2', gold) + member('3', gold)
  const start = await repository.commit({ 'data/a.jsonl': first, ...changes.start })
  git('checkout', '-q', '-b', 'feature')
  const later = member('4', gold) + member('2', gold) + member('1', { tier: 'silver' })
  const branch = await repository.commit({ 'data/a.jsonl': later, ...changes.branch })
  git('checkout', '-q', 'main')
  const main = await repository.commit({ 'data/b.jsonl': member('9', gold), ...changes.main })
  git('merge', '-q', '--no-ff', '-m', 'A merge', 'feature')
  const merge = git('rev-parse', 'HEAD')
  git('update-ref', 'refs/pull/7/merge', merge)
  git('reset', '-q', '--hard', main)
  const commits = { start, main, branch, merge }
  return { repository, commits, [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose]() }
}

/** The commit to check out, as actions/checkout does; `depth` 0: with its whole history. */
export type CheckedOut = { readonly commit: keyof DiffStory['commits']; readonly depth: number }

/** A step in a checkout of the story. */
export function stepInCheckout(
  { repository, commits }: DiffStory,
  { commit, depth }: CheckedOut,
  step: WorkflowStep = {},
): WorkflowStep {
  return stepAt({ repository, commit: commits[commit], depth, more: depth === 0 ? [commits.main] : [] }, step)
}

type Fetched = {
  readonly repository: GitRepository
  readonly commit: string
  readonly depth?: number
  /** Other commits to fetch with their history. */
  readonly more?: readonly string[]
}

/** A step in a checkout of one commit, with the schema of members as `schema.json`. */
export function stepAt({ repository, commit, depth = 0, more = [] }: Fetched, step: WorkflowStep = {}): WorkflowStep {
  const prepare = async (workspace: string) => {
    const git = (...args: readonly string[]) => execFileSync('git', [...args], { cwd: workspace, stdio: 'pipe' })
    repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true')
    git('init', '-q')
    const depths = depth === 0 ? [] : [`--depth=${depth}`]
    git('fetch', '-q', ...depths, pathToFileURL(repository.folder).href, commit, ...more)
    git('checkout', '-q', commit)
    await writeFile(join(workspace, 'schema.json'), JSON.stringify(loyaltySchema))
    await step.prepare?.(workspace)
  }
  return { ...step, prepare, env: { GITHUB_SHA: commit, ...step.env } }
}

/** The event of the story's pull request. */
export function pullRequestEvent({ commits }: DiffStory): NonNullable<WorkflowStep['event']> {
  const side = (sha: string) => ({ sha, repo: { id: 4711 } })
  const request = { number: 7, state: 'open', base: side(commits.main), head: side(commits.branch) }
  return { name: 'pull_request', payload: { action: 'opened', repository: { id: 4711 }, pull_request: request } }
}

/** Lets the local GitHub serve the story; returns the inputs and the environment that lead there. */
export function servedBy(github: GitHubStandIn, { repository }: DiffStory): Pick<WorkflowStep, 'inputs' | 'env'> {
  github.git.folder = repository.folder
  return { inputs: { 'github-token': ACCESS.token }, env: { GITHUB_API_URL: github.apiUrl } }
}

export const KEY = '/_emutenant/loyalty/loyaltyId'

/** Inputs with which a step sends no requests. */
export const OFFLINE = {
  mode: 'validate',
  'schema-file': 'schema.json',
  validation: 'error',
  key: KEY,
  'client-secret': '',
}
