import { describe, expect, it } from 'vitest'
import { createWaitBudget } from '../../../src/lib/time.ts'
import { WAIT_GRACE_MS } from '../../../src/platform/limits.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import { leavingBatches, lostPredecessors, remainingPredecessors } from '../../../src/publish/published/predecessors.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { publishedBatch, publishedOf } from '../../support/publish/held.ts'
import { batchId } from '../../support/make.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'

describe('predecessors', () => {
  function left(statuses: Readonly<Record<string, Reads>>, { only = Object.keys(statuses), totalMs = 3_600_000 } = {}) {
    const clock = leapingClock()
    const catalog = plainCatalog(statuses)
    const budget = createWaitBudget({ totalMs, graceMs: WAIT_GRACE_MS }, clock)
    const context = contextOf({ catalog, clock, log: heard(), budget, longestPauseMs: 120_000 })
    const startMs = clock.now()
    const ids = only.map((id) => batchId(id))
    return remainingPredecessors(ids, context).then((found) => ({
      found: found.map(({ id, holder }) => (id === holder ? id : `${id} in ${holder ?? 'nobody knows what'}`)),
      tookMs: clock.now() - startMs,
    }))
  }

  it('that are missing are gone when they stay so, and not at looks that ask a replica which is behind', async () => {
    const stays = await left({ P: ['missing'] })
    expect(stays.found).toEqual([])
    expect(stays.tookMs).toBeGreaterThanOrEqual(120_000)
    expect((await left({ P: ['success', 'missing', 'missing', 'missing', 'missing', 'success'] })).found).toEqual(['P'])
    expect((await left({ P: ['missing', 'missing', 'missing', 'success'] })).found).toEqual(['P'])
  })

  it('that nobody could see in time may still be active', async () => {
    expect((await left({ P: ['missing'] }, { totalMs: 0 })).found).toEqual(['P in nobody knows what'])
  })

  it.each(['inactive', 'deleted', 'archived'])('that read %s are gone at the first look', async (status) => {
    expect(await left({ P: [status] })).toEqual({ found: [], tookMs: 0 })
  })

  it('may read `success` for a while', async () => {
    expect((await left({ P: ['success', 'success', 'active', 'inactive'] })).found).toEqual([])
  })

  it('that stay active are told after ten minutes, each by itself', async () => {
    const { found, tookMs } = await left({ P: ['success'], Q: ['inactive'], R: ['active'] })
    expect([found, tookMs]).toEqual([['P', 'R'], 600_000])
  })

  it('that were consolidated in between are left in the batch that holds them', async () => {
    const chain = { P: [consolidatedInto('H')], H: [consolidationOf('P')] }
    expect((await left(chain, { only: ['P'] })).found).toEqual(['P in H'])
    expect((await left({ ...chain, H: ['inactive'] }, { only: ['P'] })).found).toEqual([])
  })

  it('are looked at no longer than the run may wait', async () => {
    expect(await left({ P: ['success'] }, { totalMs: 60_000 })).toEqual({ found: ['P'], tookMs: 60_000 })
  })

  it('are looked at for ten seconds also by a run that has no time left, since the first reads may be wrong', async () => {
    expect(await left({ P: ['success'] }, { totalMs: 0 })).toEqual({ found: ['P'], tookMs: 10_000 })
    expect((await left({ P: ['success', 'success', 'inactive'] }, { totalMs: 0 })).found).toEqual([])
  })
})

describe('batches that leave the dataset', () => {
  const by = (predecessors: readonly string[]) => publishedBatch('Y', { predecessors })
  const idsOf = (...batches: readonly PublishedBatch[]) =>
    leavingBatches(publishedOf(batches)).map(({ record }) => record.id)

  it('are active ones that another active batch was to replace', () => {
    expect(idsOf(publishedBatch('X'), by(['X']))).toEqual(['X'])
    expect(idsOf(publishedBatch('X', { state: 'gone' }), by(['X']))).toEqual([])
    expect(idsOf(publishedBatch('X'), publishedBatch('Y', { predecessors: ['X'], state: 'in progress' }))).toEqual([])
    expect(idsOf(publishedBatch('X'), by([]))).toEqual([])
  })

  it('include those whose rows are in a consolidated batch that was to be replaced', () => {
    expect(idsOf(publishedBatch('X', { holder: 'Z' }), by(['Z']))).toEqual(['X'])
  })
})

describe('predecessors of a batch that failed', () => {
  async function lost(statuses: Readonly<Record<string, Reads>>) {
    const context = contextOf({ catalog: plainCatalog(statuses), clock: leapingClock() })
    return (await lostPredecessors([batchId('P')], context)).length > 0
  }

  it.each<readonly [string, Readonly<Record<string, Reads>>, boolean]>([
    ['that are still active are not lost', { P: ['success'] }, false],
    ['that are inactive are lost', { P: ['inactive'] }, true],
    ['that no longer exist are lost', { P: ['missing'] }, true],
    [
      'that were consolidated in between are not lost: another batch holds their rows',
      { P: [consolidatedInto('H')], H: [consolidationOf('P')] },
      false,
    ],
  ])('%s', async (_, statuses, expected) => {
    expect(await lost(statuses)).toBe(expected)
  })
})
