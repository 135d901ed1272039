import { describe, expect, it } from 'vitest'
import {
  ACCESS,
  type GitHubStandIn,
  githubStandIn,
  PERSONAL_TOKEN,
  type Misfortune,
} from '../../support/github/github-stand-in.ts'
import { ACTIONS_BOT, addComment, type GithubUser } from '../../support/github/github-comments.ts'
import { diffStory, OFFLINE, pullRequestEvent, servedBy, stepInCheckout } from '../../support/diff/diff-story.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { SECRET } from '../../support/runs/platform-inputs.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { expectPublished, mainPhase, stepOf, type WorkflowStep } from '../../support/runs/workflow-step.ts'

const PULL_REQUEST = 7
const REPOSITORY = { id: 4711 }

/** What GitHub sends of a pull request, as far as the action reads it. */
function pullRequest(more: object = {}): NonNullable<WorkflowStep['event']> {
  const sides = { base: { sha: 'b'.repeat(40) }, head: { sha: 'a'.repeat(40), repo: REPOSITORY } }
  const request = { number: PULL_REQUEST, state: 'open', user: { login: 'octocat' }, ...sides, ...more }
  return { name: 'pull_request', payload: { action: 'synchronize', pull_request: request, repository: REPOSITORY } }
}

type Setting = { readonly platform: LocalPlatform; readonly github: GitHubStandIn }

/** A plan on a pull request that asks for a comment. */
function plan({ platform, github }: Setting, step: WorkflowStep): Promise<ActionResult> {
  const inputs = { mode: 'plan', comment: 'true', 'github-token': ACCESS.token, publication: 'members', ...step.inputs }
  const env = { GITHUB_API_URL: github.apiUrl, ...step.env }
  return mainPhase(platform, { run: 1100, event: pullRequest(), ...step, inputs, env })
}

const bodiesOf = ({ desk }: GitHubStandIn) => desk.comments.map(({ body }) => body)
const writesTo = ({ calls }: GitHubStandIn) =>
  calls.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/graphql')).map(({ method }) => method)

async function setting(): Promise<Setting & AsyncDisposable> {
  const platform = await localPlatform()
  const github = await githubStandIn()
  const close = async () => {
    await platform[Symbol.asyncDispose]()
    await github[Symbol.asyncDispose]()
  }
  return { platform, github, [Symbol.asyncDispose]: close }
}

describe('`comment: true` on a pull request', () => {
  it.concurrent('writes one comment, and keeps it up to date with every run', async () => {
    await using on = await setting()
    const { github } = on
    const first = await plan(on, stepOf(['1', '2']))
    expect(first.exitCode, first.log).toBe(0)
    expect(first.log).toContain('Commented on pull request 7')
    expect(github.desk.comments).toMatchObject([{ issue: PULL_REQUEST, user: ACTIONS_BOT }])
    expect(bodiesOf(github)[0]).toMatch(
      /^<!-- publish-to-experience-platform \w+ run 1100\.1 rank 1 -->\n### 📋 Plan only/,
    )
    for (const words of ['`members`', 'upload one batch', 'Why: the data is new', '| 1 of 1 | 1 | 2 |'])
      expect(bodiesOf(github)[0]).toContain(words)

    const second = await plan(on, stepOf(['1', '2', '3'], { run: 1101 }))
    expect(second.log).toContain('Updated the comment on pull request 7')
    expect(github.desk.comments).toMatchObject([{ id: github.desk.lastId, user: ACTIONS_BOT }])
    expect(bodiesOf(github)[0]).toContain('| 1 of 1 | 1 | 3 |')
    expect(writesTo(github)).toEqual(['POST', 'PATCH'])
  })

  it.concurrent('shrinks to "no change" where the dataset holds this data, and grows again', async () => {
    await using on = await setting()
    const inputs = { publication: 'members', 'replay-predecessors': 'previous' }
    const old = await expectPublished(on.platform, stepOf(['1'], { inputs }))
    await plan(on, stepOf(['2'], { inputs }))
    expect(bodiesOf(on.github)[0]).toContain(`replace \`${old}\``)
    await plan(on, stepOf(['1'], { run: 1101, inputs }))
    const [, ...shrunk] = (bodiesOf(on.github)[0] ?? '').split('\n')
    expect(shrunk[0]).toMatch(/^⏭️ \*\*No change\*\*: `members` → dataset /)
    expect(shrunk.slice(1).join('\n').trim()).toMatch(/^<details>[^]*<\/details>$/)
    await plan(on, stepOf(['2'], { run: 1102, inputs }))
    expect(bodiesOf(on.github)).toEqual([expect.stringContaining('### 📋 Plan only')])
  })

  it.concurrent('tells what was found where the verdict is red, and the run stays as red', async () => {
    await using on = await setting()
    const bad = { files: { 'data/a.jsonl': '{"_id":7}\n' } }
    const run = await plan(on, { ...bad, inputs: { mode: 'validate', validation: 'error' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs['outcome']).toBe('invalid')
    expect(bodiesOf(on.github)[0]).toMatch(/### ❌ Validation failed[^]*#### Validation findings[^]*`data\/a\.jsonl:1`/)
    const missing = await plan(on, { ...bad, run: 1101, inputs: { dataset: 'No such dataset' } })
    expect(missing.exitCode).toBe(1)
    expect(bodiesOf(on.github)[1]).toMatch(/### ❌ Failed: [^]*\*\*What to do:\*\*/)
  })

  it.concurrent('has a comment for each publication', async () => {
    await using on = await setting()
    for (const publication of ['members', 'tiers', 'members']) {
      const run = await plan(on, stepOf(['1'], { inputs: { publication } }))
      expect(run.exitCode, run.log).toBe(0)
    }
    expect(bodiesOf(on.github)).toEqual([expect.stringContaining('`members`'), expect.stringContaining('`tiers`')])
  })

  it.concurrent('tells the plan where two steps of a run have one publication, and a failure of either', async () => {
    await using on = await setting()
    const { github } = on
    const validating = { mode: 'validate', validation: 'error' }
    await plan(on, stepOf(['1', '2']))
    const validated = await plan(on, stepOf(['1', '2'], { inputs: validating }))
    expect(validated.log).toContain('it shows the plan or the failure of another step of this run')
    expect(bodiesOf(github)).toEqual([expect.stringContaining('### 📋 Plan only')])
    const failed = await plan(on, { files: { 'data/a.jsonl': '{}\n' }, inputs: validating })
    expect(failed.exitCode, failed.log).toBe(1)
    expect(bodiesOf(github)).toEqual([expect.stringContaining('### ❌')])
    await plan(on, stepOf(['1', '2']))
    expect(bodiesOf(github)).toEqual([expect.stringContaining('### ❌')])
    await plan(on, stepOf(['1', '2'], { run: 1101, inputs: validating }))
    expect(bodiesOf(github)).toEqual([expect.stringContaining('### ✅')])
  })

  it.concurrent('finds its comment among hundreds', async () => {
    await using on = await setting()
    for (let at = 0; at < 205; at++) addComment(on.github.desk, comment({ body: `Comment ${at}` }))
    await plan(on, stepOf(['1']))
    await plan(on, stepOf(['2'], { run: 1101 }))
    expect(on.github.desk.comments).toHaveLength(206)
    expect(writesTo(on.github)).toEqual(['POST', 'PATCH'])
  })
})

describe('the rows that change, in the comment', () => {
  const inputs = { ...OFFLINE, publication: 'members' }

  it.concurrent('are read from GitHub where the checkout does not have those before', async () => {
    await using on = await setting()
    await using story = await diffStory()
    const step = { ...servedBy(on.github, story), inputs, event: pullRequestEvent(story) }
    const run = await plan(on, stepInCheckout(story, { commit: 'merge', depth: 1 }, step))
    expect(run.exitCode, run.log).toBe(0)
    const [body] = bodiesOf(on.github)
    for (const words of ['| 1 | 1 | 1 | 2 |', '| `/_emutenant/loyalty/tier` | 1 |', '| removed | `data/a.jsonl` | 3 |'])
      expect(body).toContain(words)
    expect(on.platform.emulator.requests()).toEqual([])
  })

  it.concurrent('are missing where GitHub does not tell them, with the reason, and all else is there', async () => {
    await using on = await setting()
    await using story = await diffStory()
    const step = { ...servedBy(on.github, story), inputs, event: pullRequestEvent(story) }
    on.github.change({ tree: 'rate limit', blob: 'rate limit', compare: 'rate limit' })
    const run = await plan(on, stepInCheckout(story, { commit: 'merge', depth: 1 }, step))
    expect(run.exitCode, run.log).toBe(0)
    expect(bodiesOf(on.github)).toEqual([
      expect.stringMatching(/### ✅ Validation passed[^]*Rows were not compared: [^\n]*rate limit of GitHub/),
    ])
  })
})

const OTHER: GithubUser = { login: 'octocat', id: 583_231, type: 'User' }
const comment = (more: object) => ({ issue: PULL_REQUEST, user: OTHER, body: '', ...more })

describe('a comment of others', () => {
  it.concurrent('is left alone, even with our mark in it', async () => {
    await using on = await setting()
    const { desk } = on.github
    await plan(on, stepOf(['1']))
    const [ours] = desk.comments.splice(0)
    const theirs = [
      addComment(desk, comment({ body: ours?.body })),
      addComment(desk, comment({ user: { ...ACTIONS_BOT, login: 'acme-bot[bot]' }, body: ours?.body })),
      addComment(desk, comment({ user: ACTIONS_BOT, body: `Somebody wrote:\n${ours?.body}` })),
    ]
    await plan(on, stepOf(['2'], { run: 1101 }))
    expect(desk.comments.slice(0, 3)).toEqual(theirs)
    expect(desk.comments).toHaveLength(4)
    expect(writesTo(on.github)).toEqual(['POST', 'POST'])
  })

  it.concurrent('is what the token of a person writes, and finds by its own name', async () => {
    await using on = await setting()
    const inputs = { 'github-token': PERSONAL_TOKEN }
    await plan(on, stepOf(['1'], { inputs }))
    await plan(on, stepOf(['2'], { run: 1101, inputs }))
    expect(on.github.desk.comments).toMatchObject([{ user: OTHER }])
    expect(writesTo(on.github)).toEqual(['POST', 'PATCH'])
  })
})

describe('a comment that can not be written', () => {
  it.concurrent(
    'is a line of the log where a fork or Dependabot has no permission, and the summary has all',
    async () => {
      await using on = await setting()
      on.github.desk.isReadOnly = true
      for (const [whose, more] of [
        ['a fork', { head: { sha: 'a'.repeat(40), repo: { id: 9 } } }],
        ['Dependabot', { user: { login: 'dependabot[bot]' } }],
      ] as const) {
        const run = await plan(on, stepOf(['1'], { event: pullRequest(more) }))
        expect(run.exitCode, run.log).toBe(0)
        expect(run.log).toContain(
          `No comment: GitHub gives runs for pull requests from ${whose} a token that can only read. The job summary has everything`,
        )
        expect(run.log).not.toContain('::warning')
        expect(run.summary).toContain('upload one batch')
      }
    },
  )

  it.concurrent.each<[string, Misfortune, RegExp]>([
    ['the permission is missing', 403, /answered 403 .*"permissions:" with "pull-requests: write"/],
    ['the rate limit is used up', 'rate limit', /answered 403 \(API rate limit exceeded.*The rate limit of this token/],
    ['a page answers', 'web page', /answered 502 \(<html>\)/],
    ['the answer never ends', 'huge', /the answer of GitHub is larger than 32\.0 MB/],
    ['nobody answers', 'reset', /GitHub did not answer/],
  ])('is a warning where %s, and changes nothing else', async (_, misfortune, warning) => {
    await using on = await setting()
    on.github.change(misfortune === 'huge' ? { comments: misfortune } : { comment: misfortune })
    const run = await plan(on, stepOf(['1']))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs['outcome']).toBe('planned')
    const [line, ...others] = run.log.split('\n').filter((one) => one.startsWith('::warning'))
    expect(line).toMatch(/^::warning::Cannot comment on pull request 7: /)
    expect(line).toMatch(warning)
    expect(others).toEqual([])
    expect(on.github.desk.comments).toEqual([])
  })

  it.concurrent('waits for a secondary limit, and is written after it', async () => {
    await using on = await setting()
    on.github.change({ comments: ['secondary limit'], comment: ['secondary limit'] })
    const run = await plan(on, stepOf(['1'], { inputs: { 'timeout-minutes': '60' } }))
    expect(run.log).toContain('Commented on pull request 7')
    expect(run.log).not.toContain('::warning')
    expect(on.github.desk.comments).toHaveLength(1)
  })

  it.concurrent('is written once though the answer got lost', async () => {
    await using on = await setting()
    on.github.change({ comment: 'lost answer' })
    const run = await plan(on, stepOf(['1']))
    expect(run.log).toContain('Commented on pull request 7')
    expect(on.github.desk.comments).toHaveLength(1)
    expect(writesTo(on.github)).toEqual(['POST'])
  })

  it.concurrent('is none where nobody knows whose comments are the token’s own', async () => {
    await using on = await setting()
    on.github.change({ viewer: 404, user: 403 })
    const run = await plan(on, stepOf(['1']))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toContain('GitHub does not tell under which name this token writes comments')
    expect(writesTo(on.github)).toEqual([])
  })
})

describe('no comment, with a note', () => {
  it.concurrent.each<[string, WorkflowStep, string]>([
    ['on a push', { event: { name: 'push', payload: {} } }, 'the event of a pull request; this event is "push"'],
    [
      'on an event that tells nothing',
      { event: { name: 'pull_request', payload: {} } },
      'the event does not name its pull request',
    ],
    ['on a closed pull request', { event: pullRequest({ state: 'closed' }) }, 'pull request 7 is closed'],
    [
      'where there is something to publish',
      { inputs: { mode: 'publish', 'allow-pull-request': 'true' } },
      '"mode: publish"',
    ],
  ])('%s', async (_, step, note) => {
    await using on = await setting()
    const run = await plan(on, stepOf(['1'], step))
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toMatch(new RegExp(`^No comment: .*${note}`, 'm'))
    expect(run.log).not.toContain('::warning')
    expect(on.github.calls).toEqual([])
  })

  it.concurrent('where nobody asks for one', async () => {
    await using on = await setting()
    const run = await plan(on, stepOf(['1'], { inputs: { comment: 'false' } }))
    expect(run.log).not.toContain('omment')
    expect(on.github.calls).toEqual([])
  })
})

describe('a secret in what a comment says', () => {
  it.concurrent('is not in the comment', async () => {
    await using on = await setting()
    const files = { [`data/${SECRET}.jsonl`]: 'version https://git-lfs.github.com/spec/v1\n' }
    const run = await plan(on, { files })
    expect(run.exitCode, run.log).toBe(1)
    expect(bodiesOf(on.github)[0]).toContain('`data/***.jsonl`')
    expect(bodiesOf(on.github)[0]).not.toContain(SECRET)
  })
})

describe('two runs at once', () => {
  it.concurrent('leave one comment, and the later one has deleted its own', async () => {
    await using on = await setting()
    const { github } = on
    const both = Promise.withResolvers<void>()
    // Both have listed, and found none, before one of them writes.
    github.change({ comment: both.promise })
    const runs = [1100, 1101].map((run) => plan(on, stepOf(['1'], { run, inputs: { wait: 'false' } })))
    const watch = setInterval(() => {
      if (writesTo(github).length < 2) return
      clearInterval(watch)
      both.resolve()
    }, 5)
    const done = await Promise.all(runs)
    clearInterval(watch)
    for (const { exitCode, log } of done) expect(exitCode, log).toBe(0)
    expect(github.desk.comments).toHaveLength(1)
    expect(bodiesOf(github)[0]).toContain(' run 1101.1 rank 1 -->')
    expect(writesTo(github).toSorted()[0]).toBe('DELETE')
  })

  it.concurrent('that begin one after the other never write the older over the newer', async () => {
    await using on = await setting()
    await plan(on, stepOf(['1', '2'], { run: 1101 }))
    const late = await plan(on, stepOf(['1'], { run: 1100 }))
    expect(late.log).toContain('Did not update the comment on pull request 7: a later run wrote it')
    expect(bodiesOf(on.github)[0]).toContain(' run 1101.1 rank 1 -->')
  })

  it.concurrent('that left two comments are tidied up by the next', async () => {
    await using on = await setting()
    await plan(on, stepOf(['1']))
    const [ours] = on.github.desk.comments
    addComment(on.github.desk, comment({ user: ACTIONS_BOT, body: ours?.body }))
    await plan(on, stepOf(['2'], { run: 1101 }))
    expect(on.github.desk.comments).toMatchObject([{ id: ours?.id }])
  })
})

describe('a comment with too much to say', () => {
  it.concurrent('is cut, and what is left out is counted', async () => {
    await using on = await setting()
    const names = Array.from({ length: 120 }, (_, at) => `data/${'🌈'.repeat(50)}${at}.jsonl`)
    const pointer = 'version https://git-lfs.github.com/spec/v1\n'
    const run = await plan(on, { files: Object.fromEntries(names.map((name) => [name, pointer])) })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toContain('Commented on pull request 7')
    const [body = ''] = bodiesOf(on.github)
    expect(Array.from(body).length).toBeLessThan(65_536)
    expect(body).toMatch(/… and 70 more files/)
  })
})
