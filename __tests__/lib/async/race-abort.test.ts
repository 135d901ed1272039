import { expect, it } from 'vitest'
import { raceAbort } from '../../../src/lib/async.ts'
import { never } from '../../support/time/never.ts'

const stopped = new Error('stopped')

it('brings what the work brings, or throws what it throws', async () => {
  expect(await raceAbort(Promise.resolve(7), never())).toBe(7)
  await expect(raceAbort(Promise.reject(stopped), never())).rejects.toBe(stopped)
})

it('throws the reason of a signal that fires first, and nobody hears of the work any more', async () => {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = new AbortController()
  const waiting = raceAbort(promise, stop.signal)
  stop.abort(stopped)
  await expect(waiting).rejects.toBe(stopped)
  await expect(raceAbort(promise, stop.signal)).rejects.toBe(stopped)
  // Unheard: a rejection that nobody handles fails this file.
  reject(new Error('later'))
})
