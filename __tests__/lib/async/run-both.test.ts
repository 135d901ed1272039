import { describe, expect, it } from 'vitest'
import { runBoth } from '../../../src/lib/async.ts'
import { caught } from '../../support/caught.ts'
import { settled } from '../../support/time/fake-clock.ts'
import { never, untilAborted } from '../../support/time/never.ts'

describe('two pieces of work', () => {
  it('run at once, and each brings its own', async () => {
    let isSecondBegun = false
    const first = async () => {
      await settled()
      return isSecondBegun ? 'beside' : 'before'
    }
    const second = async () => {
      isSecondBegun = true
      return 2
    }
    expect(await runBoth(first, second, never())).toEqual(['beside', 2])
  })

  it('end together when one fails, and its failure is what is thrown', async () => {
    let isEnded = false
    const other = async (signal: AbortSignal) => {
      await untilAborted(signal).catch(settled)
      isEnded = true
    }
    const failing = () => Promise.reject(new Error('no schema'))
    expect(await caught(runBoth(failing, other, never()))).toMatchObject({ message: 'no schema' })
    expect(isEnded).toBe(true)
  })
})
