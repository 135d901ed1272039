import { describe, expect, it } from 'vitest'
import { between } from '../../support/emulator/between.ts'
import { READY, setTags } from '../../support/emulator/dataset-tags.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset } from '../../support/emulator/more-datasets.ts'
import { datasets, member } from '../../support/runs/platform-inputs.ts'
import { upsertStep, mainPhase } from '../../support/runs/workflow-step.ts'

const LAKE = 'The rows are in the data lake.'
const REMAINS = 'Profile still contains what was removed from the data lake'
const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }

describe('the summary of a publish into a dataset', () => {
  it.concurrent('that it enabled says how long Profile was off, and which conditions hold', async () => {
    await using platform = await localPlatform()
    const { summary, log } = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
    expect(summary, log).toContain(LAKE)
    expect(summary).toContain(
      [
        '- ✅ the schema is enabled for Profile (`union`)',
        '- ✅ the dataset is enabled for Profile (`unifiedProfile`)',
        '- ✅ and for identities (`unifiedIdentity`)',
        '- ✅ records update profiles (`isUpsert`)',
      ].join('\n'),
    )
    expect(summary).toMatch(/This run enabled the dataset for profile updates\. Profile was off for \d[\d.]* \w+\./)
    expect(summary).not.toContain(REMAINS)
  })

  it.concurrent('that was off already names no time', async () => {
    await using platform = await localPlatform()
    const id = addDataset(platform, { name: 'Mine' })
    const { summary } = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(summary).toContain('This run enabled the dataset for profile updates.')
    expect(summary).not.toContain('Profile was off for')
  })

  it.concurrent('that is on without updates says that records replace, and what could not be read', async () => {
    await using platform = await localPlatform()
    const effect = { kind: 'answer', status: 403, body: '{}' } as const
    platform.emulator.faults.add({ method: 'GET', path: '/**/schemaregistry/**', times: 0, effect })
    const { summary } = await mainPhase(platform, { files: { 'data/a.jsonl': member('1') } })
    expect(summary).toContain(LAKE)
    expect(summary).toContain('❔ not checked: the schema is enabled for Profile')
    expect(summary).toContain('▫️ each record overwrites the earlier one from this dataset')
    expect(summary).not.toContain('This run enabled')
  })

  it.concurrent('whose flags keep it from Profile, as users report, names them', async () => {
    await using platform = await localPlatform()
    const acp_granular_plugin_validation_flags = ['identity:enabled', 'profile:disabled']
    const id = addDataset(platform, { name: 'Mine', tags: { ...READY, acp_granular_plugin_validation_flags } })
    const { summary } = await mainPhase(platform, upsertStep(id, 'true'))
    expect(summary).toMatch(/⚠️ the flag `.*profile:disabled.*` is set/)
  })

  it.concurrent('that has nothing to do with Profile does not speak of it', async () => {
    await using platform = await localPlatform()
    const id = addDataset(platform, { name: 'Mine' })
    const { summary } = await mainPhase(platform, { files: { 'data/a.jsonl': member('1') }, inputs: { dataset: id } })
    expect(summary).not.toContain('Profile')
  })

  it.concurrent('that replaces rows says that fragments remain', async () => {
    await using platform = await localPlatform()
    await mainPhase(platform, upsertStep(datasets.upsertable, 'true', { inputs: PREVIOUS }))
    const files = { 'data/a.jsonl': member('2') }
    const step = upsertStep(datasets.upsertable, 'true', { files, inputs: PREVIOUS, run: 1002 })
    const run = await mainPhase(platform, step)
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.summary).toContain(REMAINS)
    expect((await platform.emulator.profile()).map(({ identity }) => identity)).toEqual(['LoyaltyId:1', 'LoyaltyId:2'])
  })

  it.concurrent('that was enabled, and whose publish then failed, says how long Profile was off', async () => {
    await using platform = await localPlatform()
    platform.emulator.faults.add({ method: 'PUT', times: 0, effect: { kind: 'answer', status: 403, body: '{}' } })
    const run = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('failed')
    expect(run.summary).toMatch(/This run enabled the dataset for profile updates\. Profile was off for/)
  })

  it.concurrent('that was enabled, and whose tags somebody took away, says how long Profile was off', async () => {
    await using platform = await localPlatform()
    const take = () => setTags(platform, datasets.loyalty, { 'adobe/siphon/table/format': ['delta'] })
    between(platform, { method: 'POST', target: /action=COMPLETE$/, after: take })
    const { summary, log } = await mainPhase(platform, upsertStep(datasets.loyalty, 'enable'))
    expect(summary, log).toMatch(/This run enabled the dataset for profile updates\. Profile was off for/)
    expect(summary).toContain('❌ the dataset is enabled for Profile')
  })
})
