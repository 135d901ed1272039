import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { OFF, ON, patches, profileTags, READY, tagsOf } from '../../support/emulator/dataset-tags.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset, FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { upsertStep, bothPhases, mainPhase } from '../../support/runs/workflow-step.ts'

type Tags = Readonly<Record<string, readonly string[]>>
type Case = readonly [state: string, tags: Tags, sent: readonly unknown[]]

const ENABLED = ['enabled:true']
const DISABLED = ['enabled:false']

const CASES: readonly Case[] = [
  ['has none of the tags', {}, [ON]],
  ['is switched off', { unifiedProfile: DISABLED, unifiedIdentity: DISABLED }, [ON]],
  ['is on, without updates', { unifiedProfile: ENABLED, unifiedIdentity: ENABLED }, [OFF, ON]],
  ['is on, written with blanks', { unifiedProfile: ['enabled: true'], unifiedIdentity: ['enabled: true'] }, [OFF, ON]],
  [
    'is on since a moment that a tag tells',
    { unifiedProfile: [...ENABLED, 'enabledAt:2024-11-05 12:33:59'], unifiedIdentity: ENABLED },
    [OFF, ON],
  ],
  ['is on, without a tag for identities', { unifiedProfile: ENABLED }, [OFF.slice(0, 1), ON]],
  ['has updates, and is off', { unifiedProfile: ['isUpsert:true', ...DISABLED], unifiedIdentity: DISABLED }, [ON]],
  ['has updates, and identities off', { ...READY, unifiedIdentity: DISABLED }, [ON]],
]

describe.each(['strict', 'lenient'] as const)('`upsert: enable`, %s, of a dataset that', (mode) => {
  it.concurrent.each(CASES)('%s sets the tags, and no other', async (_, tags, sent) => {
    await using platform = await localPlatform({ mode })
    const id = addDataset(platform, { name: 'Mine', tags })
    const heard = between(platform)
    const run = await bothPhases(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(patches(heard)).toEqual(sent)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
    expect(await platform.emulator.profile()).toMatchObject([{ identity: 'LoyaltyId:1', datasetId: id }])
    expect(run.state['tags'] ?? '').toBe('')
    expect(run.post.log.replace(/^::add-mask::.*\n/gm, '')).toBe('')
  })

  it.concurrent.each<readonly [string, Tags]>([
    ['is ready', READY],
    [
      'is ready, written with blanks',
      { unifiedProfile: ['enabled: true', 'isUpsert: true'], unifiedIdentity: ENABLED },
    ],
    ['is ready, with more in its tags', { ...READY, unifiedProfile: [...READY.unifiedProfile, 'enabledAt:2024'] }],
  ])('%s changes nothing', async (_, tags) => {
    await using platform = await localPlatform({ mode })
    const id = addDataset(platform, { name: 'Mine', tags })
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(platform.requests('PATCH', /./)).toEqual([])
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...tags })
    expect(run.summary).not.toContain('This run enabled')
  })
})

describe('`upsert: enable`', () => {
  it.concurrent('merges rows into profiles from then on, which replaced what was there before', async () => {
    await using platform = await localPlatform()
    const publish = (row: object, upsert: string, run: number) =>
      mainPhase(platform, {
        run,
        files: { 'data/a.jsonl': member('1', { ...row }) },
        inputs: { upsert, validation: 'error' },
      })
    const attributes = async () => (await platform.emulator.profile()).map((fragment) => fragment.attributes)
    const profileOf = (loyalty: object) => [{ _emutenant: { loyalty: { loyaltyId: '1', ...loyalty } } }]
    await publish({ tier: 'gold' }, 'false', 1001)
    await publish({ points: 5 }, 'false', 1002)
    expect(await attributes()).toEqual(profileOf({ points: 5 }))
    await publish({ tier: 'silver' }, 'enable', 1003)
    expect(await attributes()).toEqual(profileOf({ points: 5, tier: 'silver' }))
    await publish({ newsletter: true }, 'true', 1004)
    expect(await attributes()).toEqual(profileOf({ points: 5, tier: 'silver', newsletter: true }))
  })

  it.concurrent('is done before a batch is made, and only where rows may be sent', async () => {
    await using platform = await localPlatform()
    const heard = between(platform)
    const bad = { 'data/a.jsonl': member('1', { points: 'many' }) }
    const refused = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable', { files: bad }))
    expect(refused.outputs['outcome'], refused.log).toBe('invalid')
    expect(patches(heard)).toEqual([])
    await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
    const kinds = heard.filter(({ target }) => target.startsWith('/data/')).map(({ method }) => method)
    expect(kinds).toEqual(['PATCH', 'PATCH', 'POST', 'POST'])
  })

  it.concurrent('is refused for events, and changes nothing', async () => {
    await using platform = await localPlatform()
    const files = { 'data/a.jsonl': '{"_id":"1","timestamp":"2024-05-06T07:08:09Z","_emutenant":{"loyaltyId":"1"}}\n' }
    const run = await mainPhase(platform, upsertStep(datasets.events, 'enable', { files }))
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toContain('the schema "Store Events" is for time-series data')
    expect(platform.requests('PATCH', /./)).toEqual([])
  })

  it.concurrent('of content that is there enables the dataset, and skips the content', async () => {
    await using platform = await localPlatform()
    const first = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
    const { unifiedProfile: _, ...tags } = tagsOf(platform, datasets.loyalty)
    const record = platform.emulator.dataset(datasets.loyalty) ?? {}
    platform.emulator.addDataset({ id: datasets.loyalty, sandbox: 'dev', record: { ...record, tags } })
    const again = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable', { run: 1002 }))
    expect(again.outputs, again.log).toMatchObject({ outcome: 'skipped', 'batch-id': first.outputs['batch-id'] })
    expect(profileTags(platform, datasets.loyalty)).toEqual(READY)
    expect(again.summary).toContain('This run enabled the dataset for profile updates.')
    expect(again.summary).not.toContain('Profile was off for')
  })

  it.concurrent('does nothing in `mode: validate`', async () => {
    await using platform = await localPlatform()
    const run = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable', { inputs: { mode: 'validate' } }))
    expect(run.outputs['outcome'], run.log).toBe('validated')
    expect(platform.requests('PATCH', /./)).toEqual([])
  })
})

it('`upsert: enable` that is forbidden names "Manage Profiles", which no other refusal does', async () => {
  await using platform = await localPlatform()
  const body = '{"title":"ForbiddenError","status":403}'
  const effect = { kind: 'answer', status: 403, body } as const
  platform.emulator.faults.add({ method: 'PATCH', path: '/**/dataSets/*', times: 0, effect })
  const run = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
  expect(run.exitCode).toBe(1)
  expect(run.log).toMatch(/"Manage Datasets" and "Manage Profiles"/)
  expect(run.log).toContain('access label')
  expect(await platform.emulator.batches()).toEqual([])
})
