import { describe, expect, it } from 'vitest'
import type { Effect } from '../../../emulator/faults/faults.ts'
import { localPlatform } from '../../support/emulator/local-platform.ts'
import { signalOn } from '../../support/emulator/on-request.ts'
import { expectPublished, expectSubmitted, stepOf, bothPhases } from '../../support/runs/workflow-step.ts'
import { activeMembers, stages } from '../../support/emulator/truth.ts'
import { between } from '../../support/emulator/between.ts'
import { expectRefused, expectReverted, reverting, reverts } from './reverting.ts'

const REVERT = { method: 'POST', path: '/**?action=REVERT' } as const
const REVERTING = { method: 'POST', target: /action=REVERT$/ } as const
/** More reads than any test makes. */
const NEVER_SEEN = { staleReads: 1_000_000 }

describe('a REVERT', () => {
  it.concurrent.each<readonly [string, Effect]>([
    ['whose answer is lost', { kind: 'reset', when: 'after' }],
    ['that is answered 500 though it was done', { kind: 'answer', status: 500, acts: true }],
    ['that is answered 504 though it was done', { kind: 'answer', status: 504, acts: true }],
    ['that got lost on its way', { kind: 'reset', when: 'before' }],
    ['that is answered 503', { kind: 'answer', status: 503 }],
    ['that is answered 429', { kind: 'throttle', seconds: 0, as: 'seconds' }],
    ['of a batch whose state has just changed (428)', { kind: 'answer', status: 428 }],
  ])('%s ends as reverted', async (_, effect) => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, stepOf(['1']))
    platform.emulator.faults.add({ ...REVERT, effect })
    expectReverted(await reverting(platform, id), id)
    expect(reverts(platform)).toBe(2)
    expect(await stages(platform)).toEqual(['inactive'])
  })

  it.concurrent.each([2, 6])(
    'whose answer is lost is believed in though %i reads still say "success"',
    async (staleReads) => {
      await using platform = await localPlatform({ staleReads })
      const id = await expectPublished(platform, stepOf(['1']))
      platform.emulator.faults.add({ ...REVERT, effect: { kind: 'reset', when: 'after' } })
      expectReverted(await reverting(platform, id), id)
    },
  )

  it.concurrent('that is refused for good fails the run, which says why', async () => {
    await using platform = await localPlatform()
    const id = await expectPublished(platform, stepOf(['1']))
    platform.emulator.faults.add({ ...REVERT, times: 0, effect: { kind: 'answer', status: 403 } })
    const run = await reverting(platform, id)
    expectRefused(run, new RegExp(`Cannot revert batch "${id}": the answer was 403`))
    expect(run.outputs).toMatchObject({ 'batch-id': id, status: 'success' })
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('of what another job takes back at the same moment is looked at again', async () => {
    await using platform = await localPlatform()
    const id = await expectPublished(platform, stepOf(['1']))
    const runs = await Promise.all([reverting(platform, id), reverting(platform, id, { run: 2002 })])
    for (const run of runs) expectReverted(run, id)
    expect(await stages(platform)).toEqual(['inactive'])
  })
})

describe('a wait', () => {
  it.concurrent('that takes too long ends as timed out, and the next run finds what became of it', async () => {
    await using platform = await localPlatform(NEVER_SEEN)
    const id = await expectPublished(platform, stepOf(['1']))
    const run = await reverting(platform, id, { inputs: { 'timeout-minutes': '0.1' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'timed-out', status: 'success', 'batch-id': id })
    expect(run.log).toContain(`The platform accepted the revert of batch ${id}, which still reads "success".`)
    expect(reverts(platform)).toBe(1)
  })

  it.concurrent('for what was answered and never done ends as timed out, though a look goes astray', async () => {
    await using platform = await localPlatform({ staleReads: 0 })
    const id = await expectPublished(platform, stepOf(['1']))
    platform.emulator.faults.add({ ...REVERT, effect: { kind: 'answer', status: 200 } })
    const astray = { path: '/**/catalog/batches/*', times: 2, effect: { kind: 'missing' } } as const
    between(platform, { ...REVERTING, after: () => platform.emulator.faults.add(astray) })
    const run = await reverting(platform, id, { inputs: { 'timeout-minutes': '0.15' } })
    expect(run.exitCode, run.log).toBe(1)
    expect(run.outputs, run.log).toMatchObject({ outcome: 'timed-out', status: 'success', 'batch-id': id })
    expect(run.log).not.toContain('its rows are out of the dataset')
    expect(await activeMembers(platform)).toEqual(['1'])
  })

  it.concurrent('is spared by `wait: false`, which ends as submitted', async () => {
    await using platform = await localPlatform(NEVER_SEEN)
    const id = await expectPublished(platform, stepOf(['1']))
    const inputs = { mode: 'revert', 'batch-id': id, glob: '', wait: 'false' }
    expect(await expectSubmitted(platform, { run: 2001, inputs })).toBe(id)
    expect(await stages(platform)).toEqual(['inactive'])
  })

  it.concurrent('goes on when looks get no answer', async () => {
    await using platform = await localPlatform({ staleReads: 2 })
    const id = await expectPublished(platform, stepOf(['1']))
    const silent = { path: '/**/catalog/batches/*', times: 2, effect: { kind: 'reset', when: 'before' } } as const
    between(platform, { ...REVERTING, after: () => platform.emulator.faults.add(silent) })
    expectReverted(await reverting(platform, id), id)
  })

  it.concurrent('that is cancelled ends as cancelled, and nothing else is touched', async () => {
    await using platform = await localPlatform(NEVER_SEEN)
    const other = await expectPublished(platform, stepOf(['o'], { inputs: { publication: 'other' } }))
    const id = await expectPublished(platform, stepOf(['1']))
    const before = platform.requests('POST', /./).length
    const inputs = { mode: 'revert', 'batch-id': id, glob: '' }
    const onLine = signalOn('SIGINT', /^Revert of batch \S+ accepted/m)
    const run = await bothPhases(platform, { run: 2001, inputs, onLine })
    expect(run.exitCode, run.logs).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'cancelled', 'batch-id': id })
    expect(run.post.exitCode).toBe(0)
    const posts = platform
      .requests('POST', /./)
      .slice(before)
      .map(({ target }) => target)
    expect(posts.filter((target) => target.includes('/batches'))).toEqual([
      expect.stringMatching(new RegExp(`${id}\\?action=REVERT$`)),
    ])
    expect(await stages(platform)).toEqual(['success', 'inactive'])
    expect(other).not.toBe(id)
  })
})
