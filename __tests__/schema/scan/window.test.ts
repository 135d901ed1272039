import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PlainWindow } from '../../../src/schema/scan/window.ts'

/** Of what one window holds at most, and a few around it. */
const WINDOW_BYTES = 0x1_0000 - 64

const SIZE = 3 * WINDOW_BYTES

const near = (place: number) => fc.integer({ min: place - 70, max: place + 70 })
const place = fc.oneof(
  fc.nat(SIZE - 1),
  ...[1, 2].map((number) => near(number * WINDOW_BYTES)),
  fc.integer({ min: 0, max: 70 }),
  fc.integer({ min: SIZE - 70, max: SIZE - 1 }),
)
const special = fc.constantFrom(0x00, 0x0a, 0x1f, 0x22, 0x5c)

describe('a window over the bytes of a slice', () => {
  it('finds what is not plain wherever it stands, from wherever it is looked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(place, special)),
        fc.array(place, { minLength: 1 }),
        fc.nat(3),
        (set, froms, start) => {
          const whole = new Uint8Array(start + SIZE + 100).fill(0x61)
          const bytes = whole.subarray(start, start + SIZE)
          for (const [at, byte] of set) bytes[at] = byte
          const window = new PlainWindow()
          window.begin(bytes)
          for (const from of froms) {
            const expected = set.reduce((least, [at]) => (at >= from ? Math.min(least, at) : least), SIZE)
            expect({ from, found: window.afterPlain(from) }).toEqual({ from, found: expected })
          }
        },
      ),
    )
  })

  it('forgets the bytes before once it begins with others', () => {
    const window = new PlainWindow()
    window.begin(Buffer.from('aaaa"aaaa'))
    expect(window.afterPlain(0)).toBe(4)
    window.begin(Buffer.from('aaaaaa"aa'))
    expect(window.afterPlain(0)).toBe(6)
    window.begin(Buffer.from('aa'))
    expect(window.afterPlain(0)).toBe(2)
  })
})
