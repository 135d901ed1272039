import { describe, expect, it } from 'vitest'
import type { Fault } from '../../../emulator/faults/faults.ts'
import { between } from '../../support/emulator/between.ts'
import { OFF, ON, patches, profileTags, READY, tagsOf } from '../../support/emulator/dataset-tags.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { addDataset, FOREIGN_TAGS } from '../../support/emulator/more-datasets.ts'
import { upsertStep, bothPhases, type BothPhases } from '../../support/runs/workflow-step.ts'

const TAGS = { unifiedProfile: ['enabled:true', 'enabledAt:2024-11-05 12:33:59'], unifiedIdentity: ['enabled:true'] }
const BACK = [
  { op: 'add', path: '/tags/unifiedProfile', value: TAGS.unifiedProfile },
  { op: 'add', path: '/tags/unifiedIdentity', value: TAGS.unifiedIdentity },
]

const PATCH = { method: 'PATCH', path: '/**/dataSets/*' } as const
const REFUSED = { kind: 'answer', status: 422, body: '{"title":"Unprocessable","detail":"Not now"}' } as const
const UNDONE = { kind: 'answer', status: 200, body: '["@/dataSets/650000000000000000000001"]' } as const

type Told = BothPhases & { readonly platform: LocalPlatform; readonly id: string; readonly sent: readonly unknown[] }

/** Both phases of a step that enables a dataset which is on without updates, under these faults. */
async function enabling(platform: LocalPlatform, ...faults: readonly Fault[]): Promise<Told> {
  const id = addDataset(platform, { name: 'Mine', tags: TAGS })
  const heard = between(platform)
  platform.emulator.faults.add(...faults)
  const run = await bothPhases(platform, upsertStep(id, 'enable'))
  return { ...run, platform, id, sent: patches(heard) }
}

async function expectAsBefore({ platform, id, exitCode, log, outputs, state }: Told): Promise<void> {
  expect(exitCode, log).toBe(1)
  expect(outputs).toMatchObject({ outcome: 'failed', 'batch-ids': '[]' })
  expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, ...TAGS })
  expect(await platform.emulator.batches()).toEqual([])
  expect(state['tags']).toBe('')
}

async function expectPublished({ platform, id, exitCode, log, state }: Told): Promise<void> {
  expect(exitCode, log).toBe(0)
  expect(profileTags(platform, id)).toEqual(READY)
  expect(await platform.emulator.profile()).toMatchObject([{ datasetId: id }])
  expect(state['tags']).toBe('')
}

describe.each(['strict', 'lenient'] as const)('enabling, %s, where the platform', (mode) => {
  it.concurrent('refuses to switch Profile off: the tags are as before, nothing is sent', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, effect: REFUSED })
    await expectAsBefore(run)
    expect(run.log).toMatch(/^::error::Cannot enable dataset .* the answer was 422 "Not now"/m)
    expect(run.sent).toEqual([OFF, BACK])
  })

  it.concurrent('refuses to switch it on again: the tags are put back as they were', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, effect: REFUSED })
    await expectAsBefore(run)
    expect(platform.requests('PATCH', /./).map(({ outcome }) => outcome)).toEqual([200, 422, 200])
    expect(run.sent).toEqual([OFF, ON, BACK])
    expect(run.log).toContain(`Restored the tags of dataset "${run.id}"`)
    expect(run.log).toMatch(
      /Nothing was sent\. The tags of the dataset are as before\. Profile may have been off for \d/,
    )
  })

  it.concurrent('breaks down twice: it is tried until it is done', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, times: 2, effect: { kind: 'answer', status: 500 } })
    await expectPublished(run)
    expect(platform.requests('PATCH', /./).map(({ outcome }) => outcome)).toEqual([200, 500, 500, 200])
  })

  it.concurrent.each([0, 1])('loses its answer to change %i: it is done once more', async (skip) => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip, effect: { kind: 'reset', when: 'after' } })
    await expectPublished(run)
    expect(platform.requests('PATCH', /./)).toHaveLength(3)
  })

  it.concurrent('refuses a change that it has made: they are as asked for, which is said', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, effect: { ...REFUSED, acts: true } })
    expect(profileTags(platform, run.id)).toEqual(READY)
    expect(run.state['tags']).toBe('')
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toContain('The tags of the dataset are as asked for.')
  })

  it.concurrent('answers 200 and does nothing: the tags are read back, and put back', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, effect: UNDONE })
    await expectAsBefore(run)
    expect(run.log).toMatch(/^::error::Cannot enable dataset .* the platform accepted the tags, but reports others/m)
  })

  it.concurrent('refuses to put them back: the request that does it is said, and the post step makes it', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, times: 4, effect: REFUSED })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toMatch(/^::error::Cannot enable .*PROFILE MAY BE OFF for this dataset/m)
    expect(recoveryIn(run.log)).toEqual({ id: run.id, operations: BACK })
    expect(JSON.parse(run.state['tags'] ?? '')).toEqual({ dataset: run.id, ...TAGS })
    expect(run.post.exitCode, run.post.log).toBe(0)
    expect(run.post.log).toContain(`Restored the tags of dataset "${run.id}"`)
    expect(tagsOf(platform, run.id)).toEqual({ ...FOREIGN_TAGS, ...TAGS })
  })

  it.concurrent('never lets them be put back: the post step says the request once more', async () => {
    await using platform = await localPlatform({ mode })
    const run = await enabling(platform, { ...PATCH, skip: 1, times: 0, effect: REFUSED })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.post.exitCode, run.post.log).toBe(0)
    expect(run.post.log).toMatch(/^::warning::/m)
    expect(recoveryIn(run.post.log)).toEqual({ id: run.id, operations: BACK })
    await recover(platform, recoveryIn(run.post.log))
    expect(tagsOf(platform, run.id)).toEqual({ ...FOREIGN_TAGS, ...TAGS })
  })
})

it.concurrent('Profile is switched on again, also where a first read still shows it on', async () => {
  await using platform = await localPlatform()
  const { datasetLag } = platform.emulator.settings()
  platform.emulator.change({ datasetLag: { ...datasetLag, staleReads: 1 } })
  const run = await enabling(platform, { ...PATCH, skip: 1, effect: REFUSED })
  await expectAsBefore(run)
})

it.concurrent('a tag that was not there is taken away again', async () => {
  await using platform = await localPlatform()
  const id = addDataset(platform, { name: 'Mine', tags: { unifiedProfile: ['enabled:true'] } })
  platform.emulator.faults.add({ ...PATCH, skip: 1, effect: REFUSED })
  const run = await bothPhases(platform, upsertStep(id, 'enable'))
  expect(run.exitCode, run.log).toBe(1)
  expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, unifiedProfile: ['enabled:true'] })
})

it.concurrent('a tag that was not there is taken away again, though the answer to that is lost', async () => {
  await using platform = await localPlatform()
  const id = addDataset(platform, { name: 'Mine', tags: { unifiedProfile: ['enabled:true'] } })
  const LOST = { kind: 'reset', when: 'after' } as const
  platform.emulator.faults.add({ ...PATCH, skip: 1, effect: REFUSED }, { ...PATCH, skip: 2, effect: LOST })
  const run = await bothPhases(platform, upsertStep(id, 'enable'))
  expect(run.exitCode, run.log).toBe(1)
  expect(run.log).not.toContain('PROFILE MAY BE OFF')
  expect(tagsOf(platform, id)).toEqual({ ...FOREIGN_TAGS, unifiedProfile: ['enabled:true'] })
})

type Recovery = { readonly id: string; readonly operations: unknown }

/** The request that a person is told to make. */
function recoveryIn(log: string): Recovery {
  const found =
    /PATCH \/data\/foundation\/catalog\/dataSets\/(?<id>\w+) with content-type (?<type>\S+) and (?<body>\[.*?\}\])/
  const { id = '', type, body = '' } = found.exec(log)?.groups ?? {}
  expect(type, log).toBe('application/json-patch+json')
  return { id, operations: JSON.parse(body) }
}

async function recover(platform: LocalPlatform, { id, operations }: Recovery): Promise<void> {
  platform.emulator.faults.clear()
  const record = platform.emulator.dataset(id) ?? {}
  const changed = (operations as readonly { readonly path: string; readonly value: readonly string[] }[]).map(
    ({ path, value }) => [path.replace('/tags/', ''), value],
  )
  const tags = { ...tagsOf(platform, id), ...Object.fromEntries(changed) }
  platform.emulator.addDataset({ id, sandbox: 'dev', record: { ...record, tags } })
}
