import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { addSchema, LOYALTY_SCHEMA } from '../../support/emulator/more-schemas.ts'
import { idsOfName } from '../../support/emulator/named-datasets.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import type { ActionResult, ActionRun } from '../../support/runs/run-action.ts'

const NAME = 'Members of CI, 2'
const MODES = ['strict', 'lenient'] as const

function publishWith(platform: LocalPlatform, schema: string, run: Partial<ActionRun> = {}): Promise<ActionResult> {
  const inputs = { dataset: NAME, schema, ...run.inputs }
  return platform.publish({ files: { 'data/a.jsonl': member('1') }, ...run, inputs })
}

function expectNothingMade(platform: LocalPlatform, { exitCode, log }: ActionResult): void {
  expect(exitCode, log).toBe(1)
  expect(idsOfName(platform, NAME)).toEqual([])
  expect(platform.requests('POST', /^\/data\//)).toEqual([])
}

describe('a dataset that is not there, with a schema', () => {
  it.concurrent.each(MODES.flatMap((mode) => (['id', 'altId', 'title'] as const).map((by) => [by, mode] as const)))(
    'by its %s is created, and published into, %s',
    async (by, mode) => {
      await using platform = await localPlatform({ mode })
      const run = await publishWith(platform, LOYALTY_SCHEMA[by])
      const [id = '', ...others] = idsOfName(platform, NAME)
      expect(others).toEqual([])
      expect(run.exitCode, run.log).toBe(0)
      expect(run.outputs).toMatchObject({ outcome: 'published', 'dataset-id': id, 'records-written': '1' })
      expect(run.log).toContain(`Created dataset "${NAME}" (${id})`)
      expect(platform.emulator.dataset(id)).toMatchObject({
        fileDescription: { persisted: true, containerFormat: 'parquet', format: 'parquet' },
        enableErrorDiagnostics: true,
        schemaRef: { id: LOYALTY_SCHEMA.id, contentType: 'application/vnd.adobe.xed+json;version=1' },
        tags: { 'adobe/siphon/table/format': ['delta'] },
      })
      expect(platform.emulator.dataset(id)?.['tags']).not.toHaveProperty('unifiedProfile')
    },
  )

  it.concurrent.each(['true', 'enable'])(
    'is enabled for profile updates as it is created, upsert: %s',
    async (upsert) => {
      await using platform = await localPlatform()
      const run = await publishWith(platform, LOYALTY_SCHEMA.title, { inputs: { upsert } })
      expect(run.outputs['outcome'], run.log).toBe('published')
      expect(platform.emulator.dataset(run.outputs['dataset-id'] ?? '')?.['tags']).toMatchObject({
        unifiedProfile: ['enabled:true', 'isUpsert:true'],
        unifiedIdentity: ['enabled:true'],
      })
      expect(platform.requests('PATCH', /./)).toEqual([])
      expect(await platform.emulator.profile()).toMatchObject([{ identity: 'LoyaltyId:1' }])
    },
  )

  it.concurrent('is found by the next run, which skips what is there', async () => {
    await using platform = await localPlatform()
    const first = await publishWith(platform, LOYALTY_SCHEMA.title)
    const second = await publishWith(platform, LOYALTY_SCHEMA.title)
    expect(second.outputs, second.log).toMatchObject({
      outcome: 'skipped',
      'dataset-id': first.outputs['dataset-id'],
      'batch-id': first.outputs['batch-id'],
    })
    expect(idsOfName(platform, NAME)).toHaveLength(1)
    expect(platform.requests('POST', /\/dataSets$/)).toHaveLength(1)
  })
})

describe('the schema of a new dataset', () => {
  it.concurrent('is found on a later page of the registry, between hundreds', async () => {
    await using platform = await localPlatform()
    for (let number = 0; number < 330; number++) addSchema(platform, { title: `Other ${number}` })
    const id = addSchema(platform, { title: 'The last one' })
    const run = await publishWith(platform, 'The last one', { inputs: { mode: 'validate' } })
    expect(run.exitCode, run.log).toBe(0)
    expect(run.log).toContain(`its schema is ${id}`)
    const lists = platform.requests('GET', /\/tenant\/schemas(\?|$)/)
    expect(lists).toHaveLength(2)
    expect(lists[0]?.target).not.toContain('start')
  })

  it.concurrent('is ambiguous where two have its title: both are named, nothing is made', async () => {
    await using platform = await localPlatform()
    const twin = addSchema(platform, { title: LOYALTY_SCHEMA.title })
    const run = await publishWith(platform, LOYALTY_SCHEMA.title)
    expectNothingMade(platform, run)
    expect(run.log).toMatch(/^::error::Cannot tell which schema is meant: 2 have the title "Loyalty Members"/m)
    expect(run.log).toContain(LOYALTY_SCHEMA.id)
    expect(run.log).toContain(twin)
    const byId = await publishWith(platform, LOYALTY_SCHEMA.altId)
    expect(byId.outputs['outcome'], byId.log).toBe('published')
  })

  it.concurrent('that nobody knows is an error with the nearest names', async () => {
    await using platform = await localPlatform()
    const run = await publishWith(platform, 'Loyalty Member')
    expectNothingMade(platform, run)
    expect(run.log).toMatch(/^::error::Cannot find the schema "Loyalty Member" among the 3 schemas of this sandbox/m)
    expect(run.log).toContain('Similar: "Loyalty Members"')
  })

  it.concurrent.each(['error', 'off'])(
    'that nobody knows by its $id makes nothing, validation: %s',
    async (validation) => {
      await using platform = await localPlatform()
      const unknown = 'https://ns.adobe.com/emutenant/schemas/00000000000000000000000000000000'
      const run = await publishWith(platform, unknown, { inputs: { validation } })
      expect(run.exitCode, run.log).toBe(1)
      expect(run.log).toContain(unknown)
      expect(idsOfName(platform, NAME)).toEqual([])
      expect(await platform.emulator.batches()).toEqual([])
    },
  )

  it.concurrent('must be that of a dataset that is there', async () => {
    await using platform = await localPlatform()
    const other = addSchema(platform, { title: 'Other' })
    const id = addDataset(platform, { name: NAME, schemaId: other })
    const run = await publishWith(platform, LOYALTY_SCHEMA.title)
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot use dataset/m)
    for (const named of [id, other, LOYALTY_SCHEMA.id]) expect(run.log).toContain(named)
    expect(platform.requests('POST', /^\/data\//)).toEqual([])
    expect((await publishWith(platform, other)).outputs).toMatchObject({ outcome: 'published', 'dataset-id': id })
  })
})

describe('no dataset is created', () => {
  it.concurrent.each<readonly [string, Partial<ActionRun>, string]>([
    ['for a file that is empty', { files: { 'data/a.jsonl': '' } }, 'invalid'],
    [
      'for rows that must not be sent',
      { files: { 'data/a.jsonl': member('1', { points: 'many' }) }, inputs: { validation: 'error' } },
      'invalid',
    ],
    ['where no files are found', { files: {}, inputs: { 'if-no-files-found': 'warn' } }, 'no-files'],
    [
      'by `mode: validate`, which checks the rows all the same',
      { files: { 'data/a.jsonl': member('1', { points: 'many' }) }, inputs: { validation: 'error', mode: 'validate' } },
      'invalid',
    ],
    ['by `mode: validate` of good rows', { inputs: { validation: 'error', mode: 'validate' } }, 'validated'],
    [
      'for a pull request',
      { event: { name: 'pull_request', payload: { action: 'opened', repository: { id: 4711 } } } },
      'failed',
    ],
    ['for events that are to be profile updates', { inputs: { schema: 'Store Events', upsert: 'true' } }, 'failed'],
  ])('%s', async (_, run, outcome) => {
    await using platform = await localPlatform()
    const ended = await publishWith(platform, LOYALTY_SCHEMA.title, run)
    expect(ended.outputs, ended.log).toMatchObject({ outcome, 'dataset-id': '' })
    expect(idsOfName(platform, NAME)).toEqual([])
    expect(platform.requests('POST', /^\/data\//)).toEqual([])
  })

  it.concurrent('beside an id', async () => {
    await using platform = await localPlatform()
    const inputs = { dataset: '65ffffffffffffffffffffff' }
    const run = await publishWith(platform, LOYALTY_SCHEMA.title, { inputs })
    expect(run.exitCode).toBe(1)
    expect(run.log).toContain('"schema" is given, and "dataset" is an id')
    expect(platform.emulator.requests()).toEqual([])
  })
})
