import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesContent, type Content } from '../../../src/lib/content.ts'
import { createProgress, progressLine } from '../../../src/publish/upload-pace.ts'
import { contextOf } from '../../support/runs/context.ts'
import { fakeClock } from '../../support/time/fake-clock.ts'
import { heard } from '../../support/runs/heard.ts'

const MIB = 2 ** 20

/** A content whose every chunk takes so long. */
function slow(size: number, { chunkBytes, ms }: { chunkBytes: number; ms: number }, clock = fakeClock()) {
  const content = (start: number, end: number): Content => ({
    size: end - start,
    slice: (from, to) => content(start + from, start + to),
    async *bytes() {
      for (let at = start; at < end; at += chunkBytes) {
        await clock.advance(ms)
        yield new Uint8Array(Math.min(chunkBytes, end - at))
      }
    },
  })
  return { clock, content: content(0, size) }
}

async function read(content: Content, most = Infinity): Promise<void> {
  let taken = 0
  for await (const chunk of content.bytes()) {
    taken += chunk.length
    if (taken >= most) return
  }
}

/** What is said while these contents are read as `work` does it. */
async function said(totalBytes: number, { clock, content }: ReturnType<typeof slow>, work = read) {
  const say = heard()
  await work(createProgress(totalBytes, contextOf({ clock, log: say })).track(content))
  return say.infos
}

const percentOf = (line: string) => Number(/(\d+) %/.exec(line)?.[1])

describe('the progress of an upload', () => {
  it('is said every five seconds: per cent, bytes, rate and time left', async () => {
    const lines = await said(20 * MIB, slow(20 * MIB, { chunkBytes: MIB, ms: 1_000 }))
    expect(lines).toEqual([
      'Uploading: 25 %, 5.2 MB of 21.0 MB, 1.0 MB/s, 15.0 s left',
      'Uploading: 50 %, 10.5 MB of 21.0 MB, 1.0 MB/s, 10.0 s left',
      'Uploading: 75 %, 15.7 MB of 21.0 MB, 1.0 MB/s, 5.0 s left',
      'Uploading: 100 %, 21.0 MB of 21.0 MB, 1.0 MB/s, 0 ms left',
    ])
  })

  it('is not said of a quick one', async () => {
    expect(await said(MIB, slow(MIB, { chunkBytes: 1024, ms: 4 }))).toEqual([])
  })

  it('is that of all files together', async () => {
    const clock = fakeClock()
    const say = heard()
    const progress = createProgress(4 * MIB, contextOf({ clock, log: say }))
    const watched = [1, 2].map(() => progress.track(slow(2 * MIB, { chunkBytes: MIB, ms: 6_000 }, clock).content))
    for (const one of watched) await read(one)
    expect(say.infos.map(percentOf)).toEqual([25, 50, 75, 100])
  })

  it('takes back what is sent again, and no more', async () => {
    const lines = await said(10 * MIB, slow(10 * MIB, { chunkBytes: MIB, ms: 5_000 }), async (content) => {
      await read(content.slice(0, 5 * MIB))
      await read(content.slice(5 * MIB, 8 * MIB))
      await read(content.slice(5 * MIB, 10 * MIB))
    })
    expect(lines.map(percentOf)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 60, 70, 80, 90, 100])
  })

  it('takes it back as soon as it is sent again, before the first byte of it has gone', async () => {
    const clock = fakeClock()
    const say = heard()
    const progress = createProgress(4 * MIB, contextOf({ clock, log: say }))
    const [one, other] = [1, 2].map(() => progress.track(slow(2 * MIB, { chunkBytes: MIB, ms: 5_000 }, clock).content))
    if (one === undefined || other === undefined) throw new Error('There are two')
    await read(one)
    const again = one.bytes()[Symbol.asyncIterator]()
    await again.next()
    await read(other)
    expect(say.infos.map(percentOf)).toEqual([25, 50, 0, 25, 50])
  })

  it('counts a part of a part where it stands in the file', async () => {
    const lines = await said(10 * MIB, slow(10 * MIB, { chunkBytes: MIB, ms: 5_000 }), (content) =>
      read(content.slice(2 * MIB, 10 * MIB).slice(3 * MIB, 5 * MIB)),
    )
    expect(lines.map(percentOf)).toEqual([60, 70])
  })

  it('begins anew with a file that went whole, was refused, and goes by pieces', async () => {
    const lines = await said(4 * MIB, slow(4 * MIB, { chunkBytes: MIB, ms: 5_000 }), async (content) => {
      await read(content)
      await read(content.slice(0, 2 * MIB))
      await read(content.slice(2 * MIB, 4 * MIB))
    })
    expect(lines.map(percentOf)).toEqual([25, 50, 75, 100, 25, 50, 75, 100])
  })

  it('never exceeds the whole, whatever is read of it, how often and how far', async () => {
    const pieces = fc.array(fc.tuple(fc.nat(20), fc.nat(20), fc.nat(30)), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(pieces, async (reads) => {
        const lines = await said(20, slow(20, { chunkBytes: 3, ms: 5_000 }), async (content) => {
          for (const [one, other, most] of reads) {
            await read(content.slice(Math.min(one, other), Math.max(one, other)), most)
          }
        })
        for (const line of lines) {
          expect(percentOf(line)).toBeLessThanOrEqual(100)
          expect(line).not.toMatch(/-\d|NaN|Infinity/)
        }
      }),
    )
  })
})

describe('a content that is watched', () => {
  it('is the same content, in whole and in parts', async () => {
    const bytes = Uint8Array.from({ length: 100 }, (_, i) => i)
    const watched = createProgress(100, contextOf({ clock: fakeClock(), log: heard() })).track(bytesContent(bytes))
    await fc.assert(
      fc.asyncProperty(fc.nat(100), fc.nat(100), async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)]
        const part = watched.slice(start, end)
        const chunks: Buffer[] = []
        for await (const chunk of part.bytes()) chunks.push(Buffer.from(chunk))
        expect([part.size, Buffer.concat(chunks)]).toEqual([end - start, Buffer.from(bytes.subarray(start, end))])
      }),
    )
  })
})

describe('a line of progress', () => {
  it('says no rate and no time while nothing has gone out', () => {
    expect(progressLine({ sentBytes: 0, totalBytes: 10, ms: 0 })).toBe('Uploading: 0 %, 0 bytes of 10 bytes')
    expect(progressLine({ sentBytes: 0, totalBytes: 10, ms: 9_000 })).toBe('Uploading: 0 %, 0 bytes of 10 bytes')
  })

  it('says 100 % of everything, and not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), fc.nat(), (totalBytes, less) => {
        const sentBytes = Math.max(0, totalBytes - less)
        const percent = percentOf(progressLine({ sentBytes, totalBytes, ms: 1_000 }))
        expect(percent === 100).toBe(sentBytes === totalBytes)
      }),
    )
  })
})
