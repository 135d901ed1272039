import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runConcurrently } from '../../../src/lib/async.ts'
import { caught } from '../../support/caught.ts'
import { settled } from '../../support/time/fake-clock.ts'
import { never, untilAborted } from '../../support/time/never.ts'

describe('work done concurrently', () => {
  it('gives the results in the order of the items, with never more than the width at work', async () => {
    const turns = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(turns, fc.integer({ min: 1, max: 5 }), async (items, width) => {
        let busy = 0
        let most = 0
        const results = await runConcurrently(items.entries(), { width, signal: never() }, async ([index, wait]) => {
          most = Math.max(most, ++busy)
          for (let turn = 0; turn < wait; turn++) await settled()
          busy--
          return index
        })
        expect(results).toEqual(items.map((_, index) => index))
        expect(most).toBeLessThanOrEqual(width)
      }),
      { numRuns: 50 },
    )
  })

  it('throws a failure only when nothing runs any more', async () => {
    let running = 0
    const slow = async (item: string, signal: AbortSignal) => {
      if (item === 'bad') throw new Error('bad')
      running++
      await untilAborted(signal).catch(settled)
      await settled()
      running--
    }
    expect(await caught(runConcurrently(['ok', 'bad', 'ok'], { width: 3, signal: never() }, slow))).toMatchObject({
      message: 'bad',
    })
    expect(running).toBe(0)
  })

  it('starts nothing more after a failure', async () => {
    const started: number[] = []
    const work = runConcurrently([1, 2, 3, 4, 5], { width: 2, signal: never() }, async (item) => {
      started.push(item)
      if (item === 1) throw new Error('first')
      await settled()
    })
    expect(await caught(work)).toMatchObject({ message: 'first' })
    expect(started).toEqual([1, 2])
  })

  it('does not report those that were only cut off', async () => {
    const error = await caught(
      runConcurrently(['bad', 'cut', 'cut'], { width: 3, signal: never() }, async (item, signal) => {
        if (item === 'cut') return await untilAborted(signal)
        await settled()
        throw new Error('bad')
      }),
    )
    expect(error).not.toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ message: 'bad' })
  })

  it('reports several failures together', async () => {
    const error = await caught(
      runConcurrently(['a', 'b', 'c'], { width: 3, signal: never() }, async (item) => {
        await settled()
        throw new Error(item)
      }),
    )
    expect(error).toBeInstanceOf(AggregateError)
    expect(error).toMatchObject({ errors: [{ message: 'a' }, { message: 'b' }, { message: 'c' }] })
  })

  it('ends with the reason of the signal from outside', async () => {
    const stop = new AbortController()
    const work = caught(runConcurrently([1, 2], { width: 2, signal: stop.signal }, (_, signal) => untilAborted(signal)))
    stop.abort(new Error('cancelled'))
    expect(await work).toMatchObject({ message: 'cancelled' })
  })

  it('blames the failing file, not its siblings, when it is nested', async () => {
    const inner = (items: readonly string[], signal: AbortSignal) =>
      runConcurrently(items, { width: 2, signal }, async (item, itsSignal) => {
        if (item !== 'bad') return await untilAborted(itsSignal)
        await settled()
        throw new Error('bad')
      })
    const outer = runConcurrently([['good', 'good'], ['bad'], ['good']], { width: 3, signal: never() }, inner)
    expect(await caught(outer)).toMatchObject({ message: 'bad' })
  })
})
