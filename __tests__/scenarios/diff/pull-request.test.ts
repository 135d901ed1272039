import { execFileSync } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  KEY,
  OFFLINE,
  type CheckedOut,
  diffStory,
  pullRequestEvent,
  servedBy,
  stepInCheckout,
} from '../../support/diff/diff-story.ts'
import { githubStandIn } from '../../support/github/github-stand-in.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, mainPhase } from '../../support/runs/workflow-step.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous', validation: 'error' }

function diffIn(report: string): unknown {
  return (JSON.parse(report) as { readonly diff: unknown }).diff
}

const counts = (added: number, changed: number, removed: number, unchanged: number) => ({
  'rows-added': String(added),
  'rows-changed': String(changed),
  'rows-removed': String(removed),
  'rows-unchanged': String(unchanged),
  'has-changes': String(added + changed + removed > 0),
})

describe('a plan on a pull request compares the rows with the commit of the active publish', () => {
  it.concurrent.each([
    { depth: 1, asks: true },
    { depth: 2, asks: true },
    { depth: 0, asks: false },
  ])('in a checkout of depth $depth', async ({ depth, asks }) => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    await expectPublished(platform, stepInCheckout(story, { commit: 'start', depth: 1 }, { inputs: PREVIOUS }))
    const served = servedBy(github, story)
    const inputs = { ...PREVIOUS, ...served.inputs, mode: 'plan' }
    const step = { ...served, inputs, event: pullRequestEvent(story), run: 1100 }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth }, step))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs, run.log).toMatchObject({ outcome: 'planned', ...counts(2, 1, 1, 1) })
    const base = { commit: story.commits.start, kind: 'published', isProved: true }
    expect(diffIn(run.kept.report)).toMatchObject({
      compared: true,
      base,
      way: 'replace',
      key: { kind: 'identity', paths: [KEY] },
      fields: [{ path: '/_emutenant/loyalty/tier', rows: 1 }],
      samples: [
        { change: 'added', file: 'data/a.jsonl', line: 1 },
        { change: 'added', file: 'data/b.jsonl', line: 1 },
        { change: 'changed', file: 'data/a.jsonl', line: 3 },
        { change: 'removed', file: 'data/a.jsonl', line: 3 },
      ],
    })
    expect(run.log).toContain('2 rows added, 1 changed, 1 removed, 1 unchanged')
    expect(run.log).toContain(
      `Rows compared with commit ${story.commits.start.slice(0, 7)}, from which the dataset was published, by primary identity ${KEY}`,
    )
    expect(run.summary).toContain('| 2 | 1 | 1 | 1 |')
    expect(github.calls.length > 0).toBe(asks)
  })
})

describe('`mode: validate` with a stored schema on a pull request', () => {
  const cases: readonly (CheckedOut & { kind: string; base: 'main' | 'start'; asks: boolean; rows: object })[] = [
    { commit: 'merge', depth: 1, kind: 'first-parent', base: 'main', asks: true, rows: counts(1, 1, 1, 2) },
    { commit: 'merge', depth: 2, kind: 'first-parent', base: 'main', asks: false, rows: counts(1, 1, 1, 2) },
    { commit: 'merge', depth: 0, kind: 'first-parent', base: 'main', asks: false, rows: counts(1, 1, 1, 2) },
    { commit: 'branch', depth: 1, kind: 'merge-base', base: 'start', asks: true, rows: counts(1, 1, 1, 1) },
    { commit: 'branch', depth: 0, kind: 'merge-base', base: 'start', asks: false, rows: counts(1, 1, 1, 1) },
  ]
  it.concurrent.each(cases)(
    'compares the $commit in a checkout of depth $depth with its $kind',
    async ({ kind, base, asks, rows, ...out }) => {
      await using story = await diffStory()
      await using platform = await localPlatform()
      await using github = await githubStandIn()
      const served = servedBy(github, story)
      const step = { ...served, inputs: { ...served.inputs, ...OFFLINE }, event: pullRequestEvent(story) }
      const run = await mainPhase(platform, stepInCheckout(story, out, step))
      expect(run.exitCode, run.log).toBe(0)
      expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', ...rows })
      expect(diffIn(run.kept.report)).toMatchObject({
        base: { commit: story.commits[base], kind, isProved: false },
        way: 'unknown',
      })
      expect(github.calls.length > 0).toBe(asks)
      expect(platform.emulator.requests()).toEqual([])
    },
  )

  it.concurrent('compares with the pull request too where a connection finds nothing of its publication', async () => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    const { env, inputs } = servedBy(github, story)
    const step = {
      env: env ?? {},
      inputs: { ...inputs, mode: 'validate', validation: 'error' },
      event: pullRequestEvent(story),
    }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth: 1 }, step))
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', ...counts(1, 1, 1, 2) })
    expect(diffIn(run.kept.report)).toMatchObject({ base: { kind: 'first-parent' }, key: { kind: 'identity' } })
  })

  it.concurrent.each([
    ['rate limit', { tree: 'rate limit' }, /rate limit/i],
    ['secondary limit', { tree: 'secondary limit' }, /rate limit|secondary/i],
    ['missing permission', { tree: 403 }, /contents: read|403/],
    ['server that fails', { tree: [500, 500, 500, 500, 500, 500] }, /500/],
  ] as const)('says why there is no diff and goes on at a %s', async (_, misfortune, reason) => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    await using github = await githubStandIn()
    github.change(misfortune)
    const served = servedBy(github, story)
    const step = { ...served, inputs: { ...served.inputs, ...OFFLINE }, event: pullRequestEvent(story) }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth: 1 }, step))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({
      outcome: 'validated',
      'rows-added': '',
      'rows-unchanged': '',
      'has-changes': '',
    })
    expect(diffIn(run.kept.report)).toEqual({ compared: false, reason: expect.stringMatching(reason) as string })
    expect(run.log).toContain('Rows not compared: the files of commit')
  })

  it.concurrent('compares nothing where an earlier step made one of the files, which is in no commit', async () => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    const files = { 'data/made.jsonl': member('8') }
    const step = { inputs: OFFLINE, event: pullRequestEvent(story), files }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'merge', depth: 0 }, step))
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', 'rows-added': '', 'has-changes': '' })
    expect(run.log).toContain('Rows not compared: files that are not in Git cannot be compared: "data/made.jsonl"')
  })

  it.concurrent('compares nothing where the base branch is checked out, and has gone on since the event', async () => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    const side = (commit: 'branch' | 'start') => ({ sha: story.commits[commit], repo: { id: 4711 } })
    const request = { number: 7, state: 'open', base: side('start'), head: side('branch') }
    const payload = { action: 'labeled', repository: { id: 4711 }, pull_request: request }
    const step = { inputs: OFFLINE, event: { name: 'pull_request_target', payload } }
    const at = { commit: 'main', depth: 0 } as const
    const fetchHead = async (workspace: string) => {
      execFileSync('git', ['fetch', '-q', pathToFileURL(story.repository.folder).href, story.commits.branch], {
        cwd: workspace,
        stdio: 'pipe',
      })
    }
    const run = await mainPhase(platform, stepInCheckout(story, at, { ...step, prepare: fetchHead }))
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', 'rows-added': '', 'has-changes': '' })
    expect(run.log).toMatch(/Rows not compared: the checked-out commit \w{7} does not contain commit \w{7}, the head/)
  })

  it.concurrent('compares nothing for other events, which change nothing that a reviewer looks at', async () => {
    await using story = await diffStory()
    await using platform = await localPlatform()
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'main', depth: 0 }, { inputs: OFFLINE }))
    expect(run.outputs, run.log).toMatchObject({ outcome: 'validated', 'rows-added': '' })
    expect(diffIn(run.kept.report)).toBeNull()
  })
})

describe('no rows are compared, which is said, where the base', () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12\n`
  it.concurrent.each([
    ['has an LFS pointer', { start: { 'data/a.jsonl': pointer } }, /"data\/a\.jsonl" of commit \w+ .*LFS/i],
    ['has a link', { start: { 'data/l.jsonl': { link: 'a.jsonl' } } }, /"data\/l\.jsonl" is a link in commit/],
    [
      'has no such files',
      { start: { 'data/a.jsonl': undefined, 'README.md': 'x' } },
      /no file that "glob" matches, and files that are not in Git/,
    ],
  ] as const)('%s', async (_, changes, reason) => {
    await using story = await diffStory(changes)
    await using platform = await localPlatform()
    const step = { inputs: OFFLINE, event: pullRequestEvent(story) }
    const run = await mainPhase(platform, stepInCheckout(story, { commit: 'branch', depth: 0 }, step))
    expect(run.exitCode, run.log).toBe(0)
    expect(diffIn(run.kept.report)).toEqual({ compared: false, reason: expect.stringMatching(reason) as string })
  })
})
