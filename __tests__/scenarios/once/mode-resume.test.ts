import { describe, expect, it } from 'vitest'
import { endsWhenWaitedFor } from '../../support/emulator/on-request.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { member } from '../../support/runs/platform-inputs.ts'
import { stepOf, expectSubmitted, mainPhase } from '../../support/runs/workflow-step.ts'
import { activeMembers } from '../../support/emulator/truth.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }
const NO_WAIT = { wait: 'false' }
/** Works on completed batches for longer than any test. */
const SLOW = { loadedMs: NEVER_MS, staleReads: 0 }

describe('`mode: resume`', () => {
  it.concurrent('takes up what was submitted, with the verdict of a publish', async () => {
    await using platform = await localPlatform(SLOW)
    const id = await expectSubmitted(platform, stepOf(['1', '2'], { inputs: NO_WAIT }))
    platform.emulator.change({ loadedMs: 1 })
    const run = await waitFor(platform, id)
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({
      outcome: 'published',
      'batch-id': id,
      status: 'success',
      'records-written': '2',
    })
    expect(await activeMembers(platform)).toEqual(['1', '2'])
  })

  it.concurrent('fails for a batch that failed', async () => {
    await using platform = await localPlatform(SLOW)
    const files = { 'data/a.jsonl': member('1', { tier: 'iron' }) }
    const id = await expectSubmitted(platform, { files, inputs: NO_WAIT })
    platform.emulator.change({ loadedMs: 1 })
    const run = await waitFor(platform, id)
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', 'batch-id': id, status: 'failed' })
  })

  it.concurrent('takes up what timed out', async () => {
    await using platform = await localPlatform(SLOW)
    const late = await mainPhase(platform, stepOf(['1'], { inputs: { 'timeout-minutes': '0.005' } }))
    expect(late.exitCode, late.log).toBe(1)
    expect(late.outputs).toMatchObject({ outcome: 'timed-out', status: 'loaded' })
    platform.emulator.change({ loadedMs: 1 })
    const run = await waitFor(platform, late.outputs['batch-id'] ?? '')
    expect(run.outputs['outcome'], run.log).toBe('published')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('looks at predecessors too: one that stays active fails the job', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const old = await mainPhase(platform, stepOf(['1'], { inputs: PREVIOUS }))
    platform.emulator.change({ loadedMs: NEVER_MS })
    const id = await expectSubmitted(platform, stepOf(['2'], { run: 1002, inputs: { ...PREVIOUS, ...NO_WAIT } }))
    const { replay } = platform.emulator.settings()
    platform.emulator.change({ loadedMs: 1, replay: { ...replay, honoured: false } })
    const run = await waitFor(platform, id, { 'timeout-minutes': '0.02' })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.log).toContain(`Batch ${old.outputs['batch-id']} was to be replaced, but is still active`)
  })
})

describe('`wait: false`', () => {
  it.concurrent('ends as submitted with the id of what is in progress with the same content', async () => {
    await using platform = await localPlatform(SLOW)
    const id = await expectSubmitted(platform, stepOf(['1'], { inputs: NO_WAIT }))
    expect(await expectSubmitted(platform, stepOf(['1'], { run: 1002, inputs: NO_WAIT }))).toBe(id)
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
  })

  it.concurrent('is an error under `previous` where something else is in progress', async () => {
    await using platform = await localPlatform(SLOW)
    const inputs = { ...PREVIOUS, ...NO_WAIT }
    const id = await expectSubmitted(platform, stepOf(['1'], { inputs }))
    const second = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs }))
    expect(second.exitCode).toBe(1)
    expect(second.log).toMatch(
      new RegExp(`^::error::Cannot publish: batch ${id} of this publication is in progress`, 'm'),
    )
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
  })

  it.concurrent('is waited for by the next run that waits', async () => {
    await using platform = await localPlatform(SLOW)
    const id = await expectSubmitted(platform, stepOf(['1'], { inputs: NO_WAIT }))
    const next = await mainPhase(platform, stepOf(['1'], { run: 1002, onLine: endsWhenWaitedFor(platform) }))
    expect(next.outputs, next.log).toMatchObject({ outcome: 'published', 'batch-id': id })
    expect(await activeMembers(platform)).toEqual(['1'])
  })
})

function waitFor(platform: LocalPlatform, id: string, more: Readonly<Record<string, string>> = {}) {
  return platform.publish({ inputs: { mode: 'resume', 'batch-id': id, glob: '', ...more } })
}
