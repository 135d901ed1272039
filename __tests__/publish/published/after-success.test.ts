import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WAIT_GRACE_MS } from '../../../src/platform/limits.ts'
import { createWaitBudget } from '../../../src/lib/time.ts'
import { remainingPredecessors, findRivals } from '../../../src/publish/published/after-success.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { contextOf } from '../../support/runs/context.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { publishedBatch, publishedOf, desiredPublish, type PublishedOptions } from '../../support/publish/held.ts'
import { batchId } from '../../support/make.ts'
import { consolidatedInto, consolidationOf, plainCatalog, type Reads } from '../../support/platform/plain-catalog.ts'

const PREVIOUS = { kind: 'previous' } as const

function ours(id: string, more: PublishedOptions = {}): PublishedBatch {
  return publishedBatch(id, {
    ...more,
    provenance: { publishFingerprint: 'new', runId: 1001, attempt: 2, ...more.provenance },
  })
}

type Seen = {
  readonly want?: Partial<DesiredPublish>
  readonly before?: readonly PublishedBatch[]
  readonly batches?: readonly string[]
}

function seen(now: readonly PublishedBatch[], { want = {}, before = [], batches = ['M'] }: Seen = {}) {
  const landed = { batches: batches.map((id) => batchId(id)), known: publishedOf(before) }
  return findRivals(desiredPublish(want), landed, publishedOf(now)).map(
    ({ held: rival, reverts }) => `${rival.record.id}: ${reverts.join(' ')}`,
  )
}

const twin = (id: string, more: PublishedOptions = {}) =>
  publishedBatch(id, { ...more, provenance: { publishFingerprint: 'new', ...more.provenance } })

describe('a rival', () => {
  it.each<readonly [string, PublishedBatch, Partial<DesiredPublish>, readonly string[]]>([
    ['with our content and a lower id is one', twin('A'), {}, ['A: M']],
    ['with our content and a higher id leaves it to the other run', twin('Z'), {}, []],
    ['with our content that is still in progress is one', twin('A', { state: 'in progress' }), {}, ['A: M']],
    ['with our content that is open is none', twin('A', { state: 'open' }), {}, []],
    ['with our content that is gone is none', twin('A', { state: 'gone' }), {}, []],
    ['with other content is none where nothing is to be replaced', publishedBatch('A'), {}, []],
    [
      'with other content is one under `previous`; the earlier run gives way',
      publishedBatch('A'),
      { replaces: PREVIOUS },
      ['A: A'],
    ],
    [
      'with other content of a later run is one under `previous`; we give way',
      publishedBatch('A', { provenance: { runId: 1002 } }),
      { replaces: PREVIOUS },
      ['A: M'],
    ],
    [
      'of another publication is none',
      publishedBatch('A', { provenance: { publication: 'orders', publishFingerprint: 'new' } }),
      { replaces: PREVIOUS },
      [],
    ],
    ['with our content is none under if-unchanged: publish', twin('A'), { ifUnchanged: 'publish' }, []],
  ])('%s', (_, other, want, expected) => {
    expect(seen([ours('M'), other], { want })).toEqual(expected)
  })

  it('is nobody who was active when we decided, and no predecessor of ours', () => {
    expect(seen([ours('M'), twin('A')], { before: [twin('A')] })).toEqual([])
    expect(seen([ours('M', { predecessors: ['A'] }), twin('A')])).toEqual([])
  })

  it('is who was in progress when we decided, and became active since', () => {
    expect(seen([ours('M'), twin('A')], { before: [twin('A', { state: 'in progress' })] })).toEqual(['A: M'])
  })
})

describe('of two runs that see each other', () => {
  const ids = fc.uniqueArray(fc.stringMatching(/^[0-9A-Z]{4}$/), { minLength: 2, maxLength: 6 })

  it('exactly one finds a rival, however many batches each has', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.boolean(), (all, cut, isSame) => {
        const at = 1 + (cut % (all.length - 1))
        const publishes = isSame ? (['new', 'new'] as const) : (['new', 'newer'] as const)
        const sides = [all.slice(0, at), all.slice(at)]
        const now = sides.flatMap((side, i) =>
          side.map((id) =>
            publishedBatch(id, { provenance: { publishFingerprint: publishes[i] ?? '', runId: 1001 + i } }),
          ),
        )
        const found = sides.map((batches, i) =>
          seen(now, { batches, want: { publishFingerprint: publishes[i] ?? '', runId: 1001 + i, replaces: PREVIOUS } }),
        )
        expect(found.filter((some) => some.length > 0)).toHaveLength(1)
      }),
    )
  })
})

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
