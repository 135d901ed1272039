import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { LOYALTY_SCHEMA } from '../../support/emulator/more-schemas.ts'
import { idsOfName } from '../../support/emulator/named-datasets.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import type { ActionResult, ActionRun } from '../../support/runs/run-action.ts'

const NAME = 'Members of CI'
const CREATE = { method: 'POST', target: /\/dataSets$/ } as const

function create(platform: LocalPlatform, inputs: ActionRun['inputs'] = {}): Promise<ActionResult> {
  const wanted = { dataset: NAME, schema: LOYALTY_SCHEMA.title, ...inputs }
  return platform.publish({ files: { 'data/a.jsonl': member('1') }, inputs: wanted })
}

async function expectOnePublished(platform: LocalPlatform, run: ActionResult): Promise<void> {
  const ids = idsOfName(platform, NAME)
  expect(ids).toHaveLength(1)
  expect(run.exitCode, run.log).toBe(0)
  expect(run.outputs).toMatchObject({ outcome: 'published', 'dataset-id': ids[0] })
  expect(await platform.emulator.datasetRows(ids[0] ?? '')).toHaveLength(1)
}

describe('a creation whose answer', () => {
  it.concurrent.each(
    (['strict', 'lenient'] as const).flatMap((mode) => [
      ['is lost', mode, { kind: 'reset', when: 'after' }] as const,
      ['is 500, though it was done', mode, { kind: 'answer', status: 500, acts: true }] as const,
      ['is of a gateway, though it was done', mode, { kind: 'answer', status: 201, body: '<p>', acts: true }] as const,
      ['is cut off', mode, { kind: 'truncate', bytes: 5 }] as const,
      ['names nothing', mode, { kind: 'answer', status: 201, body: '[]', acts: true }] as const,
    ]),
  )('%s makes one dataset, though lists learn of it late, %s', async (_, mode, effect) => {
    await using platform = await localPlatform({ mode, datasetLag: { listedMs: 1_500, readMs: 0, staleReads: 0 } })
    platform.emulator.faults.add({ method: 'POST', path: '/**/dataSets', effect })
    const run = await create(platform)
    await expectOnePublished(platform, run)
    expect(platform.requests('POST', /\/dataSets$/)).toHaveLength(1)
    expect(run.log).toMatch(/Found dataset "Members of CI" \([0-9a-f]{24}\) after an unconfirmed creation/)
  })

  it.concurrent('says that it may not be done ends with the words of the platform, and nothing is sent', async () => {
    await using platform = await localPlatform()
    const effect = { kind: 'answer', status: 403, body: '{"title":"Forbidden","detail":"No role"}' } as const
    platform.emulator.faults.add({ method: 'POST', path: '/**/dataSets', effect })
    const run = await create(platform)
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot create the dataset "Members of CI": the answer was 403 "No role"/m)
    expect(platform.requests('POST', /\/dataSets$/)).toHaveLength(1)
    expect(await platform.emulator.batches()).toEqual([])
  })
})

it.concurrent('a new dataset of which lists and reads learn late is published into', async () => {
  await using platform = await localPlatform({ datasetLag: { listedMs: 2_500, readMs: 6_000, staleReads: 0 } })
  const run = await create(platform)
  await expectOnePublished(platform, run)
  expect(platform.requests('POST', /\/dataSets$/)).toHaveLength(1)
})

describe('another job that creates one of the same name', () => {
  it.concurrent('a moment before has it created: it is found and published into', async () => {
    await using platform = await localPlatform()
    const theirs: string[] = []
    between(platform, { ...CREATE, before: () => theirs.push(addDataset(platform, { name: NAME })) })
    const run = await create(platform)
    await expectOnePublished(platform, run)
    expect(run.outputs['dataset-id']).toBe(theirs[0])
  })

  it.concurrent('a moment before, but of another schema, is an error', async () => {
    await using platform = await localPlatform()
    between(platform, { ...CREATE, before: () => addDataset(platform, { name: NAME, schemaId: 'https://other' }) })
    const run = await create(platform)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot use dataset .*: its schema is "https:\/\/other"/m)
    expect(await platform.emulator.batches()).toEqual([])
  })

  it.concurrent('a moment before, but not for profile updates, is an error before a batch is made', async () => {
    await using platform = await localPlatform()
    between(platform, { ...CREATE, before: () => addDataset(platform, { name: NAME }) })
    const run = await create(platform, { upsert: 'true' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::error::.*profile updates/m)
    expect(platform.requests('POST', /\/batches$/)).toEqual([])
  })

  it.concurrent.each(['before', 'after'])('in the same moment, %s ours, is an error that names both', async (when) => {
    await using platform = await localPlatform({ mode: 'lenient' })
    const add = () => addDataset(platform, { name: NAME })
    between(platform, { ...CREATE, ...(when === 'before' ? { before: add } : { after: add }) })
    const run = await create(platform)
    const ids = idsOfName(platform, NAME)
    expect(ids).toHaveLength(2)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-ids': '[]' })
    expect(run.log).toMatch(/^::error::Cannot tell which dataset is meant: 2 are named "Members of CI"/m)
    for (const id of ids) expect(run.log).toContain(id)
    expect(platform.requests('POST', /\/batches$/)).toEqual([])
  })
})

it.concurrent('two jobs that create it together: nobody publishes into one of two', async () => {
  await using platform = await localPlatform({ mode: 'lenient' })
  const runs = await Promise.all([create(platform), create(platform)])
  const ids = idsOfName(platform, NAME)
  const published = runs.filter(({ outputs }) => outputs['outcome'] === 'published')
  const batches = await platform.emulator.batches()
  if (ids.length === 2) {
    expect(published).toEqual([])
    expect(batches).toEqual([])
    return
  }
  expect(batches.some(({ stage }) => stage === 'success')).toBe(true)
  // Both are of one run: whether the first has settled before the other one looks is a matter of milliseconds. If not, both
  // fail, and name the same batch to revert.
  const toRevert = new Set(runs.flatMap(({ log }) => log.match(/(?<="batch-id: )\w+/) ?? []))
  if (published.length === 0) expect([...toRevert]).toHaveLength(1)
})
