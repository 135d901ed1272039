import { describe, expect, it } from 'vitest'
import { leaveOpen } from '../../support/emulator/on-request.ts'
import { between } from '../../support/emulator/between.ts'
import { localPlatform, type LocalPlatform, NEVER_MS } from '../../support/emulator/local-platform.ts'
import { datasets } from '../../support/runs/platform-inputs.ts'
import { stepOf, expectSubmitted, mainPhase } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'

const NO_WAIT = { wait: 'false' }
/** Works on completed batches for longer than any test. */
const SLOW = { loadedMs: NEVER_MS, staleReads: 0 }

describe('`mode: abort`', () => {
  it.concurrent('takes back what was never completed', async () => {
    await using platform = await localPlatform()
    const id = await leaveOpen(platform)
    const run = await abort(platform, id)
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'aborted', status: 'aborted', 'batch-id': id })
    expect(await stages(platform)).toEqual(['aborted'])
  })

  it.concurrent.each([1, 6])('takes it back though %i answers get lost', async (times) => {
    await using platform = await localPlatform()
    const id = await leaveOpen(platform)
    const lost = { kind: 'reset', when: 'after' } as const
    platform.emulator.faults.add({ method: 'POST', path: `/**/batches/${id}`, effect: lost, times })
    const run = await abort(platform, id)
    expect(run.exitCode, run.log).toBe(0)
    expect(run.outputs).toMatchObject({ outcome: 'aborted', status: 'aborted', 'batch-id': id })
    expect(await stages(platform)).toEqual(['aborted'])
  })

  it.concurrent('explains what is completed by the time it is asked', async () => {
    await using platform = await localPlatform({ ...SLOW, catalogueLagMs: { created: 0, completed: NEVER_MS } })
    const id = await expectSubmitted(platform, stepOf(['1'], { inputs: NO_WAIT }))
    const after = () => platform.emulator.change({ catalogueLagMs: { created: 0, completed: 0 } })
    between(platform, { method: 'POST', target: /ABORT$/, after })
    const run = await abort(platform, id)
    expect(run.exitCode).toBe(1)
    expect(run.log).toMatch(new RegExp(`^::error::Cannot abort batch "${id}": it is "loaded"`, 'm'))
    expect(run.log).toContain('mode: resume')
    expect(await stages(platform)).toEqual(['promoting'])
  })

  it.concurrent('explains what is in the dataset, and how that is taken back', async () => {
    await using platform = await localPlatform()
    const { outputs } = await mainPhase(platform, stepOf(['1']))
    const id = outputs['batch-id'] ?? ''
    const run = await abort(platform, id)
    expect(run.exitCode).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'failed', status: 'success', 'batch-id': id })
    expect(run.log).toMatch(new RegExp(`^::error::Cannot abort batch "${id}": it is "success".*mode: revert`, 'm'))
    expect(platform.requests('POST', /ABORT/)).toEqual([])
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('explains what nobody knows, and what is of another dataset', async () => {
    await using platform = await localPlatform()
    const nobody = await abort(platform, '01HNOBODYKNOWSTHISBATCH000')
    expect(nobody.exitCode).toBe(1)
    expect(nobody.log).toMatch(/^::error::Cannot find batch "01HNOBODYKNOWSTHISBATCH000"/m)
    const id = await leaveOpen(platform)
    const elsewhere = await abort(platform, id, { dataset: datasets.products })
    expect(elsewhere.exitCode).toBe(1)
    expect(elsewhere.log).toMatch(new RegExp(`^::error::Cannot use batch "${id}": it belongs to dataset`, 'm'))
    expect(await stages(platform)).toEqual(['loading'])
  })
})

function abort(platform: LocalPlatform, id: string, more: Readonly<Record<string, string>> = {}) {
  return platform.publish({ inputs: { mode: 'abort', 'batch-id': id, glob: '', ...more } })
}
