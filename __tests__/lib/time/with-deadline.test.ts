import { describe, expect, it } from 'vitest'
import { DeadlinePassed, withDeadline } from '../../../src/lib/time.ts'
import { caught } from '../../support/caught.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { never, untilAborted } from '../../support/time/never.ts'

describe('work with a deadline', () => {
  it('hands back its result and leaves no sleeper behind', async () => {
    const clock = fakeClock()
    expect(await withDeadline({ silenceMs: 1000, clock, signal: never() }, async () => 7)).toBe(7)
    expect(clock.sleeping()).toBe(0)
  })

  it('ends as stalled when it is silent for too long', async () => {
    const clock = fakeClock()
    const end = caught(withDeadline({ silenceMs: 1000, clock, signal: never() }, untilAborted))
    await clock.advance(1000)
    expect(await end).toBeInstanceOf(DeadlinePassed)
    expect(clock.sleeping()).toBe(0)
  })

  it('goes on for as long as it touches in time', async () => {
    const clock = fakeClock()
    const work = withDeadline({ silenceMs: 1000, clock, signal: never() }, async (signal, touch) => {
      for (let i = 0; i < 10; i++) {
        await clock.sleep(900, signal)
        touch()
      }
      return 'done'
    })
    await clock.advance(9000)
    expect(await work).toBe('done')
    expect(clock.sleeping()).toBe(0)
  })

  it('is not ended before a whole silence has passed since the last touch', async () => {
    const clock = fakeClock()
    const work = withDeadline({ silenceMs: 1000, clock, signal: never() }, async (signal, touch) => {
      await clock.sleep(999, signal)
      touch()
      return await untilAborted(signal)
    })
    let isOver = false
    const end = caught(work).finally(() => (isOver = true))
    await clock.advance(1998)
    expect(isOver).toBe(false)
    await clock.advance(1)
    expect(await end).toBeInstanceOf(DeadlinePassed)
  })

  it('ends with the reason of its own signal', async () => {
    const clock = fakeClock()
    const stop = new AbortController()
    const end = caught(withDeadline({ silenceMs: 1000, clock, signal: stop.signal }, untilAborted))
    stop.abort(new Error('enough'))
    expect(await end).toMatchObject({ message: 'enough' })
    expect(clock.sleeping()).toBe(0)
  })

  it('does not begin when its signal has fired already', async () => {
    let hasBegun = false
    const signal = AbortSignal.abort(new Error('before'))
    const work = withDeadline({ silenceMs: 1000, clock: fakeClock(), signal }, async () => {
      hasBegun = true
    })
    expect(await caught(work)).toMatchObject({ message: 'before' })
    expect(hasBegun).toBe(false)
  })

  it('hands on the failure of the work', async () => {
    const clock = fakeClock()
    const work = withDeadline({ silenceMs: 1000, clock, signal: never() }, () => Promise.reject(new Error('its own')))
    expect(await caught(work)).toMatchObject({ message: 'its own' })
    expect(clock.sleeping()).toBe(0)
  })
})
