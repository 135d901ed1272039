import { describe, expect, it } from 'vitest'
import type { LocalPlatform } from '../support/emulator/local-platform.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { stages } from '../support/emulator/truth.ts'
import { logs, outcomes } from './outcomes.ts'
import type { Files, Repository } from './repository.ts'
import { runExample } from './run-example.ts'
import { MEMBERS, membersIn, strangersPlatform, strangersRepository } from './stranger.ts'

const OLDER = '0123456789abcdef0123456789abcdef01234567'
const OLD_FILES = { 'data/members/a.jsonl': member('1') + member('2') }
const NEW_FILES = { 'data/members/a.jsonl': member('2') + member('3') }

/** Both commits were merged and published; `main` is at the newer one. */
async function bothMerged(platform: LocalPlatform): Promise<Repository> {
  const at = (files: Files) => strangersRepository(platform, files)
  await runExample('publish-on-merge.yml', at(OLD_FILES), { event: 'push', run: 1001 })
  await runExample('publish-on-merge.yml', at(NEW_FILES), { event: 'push', run: 1002 })
  expect(await membersIn(platform, MEMBERS)).toEqual(['2', '3'])
  return { ...at(NEW_FILES), commits: { '': NEW_FILES, [OLDER]: OLD_FILES } }
}

const byHand = (run: number, inputs = {}) => ({ event: 'workflow_dispatch', run, inputs })

describe('roll-back-to-commit.yml', () => {
  it('brings back what the older commit held, and nothing else, until main publishes again', async () => {
    await using platform = await strangersPlatform()
    const repository = await bothMerged(platform)
    const ends = await runExample('roll-back-to-commit.yml', repository, byHand(1003, { ref: OLDER }))
    expect(outcomes(ends), logs(ends)).toEqual({ publish: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['1', '2'])
    const [, , third] = await platform.emulator.batches()
    expect(third?.tags['published_ref']).toEqual([OLDER])
    await runExample('publish-on-merge.yml', repository, { event: 'push', run: 1004 })
    expect(await membersIn(platform, MEMBERS)).toEqual(['2', '3'])
  })

  it('goes back to much fewer rows when it is told to, and not before', async () => {
    await using platform = await strangersPlatform()
    const many = { 'data/members/a.jsonl': ['1', '2', '3', '4', '5'].map((id) => member(id)).join('') }
    const at = strangersRepository(platform, many)
    await runExample('publish-on-merge.yml', at, { event: 'push', run: 1001 })
    const repository = { ...at, commits: { '': many, [OLDER]: OLD_FILES } }
    const refused = await runExample('roll-back-to-commit.yml', repository, byHand(1002, { ref: OLDER }))
    expect(outcomes(refused)).toEqual({ publish: 'failed' })
    expect(logs(refused)).toContain('"max-shrink-percent" stops at 50')
    const all = { ref: OLDER, 'max-shrink-percent': '100' }
    const ends = await runExample('roll-back-to-commit.yml', repository, byHand(1003, all))
    expect(outcomes(ends), logs(ends)).toEqual({ publish: 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['1', '2'])
  })

  it('publishes no commit that main does not hold', async () => {
    await using platform = await strangersPlatform()
    const repository = { ...(await bothMerged(platform)), unmerged: [OLDER] }
    const ends = await runExample('roll-back-to-commit.yml', repository, byHand(1003, { ref: OLDER }))
    expect(outcomes(ends)).toEqual({ publish: 'failure' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['2', '3'])
  })

  it('does what an old job that is run again may not', async () => {
    await using platform = await strangersPlatform()
    await bothMerged(platform)
    const old = strangersRepository(platform, OLD_FILES)
    const again = await runExample('publish-on-merge.yml', old, { event: 'push', run: 1001, attempt: 2 })
    expect(outcomes(again)).toEqual({ publish: 'failed' })
    expect(logs(again)).toContain('a later run published')
    expect(await membersIn(platform, MEMBERS)).toEqual(['2', '3'])
  })
})

describe('roll-back-by-revert.yml', () => {
  it('takes the last publish out, brings nothing back, and takes no more when it is run again', async () => {
    await using platform = await strangersPlatform()
    const repository = await bothMerged(platform)
    for (const run of [1003, 1004]) {
      const ends = await runExample('roll-back-by-revert.yml', repository, byHand(run))
      expect(outcomes(ends), logs(ends)).toEqual({ revert: 'reverted' })
      expect(await membersIn(platform, MEMBERS)).toEqual([])
      expect(await stages(platform)).toEqual(['inactive', 'inactive'])
    }
    expect(platform.requests('POST', /action=REVERT$/)).toHaveLength(1)
  })
})
