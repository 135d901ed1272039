import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { textStream } from '../../src/cli/streams.ts'

/** As a stream of the process is: it takes what it is given until it is told otherwise. */
class FakeStream extends EventEmitter {
  isTTY = false
  columns = 80
  writableNeedDrain = false
  readonly taken: string[] = []

  write(text: string, done?: () => void): boolean {
    this.taken.push(text)
    if (done !== undefined) queueMicrotask(done)
    return true
  }
}

function fails(code: string): Error {
  return Object.assign(new Error(`${code}: it failed, write`), { code })
}

describe('a stream of the program', () => {
  it('lost nothing while all is written', async () => {
    const fake = new FakeStream()
    const stream = textStream(fake)
    stream.write('a')
    expect(await stream.loss()).toBeUndefined()
    expect(fake.taken).toEqual(['a', ''])
    expect(stream.isUnread).toBe(false)
  })

  it.each(['EPIPE', 'EOF'])('lost nothing when its reader has seen enough (%s), and takes no more', async (code) => {
    const fake = new FakeStream()
    const stream = textStream(fake)
    fake.emit('error', fails(code))
    stream.write('a')
    expect(stream.isUnread).toBe(true)
    expect(await stream.loss()).toBeUndefined()
    expect(fake.taken).toEqual([])
  })

  it('tells why the rest is missing, such as a full disk', async () => {
    const fake = new FakeStream()
    const stream = textStream(fake)
    fake.emit('error', fails('ENOSPC'))
    fake.emit('error', fails('EPIPE'))
    expect(await stream.loss()).toMatchObject({ code: 'ENOSPC' })
    expect(stream.isUnread).toBe(false)
  })

  it.each(['drain', 'close', 'error'])('is waited for until "%s", and no listener stays behind', async (event) => {
    const fake = new FakeStream()
    const stream = textStream(fake)
    fake.writableNeedDrain = true
    const before = fake.listenerCount('drain') + fake.listenerCount('close')
    const waits = [stream.drained(), stream.drained(), stream.drained()]
    fake.emit(event, fails('EPIPE'))
    await Promise.all(waits)
    expect(fake.listenerCount('drain') + fake.listenerCount('close')).toBe(before)
  })
})
