import { describe, expect, it } from 'vitest'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { stepOf, mainPhase } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const PREVIOUS = { publication: 'members', 'replay-predecessors': 'previous' }

describe('a batch that stalls', () => {
  it.concurrent('times out with the word that Adobe must act, and ends the wait later', async () => {
    await using platform = await localPlatform({ hold: { status: 'stalled', forMs: NEVER_MS } })
    const late = await mainPhase(platform, stepOf(['1'], { inputs: { ...PREVIOUS, 'timeout-minutes': '0.01' } }))
    expect(late.exitCode).toBe(1)
    expect(late.outputs).toMatchObject({ outcome: 'timed-out', status: 'stalled' })
    expect(late.log).toContain('give the batch id to Adobe support')
    const id = late.outputs['batch-id'] ?? ''
    const next = await mainPhase(platform, stepOf(['2'], { run: 1002, inputs: PREVIOUS }))
    expect(next.exitCode).toBe(1)
    expect(next.log).toMatch(new RegExp(`^::error::Cannot publish: batch ${id} of this publication is stalled`, 'm'))
    platform.emulator.change({ hold: undefined })
    expect((await waitFor(platform, id)).outputs['outcome']).toBe('published')
    expect(await activeMembers(platform)).toEqual(['1'])
  })
})

describe('a catalogue that lags', () => {
  it.concurrent(
    'behind creations and completions hides nothing for long: COMPLETE is repeated, the rows are there once',
    async () => {
      await using platform = await localPlatform({ catalogueLagMs: { created: 300, completed: 10_000 } })
      const run = await mainPhase(platform, stepOf(['1', '2']))
      expect(run.exitCode, run.log).toBe(0)
      expect(run.outputs['outcome']).toBe('published')
      expect(platform.requests('POST', /COMPLETE/).length).toBeGreaterThan(1)
      expect(await activeMembers(platform)).toEqual(['1', '2'])
    },
  )

  it.concurrent('and a creation whose answer is lost make one batch', async () => {
    await using platform = await localPlatform({ catalogueLagMs: { created: 1_000, completed: 0 } })
    platform.emulator.faults.add({ path: '/data/foundation/import/batches', effect: { kind: 'reset', when: 'after' } })
    const run = await mainPhase(platform, stepOf(['1']))
    expect(run.exitCode, run.log).toBe(0)
    expect(await stages(platform)).toEqual(['success'])
    expect(platform.requests('POST', /\/batches$/)).toHaveLength(1)
  })
})

function waitFor(platform: LocalPlatform, id: string, more: Readonly<Record<string, string>> = {}) {
  return platform.publish({ inputs: { mode: 'resume', 'batch-id': id, glob: '', ...more } })
}
