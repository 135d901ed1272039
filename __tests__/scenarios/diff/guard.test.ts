import { describe, expect, it } from 'vitest'
import { KEY, stepAt } from '../../support/diff/diff-story.ts'
import { type GitRepository, gitRepository } from '../../support/github/git-repository.ts'
import { type LocalPlatform, localPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { strangeBatch } from '../revert/strange-batch.ts'
import { type WorkflowStep, expectPublished, mainPhase } from '../../support/runs/workflow-step.ts'

const GUARDED = {
  publication: 'members',
  'replay-predecessors': 'previous',
  validation: 'error',
  'max-removed-percent': '50',
}

const members = (...ids: readonly string[]) => ids.map((id) => member(id)).join('')

type Story = { readonly platform: LocalPlatform; readonly repository: GitRepository; readonly first: string }

/** Members `1` to `4` are published from the first commit. */
async function published(
  stack: AsyncDisposableStack,
  inputs: Readonly<Record<string, string>> = GUARDED,
): Promise<Story> {
  const platform = stack.use(await localPlatform())
  const repository = stack.use(await gitRepository())
  const first = await repository.commit({ 'data/a.jsonl': members('1', '2', '3', '4') })
  await expectPublished(platform, stepAt({ repository, commit: first }, { inputs, run: 1001 }))
  return { platform, repository, first }
}

async function next(story: Story, ids: readonly string[], step: WorkflowStep = {}): Promise<ActionResult> {
  const commit = await story.repository.commit({ 'data/a.jsonl': members(...ids) })
  return await mainPhase(story.platform, stepAt({ ...story, commit }, { run: 1002, inputs: GUARDED, ...step }))
}

async function expectNoBatch({ platform }: Story, run: ActionResult, ...texts: readonly string[]): Promise<void> {
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': '' })
  const error = decodeURIComponent(/^::error::(.*)$/m.exec(run.log)?.[1] ?? '')
  for (const text of texts) expect(error).toContain(text)
  expect(await platform.emulator.batches()).toHaveLength(1)
}

describe('`max-removed-percent`', () => {
  it.concurrent('stops a run that removes more rows, though it has as many as before', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const run = await next(story, ['4', '5', '6', '7'])
    await expectNoBatch(
      story,
      run,
      'Cannot publish: 3 of 4 keys would be removed (75 %), and "max-removed-percent" allows 50 %',
      'raise "max-removed-percent" for one run',
    )
    expect(run.outputs).toMatchObject({ 'rows-removed': '3', 'rows-added': '3', 'rows-unchanged': '1' })
  })

  it.concurrent('lets a run pass that removes exactly so many', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const run = await next(story, ['3', '4', '5', '6'])
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'rows-removed': '2', 'has-changes': 'true' })
  })

  it.concurrent('is told by a plan, which fails as the run would', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const run = await next(story, ['4', '5', '6', '7'], { inputs: { ...GUARDED, mode: 'plan' } })
    await expectNoBatch(story, run, 'A publish run would fail: 3 of 4 keys would be removed')
  })

  it.concurrent('fails before a batch where the commit of what is replaced cannot be read', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const run = await mainPhase(story.platform, {
      run: 1002,
      inputs: GUARDED,
      files: { 'data/a.jsonl': members('1', '2', '3', '4', '5') },
    })
    await expectNoBatch(
      story,
      run,
      '"max-removed-percent" is set, and the rows cannot be compared: the files of commit',
      'Check out the repository with "fetch-depth: 0"',
    )
  })

  it.concurrent('fails before a batch where that commit is not what was published', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const { repository, first } = story
    // Somebody publishes what is in no commit.
    const prepare = async () => undefined
    const dirty = stepAt(
      { repository, commit: first },
      { run: 1002, inputs: { ...GUARDED, 'max-removed-percent': '' }, prepare },
    )
    const files = { 'data/b.jsonl': members('8') }
    await expectPublished(story.platform, { ...dirty, files })
    const run = await next(story, ['1', '2', '3', '4'], { run: 1003 })
    expect(run.exitCode, run.log).toBe(1)
    expect(decodeURIComponent(run.log)).toContain(
      `the only base is commit ${first.slice(0, 7)}, which is not what was published`,
    )
    expect(await story.platform.emulator.batches()).toHaveLength(2)
  })

  it.concurrent('fails before a batch where the dataset holds only a part of what was published', async () => {
    await using stack = new AsyncDisposableStack()
    const { platform: elsewhere, repository, first } = await published(stack)
    const [whole] = await elsewhere.emulator.batches()
    const platform = stack.use(await localPlatform())
    await strangeBatch(platform, '1', { ...whole?.tags, gh_part: ['1/2'] })
    const story = { platform, repository, first }
    const words = `the only base is commit ${first.slice(0, 7)}, of which the dataset holds only a part`
    await expectNoBatch(story, await next(story, ['1', '2', '3', '4', '5']), words)
    const plan = await next(story, ['1', '2', '3', '4', '5'], { inputs: { ...GUARDED, mode: 'plan' } })
    expect(plan.log).toContain(`Rows compared with commit ${first.slice(0, 7)}, of which the dataset holds only a part`)
  })

  it.concurrent(
    'fails before a batch where rows of what was published cannot be read, and tells the first',
    async () => {
      await using stack = new AsyncDisposableStack()
      const platform = stack.use(await localPlatform())
      const repository = stack.use(await gitRepository())
      const inputs = { ...GUARDED, validation: 'warn', 'error-threshold': '50', key: KEY }
      const first = await repository.commit({ 'data/a.jsonl': `${members('1', '2', '3')}{"broken\n` })
      const before = await mainPhase(platform, stepAt({ repository, commit: first }, { inputs, run: 1001 }))
      expect(before.outputs, before.log).toMatchObject({ outcome: 'partially-published' })
      const story = { platform, repository, first }
      const run = await next(story, ['1', '2', '3', '4'], { inputs })
      await expectNoBatch(story, run, '1 row of commit', 'cannot be read, the first at "data/a.jsonl":4')
      expect(run.log).toContain(
        '1 row that cannot be read, not compared; 1 of them in the base, the first at "data/a.jsonl":4',
      )
    },
  )

  it.concurrent('counts rows that the platform is expected to reject as removed', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    const commit = await story.repository.commit({
      'data/a.jsonl': `${members('1')}${member('2', { tier: 7 })}${member('3', { tier: 7 })}${member('4', { tier: 7 })}`,
    })
    const inputs = { ...GUARDED, validation: 'warn', 'error-threshold': '90', 'max-shrink-percent': '100' }
    const run = await mainPhase(story.platform, stepAt({ ...story, commit }, { inputs, run: 1002 }))
    const words = '3 of 4 keys would be removed (75 %), 3 of them with rows that are expected to be rejected'
    await expectNoBatch(story, run, words)
  })

  it.concurrent('counts rows beside keys: many cannot go with a key that they share', async () => {
    await using stack = new AsyncDisposableStack()
    const story = await published(stack)
    await expectPublished(
      story.platform,
      stepAt(
        { ...story, commit: await story.repository.commit({ 'data/a.jsonl': members('1', '2', '2', '2', '2') }) },
        { run: 1002, inputs: { ...GUARDED, 'max-removed-percent': '' } },
      ),
    )
    const run = await next(story, ['1', '3', '4', '5', '6'], { run: 1003 })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'failed', 'batch-id': '', 'rows-removed': '4' })
    expect(run.log).toMatch(/^::error::.*4 of 5 rows would be removed \(80 %25\), and "max-removed-percent" allows/m)
    expect(run.log).toContain('Rows of the base share keys: 1 of 2 distinct keys removed')
  })

  it.concurrent('fails where the rows have no key to compare them by', async () => {
    await using stack = new AsyncDisposableStack()
    const inputs = { ...GUARDED, validation: 'off' }
    const story = await published(stack, inputs)
    const run = await next(story, ['1', '2', '3', '4', '5'], { inputs })
    await expectNoBatch(story, run, 'the rows have no key to compare them by', 'Set "key"')
    const keyed = { ...inputs, key: '_emutenant.loyalty.loyaltyId' }
    const again = await next(story, ['1', '2', '3', '4', '6'], { inputs: keyed, run: 1003 })
    expect(again.outputs, again.log).toMatchObject({ outcome: 'published', 'rows-added': '1', 'rows-removed': '0' })
  })

  it.concurrent('compares with a commit that has links, where the patterns exclude them', async () => {
    await using stack = new AsyncDisposableStack()
    const platform = stack.use(await localPlatform())
    const repository = stack.use(await gitRepository())
    const inputs = { ...GUARDED, glob: 'data/**/*.jsonl\n!data/latest.jsonl\n!data/old' }
    const links = { 'data/latest.jsonl': { link: 'a.jsonl' }, 'data/old': { link: '../store' }, 'store/x.txt': 'x' }
    const first = await repository.commit({ ...links, 'data/a.jsonl': members('1', '2', '3', '4') })
    await expectPublished(platform, stepAt({ repository, commit: first }, { inputs, run: 1001 }))
    const run = await next({ platform, repository, first }, ['1', '2', '3', '5'], { inputs })
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'rows-removed': '1', 'rows-unchanged': '3' })
  })

  it.concurrent('says nothing of a run that replaces nothing', async () => {
    await using stack = new AsyncDisposableStack()
    const { 'replay-predecessors': _, ...appending } = GUARDED
    const story = await published(stack, appending)
    const run = await next(story, ['9'], { inputs: appending })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'published', 'rows-added': '', 'has-changes': 'true' })
  })

  it.concurrent('warns of a run in which every row changes, though the file looks alike', async () => {
    await using stack = new AsyncDisposableStack()
    const platform = stack.use(await localPlatform())
    const repository = stack.use(await gitRepository())
    const inputs = { ...GUARDED, 'max-removed-percent': '100' }
    const rows = (of: (id: number) => string) => Array.from({ length: 12 }, (_, id) => of(id)).join('')
    const first = await repository.commit({ 'data/a.jsonl': rows((id) => member(`m${id}`, { tier: 'gold' })) })
    await expectPublished(platform, stepAt({ repository, commit: first }, { run: 1001, inputs }))
    const second = await repository.commit({ 'data/a.jsonl': rows((id) => member(`m${id}`, { tier: 'silver' })) })
    const changed = await mainPhase(platform, stepAt({ repository, commit: second }, { run: 1002, inputs }))
    expect(changed.outputs, changed.log).toMatchObject({ outcome: 'published', 'rows-changed': '12' })
    expect(changed.log).toMatch(
      /^::warning::The files have about as many rows as before, and every row differs .*These fields change in every row: \/_emutenant\/loyalty\/tier\./m,
    )
    const third = await repository.commit({ 'data/a.jsonl': rows((id) => member(`M-${id}`, { tier: 'silver' })) })
    const moved = await mainPhase(platform, stepAt({ repository, commit: third }, { run: 1003, inputs }))
    expect(moved.outputs, moved.log).toMatchObject({ outcome: 'published', 'rows-added': '12', 'rows-removed': '12' })
    expect(moved.log).toMatch(
      /^::warning::The files have about as many rows as before, and no row has the key of a row of commit/m,
    )
  })
})
