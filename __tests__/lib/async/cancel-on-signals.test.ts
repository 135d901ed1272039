import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { cancelOnSignals } from '../../../src/lib/async.ts'

describe('a signal of the runner', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGBREAK'])('%s cancels the step, and says which it was', (name) => {
    const source = new EventEmitter()
    const signal = cancelOnSignals(source)
    expect(signal.aborted).toBe(false)
    source.emit(name)
    expect(signal.reason).toMatchObject({ name: 'Cancelled', message: `The step was cancelled (${name})` })
  })

  it('changes nothing when another came before, and is still listened to', () => {
    const source = new EventEmitter()
    const signal = cancelOnSignals(source)
    for (const name of ['SIGINT', 'SIGINT', 'SIGBREAK']) expect(source.emit(name)).toBe(true)
    expect(signal.reason).toMatchObject({ message: 'The step was cancelled (SIGINT)' })
  })
})
