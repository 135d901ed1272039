import { describe, expect, it } from 'vitest'
import { isBatchId, type BatchId } from '../../../src/platform/ids.ts'
import type { Platform } from '../../../src/context.ts'
import { runStep, type Stepped } from '../../support/runs/in-memory-action.ts'
import type { InMemoryPlatform } from '../../support/emulator/in-memory-platform.ts'
import { contentOf, manyFiles, rowsOf, stages } from '../../support/files/members.ts'
import { never } from '../../support/time/never.ts'
import { apisOf } from '../../support/platform/platform-client.ts'
import { NAMED, PREVIOUS, desk, outcome } from '../../support/runs/publishing-desk.ts'

const DAY_MS = 24 * 3_600_000
/** What was taken back reads so at once. */
const AT_ONCE = { staleReads: 0 }
/** In a batch. */
const TWO_FILES = { maxFiles: 2 }

/** Reverts the last publish of `members`, as a run that is later than all that published. */
function revertPrevious(platform: InMemoryPlatform, run = { runId: '2001', attempt: 1 }): Promise<Stepped> {
  return runStep(platform, { inputs: { ...NAMED, mode: 'revert', 'batch-id': 'previous', glob: '' }, run })
}

function batchesOf({ outputs }: Stepped): readonly BatchId[] {
  const ids: unknown = JSON.parse(outputs['batch-ids'] ?? '[]')
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').filter(isBatchId) : []
}

function reverts({ emulator }: InMemoryPlatform): number {
  return emulator.requests().filter(({ target }) => target.includes('REVERT')).length
}

/** As somebody does it in the user interface. */
async function takeBack({ batches }: Platform, id: BatchId | undefined): Promise<void> {
  if (id !== undefined) await batches.revert(id, never())
}

describe('a last publish of several batches', () => {
  /** More files than one batch takes. */
  const files = manyFiles(3)

  it('is taken back whole', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const made = batchesOf(await publish(files))
    expect(made).toHaveLength(2)
    const run = await revertPrevious(platform)
    expect([outcome(run), run.failed, batchesOf(run)]).toEqual(['reverted', false, made])
    expect([await rowsOf(platform), await stages(platform)]).toEqual([[], ['inactive', 'inactive']])
  })

  it.each([0, 1])('of which part %i was taken back already has only the rest reverted', async (index) => {
    const { platform, publish } = desk({ ...TWO_FILES, ...AT_ONCE })
    const made = batchesOf(await publish(files))
    await takeBack(await apisOf(platform), made[index])
    const before = reverts(platform)
    const run = await revertPrevious(platform)
    expect([outcome(run), batchesOf(run)]).toEqual(['reverted', made])
    expect(await rowsOf(platform)).toEqual([])
    expect(reverts(platform)).toBe(before + 1)
  })

  it('of which one can not be reverted in time still has the other reverted', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const made = batchesOf(await publish(files))
    platform.emulator.change({ staleReads: 1_000_000 })
    const run = await revertPrevious(platform)
    expect([outcome(run), run.failed, batchesOf(run)]).toEqual(['timed-out', true, made])
    expect(await stages(platform)).toEqual(['inactive', 'inactive'])
  })

  it('is taken back whole by the next run where the first was stopped half way', async () => {
    const { platform, publish } = desk(TWO_FILES)
    const made = batchesOf(await publish(files))
    platform.emulator.faults.add({ path: `/**${made[1]}?action=REVERT`, effect: { kind: 'answer', status: 403 } })
    const stopped = await revertPrevious(platform)
    expect([outcome(stopped), stopped.failed]).toEqual(['failed', true])
    expect(await stages(platform)).toContain('inactive')
    const run = await revertPrevious(platform, { runId: '2001', attempt: 2 })
    expect([outcome(run), batchesOf(run)]).toEqual(['reverted', made])
    expect(await rowsOf(platform)).toEqual([])
  })
})

describe('long ago', () => {
  it.each([1, 8, 60])('a publish of %i days ago is taken back', async (days) => {
    const { platform, publish } = desk()
    const [id] = batchesOf(await publish(contentOf('a')))
    await platform.clock.sleep(days * DAY_MS, never())
    expect(batchesOf(await revertPrevious(platform))).toEqual([id])
    expect(await rowsOf(platform)).toEqual([])
  })

  it.each([6, 8, 60])('a publish that was reverted %i days ago still counts as the last', async (days) => {
    const { platform, publish } = desk(AT_ONCE)
    await publish(contentOf('a'))
    const [last] = batchesOf(await publish(contentOf('b')))
    await takeBack(await apisOf(platform), last)
    await platform.clock.sleep(days * DAY_MS, never())
    const before = reverts(platform)
    const run = await revertPrevious(platform)
    expect([outcome(run), run.failed, batchesOf(run)]).toEqual(['reverted', false, [last]])
    expect(run.outputs['status']).toBe(days > 7 ? 'deleted' : 'inactive')
    expect(reverts(platform)).toBe(before)
    expect(await rowsOf(platform)).toEqual(['a'])
  })

  it('a publish that took the place of another one is the last, though both were taken out', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'))
    const [last] = batchesOf(await publish(contentOf('b'), PREVIOUS))
    expect(batchesOf(await revertPrevious(platform))).toEqual([last])
    await platform.clock.sleep(30 * DAY_MS, never())
    expect(batchesOf(await revertPrevious(platform, { runId: '2002', attempt: 1 }))).toEqual([last])
    expect(reverts(platform)).toBe(1)
  })
})

describe('after a revert', () => {
  it('the next publish replaces what is active, which is nothing, and is itself the last', async () => {
    const { platform, publish } = desk()
    await publish(contentOf('a'), PREVIOUS)
    await revertPrevious(platform, { runId: '1002', attempt: 1 })
    const again = await publish(contentOf('a'), PREVIOUS, { runId: '1003' })
    expect(outcome(again)).toBe('published')
    expect(await rowsOf(platform)).toEqual(['a'])
    const undone = await revertPrevious(platform, { runId: '1002', attempt: 2 })
    expect([outcome(undone), undone.errors.join()]).toEqual(['failed', expect.stringContaining('a later run')])
    expect(await rowsOf(platform)).toEqual(['a'])
  })
})
