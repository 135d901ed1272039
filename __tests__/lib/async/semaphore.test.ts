import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSemaphore } from '../../../src/lib/async.ts'
import { caught } from '../../support/caught.ts'
import { settled } from '../../support/time/fake-clock.ts'
import { never } from '../../support/time/never.ts'

describe('a semaphore', () => {
  it('never lets more inside than its width, and lets all of them in', async () => {
    const works = fc.array(fc.record({ turns: fc.integer({ min: 0, max: 4 }), fails: fc.boolean() }), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), works, async (width, all) => {
        const semaphore = createSemaphore(width)
        let inside = 0
        let most = 0
        let done = 0
        const one = async ({ turns, fails }: { readonly turns: number; readonly fails: boolean }) => {
          most = Math.max(most, ++inside)
          for (let turn = 0; turn < turns; turn++) await settled()
          inside--
          done++
          if (fails) throw new Error('one of them fails')
        }
        await Promise.allSettled(all.map((work) => semaphore.enter(never(), () => one(work))))
        expect(most).toBeLessThanOrEqual(width)
        expect(done).toBe(all.length)
      }),
      { numRuns: 50 },
    )
  })

  it('lets in whoever came first, also before one who comes as a place is left', async () => {
    const semaphore = createSemaphore(1)
    const order: string[] = []
    const first = semaphore.enter(never(), settled)
    const second = semaphore.enter(never(), async () => order.push('second'))
    const third = first.then(() => semaphore.enter(never(), async () => order.push('third')))
    await Promise.all([second, third])
    expect(order).toEqual(['second', 'third'])
  })

  it('does not start work whose signal fired while it waited, and gives its place to the next', async () => {
    const semaphore = createSemaphore(1)
    const stop = new AbortController()
    const order: string[] = []
    const first = semaphore.enter(never(), settled)
    const second = caught(semaphore.enter(stop.signal, async () => order.push('second')))
    const third = semaphore.enter(never(), async () => order.push('third'))
    stop.abort(new Error('no longer wanted'))
    await Promise.all([first, third])
    expect(await second).toMatchObject({ message: 'no longer wanted' })
    expect(order).toEqual(['third'])
  })
})
