import { describe, expect, it } from 'vitest'
import { createWaitBudget, deferBudget } from '../../../src/lib/time.ts'
import { caught } from '../../support/caught.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { never } from '../../support/time/never.ts'

function bench(totalMs = 1_000, graceMs = 0) {
  const clock = fakeClock()
  const waitBudget = createWaitBudget({ totalMs, graceMs }, clock)
  return { clock, waitBudget, wait: (ms: number) => waitBudget.during(() => clock.sleep(ms, never())) }
}

describe('a wait budget', () => {
  it('is spent by waiting alone, not by what runs in between', async () => {
    const { clock, waitBudget, wait } = bench()
    const waiting = wait(300)
    await clock.advance(300)
    await waiting
    await clock.advance(5_000)
    expect(waitBudget.leftMs()).toBe(700)
  })

  it('runs down while a wait is under way', async () => {
    const { clock, waitBudget, wait } = bench()
    const waiting = wait(400)
    await clock.advance(150)
    expect(waitBudget.leftMs()).toBe(850)
    await clock.advance(250)
    await waiting
    expect(waitBudget.leftMs()).toBe(600)
  })

  it('is spent once by waits that overlap', async () => {
    const { clock, waitBudget, wait } = bench()
    const waits = [wait(200), wait(500)]
    await clock.advance(100)
    waits.push(wait(500))
    await clock.advance(500)
    await Promise.all(waits)
    expect(waitBudget.leftMs()).toBe(400)
  })

  it('adds up the waits that follow one another, and says when there is none left', async () => {
    const { clock, waitBudget, wait } = bench()
    for (const ms of [600, 600]) {
      const waiting = wait(ms)
      await clock.advance(ms)
      await waiting
    }
    expect(waitBudget.leftMs()).toBe(-200)
  })

  it('is spent by a wait that fails too, and hands its error on', async () => {
    const { clock, waitBudget } = bench()
    const stop = new AbortController()
    const failing = caught(waitBudget.during(() => clock.sleep(900, stop.signal)))
    await clock.advance(100)
    stop.abort(new Error('cancelled'))
    expect(await failing).toMatchObject({ message: 'cancelled' })
    await clock.advance(500)
    expect(waitBudget.leftMs()).toBe(900)
  })

  it('hands on what was waited for', async () => {
    expect(await bench().waitBudget.during(async () => 'settled')).toBe('settled')
  })

  it('is spent by whoever sleeps by its clock', async () => {
    const { clock, waitBudget } = bench()
    const sleeping = waitBudget.clock.sleep(250, never())
    await clock.advance(250)
    await sleeping
    expect([waitBudget.leftMs(), waitBudget.clock.now()]).toEqual([750, clock.now()])
  })
})

describe('a wait budget of work that nobody waits for yet', () => {
  it('has no end and takes nothing, until somebody waits', async () => {
    const { clock, waitBudget } = bench(1_000)
    const deferred = deferBudget(waitBudget, clock)
    const sleep = async (ms: number) => {
      const work = deferred.clock.sleep(ms, never())
      await clock.advance(ms)
      await work
    }
    await sleep(5_000)
    expect([deferred.mostMs(), waitBudget.leftMs()]).toEqual([Infinity, 1_000])
    deferred.begin()
    await sleep(600)
    expect([deferred.mostMs(), waitBudget.leftMs()]).toEqual([400, 400])
  })
})
