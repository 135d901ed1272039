import { describe, expect, it } from 'vitest'
import { createHeadStart } from '../../../src/lib/async.ts'
import { caught } from '../../support/caught.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { never, untilAborted } from '../../support/time/never.ts'

function bench(signal = never()) {
  const clock = fakeClock()
  return { clock, ahead: createHeadStart<string>({ clock, signal }) }
}

describe('work that is begun ahead', () => {
  it('is taken once', async () => {
    const { ahead } = bench()
    ahead.begin(async () => 'a')
    expect([await ahead.take(1_000), ahead.take(1_000)]).toEqual(['a', undefined])
  })

  it('is nothing where it was not begun', () => {
    expect(bench().ahead.take(1_000)).toBeUndefined()
  })

  it('is not taken when it is too old, and is given up then', async () => {
    const { ahead, clock } = bench()
    let given: AbortSignal | undefined
    ahead.begin(async (signal) => {
      given = signal
      return 'old'
    })
    await clock.advance(1_001)
    expect([ahead.take(1_000), given?.aborted]).toEqual([undefined, true])
  })

  it('is given up when it is begun anew, or left', async () => {
    const { ahead } = bench()
    const signals: AbortSignal[] = []
    const work = (signal: AbortSignal) => {
      signals.push(signal)
      return untilAborted(signal).then(() => '')
    }
    ahead.begin(work)
    ahead.begin(work)
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    await ahead[Symbol.asyncDispose]()
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })

  it('goes on when it is taken, until the whole is cut off', async () => {
    const whole = new AbortController()
    const { ahead } = bench(whole.signal)
    ahead.begin((signal) => untilAborted(signal).then(() => ''))
    const taken = ahead.take(1_000)
    await ahead[Symbol.asyncDispose]()
    whole.abort(new Error('cancelled'))
    expect(await caught(taken ?? Promise.resolve())).toMatchObject({ message: 'cancelled' })
  })

  it('tells whoever takes it what went wrong', async () => {
    const { ahead } = bench()
    ahead.begin(() => Promise.reject(new Error('refused')))
    expect(await caught(ahead.take(1_000) ?? Promise.resolve())).toMatchObject({ message: 'refused' })
  })
})
