import { describe, expect, it } from 'vitest'
import { between, type Turn } from '../../support/emulator/between.ts'
import { profileTags, READY, setTags, tagsOf } from '../../support/emulator/dataset-tags.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { addDataset, FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import {
  expectPublished,
  expectSubmitted,
  upsertStep,
  mainPhase,
  type WorkflowStep,
} from '../../support/runs/workflow-step.ts'
import type { ActionResult } from '../../support/runs/run-action.ts'
import { waitUntil } from '../../support/time/wait-until.ts'

const ON = { unifiedProfile: ['enabled:true'], unifiedIdentity: ['enabled:true'] }
const PATCH = { method: 'PATCH', target: /\/dataSets\// } as const
const COMPLETE = { method: 'POST', target: /action=COMPLETE$/ } as const

function withDataset(platform: LocalPlatform): string {
  return addDataset(platform, { name: 'Mine', tags: ON })
}

/** A step of another repository, which publishes other rows into the dataset. */
function theirs(dataset: string, more: Partial<WorkflowStep> = {}): WorkflowStep {
  const env = { GITHUB_REPOSITORY_ID: '815', GITHUB_REPOSITORY: 'acme/other' }
  return { files: { 'data/b.jsonl': member('9') }, env, ...more, inputs: { dataset, ...more.inputs } }
}

describe('while a batch of somebody else', () => {
  it.concurrent.each(['loaded', 'staging', 'retrying', 'stalled'])('is %s, nothing is enabled', async (status) => {
    await using platform = await localPlatform({ loadedMs: 1, stagingMs: 1, hold: { status, forMs: NEVER_MS } })
    if (status === 'loaded') platform.emulator.change({ loadedMs: NEVER_MS })
    const id = withDataset(platform)
    const busy = await expectSubmitted(platform, theirs(id, { inputs: { wait: 'false' } }))
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(new RegExp(`^::error::Cannot enable dataset .*: batches are in progress: ${busy}`, 'm'))
    expect(platform.requests('PATCH', /./)).toEqual([])
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...ON })
    expect(await platform.emulator.batches()).toHaveLength(1)
  })

  it.concurrent('is done, it is enabled', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    await expectPublished(platform, theirs(id))
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).not.toContain('in progress while Profile was off')
  })
})

describe('a batch that is completed while Profile is off', () => {
  it.concurrent.each([
    ['and done at once', 1],
    ['and still in progress afterwards', 600],
  ])('%s is named, in the log and in the summary', async (_, loadedMs) => {
    await using platform = await localPlatform({ loadedMs })
    const id = withDataset(platform)
    let other = ''
    const meanwhile = async () => {
      other = await expectSubmitted(platform, theirs(id, { inputs: { wait: 'false' } }))
    }
    between(platform, { ...PATCH, nth: 2, before: meanwhile })
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(
      new RegExp(`^::warning::These batches were in progress while Profile was off.*: ${other}\\. `, 'm'),
    )
    expect(run.summary).toMatch(/This run enabled the dataset for profile updates\. Profile was off for \d.*\./)
    expect(run.summary).toContain(`whose rows may never reach Profile: ${other}.`)
    expect((await platform.emulator.profile()).map(({ identity }) => identity)).toEqual(['LoyaltyId:1'])
  })
})

describe('a change by somebody else', () => {
  it.concurrent('of other tags, made between both changes, is kept', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    const add = () => setTags(platform, id, { ...FOREIGN_TAGS, ...profileTags(platform, id), 'acme/new': ['1'] })
    between(platform, { ...PATCH, nth: 2, before: add })
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY, 'acme/new': ['1'] })
  })

  it.concurrent('of the same tags, made before the second is refused, is left alone', async () => {
    await using platform = await localPlatform()
    const id = withDataset(platform)
    const other = { unifiedProfile: ['enabled:true', 'acme:theirs'], unifiedIdentity: ['enabled:true'] }
    platform.emulator.faults.add({
      method: 'PATCH',
      path: '/**',
      skip: 1,
      effect: { kind: 'answer', status: 422, body: '{}' },
    })
    between(platform, { ...PATCH, nth: 2, before: () => setTags(platform, id, { ...FOREIGN_TAGS, ...other }) })
    const run = await mainPhase(platform, upsertStep(id, 'enable'))
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::warning::The tags of dataset .* were changed by someone else and are not restored/m)
    expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...other })
    expect(platform.requests('PATCH', /./)).toHaveLength(2)
  })

  it.concurrent.each(['true', 'enable'] as const)(
    'that switches Profile off before COMPLETE stops the publish, upsert: %s',
    async (upsert) => {
      await using platform = await localPlatform()
      const id = addDataset(platform, { name: 'Mine', tags: READY })
      const off: Turn = { method: 'POST', target: /\/batches$/, after: () => setTags(platform, id, FOREIGN_TAGS) }
      between(platform, off)
      const run = await mainPhase(platform, upsertStep(id, upsert))
      expect(run.exitCode, run.log).toBe(1)
      expect(run.log).toMatch(
        /^::error::Cannot complete the batches: dataset .* is no longer enabled for profile updates/m,
      )
      expect((await platform.batch()).stage).toBe('aborted')
      expect(tagsOf(platform, id)).toEqual(FOREIGN_TAGS)
    },
  )

  it.concurrent(
    'that switches Profile off and nothing else before COMPLETE is undone, where enabling was asked for',
    async () => {
      await using platform = await localPlatform()
      const id = addDataset(platform, { name: 'Mine', tags: READY })
      const off = { unifiedProfile: ['enabled:false'], unifiedIdentity: ['enabled:false'] }
      between(platform, {
        method: 'POST',
        target: /\/batches$/,
        after: () => setTags(platform, id, { ...FOREIGN_TAGS, ...off }),
      })
      const run = await mainPhase(platform, upsertStep(id, 'enable'))
      expect(run.outputs['outcome'], run.log).toBe('published')
      expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...READY })
      expect(await platform.emulator.profile()).toMatchObject([{ identity: 'LoyaltyId:1', datasetId: id }])
    },
  )

  it.concurrent('that switches Profile off after COMPLETE is warned of', async () => {
    await using platform = await localPlatform()
    const id = addDataset(platform, { name: 'Mine', tags: READY })
    between(platform, { ...COMPLETE, after: () => setTags(platform, id, FOREIGN_TAGS) })
    const run = await mainPhase(platform, upsertStep(id, 'true'))
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(run.log).toMatch(
      /^::warning::Dataset .* is no longer enabled for profile updates: rows .* may not have reached/m,
    )
    expect(run.summary).toContain('❌ the dataset is enabled for Profile')
  })
})

describe('two jobs that enable a dataset at once', () => {
  it.concurrent('switch it over once: nothing is completed while Profile is off', async () => {
    await using platform = await localPlatform({ loadedMs: 400 })
    const id = withDataset(platform)
    const faster: Promise<ActionResult>[] = []
    const overtake = () =>
      faster.push(mainPhase(platform, theirs(id, { run: 1002, inputs: { upsert: 'enable', wait: 'false' } })))
    between(platform, { ...PATCH, nth: 1, before: async () => (overtake(), await faster[0]) })
    const slow = await mainPhase(platform, upsertStep(id, 'enable'))
    const [fast] = await Promise.all(faster)
    expect(fast?.outputs['outcome'], fast?.log).toBe('submitted')
    expect(slow.outputs['outcome'], slow.log).toBe('published')
    expect(slow.log).toContain(`Dataset "${id}" was changed by someone else at the same time: checking again`)
    expect(platform.requests('PATCH', /./).map(({ outcome }) => outcome)).toEqual([200, 200, 412])
    expect(profileTags(platform, id)).toEqual(READY)
    await waitUntil(async () => (await platform.emulator.profile()).length === 2)
  })
})
