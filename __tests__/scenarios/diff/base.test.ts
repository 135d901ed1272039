import { describe, expect, it } from 'vitest'
import { stepAt } from '../../support/diff/diff-story.ts'
import { type CommitChange, type GitRepository, gitRepository } from '../../support/github/git-repository.ts'
import { type LocalPlatform, localPlatform } from '../../support/emulator/local-platform.ts'
import { annotationsIn } from '../../support/runs/log.ts'
import { mappingSet } from '../../support/files/mapping-sets.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, mainPhase } from '../../support/runs/workflow-step.ts'

const APPENDING = { publication: 'members', validation: 'error' }
const PREVIOUS = { ...APPENDING, 'replay-predecessors': 'previous' }

const members = (...ids: readonly string[]) => ids.map((id) => member(id, { tier: 'gold' })).join('')

type Inputs = Readonly<Record<string, string>>

/** Publishes commits and plans others, each by a run of its own. */
class DiffDesk implements AsyncDisposable {
  readonly platform: LocalPlatform
  readonly repository: GitRepository
  #run = 1000

  constructor(platform: LocalPlatform, repository: GitRepository) {
    this.platform = platform
    this.repository = repository
  }

  async publish(change: CommitChange, inputs: Inputs = PREVIOUS): Promise<string> {
    const commit = await this.repository.commit(change)
    await expectPublished(this.platform, stepAt({ repository: this.repository, commit }, { inputs, run: ++this.#run }))
    return commit
  }

  async plan(change: CommitChange, inputs: Inputs = PREVIOUS) {
    const commit = await this.repository.commit(change)
    const step = { inputs: { ...inputs, mode: 'plan' }, run: ++this.#run }
    const run = await mainPhase(this.platform, stepAt({ repository: this.repository, commit }, step))
    expect(run.exitCode, run.log).toBe(0)
    const { diff } = JSON.parse(run.kept.report) as { readonly diff: { readonly reason?: string } }
    return { ...run, diff }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.repository[Symbol.asyncDispose]()
    await this.platform[Symbol.asyncDispose]()
  }
}

async function diffDesk(): Promise<DiffDesk> {
  return new DiffDesk(await localPlatform(), await gitRepository())
}

describe('the headline says what will happen by the way of publishing', () => {
  const before = { 'data/a.jsonl': members('1', '2', '3') }
  const after = { 'data/a.jsonl': members('1', '2') + member('4', { tier: 'silver' }) }

  it.concurrent('replacing: removed rows go', async () => {
    await using desk = await diffDesk()
    await desk.publish(before)
    const { log, diff } = await desk.plan(after)
    expect(log).toMatch(/^1 row added, 0 changed, 1 removed, 2 unchanged$/m)
    expect(diff).toMatchObject({ way: 'replace' })
  })

  it.concurrent('appending: unchanged rows will be there twice, and removed rows stay', async () => {
    await using desk = await diffDesk()
    await desk.publish(before, APPENDING)
    const { log, summary } = await desk.plan(after, APPENDING)
    const words = '2 unchanged. Nothing is replaced: 2 rows would be in the dataset twice, removed rows stay'
    expect(log).toContain(words)
    expect(summary).toContain(words)
  })

  it.concurrent('as profile updates: removed rows stay in Profile', async () => {
    await using desk = await diffDesk()
    const inputs = { ...PREVIOUS, upsert: 'true', dataset: '650000000000000000000005' }
    await desk.publish(before, inputs)
    const { log, diff } = await desk.plan(after, inputs)
    expect(log).toContain('1 removed, 2 unchanged. Removed rows stay in Profile')
    expect(diff).toMatchObject({ way: 'upsert' })
  })
})

describe('the base', () => {
  it.concurrent('is none before the first publish run', async () => {
    await using desk = await diffDesk()
    const { diff, outputs } = await desk.plan({ 'data/a.jsonl': members('1') })
    expect(diff).toEqual({ compared: false, reason: expect.stringContaining('all rows are new') as string })
    expect(outputs).toMatchObject({ 'has-changes': 'true', 'rows-added': '' })
  })

  it.concurrent('is none where several publishes are active, which are listed', async () => {
    await using desk = await diffDesk()
    const first = await desk.publish({ 'data/a.jsonl': members('1') }, APPENDING)
    const second = await desk.publish({ 'data/a.jsonl': members('2') }, APPENDING)
    const { diff, outputs } = await desk.plan({ 'data/a.jsonl': members('3') }, APPENDING)
    expect(diff.reason).toContain('the dataset holds 2 publish runs of this publication: ')
    for (const commit of [first, second]) expect(diff.reason).toContain(`(commit ${commit.slice(0, 7)})`)
    expect(outputs).toMatchObject({ 'has-changes': 'true', 'rows-added': '', 'rows-unchanged': '' })
  })

  it.concurrent('is said not to be what was published, where its fingerprint is another one', async () => {
    await using desk = await diffDesk()
    const commit = await desk.repository.commit({ 'data/a.jsonl': members('1', '2') })
    const files = { 'data/extra.jsonl': members('9') }
    await expectPublished(desk.platform, {
      ...stepAt({ repository: desk.repository, commit }, { inputs: PREVIOUS, run: 900 }),
      files,
    })
    const { log, diff } = await desk.plan({ 'data/a.jsonl': members('1', '3') })
    expect(log).toContain(`Rows compared with commit ${commit.slice(0, 7)}, which is not what was published`)
    expect(diff).toMatchObject({ base: { isProved: false }, removed: 1 })
  })

  it.concurrent('has the same rows by key in a file that was renamed', async () => {
    await using desk = await diffDesk()
    await desk.publish({ 'data/a.jsonl': members('1', '2') })
    const { diff, outputs } = await desk.plan(
      { 'data/a.jsonl': undefined, 'data/new/z.jsonl': members('2', '1') },
      {
        ...PREVIOUS,
        glob: 'data/**/*.jsonl',
      },
    )
    expect(outputs).toMatchObject({ 'rows-unchanged': '2', 'rows-added': '0', 'has-changes': 'false' })
    expect(diff).toMatchObject({ base: { isProved: true } })
  })

  it.concurrent('is the shard alone where files are published in shards', async () => {
    await using desk = await diffDesk()
    const files = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`data/${at}.jsonl`, members(`m${at}`)]))
    const sharded = { ...PREVIOUS, shard: '1/2' }
    await desk.publish(files, sharded)
    const { diff, outputs } = await desk.plan({ 'readme.md': 'x' }, sharded)
    expect(diff).toMatchObject({ base: { isProved: true } })
    const unchanged = Number(outputs['rows-unchanged'])
    expect(unchanged).toBeGreaterThan(0)
    expect(unchanged).toBeLessThan(8)
    expect(outputs).toMatchObject({ 'rows-removed': '0', 'rows-added': '0' })
  })
})

describe('under a mapping', () => {
  const MAPPED = { ...PREVIOUS, mapping: 'map.json', glob: 'data/*.csv', key: 'No' }
  const set = (tier: string) =>
    mappingSet(['No', '_emutenant.loyalty.loyaltyId'], [tier, '_emutenant.loyalty.tier', 'STATIC'])
  const csv = 'No,Name\n1,Ann\n2,Bob\n'

  it.concurrent('the records of the base are made by its own mapping set, and told by a source column', async () => {
    await using desk = await diffDesk()
    await desk.publish({ 'data/a.csv': csv, 'map.json': set('gold') }, MAPPED)
    const same = await desk.plan({ 'data/a.csv': 'No,Name\n2,Bill\n1,Ann\n' }, MAPPED)
    expect(same.diff, same.log).toMatchObject({
      base: { isProved: true },
      unchanged: 2,
      key: { kind: 'input', paths: ['No'] },
    })
    const other = await desk.plan({ 'data/a.csv': csv, 'map.json': set('silver') }, MAPPED)
    expect(other.diff, other.log).toMatchObject({
      base: { isProved: true },
      changed: 2,
      fields: [{ path: '/_emutenant/loyalty/tier', rows: 2 }],
    })
  })

  it.concurrent(
    'files are compared that nobody else could read: a byte-order mark, line ends within quotes',
    async () => {
      await using desk = await diffDesk()
      await desk.publish(
        { 'data/a.csv': '\ufeffNo,Name\n1,"Ann\nLee"\n2,Bob\n3,Cy\n', 'map.json': set('gold') },
        MAPPED,
      )
      const { diff, log } = await desk.plan({ 'data/a.csv': 'No,Name\n2,Bob\n3,Cy\n' }, MAPPED)
      expect(diff, log).toMatchObject({ base: { isProved: true }, unchanged: 2, removed: 1 })
    },
  )

  it.concurrent('rows are not compared with a commit that does not have the mapping set', async () => {
    await using desk = await diffDesk()
    await desk.publish({ 'data/a.csv': csv, 'old.json': set('gold') }, { ...MAPPED, mapping: 'old.json' })
    const { diff } = await desk.plan({ 'map.json': set('gold') }, MAPPED)
    expect(diff.reason).toMatch(/^commit \w{7} does not have the mapping set "map\.json"$/)
  })
})

describe('rows that share a key', () => {
  it.concurrent('are a warning of their own at their lines, and no value of the data is shown', async () => {
    await using desk = await diffDesk()
    await desk.publish({ 'data/a.jsonl': members('Sesame-1', 'Sesame-2') })
    const twice = members('Sesame-1', 'Sesame-2') + member('Sesame-1', { tier: 'silver' })
    const run = await desk.plan({ 'data/a.jsonl': twice })
    expect(run.diff).toMatchObject({ duplicateKeys: 1, unchanged: 2, added: 1 })
    expect(annotationsIn(run.log)).toMatchObject([
      { level: 'warning', title: 'duplicate-key-row', file: 'data/a.jsonl', line: 3 },
    ])
    expect(run.log).toContain('expected a key of its own, found the key of line 1 of "data/a.jsonl"')
    for (const text of [run.log, run.summary, run.kept.report, run.kept.sarif]) expect(text).not.toContain('Sesame')
  })
})
