import { describe, expect, it } from 'vitest'
import { type Pauses, pauseWithin, poll } from '../../../src/lib/async.ts'
import { caught } from '../../support/caught.ts'
import { fakeClock, leapingClock, settled } from '../../support/time/fake-clock.ts'
import { waitsBy } from '../../support/time/waits-by.ts'
import { never } from '../../support/time/never.ts'

/** Looks at a value that grows by one with each look, until it is `end`; each look takes `takesMs`. */
async function count(end: number, pauses: Pauses<number>, takesMs = 0) {
  const clock = leapingClock()
  const startMs = clock.now()
  const looks: number[] = []
  const read = async (before = 0) => {
    looks.push(clock.now() - startMs)
    if (takesMs > 0) await clock.sleep(takesMs, never())
    return before + 1
  }
  const last = await poll(read, { isDone: (seen) => seen === end, pauses }, { waits: waitsBy(clock), signal: never() })
  return { last, looks }
}

describe('looking again', () => {
  it('ends with the first look that shows the end, at once', async () => {
    expect(await count(1, [0, 10])).toEqual({ last: 1, looks: [0] })
    expect(await count(1, () => 10)).toEqual({ last: 1, looks: [0] })
  })

  it('pauses before each look as the list says, and gives what was seen last when it is over', async () => {
    expect(await count(3, [0, 10, 30])).toEqual({ last: 3, looks: [0, 10, 40] })
    expect(await count(9, [5, 10, 30])).toEqual({ last: 3, looks: [5, 15, 45] })
    expect(await count(9, [])).toEqual({ last: 1, looks: [0] })
  })

  it('asks for the next pause by what was seen, how often, and how long it has taken, until there is none', async () => {
    const asked: unknown[] = []
    const pauses: Pauses<number> = (look) => {
      asked.push(look)
      return look.looks < 3 ? 10 : undefined
    }
    expect(await count(9, pauses, 5)).toEqual({ last: 3, looks: [0, 15, 30] })
    expect(asked).toEqual([
      { seen: 1, looks: 1, ageMs: 5, lookMs: 5 },
      { seen: 2, looks: 2, ageMs: 20, lookMs: 5 },
      { seen: 3, looks: 3, ageMs: 35, lookMs: 5 },
    ])
  })

  it('ends with what a look throws', async () => {
    const options = { isDone: () => false, pauses: [0, 1] }
    const broken = poll(() => Promise.reject(new Error('broken')), options, {
      waits: waitsBy(leapingClock()),
      signal: never(),
    })
    expect(await caught(broken)).toMatchObject({ message: 'broken' })
  })

  it('ends in the midst of a pause when the signal fires', async () => {
    const clock = fakeClock()
    const stop = new AbortController()
    let looks = 0
    const endless = poll(
      async () => looks++,
      { isDone: () => false, pauses: () => 60_000 },
      { waits: waitsBy(clock), signal: stop.signal },
    )
    const end = caught(endless)
    await settled()
    stop.abort(new Error('stopped'))
    expect(await end).toMatchObject({ message: 'stopped' })
    expect([looks, clock.sleeping()]).toEqual([1, 0])
  })
})

describe('a pause within the time that is left', () => {
  it.each([
    [100, 30, 30],
    [20, 30, 20],
    [0, 30, undefined],
    [-5, 30, undefined],
  ])('of %d ms is, of %d ms, %s', (leftMs, pauseMs, expected) => {
    expect(pauseWithin(leftMs, pauseMs)).toBe(expected)
  })
})
