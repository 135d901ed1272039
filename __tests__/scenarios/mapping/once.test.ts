import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, it } from 'vitest'
import { shardOf } from '../../../src/files/discover.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { mappingSet } from '../../support/files/mapping-sets.ts'
import { activeMembers } from '../../support/emulator/truth.ts'
import { mainPhase } from '../../support/runs/workflow-step.ts'

const ID = '_emutenant.loyalty.loyaltyId'
const inputs = { mapping: 'maps/members.json', glob: 'data/*.csv', validation: 'error' }
const csv = { 'data/a.csv': 'No,Name\n1,Ann\n2,Bob\n' }

const step = (set: string, run: number, more: Readonly<Record<string, string>> = {}) => ({
  files: { ...csv, 'maps/members.json': set },
  inputs: { ...inputs, ...more },
  run,
})

it('the same data by the same mapping is sent once, though it uses now() and uuid(), and however the set is written', async () => {
  await using platform = await localPlatform()
  const random = ['uuid()', '_id', 'EXPRESSION'] as const
  const moment = ['now()', '_emutenant.loyalty.memberSince', 'EXPRESSION'] as const
  const first = await mainPhase(platform, step(mappingSet(['No', ID], random, moment), 1001))
  expect(first.outputs['outcome'], first.log).toBe('published')
  const second = await mainPhase(platform, step(mappingSet(moment, ['No', `xdm:${ID}`], random), 1002))
  expect(second.outputs['outcome'], second.log).toBe('skipped')
  const [text = ''] = Object.values(await platform.received())
  const ids = [...text.matchAll(/"_id":"([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(2)
})

it('the same data by another mapping is other data, which takes the place of the first', async () => {
  await using platform = await localPlatform({ staleReads: 0 })
  const previous = { publication: 'members', 'replay-predecessors': 'previous' }
  await mainPhase(platform, step(mappingSet(['No', ID]), 1001, previous))
  const second = await mainPhase(platform, step(mappingSet(['Name', ID]), 1002, previous))
  expect(second.outputs['outcome'], second.log).toBe('published')
  expect(await activeMembers(platform)).toEqual(['Ann', 'Bob'])
})

it('a plan says what a publish would send, in rows and bytes of the records', async () => {
  await using platform = await localPlatform()
  const run = await mainPhase(platform, step(mappingSet(['No', ID]), 1001, { mode: 'plan' }))
  expect(run.outputs['outcome'], run.log).toBe('planned')
  const bytes = 2 * '{"_emutenant":{"loyalty":{"loyaltyId":"1"}}}\n'.length
  expect(run.log).toContain(`Would upload 1 file, 2 rows, ${bytes} bytes`)
  expect(await platform.emulator.batches()).toEqual([])
})

it('a plan says with which mapping the data was published last', async () => {
  await using platform = await localPlatform({ staleReads: 0 })
  const members = { publication: 'members' }
  await mainPhase(platform, step(mappingSet(['No', ID]), 1001, members))
  const same = await mainPhase(platform, step(mappingSet(['No', ID]), 1002, { ...members, mode: 'plan' }))
  expect(same.log).toMatch(/^Last published with the mapping maps\/members\.json \([0-9a-f]{12}\); as in this run$/m)
  const other = await mainPhase(platform, step(mappingSet(['Name', ID]), 1003, { ...members, mode: 'plan' }))
  expect(other.log).toMatch(
    /^Last published with the mapping (.+ \(\w+\)); this run uses (?!\1)maps\/members\.json \(\w+\)$/m,
  )
})

it('shards are cut by the names of the files, and together hold every row once', async () => {
  await using platform = await localPlatform()
  const names = Array.from({ length: 12 }, (_, at) => `data/m${at}.csv`)
  const files = Object.fromEntries(names.map((name, at) => [name, `No\nm${at}\n`]))
  for (const number of [1, 2, 3]) {
    const run = await mainPhase(platform, {
      files: { ...files, 'maps/members.json': mappingSet(['No', ID]) },
      inputs: { ...inputs, shard: `${number}/3` },
    })
    expect(run.outputs['outcome'], run.log).toBe('published')
    const own = names.filter((name) => shardOf(name, 3) === number)
    expect(run.outputs['file-count']).toBe(String(own.length))
  }
  expect(await activeMembers(platform)).toEqual(names.map((_, at) => `m${at}`).toSorted())
})

it('records of more than 256 MB are cut between them, though their file is small', async () => {
  await using platform = await localPlatform()
  const ROWS = 26_000
  const run = await platform.publish({
    files: { 'maps/members.json': mappingSet(['No', ID], ['x'.repeat(10_000), 'person.name.firstName', 'STATIC']) },
    prepare: async (workspace) => {
      const rows = Array.from({ length: ROWS }, (_, at) => `${at}\n`)
      await pipeline(Readable.from(['No\n', ...rows]), createWriteStream(join(workspace, 'small.csv')))
    },
    inputs: { ...inputs, glob: '*.csv', 'large-files': 'split' },
  })
  expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'records-read': String(ROWS) })
  const { files } = await platform.batch()
  expect(files.map(({ name, how }) => `${name} ${how}`).toSorted()).toEqual(
    [1, 2, 3].map((part) => `small.csv-part-0000${part}.json whole`),
  )
})
