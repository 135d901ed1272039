import { describe, expect, it } from 'vitest'
import { badMember } from '../support/files/members.ts'
import { member } from '../support/runs/platform-inputs.ts'
import { threeEnvironments } from './landscape.ts'
import { logs, outcomes } from './outcomes.ts'
import type { Files } from './repository.ts'
import { runExample } from './run-example.ts'
import { MEMBERS, membersIn, PARTNERS, strangersPlatform, strangersRepository } from './stranger.ts'

const push = (run: number) => ({ event: 'push', run })

describe('monorepo.yml', () => {
  it('publishes each team beside the other, and replaces only what is its own', async () => {
    await using platform = await strangersPlatform()
    const merge = (files: Files, run: number) =>
      runExample('monorepo.yml', strangersRepository(platform, files), push(run))
    const us = { 'teams/us/members/a.jsonl': member('us-1') }
    const first = await merge({ ...us, 'teams/eu/members/a.jsonl': member('eu-1') }, 1001)
    expect(outcomes(first), logs(first)).toEqual({ 'publish eu': 'published', 'publish us': 'published' })
    const second = await merge({ ...us, 'teams/eu/members/a.jsonl': member('eu-2') }, 1002)
    expect(outcomes(second), logs(second)).toEqual({ 'publish eu': 'published', 'publish us': 'skipped' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['eu-2', 'us-1'])
  })

  it('publishes one team also where the rows of another are refused', async () => {
    await using platform = await strangersPlatform()
    const files = { 'teams/us/members/a.jsonl': member('us-1'), 'teams/eu/members/a.jsonl': badMember('eu-1') }
    const ends = await runExample('monorepo.yml', strangersRepository(platform, files), push(1001))
    expect(outcomes(ends)).toEqual({ 'publish eu': 'invalid', 'publish us': 'published' })
    expect(await membersIn(platform, MEMBERS)).toEqual(['us-1'])
  })
})

describe('sharded-upload.yml', () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(index).padStart(2, '0'))
  const history = (at: string): Files =>
    Object.fromEntries(ids.map((id) => [`data/history/${id}.jsonl`, member(`${id}-${at}`)]))

  it('publishes every file by one of eight jobs, and replaces shard by shard', async () => {
    await using platform = await strangersPlatform()
    const shards = async (at: string, run: number) => {
      const repository = strangersRepository(platform, history(at))
      const ends = await runExample('sharded-upload.yml', repository, { event: 'workflow_dispatch', run })
      expect(
        ends.map(({ result }) => result),
        logs(ends),
      ).toEqual(Array.from({ length: 8 }, () => 'success'))
      expect(await membersIn(platform, MEMBERS)).toEqual(ids.map((id) => `${id}-${at}`))
    }
    await shards('monday', 1001)
    const sent = await platform.emulator.batches()
    expect(sent).toHaveLength(8)
    expect(sent.flatMap(({ files }) => files).length).toBe(ids.length)
    await shards('tuesday', 1002)
  })
})

describe('promote.yml', () => {
  it('brings a commit to dev, then to stage, then to prod', async () => {
    await using landscape = await threeEnvironments()
    const ends = await runExample('promote.yml', landscape.holding({ 'data/members/a.jsonl': member('1') }), push(1001))
    expect(outcomes(ends), logs(ends)).toEqual({ dev: 'published', stage: 'published', prod: 'published' })
    expect(ends.map(({ job }) => job)).toEqual(['dev', 'stage', 'prod'])
    expect(await landscape.members()).toEqual({ dev: ['1'], stage: ['1'], prod: ['1'] })
  })

  it('stops at a sandbox that takes nothing: what comes after it stays as it was', async () => {
    await using landscape = await threeEnvironments()
    await runExample('promote.yml', landscape.holding({ 'data/members/a.jsonl': member('1') }), push(1001))
    const { stage } = landscape
    stage.emulator.faults.add({
      method: 'POST',
      path: '/data/foundation/import/batches',
      times: 0,
      effect: { kind: 'answer', status: 403 },
    })
    const ends = await runExample('promote.yml', landscape.holding({ 'data/members/a.jsonl': member('2') }), push(1002))
    expect(outcomes(ends)).toEqual({ dev: 'published', stage: 'failed', prod: 'skipped' })
    expect(await landscape.members()).toEqual({ dev: ['2'], stage: ['1'], prod: ['1'] })
  })
})

describe('one-group-per-dataset.yml', () => {
  it('publishes each folder into its own dataset', async () => {
    await using platform = await strangersPlatform()
    const files = { 'data/members/a.jsonl': member('1'), 'data/partners/a.jsonl': member('2') }
    const ends = await runExample('one-group-per-dataset.yml', strangersRepository(platform, files), push(1001))
    expect(outcomes(ends), logs(ends)).toEqual({ members: 'published', partners: 'published' })
    expect([await membersIn(platform, MEMBERS), await membersIn(platform, PARTNERS)]).toEqual([['1'], ['2']])
  })
})
