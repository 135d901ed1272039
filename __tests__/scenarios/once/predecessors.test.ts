import { describe, expect, it } from 'vitest'
import { defaultSettings, type Settings } from '../../../emulator/settings.ts'
import { localPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { expectPublished, stepOf, mainPhase, type WorkflowStep } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }

const step = (ids: readonly string[], run: number, more: WorkflowStep = {}): WorkflowStep =>
  stepOf(ids, { inputs: PREVIOUS, run, ...more })

const replaying = (replay: Partial<Settings['replay']>): Partial<Settings> => ({
  staleReads: 0,
  replay: { ...defaultSettings.replay, ...replay },
})

describe('predecessors', () => {
  it.concurrent('are named by their plain ids', async () => {
    await using platform = await localPlatform(replaying({ idStyles: ['plain'] }))
    const old = await expectPublished(platform, step(['1'], 1001))
    await expectPublished(platform, step(['2'], 1002))
    expect((await platform.emulator.batches()).map(({ predecessors }) => predecessors)).toEqual([[], [old]])
    expect(platform.requests('POST', /ABORT/)).toEqual([])
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('are named with a "$" once more where plain ids are not understood', async () => {
    await using platform = await localPlatform({
      ...replaying({ idStyles: ['dollar'] }),
      createAnswer: 'without-tags-and-replay',
    })
    await expectPublished(platform, step(['1'], 1001))
    await expectPublished(platform, step(['2'], 1002))
    expect(await stages(platform)).toEqual(['inactive', 'aborted', 'success'])
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent('that are understood in neither spelling stop the publish before anything is sent', async () => {
    await using platform = await localPlatform(replaying({ idStyles: ['braces'] }))
    await expectPublished(platform, step(['1'], 1001))
    const second = await mainPhase(platform, step(['2'], 1002))
    expectFailed(second)
    expect(second.log).toMatch(/^::error::Cannot replace .*accepts neither spelling/m)
    expect(await stages(platform)).toEqual(['success', 'aborted', 'aborted'])
    expect(platform.requests('PUT', /./)).toHaveLength(1)
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('that stay active all the same fail the job, which names the revert that remains', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await expectPublished(platform, step(['1'], 1001))
    platform.emulator.change({ loadedMs: NEVER_MS })
    const ignoring = { ...replaying({ honoured: false }), loadedMs: 1 }
    const onLine = { match: /^Completed batch/m, act: () => platform.emulator.change(ignoring) }
    const second = await mainPhase(platform, step(['2'], 1002, { onLine, inputs: { ...PREVIOUS, ...SHORT } }))
    expectFailed(second)
    expect(second.outputs['status']).toBe('success')
    expect(second.log).toContain(`Batch ${old} was to be replaced, but is still active`)
    expect(second.log).toContain(`"mode: revert" with "batch-id: ${old}"`)
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('that are gone though the successor failed are named', async () => {
    await using platform = await localPlatform(replaying({ predecessorsOfFailed: 'lost' }))
    const old = await expectPublished(platform, step(['1'], 1001))
    const second = await mainPhase(
      platform,
      step([], 1002, { files: { 'data/a.jsonl': member('2', { tier: 'iron' }) } }),
    )
    expectFailed(second)
    expect(second.outputs['status']).toBe('failed')
    expect(second.log).toContain(`Batch ${old}, which was to be replaced, is no longer active, although`)
    expect(await activeMembers(platform)).toEqual([])
  })

  it.concurrent('that are kept when the successor failed need no word', async () => {
    await using platform = await localPlatform(replaying({ predecessorsOfFailed: 'kept' }))
    await expectPublished(platform, step(['1'], 1001))
    const second = await mainPhase(
      platform,
      step([], 1002, { files: { 'data/a.jsonl': member('2', { tier: 'iron' }) } }),
    )
    expectFailed(second)
    expect(second.log).not.toContain('which was to be replaced')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('may have been published in part', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const files = { 'data/a.jsonl': member('1') + member('x', { tier: 'iron' }) }
    const partial = await mainPhase(
      platform,
      step([], 1001, { files, inputs: { ...PREVIOUS, 'error-threshold': '50' } }),
    )
    expect(partial.outputs['outcome'], partial.log).toBe('partially-published')
    await expectPublished(platform, step(['1', '2'], 1002))
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('that the platform consolidated are replaced by the batch that holds them', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await expectPublished(platform, step(['1'], 1001))
    const holder = await platform.emulator.consolidate([old])
    await expectPublished(platform, step(['2'], 1002))
    expect((await platform.emulator.batches()).find(({ tags }) => String(tags['gh_run_id']) === '1002')).toMatchObject({
      predecessors: [holder],
    })
    expect(await activeMembers(platform)).toEqual(['2'])
  })

  it.concurrent("that the platform consolidated with others' are not replaced, and the others are listed", async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await expectPublished(platform, step(['1'], 1001))
    const inputs = { publication: 'other', glob: 'data/*.jsonl' }
    const other = await expectPublished(platform, step(['o'], 1001, { inputs }))
    await platform.emulator.consolidate([old, other])
    const second = await mainPhase(platform, step(['2'], 1002))
    expectFailed(second)
    expect(second.log).toMatch(new RegExp(`^::error::Cannot publish.*consolidated.*${other}`, 'm'))
    expect(await activeMembers(platform)).toEqual(['1', 'o'])
  })
})

/** A predecessor that stays active is looked at for ten minutes, as long as the step has time. */
const SHORT = { 'timeout-minutes': '0.02' }

function expectFailed({ exitCode, outputs, log }: Awaited<ReturnType<typeof mainPhase>>): void {
  expect(exitCode, log).toBe(1)
  expect(outputs['outcome'], log).toBe('failed')
}
