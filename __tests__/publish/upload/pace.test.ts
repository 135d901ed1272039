import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPace } from '../../../src/publish/upload-pace.ts'
import { goesWhole, nextChunkBytes } from '../../../src/publish/upload-pace.ts'

const MIB = 1 << 20

/** The gateway ends a request that takes longer. */
const GATEWAY_MS = 60_000

function paceOf(bytesPerMs: number) {
  const pace = createPace()
  pace.note(100 * MIB, (100 * MIB) / bytesPerMs)
  return pace
}

describe('the size of a request', () => {
  it('keeps it well below the time that the gateway gives, on any line that was measured', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), fc.integer({ min: 1, max: 256 }), (rate, mib) => {
        const bytes = nextChunkBytes(paceOf(rate), mib * MIB)
        expect(bytes).toBeLessThanOrEqual(mib * MIB)
        expect(bytes / rate).toBeLessThanOrEqual(GATEWAY_MS / 3 + 1)
        expect(goesWhole(Math.floor(rate * GATEWAY_MS) + MIB, paceOf(rate))).toBe(false)
        // One request for it is never too many: in pieces it would be three.
        expect(goesWhole(MIB, paceOf(rate))).toBe(true)
      }),
    )
  })

  it('is small for the first piece, while nothing is known of the line', () => {
    expect(nextChunkBytes(createPace(), 64 * MIB)).toBe(8 * MIB)
    expect(goesWhole(256_000_000, createPace())).toBe(true)
  })

  it('grows to the most on a fast line', () => {
    expect(nextChunkBytes(paceOf(100_000), 64 * MIB)).toBe(64 * MIB)
  })

  it('follows a line that becomes slower, and faster again', () => {
    const pace = paceOf(10_000)
    for (let piece = 0; piece < 8; piece++) pace.note(MIB, MIB / 100)
    expect(nextChunkBytes(pace, 64 * MIB)).toBeLessThan(3 * MIB)
    for (let piece = 0; piece < 8; piece++) pace.note(2 * MIB, (2 * MIB) / 10_000)
    expect(nextChunkBytes(pace, 64 * MIB)).toBe(64 * MIB)
  })

  it('is told by what was cut off, too: the line carries less', () => {
    const pace = createPace()
    pace.noteLess(128_000_000, GATEWAY_MS)
    expect(goesWhole(128_000_000, pace)).toBe(false)
    expect(nextChunkBytes(pace, 64 * MIB)).toBeLessThan(128_000_000 / 2.9)
    const known = paceOf(100)
    known.noteLess(6_000 * 1_000, 6_000)
    expect(known.carries(1)).toBe(100)
    known.noteLess(64 * MIB, 10)
    expect(known.carries(1)).toBe(100)
  })

  it('is not told by answers to small requests, which say nothing of the line', () => {
    const pace = createPace()
    pace.note(1_000, 5_000)
    expect(pace.carries(1)).toBeUndefined()
  })
})
