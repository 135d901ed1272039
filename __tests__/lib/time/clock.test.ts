import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../src/lib/time.ts'
import { caught } from '../../support/caught.ts'
import { never } from '../../support/time/never.ts'

describe('the clock of the system', () => {
  it('sleeps about as long as it was told', async () => {
    const startMs = systemClock.now()
    await systemClock.sleep(20, never())
    expect(systemClock.now() - startMs).toBeGreaterThanOrEqual(18)
  })

  it.each([-3_600_000, 3_600_000])('goes on as before when the wall clock steps by %i ms', (stepMs) => {
    const real = Date.now
    const [startMs, wallMs] = [systemClock.now(), systemClock.wallNow()]
    try {
      Date.now = () => real() + stepMs
      expect(Math.abs(systemClock.now() - startMs)).toBeLessThan(60_000)
      expect(Math.abs(systemClock.wallNow() - wallMs)).toBeGreaterThan(3_500_000)
    } finally {
      Date.now = real
    }
  })

  it('wakes with the reason of the signal, at once', async () => {
    const stop = new AbortController()
    const sleep = caught(systemClock.sleep(60_000, stop.signal))
    const reason = new Error('cancelled')
    stop.abort(reason)
    expect(await sleep).toBe(reason)
  })

  it('does not fall asleep after the signal has fired', async () => {
    const reason = new Error('before')
    expect(await caught(systemClock.sleep(60_000, AbortSignal.abort(reason)))).toBe(reason)
  })
})
