import * as assembly from './assembly.ts'
import type { Code, Position } from './assembly.ts'

// The bundle spells an imported name in 60 characters, each time.
const { all, branch, constant, get, i32, loop, position, set, step, tee, v128, when } = assembly

/** ASCII characters that a URI contains as they are (RFC 3986), and no percent sign, which two digits must follow. */
export const IN_URI = /[!#$&-;=?-Z[\]_a-z~]/

/** For the low four bits of a byte, one bit for each of the high four bits with which it is in a URI. */
const lowHalves = () =>
  Uint8Array.from({ length: 16 }, (_, low) =>
    [0, 1, 2, 3, 4, 5, 6, 7].reduce(
      (bits, high) => bits | (IN_URI.test(String.fromCharCode((high << 4) | low)) ? 1 << high : 0),
      0,
    ),
  )
const highHalves = () => Uint8Array.from({ length: 16 }, (_, high) => (high < 8 ? 1 << high : 0))
const sixteen = (byte: number) => v128.of(new Uint8Array(16).fill(byte))

/** The parameter and the locals, in this order. */
const [at, hits, bytes] = [0, 1, 2]

const isOther = (): Code =>
  all(
    all(get(at), v128.load(0), set(bytes)),
    all(v128.of(lowHalves()), get(bytes), sixteen(0x0f), v128.and, v128.pick),
    all(v128.of(highHalves()), get(bytes), constant(4), v128.shiftRight, v128.pick),
    all(v128.and, sixteen(0), v128.isEqual),
  )

/** Looks up each byte by its two halves. */
export const encodeAfterUri = (): Position =>
  position(
    { parameters: 1, i32: 2, v128: 1 },
    loop(isOther(), v128.mask, tee(hits), i32.isZero, when(step(at, 16), branch(1))),
    all(get(at), get(hits), i32.trailingZeros, i32.add),
  )
