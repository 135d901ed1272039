import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { type Content, bytesContent } from '../../../src/lib/content.ts'
import { Problem } from '../../../src/lib/errors.ts'
import { checkFile } from '../../../src/formats/check.ts'
import { createLocalChecker, createThreadsAhead, openPool } from '../../../src/formats/pool.ts'
import { caught } from '../../support/caught.ts'
import { PARQUET } from '../../support/files/shapes.ts'
import { rowCheck } from '../row-check.ts'

const path = join(import.meta.dirname, 'row-program.ts')
const never = new AbortController().signal
/** A thread of it fails. */
const NOWHERE = '/nowhere.js'

/** Some 1.4 MB, so that some of it goes to threads. */
const lines = Array.from({ length: 40_000 }, (_, row) =>
  JSON.stringify({ _id: row, tags: ['a', row % 7 === 0 ? 'bad' : 'good', row % 11_000 === 3 ? 'odd' : ''] }),
)

function file(text: string) {
  return {
    content: bytesContent(Buffer.from(text)),
    shape: { format: 'json', kind: 'lines' },
    sliceSize: { bytes: 50_000, longestRecord: 1 << 22 },
  } as const
}

function pool(setup: unknown, threads = 2) {
  return openPool({ program: { path, setup }, check: rowCheck, threads })
}

describe('a pool of threads', () => {
  it('finds what one thread finds, in the same order', async () => {
    const subject = file(lines.join('\n'))
    await using checker = pool('check', 3)
    const inThreads = await checkFile(subject, { checker, signal: never })
    expect(inThreads).toEqual(await checkFile(subject, { checker: createLocalChecker(rowCheck), signal: never }))
    expect(inThreads).toMatchObject({ rows: 40_000, badRows: Math.ceil(40_000 / 7) })
  })

  it('starts no thread for little', async () => {
    await using checker = openPool({ program: { path: NOWHERE, setup: 0 }, check: rowCheck, threads: 2 })
    const found = await checkFile(file('{"a":"bad"}\n'.repeat(1000)), { checker, signal: never })
    expect(found.badRows).toBe(1000)
  })

  it.each([
    ['a thread that ends', 'exit', 'exit code 7'],
    ['a check that can not be made', 'refuse', 'no schema'],
    ['a thread without memory', 'fill', 'memory limit'],
  ])('does not wait for %s, and says why', async (_, setup, why) => {
    await using checker = pool(setup)
    const failure = checkFile(file(lines.join('\n')), { checker, signal: never })
    await expect(failure).rejects.toThrow(why)
    const error = await caught(() => failure)
    expect(error instanceof Problem).toBe(setup !== 'refuse')
  })

  it('throws what a check throws, as one thread would: its name, its message and where it was thrown', async () => {
    const subject = file(`${lines.join('\n')}\n{"a":"throw"}`)
    await using checker = pool('check')
    for (const one of [checker, createLocalChecker(rowCheck)]) {
      const error = await caught(() => checkFile(subject, { checker: one, signal: never }))
      expect(error).toMatchObject({ name: 'TypeError', message: 'the check itself is broken' })
      expect(error).toMatchObject({
        stack: expect.stringMatching(/^TypeError: the check itself is broken\n.*row-check/),
      })
    }
  })

  it('keeps what a problem tells a person to do', async () => {
    await using checker = pool('problem')
    const error = await caught(() => checkFile(file(lines.join('\n')), { checker, signal: never }))
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ message: 'Cannot read it', remedy: 'Look.' })
  })

  it('stops a thread in the middle of a record when it is cancelled', async () => {
    const begun = new Int32Array(new SharedArrayBuffer(4))
    await using checker = pool(begun)
    const controller = new AbortController()
    const failure = checkFile(file(lines.join('\n')), { checker, signal: controller.signal })
    failure.catch(() => undefined)
    await Atomics.waitAsync(begun, 0, 0).value
    controller.abort(new Error('enough'))
    await expect(failure).rejects.toThrow('enough')
  })

  it('can be used again for the next file', async () => {
    await using checker = pool('check')
    const subject = file(lines.join('\n'))
    const first = await checkFile(subject, { checker, signal: never })
    expect(await checkFile(subject, { checker, signal: never })).toEqual(first)
  })

  describe('with threads that were started ahead', () => {
    const big = 20_000_000

    it('takes these before it starts others', async () => {
      const ahead = createThreadsAhead(path, 2)
      await using _ = ahead.start(big)
      await using checker = openPool({ program: { path: NOWHERE, setup: 'check' }, check: rowCheck, threads: 2, ahead })
      const found = await checkFile(file(lines.join('\n')), { checker, signal: never })
      expect(found).toMatchObject({ rows: 40_000, badRows: Math.ceil(40_000 / 7) })
    })

    it('says what one of them died of', async () => {
      const ahead = createThreadsAhead(NOWHERE, 1)
      await using _ = ahead.start(big)
      await using checker = openPool({ program: { path, setup: 'check' }, check: rowCheck, threads: 1, ahead })
      await expect(checkFile(file(lines.join('\n')), { checker, signal: never })).rejects.toThrow('nowhere')
    })

    it.each([
      [0, 1_000_000],
      [1, 2_000_000],
      [2, 8_000_000],
      [3, 1_000_000_000],
    ])('starts %i of three for %i bytes', async (count, bytes) => {
      const ahead = createThreadsAhead(NOWHERE, 3)
      await using _ = ahead.start(bytes)
      const taken = Array.from({ length: 4 }, () => ahead.take()).filter((thread) => thread !== undefined)
      expect(taken).toHaveLength(count)
      await Promise.all(taken.map((thread) => thread.end()))
    })

    it('ends those that nobody took', async () => {
      const ahead = createThreadsAhead(path, 1)
      const start = ahead.start(big)
      await start[Symbol.asyncDispose]()
      expect(ahead.take()).toBeUndefined()
    })
  })

  describe('with a Parquet file', () => {
    const words = Array.from({ length: 3_000 }, (_, row) => (row % 7 === 0 ? 'bad' : `good ${row}`))
    const columnData = [{ name: 'word', data: words, type: 'STRING' as const }]
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 500, codec: 'UNCOMPRESSED' }))
    const subject = { content: bytesContent(bytes), shape: PARQUET } as const

    it('gives threads the bytes that they ask for, however few: nothing of it is decoded in the main thread', async () => {
      const failing = { ...rowCheck, value: () => expect.fail('a row was read in the main thread') }
      await using checker = openPool({ program: { path, setup: 'check' }, check: failing, threads: 2 })
      const inThreads = await checkFile(subject, { checker, signal: never })
      expect(inThreads).toEqual(await checkFile(subject, { checker: createLocalChecker(rowCheck), signal: never }))
      expect(inThreads).toMatchObject({ rows: 3_000, badRows: Math.ceil(3_000 / 7) })
    })

    it('says what a thread died of', async () => {
      await using checker = pool('exit at a row')
      await expect(checkFile(subject, { checker, signal: never })).rejects.toThrow('exit code 7')
    })

    it('says why its file could not be read', async () => {
      const unreadable = { ...subject.content, slice: refuseToRead(subject.content) }
      await using checker = pool('check')
      const failure = checkFile({ ...subject, content: unreadable }, { checker, signal: never })
      await expect(failure).rejects.toThrow('the disk is gone')
    })
  })
})

/** The footer, at the end of the file, is read all the same. */
function refuseToRead(content: Content): Content['slice'] {
  const footerAt = content.size - 8_000
  return (start, end) => {
    if (start > 4 && start < footerAt) throw new Problem('the disk is gone', { remedy: '' })
    return content.slice(start, end)
  }
}
