import { describe, expect, it } from 'vitest'
import { Problem } from '../../../src/lib/errors.ts'
import type { BatchRecord } from '../../../src/platform/records.ts'
import type { CatalogApi } from '../../../src/platform/catalog.ts'
import { type WaitOptions, waitForBatch } from '../../../src/publish/wait.ts'
import { type Ports, contextOf } from '../../support/runs/context.ts'
import { caught } from '../../support/caught.ts'
import { leapingClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'
import { batchId, batchRecord } from '../../support/make.ts'
import { untilAborted } from '../../support/time/never.ts'

/** What the catalogue says from a moment on: a record, that it knows no such batch, or that it is unwell. */
type Scene = readonly [fromS: number, what: BatchRecord | 'missing' | 'unwell' | 'refuses' | 'silent']

const unwell = new Problem('Cannot read batch "01HBATCH": 503', { remedy: 'later', isPassing: true })
const refuses = new Problem('Cannot read batch "01HBATCH": 403', { remedy: 'ask', isPassing: false })

function bench(...scenes: readonly Scene[]) {
  const clock = leapingClock()
  const startMs = clock.now()
  const say = heard()
  const looks: number[] = []
  const batch: CatalogApi['batch'] = async (_, signal) => {
    const age = (clock.now() - startMs) / 1000
    looks.push(age)
    const [, what] = scenes.findLast(([fromS]) => age >= fromS) ?? [0, 'missing' as const]
    if (what === 'unwell') throw unwell
    if (what === 'refuses') throw refuses
    if (what === 'silent') return await untilAborted(signal)
    return what === 'missing' ? { kind: 'missing', requestId: undefined } : { kind: 'found', record: what }
  }
  const nothing = () => Promise.reject(new Error('Only one batch is looked at'))
  const catalog: CatalogApi = { batch, batches: nothing, counted: nothing }
  const ageS = () => (clock.now() - startMs) / 1000
  const ports = { catalog, clock, log: say, longestPauseMs: 300_000 }
  const run = ({ timeoutMs = 3_600_000, completeAgain, isKnown = false, ...more }: Ports & Partial<WaitOptions> = {}) =>
    waitForBatch(
      batchId(),
      { timeoutMs, isKnown, ...(completeAgain === undefined ? {} : { completeAgain }) },
      contextOf({ ...ports, ...more }),
    )
  return { run, say, looks, ageS, clock, catalog }
}

const seen = (status: string, body: object = {}) => batchRecord(status, body)

describe('watching a batch', () => {
  it.each(['success', 'active', 'failed', 'failure', 'aborted', 'abandoned', 'inactive', 'deleted', 'archived'])(
    'ends when it is %s',
    async (status) => {
      const { run, ageS } = bench([0, seen('loaded')], [20, seen(status)])
      expect(await run()).toMatchObject({ kind: 'finished', record: { status } })
      expect(ageS()).toBeLessThan(26)
    },
  )

  it.each(['loading', 'loaded', 'queued', 'processing', 'staging', 'staged', 'retrying', 'brand-new'])(
    'goes on while it is %s',
    async (status) => {
      const { run, ageS } = bench([0, seen(status)], [500, seen('success')])
      expect(await run()).toMatchObject({ kind: 'finished' })
      expect(ageS()).toBeGreaterThanOrEqual(500)
    },
  )

  it.each([0.1, 7, 60, 599, 3_000])(
    'notices an end after %d s in time, though each answer takes 0.4 s',
    async (endS) => {
      const { run, catalog, clock, ageS } = bench([0, seen('processing')], [endS, seen('success')])
      let noticedS = Infinity
      const slow: CatalogApi['batch'] = async (id, signal) => {
        const answer = await catalog.batch(id, signal)
        await clock.sleep(400, signal)
        if (answer.kind === 'found' && answer.record.status === 'success') noticedS = Math.min(noticedS, ageS())
        return answer
      }
      await run({ catalog: { ...catalog, batch: slow } })
      expect(noticedS).toBeLessThanOrEqual(endS * 1.1 + 2)
    },
  )

  it('is in no hurry after a look that was tried for long', async () => {
    const { run, catalog, clock, looks } = bench([0, seen('processing')], [20, 'unwell'], [60, seen('success')])
    const tried: CatalogApi['batch'] = async (id, signal) => {
      return await catalog.batch(id, signal).catch(async (error: unknown) => {
        await clock.sleep(10_000, signal)
        throw error
      })
    }
    await run({ catalog: { ...catalog, batch: tried } })
    const failed = looks.find((age) => age >= 20) ?? NaN
    const next = looks.find((age) => age > failed) ?? NaN
    expect(next - failed - 10).toBeCloseTo((failed + 10) / 10 + 2)
  })

  it('keeps the counts that it has seen, though a replica that lags does not show them at the last look', async () => {
    const counts = { metrics: { outputRecordCount: 5 } }
    const { run } = bench([0, seen('success', counts)], [1, seen('success')])
    expect(await run()).toMatchObject({ record: { counts: { written: 5 } } })
  })

  it('reads the record once more after the end, since counts may come later', async () => {
    const counts = { metrics: { inputRecordCount: 5 } }
    const { run } = bench([0, seen('success')], [0.5, seen('success', counts)])
    expect(await run()).toMatchObject({ record: { counts: { read: 5 } } })
  })

  it('does not lose the end when that second look shows the status before, or nothing', async () => {
    for (const lagging of [seen('staged'), 'unwell', 'missing'] as const) {
      const { run } = bench([0, seen('success')], [0.5, lagging])
      expect(await run()).toMatchObject({ kind: 'finished', record: { status: 'success' } })
    }
  })

  it('logs how it ended, and before that its status every five minutes alone', async () => {
    const { run, say } = bench([0, seen('loaded')], [5, seen('staging')], [700, seen('success')])
    await run()
    const statuses = say.infos.map((text) => /: (\w+) after \d+ min/.exec(text)?.[1])
    expect(statuses).toEqual(['staging', 'staging', 'success'])
  })

  it('says once that it does not know a status', async () => {
    const { run, say } = bench([0, seen('brand-new')], [600, seen('success')])
    await run()
    expect(say.infos.filter((text) => text.includes('unknown status'))).toHaveLength(1)
  })

  it('looks no more than 75 times in an hour', async () => {
    const { run, looks } = bench([0, seen('staging')])
    expect(await run()).toMatchObject({ kind: 'timed-out', isStalled: false, waitedMs: 3_600_000 })
    expect(looks.length).toBeLessThanOrEqual(76)
  })

  it.each([-3_600_000, 3_600_000])('lasts as long as it says when the wall clock steps by %i ms', async (stepMs) => {
    const { run, ageS, clock } = bench([0, seen('staging')])
    const end = run({ timeoutMs: 90_000 })
    clock.stepWall(stepMs)
    expect(await end).toMatchObject({ kind: 'timed-out', waitedMs: 90_000 })
    expect(ageS()).toBe(90)
  })

  it('ends in time, with a last look', async () => {
    const { run, looks, ageS } = bench([0, seen('staging')])
    expect(await run({ timeoutMs: 90_000 })).toMatchObject({ kind: 'timed-out', record: { status: 'staging' } })
    expect([ageS(), looks.at(-1)]).toEqual([90, 90])
  })
})

describe('a batch that', () => {
  it('the catalogue does not know yet is waited for, two minutes', async () => {
    const { run } = bench([0, 'missing'], [100, seen('success')])
    expect(await run()).toMatchObject({ kind: 'finished' })
  })

  it.each(['missing', 'refuses', 'unwell'] as const)(
    'was seen once is there: a catalogue that %s it from then on ends no wait before its time, and is told once',
    async (odd) => {
      const { run, say, ageS } = bench([0, seen('staging')], [10, odd])
      const ended = await run({ timeoutMs: 3_600_000, longestPauseMs: 10_000 })
      expect(ended).toMatchObject({ kind: 'timed-out', record: { status: 'staging' } })
      expect(ended).toHaveProperty('trouble', odd === 'missing' ? 'the catalog does not show it' : expect.any(String))
      expect([ageS(), say.warnings.length]).toEqual([3_600, 1])
    },
  )

  it('was seen once, and then is not there for ten minutes, is judged when it is there again', async () => {
    const { run, say } = bench([0, seen('staging')], [10, 'missing'], [700, seen('success')])
    expect(await run()).toMatchObject({ kind: 'finished', record: { status: 'success' } })
    expect(say.warnings).toHaveLength(1)
  })

  it('was found before is there, too, though no look of this wait shows it', async () => {
    const { run } = bench([0, 'missing'], [400, seen('success')])
    expect(await run({ isKnown: true })).toMatchObject({ kind: 'finished', record: { status: 'success' } })
  })

  it('has its COMPLETE repeated no longer than there is time', async () => {
    const { run, ageS } = bench([0, seen('loading')])
    expect(await run({ timeoutMs: 20_000, completeAgain: untilAborted })).toMatchObject({ kind: 'timed-out' })
    expect(ageS()).toBeLessThanOrEqual(21)
  })

  it('the catalogue does not know after two minutes is a problem', async () => {
    const { run, ageS } = bench([0, 'missing'])
    expect(await caught(run())).toMatchObject({
      name: 'Problem',
      message: expect.stringContaining('does not contain it'),
    })
    expect(ageS()).toBeGreaterThanOrEqual(120)
    expect(ageS()).toBeLessThan(140)
  })

  it('has stalled is looked at for ten minutes more', async () => {
    const { run, ageS } = bench([0, seen('staging')], [60, seen('stalled')])
    expect(await run()).toMatchObject({ kind: 'timed-out', isStalled: true })
    expect(ageS()).toBeGreaterThanOrEqual(660)
    expect(ageS()).toBeLessThan(670)
  })

  it('has stalled and moves again is waited for as before', async () => {
    const { run } = bench([0, seen('stalled')], [300, seen('staging')], [1500, seen('success')])
    expect(await run()).toMatchObject({ kind: 'finished' })
  })
})

describe('a catalogue that', () => {
  it('is unwell for a while does not end the wait', async () => {
    const { run, say } = bench([0, seen('staging')], [10, 'unwell'], [600, seen('success')])
    expect(await run()).toMatchObject({ kind: 'finished' })
    expect(say.warnings[0]).toContain('Still waiting')
  })

  it('stays unwell ends it, after forty looks in a row', async () => {
    const { run, looks } = bench([0, 'unwell'])
    expect(await caught(run({ longestPauseMs: 1000 }))).toBe(unwell)
    expect(looks).toHaveLength(40)
  })

  it('refuses for good to show what nobody has seen ends it, after two minutes', async () => {
    const { run, looks, ageS } = bench([0, 'refuses'])
    expect(await caught(run())).toBe(refuses)
    expect(looks.length).toBeGreaterThanOrEqual(5)
    expect(ageS()).toBeGreaterThanOrEqual(120)
    expect(ageS()).toBeLessThan(140)
  })

  it.each(['refuses', 'unwell', 'missing'] as const)('%s once does not end the wait, early or late', async (odd) => {
    for (const atS of [0, 2, 300]) {
      const { run } = bench([0, seen('staging')], [atS, odd], [atS + 2, seen('staging')], [400, seen('success')])
      expect(await run()).toMatchObject({ kind: 'finished', record: { status: 'success' } })
    }
  })

  it('refuses now and then does not end the wait', async () => {
    const scenes = Array.from({ length: 40 }, (_, i): Scene => [i * 3, i % 2 === 0 ? 'refuses' : seen('staging')])
    const { run } = bench(...scenes, [120, seen('success')])
    expect(await run({ longestPauseMs: 1000 })).toMatchObject({ kind: 'finished' })
  })

  it('answers the last look with silence holds up nobody', async () => {
    const { run, ageS } = bench([0, seen('success')], [0.5, 'silent'])
    expect(await run({ timeoutMs: 5_000 })).toMatchObject({ kind: 'finished', record: { status: 'success' } })
    expect(ageS()).toBeLessThanOrEqual(10)
  })
})

describe('a wait that is cancelled', () => {
  it('ends at once with the reason', async () => {
    const stop = new AbortController()
    const { run, clock } = bench([0, seen('staging')])
    const end = caught(run({ signal: stop.signal }))
    await Promise.resolve()
    stop.abort(new Error('cancelled'))
    expect(await end).toMatchObject({ message: 'cancelled' })
    expect(clock.sleeping()).toBe(0)
  })
})
