import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import {
  OFFLINE,
  diffStory,
  pullRequestEvent,
  servedBy,
  stepAt,
  stepInCheckout,
} from '../../support/diff/diff-story.ts'
import { type GitRepository, gitRepository } from '../../support/github/git-repository.ts'
import { githubStandIn } from '../../support/github/github-stand-in.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { type WorkflowStep, expectPublished, mainPhase } from '../../support/runs/workflow-step.ts'

const PREVIOUS = { publication: 'members', validation: 'error', 'replay-predecessors': 'previous' }

function reportOf(text: string) {
  return JSON.parse(text) as { readonly diff: unknown; readonly checks: unknown }
}

/** A file and a folder of one name: Git can store it, and no disk can. */
function commitImpossibleTree(repository: GitRepository): string {
  const store = (type: string, input: string | Buffer) =>
    execFileSync('git', ['hash-object', '-w', '--literally', '-t', type, '--stdin'], { cwd: repository.folder, input })
      .toString()
      .trim()
  const entry = (mode: string, name: string, sha: string) =>
    Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(sha, 'hex')])
  const inner = store('tree', entry('100644', 'y.jsonl', store('blob', member('2'))))
  const file = entry('100644', 'x.jsonl', store('blob', member('1')))
  const data = store('tree', Buffer.concat([file, entry('40000', 'x.jsonl', inner)]))
  return repository.git('commit-tree', '-m', 'Impossible', store('tree', entry('40000', 'data', data)))
}

describe('a comparison that breaks off', () => {
  it.concurrent('leaves the verdict of the validation as it is, and tells why', async () => {
    await using platform = await localPlatform()
    await using repository = await gitRepository()
    await repository.commit({ 'data/a.jsonl': member('1') })
    const base = commitImpossibleTree(repository)
    const head = repository.git('commit-tree', '-m', 'Later', '-p', base, 'HEAD^{tree}')
    repository.git('update-ref', 'refs/heads/main', head)
    const side = (sha: string) => ({ sha, repo: { id: 4711 } })
    const request = { number: 7, state: 'open', base: side(base), head: side(head) }
    const payload = { action: 'opened', repository: { id: 4711 }, pull_request: request }
    const event: WorkflowStep['event'] = { name: 'pull_request', payload }
    const inputs = { ...OFFLINE, glob: 'data/**' }
    const run = await mainPhase(platform, stepAt({ repository, commit: head, more: [base] }, { inputs, event }))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'validated', 'rows-added': '' })
    expect(run.log).toMatch(
      /^Rows not compared: commit \w{7}: Cannot store "data\/x\.jsonl(?:\/y\.jsonl)?": another file or folder has the same path$/m,
    )
  })
})

describe('`has-changes`', () => {
  it.concurrent('is true where rows are those of a commit that is not what was published', async () => {
    await using platform = await localPlatform()
    await using repository = await gitRepository()
    const commit = await repository.commit({ 'data/a.jsonl': member('1') + member('2') })
    const published = stepAt({ repository, commit }, { inputs: PREVIOUS, run: 900 })
    await expectPublished(platform, { ...published, files: { 'data/extra.jsonl': member('9') } })
    const inputs = { ...PREVIOUS, mode: 'plan' }
    const run = await mainPhase(platform, stepAt({ repository, commit }, { inputs, run: 901 }))
    expect(reportOf(run.kept.report).diff, run.log).toMatchObject({ base: { isProved: false }, unchanged: 2 })
    expect(run.outputs).toMatchObject({ 'has-changes': 'true', 'rows-unchanged': '2' })
  })
})

describe('the comment of a validation', () => {
  it.concurrent('does not say "No change" beside a commit that is not what was published', async () => {
    await using story = await diffStory({ branch: { 'data/a.jsonl': member('1') } })
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const published = stepInCheckout(story, { commit: 'merge', depth: 0 }, { inputs: PREVIOUS, run: 900 })
    await expectPublished(platform, { ...published, files: { 'data/extra.jsonl': member('99') } })
    const served = servedBy(github, story)
    const inputs = { ...PREVIOUS, ...served.inputs, mode: 'validate', comment: 'true' }
    const step = { ...served, inputs, event: pullRequestEvent(story), run: 901 }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth: 0 }, step))
    expect(reportOf(run.kept.report).diff, run.log).toMatchObject({ base: { isProved: false }, added: 0, removed: 0 })
    expect(run.outputs).toMatchObject({ 'has-changes': '' })
    const [comment] = github.desk.comments
    expect(comment?.body, run.log).toContain('which is not what was published')
    expect(comment?.body).not.toContain('**No change**')
  })
})

describe('rows with the key of an earlier row', () => {
  it.concurrent('are all counted before the first publish run, though few are listed', async () => {
    await using platform = await localPlatform()
    await using repository = await gitRepository()
    const commit = await repository.commit({
      'data/a.jsonl': member('1').repeat(251),
      'data/b.jsonl': member('2') + member('1'),
    })
    const run = await mainPhase(platform, stepAt({ repository, commit }, { inputs: { ...PREVIOUS, mode: 'plan' } }))
    const found = (rows: number) => ({ findings: [{ code: 'duplicate-key-row', count: rows }] })
    expect(reportOf(run.kept.report).checks, run.log).toMatchObject([found(250), found(1)])
    expect(run.log).toContain(
      '251 rows with the key of an earlier row (/_emutenant/loyalty/loyaltyId): "data/a.jsonl" (250), "data/b.jsonl" (1). In Profile',
    )
  })
})

describe('a folder that the base has as a link', () => {
  it.concurrent('is told instead of its rows being taken for added ones', async () => {
    await using story = await diffStory({
      start: { 'store/x.jsonl': member('70') + member('71'), 'data/sub': { link: '../store' } },
    })
    await using platform = await localPlatform()
    const step = { inputs: { ...OFFLINE, glob: 'data/**/*.jsonl' }, event: pullRequestEvent(story) }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth: 0 }, step))
    expect(run.exitCode, run.log).toBe(0)
    const reason = expect.stringContaining('"data/sub" is a link in commit') as string
    expect(reportOf(run.kept.report).diff).toEqual({ compared: false, reason })
  })
})
