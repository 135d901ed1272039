import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { membersParquet } from '../../support/files/members-parquet.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { addIdentity, addSchema } from '../../support/emulator/more-schemas.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import {
  expectPublished,
  upsertStep,
  writesTo,
  mainPhase,
  type WorkflowStep,
} from '../../support/runs/workflow-step.ts'
import { READY } from '../../support/emulator/dataset-tags.ts'

const IDENTITY = '/_emutenant/loyalty/loyaltyId'
const NO_IDENTITY = `{"person":{"name":{"firstName":"A"}}}\n`

/** Runs a step that must be refused before anything is written; hands back the lines of its message. */
async function refusal(
  platform: LocalPlatform,
  step: WorkflowStep,
  outcome: 'failed' | 'invalid' = 'failed',
): Promise<readonly string[]> {
  const run = await mainPhase(platform, step)
  expect(run.exitCode, run.log).toBe(1)
  expect(run.outputs).toMatchObject({ outcome, 'batch-ids': '[]' })
  expect(writesTo(platform)).toEqual([])
  const [first = '', ...more] = run.log.split('\n').filter((line) => line.includes('Cannot publish profile updates'))
  expect(more).toEqual([])
  return first.replace('::error::', '').split('%0A')
}

describe('`upsert: true`', () => {
  it.concurrent.each(['strict', 'lenient'] as const)('has Profile take rows as updates, %s', async (mode) => {
    await using platform = await localPlatform({ mode })
    const first = upsertStep(datasets.upsertable, 'true', { files: { 'data/a.jsonl': member('1', { tier: 'gold' }) } })
    await expectPublished(platform, first)
    const second = { files: { 'data/a.jsonl': member('1', { points: 5 }) }, run: 1002 }
    await expectPublished(platform, upsertStep(datasets.upsertable, 'true', second))
    expect(await platform.emulator.profile()).toEqual([
      {
        identity: 'LoyaltyId:1',
        datasetId: datasets.upsertable,
        batchId: expect.any(String),
        attributes: { _emutenant: { loyalty: { loyaltyId: '1', tier: 'gold', points: 5 } } },
      },
    ])
    expect(platform.requests('PATCH', /./)).toEqual([])
  })

  it.concurrent('names every condition that is missing, with its remedy, in one message', async () => {
    await using platform = await localPlatform()
    const schemaId = addSchema(platform, { title: 'Apart', 'meta:immutableTags': [] })
    addIdentity(platform, schemaId, IDENTITY)
    const dataset = addDataset(platform, { name: 'Apart', schemaId })
    const files = { 'data/a.jsonl': NO_IDENTITY, 'data/b.jsonl': member('1') }
    const lines = await refusal(platform, upsertStep(dataset, 'true', { files }))
    expect(lines).toEqual([
      'Cannot publish profile updates into this dataset; nothing was sent',
      expect.stringContaining('Enable the schema for Profile'),
      expect.stringContaining('"upsert: enable"'),
      expect.stringContaining('Give every record its identity'),
      '- the schema "Apart" is not enabled for Profile',
      '- the dataset\'s tags lack unifiedProfile "enabled:true", unifiedProfile "isUpsert:true", unifiedIdentity "enabled:true"',
      '- records without a primary identity (_emutenant.loyalty.loyaltyId) in "data/a.jsonl"',
    ])
  })

  it.concurrent('refuses events', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': '{"_id":"1","timestamp":"2024-05-06T07:08:09Z","_emutenant":{"loyaltyId":"1"}}\n' }
    const lines = await refusal(platform, upsertStep(datasets.events, 'true', { files }))
    expect(lines.join('\n')).toContain('the schema "Store Events" is for time-series data')
    expect(lines.join('\n')).toContain('set "upsert: false"')
  })

  it.concurrent('refuses a schema that takes no part in Profile', async () => {
    await using platform = await localPlatform()
    const schemaId = addSchema(platform, { title: 'Apart', 'meta:immutableTags': [] })
    addIdentity(platform, schemaId, IDENTITY)
    const dataset = addDataset(platform, { name: 'Apart', schemaId, tags: READY })
    expect(await refusal(platform, upsertStep(dataset, 'true'))).toEqual([
      expect.stringMatching(/; nothing was sent: the schema "Apart" is not enabled for Profile$/),
      expect.stringContaining('Enable the schema for Profile'),
    ])
  })

  it.concurrent.each([
    ['isUpsert', { ...READY, unifiedProfile: ['enabled:true'] }, 'unifiedProfile "isUpsert:true"'],
    ['Profile', { ...READY, unifiedProfile: ['isUpsert:true', 'enabled:false'] }, 'unifiedProfile "enabled:true"'],
    ['identities', { ...READY, unifiedIdentity: ['enabled:false'] }, 'unifiedIdentity "enabled:true"'],
    ['a tag for identities', { unifiedProfile: READY.unifiedProfile }, 'unifiedIdentity "enabled:true"'],
  ])('refuses a dataset without %s', async (_, tags, missing) => {
    await using platform = await localPlatform()
    const dataset = addDataset(platform, { name: 'Mine', tags })
    expect(await refusal(platform, upsertStep(dataset, 'true'))).toEqual([
      expect.stringContaining(`; nothing was sent: the dataset's tags lack ${missing}`),
      expect.stringContaining('Set "upsert: enable" for one run'),
    ])
  })

  it.concurrent('takes tags that are written with blanks', async () => {
    await using platform = await localPlatform()
    const tags = { unifiedProfile: ['enabled: true', 'isUpsert: true'], unifiedIdentity: ['enabled: true'] }
    await expectPublished(platform, upsertStep(addDataset(platform, { name: 'Mine', tags }), 'true'))
  })

  it.concurrent('refuses records without their identity, also where findings only warn', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': member('1') + NO_IDENTITY }
    const step = upsertStep(datasets.upsertable, 'true', { files, inputs: { validation: 'warn' } })
    expect((await refusal(platform, step, 'invalid'))[0]).toMatch(
      /: records without a primary identity \(_emutenant\.loyalty\.loyaltyId\) in "data\/a\.jsonl"$/,
    )
  })

  it.concurrent('refuses a column file without the identity, also where no row is looked at', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.parquet': membersParquet(['1'], 'without') }
    const inputs = { glob: 'data/*', validation: 'off' }
    const lines = await refusal(platform, upsertStep(datasets.upsertable, 'true', { files, inputs }), 'invalid')
    expect(lines[0]).toContain('records without a primary identity (_emutenant.loyalty.loyaltyId)')
  })

  it.concurrent('is checked by `mode: validate` too', async () => {
    await using platform = await localPlatform()
    const lines = await refusal(platform, upsertStep(datasets.loyalty, 'true', { inputs: { mode: 'validate' } }))
    expect(lines[0]).toContain('the dataset\'s tags lack unifiedProfile "isUpsert:true"')
  })
})

describe('the format of profile updates', () => {
  const UNDOCUMENTED = /^Adobe documents profile updates only for Parquet files, not for (\w+):/m

  it.concurrent('is Parquet: nothing is said of it', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.parquet': membersParquet(['1', '2']) }
    const run = await mainPhase(
      platform,
      upsertStep(datasets.upsertable, 'true', { files, inputs: { glob: 'data/*' } }),
    )
    expect(run.outputs, run.log).toMatchObject({ outcome: 'published', 'records-written': '2' })
    expect(run.log).not.toMatch(/^::warning::/m)
    expect((await platform.emulator.profile()).map(({ identity }) => identity)).toEqual(['LoyaltyId:1', 'LoyaltyId:2'])
  })

  it.concurrent('is told, not warned of, where it is JSON', async () => {
    await using platform = await localPlatform()
    const run = await mainPhase(platform, upsertStep(datasets.upsertable, 'true'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(UNDOCUMENTED.exec(run.log)?.[1]).toBe('JSON')
  })

  it.concurrent('is told, not warned of, where it is CSV', async () => {
    await using platform = await localPlatform()
    const text = { type: 'string', 'meta:xdmType': 'string' }
    const schemaId = addSchema(platform, { title: 'Flat', properties: { loyaltyId: text, tier: text } })
    addIdentity(platform, schemaId, '/loyaltyId')
    const dataset = addDataset(platform, { name: 'Flat', schemaId, tags: READY })
    const inputs = { glob: 'data/*' }
    const step = (csv: string) => upsertStep(dataset, 'true', { files: { 'data/a.csv': csv }, inputs })
    const lines = await refusal(platform, step('tier\ngold\n'), 'invalid')
    expect(lines[0]).toContain('records without a primary identity (loyaltyId) in "data/a.csv"')
    const run = await mainPhase(platform, step('loyaltyId,tier\n1,gold\n'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(UNDOCUMENTED.exec(run.log)?.[1]).toBe('CSV')
  })

  it.concurrent('says where nobody looked for identities', async () => {
    await using platform = await localPlatform()
    const step = upsertStep(datasets.upsertable, 'true', { inputs: { validation: 'off' } })
    const run = await mainPhase(platform, step)
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(/^The action could not check whether every record has its primary identity/m)
  })

  it.concurrent('says so too where the registry shows no identities', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ path: '/**/descriptors', times: 0, effect: { kind: 'answer', status: 403 } })
    const run = await mainPhase(platform, upsertStep(datasets.upsertable, 'true'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(/^The action could not check whether every record has its primary identity/m)
  })
})
