import { describe, expect, it } from 'vitest'
import { leaveOpen } from '../../support/emulator/on-request.ts'
import { localPlatform, type LocalPlatform } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, expectSubmitted, stepOf, mainPhase } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'
import { expectRefused, reverting, reverts } from './reverting.ts'

const HOUR_MS = 3_600_000
const NO_WAIT = { wait: 'false' }

type Case = readonly [state: string, make: (platform: LocalPlatform) => Promise<string>, status: string, way: string]

const UNFIT: readonly Case[] = [
  ['was never completed', leaveOpen, 'loading', 'mode: abort'],
  ['is in progress', inWork, 'loaded', 'mode: resume'],
  ['is stalled', stalled, 'stalled', 'mode: resume'],
  ['failed', failed, 'failed', 'Nothing to do'],
  ['was aborted', aborted, 'aborted', 'Nothing to do'],
  ['was abandoned', abandoned, 'abandoned', 'Nothing to do'],
]

describe('a batch that holds no rows', () => {
  it.concurrent.each(UNFIT)(
    'because it %s is refused with the way on, and nothing is sent',
    async (_, make, status, way) => {
      await using platform = await localPlatform({ staleReads: 0 })
      const id = await make(platform)
      const before = await stages(platform)
      const run = await reverting(platform, id)
      expectRefused(run, new RegExp(`Cannot revert batch "${id}": it is "${status}", and only a successful .*${way}`))
      expect(run.outputs).toMatchObject({ 'batch-id': id, status })
      expect(reverts(platform)).toBe(0)
      expect(await stages(platform)).toEqual(before)
    },
  )

  it.concurrent('yet is not refused for long: once it succeeded it is reverted', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await inWork(platform)
    expectRefused(await reverting(platform, id), /Cannot revert batch/)
    platform.emulator.change({ loadedMs: 1 })
    expect((await reverting(platform, id)).outputs['outcome']).toBe('reverted')
  })
})

describe('an event that carries unreviewed content', () => {
  it.concurrent.each(['pull_request', 'merge_group'])('reverts nothing: %s', async (name) => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, stepOf(['1']))
    const before = platform.emulator.requests().length
    const event = { name, payload: { action: 'opened', repository: { id: 4711 }, pull_request: { merged: false } } }
    expectRefused(await reverting(platform, id, { event }), new RegExp(`Cannot run for the event "${name}"`))
    expect(platform.emulator.requests()).toHaveLength(before)
    expect(await activeMembers(platform)).toEqual(['1'])
    const allowed = await reverting(platform, id, { event, inputs: { 'allow-pull-request': 'true' } })
    expect(allowed.outputs['outcome'], allowed.log).toBe('reverted')
  })
})

async function inWork(platform: LocalPlatform): Promise<string> {
  platform.emulator.change({ loadedMs: HOUR_MS })
  return expectSubmitted(platform, stepOf(['1'], { inputs: NO_WAIT }))
}

async function stalled(platform: LocalPlatform): Promise<string> {
  platform.emulator.change({ hold: { status: 'stalled', forMs: HOUR_MS } })
  return expectSubmitted(platform, stepOf(['1'], { inputs: NO_WAIT }))
}

async function failed(platform: LocalPlatform): Promise<string> {
  const run = await mainPhase(platform, { files: { 'data/a.jsonl': member('1', { tier: 'iron' }) } })
  expect(run.outputs['outcome'], run.log).toBe('failed')
  return run.outputs['batch-id'] ?? ''
}

async function aborted(platform: LocalPlatform): Promise<string> {
  const id = await leaveOpen(platform)
  await platform.publish({ inputs: { mode: 'abort', 'batch-id': id, glob: '' } })
  return id
}

async function abandoned(platform: LocalPlatform): Promise<string> {
  const id = await leaveOpen(platform)
  platform.emulator.change({ abandonAfterMs: 1 })
  return id
}
