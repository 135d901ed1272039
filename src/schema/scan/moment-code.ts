import { COLON, COMMA, PLUS, POINT, QUOTE, SPACE, ZERO } from '../../lib/text.ts'
import * as assembly from './assembly.ts'
import type { Code, Position } from './assembly.ts'

// The bundle spells an imported name in 60 characters, each time.
const { all, block, branch, branchIf, constant, get, i32, loop, position, set, step, tee, v128, when } = assembly

/** The parameter and the locals, in this order. */
const [at, month, day, end, head, tail, pairs] = [0, 1, 2, 3, 4, 5, 6]
const LOCALS = { parameters: 1, i32: 4, v128: 3 } as const

/** In a form, a digit is the largest at its place, `?` allows anything, and other characters stand for themselves. */
const HEAD = '9999-19-39T29:59'
const TAIL = ':59?????????????'
const DIGITS = '9999999999999999'

function rangeOf(form: string): { readonly least: Uint8Array; readonly room: Uint8Array } {
  const isDigit = (one: string) => one >= '0' && one <= '9'
  return {
    least: Uint8Array.from(form, (one) => (one === '?' ? 0 : isDigit(one) ? ZERO : one.charCodeAt(0))),
    room: Uint8Array.from(form, (one) => (one === '?' ? 0xff : isDigit(one) ? Number(one) : 0)),
  }
}

/** Subtracts the least bytes, which leaves the values of digits. */
const fromLeast = (form: string): Code => all(v128.of(rangeOf(form).least), v128.subtract)
const isWithin = (form: string): Code => all(v128.of(rangeOf(form).room), v128.isAtMost)

/** Numbers of two digits: the place of the first, and their range. */
const MONTH = { place: HEAD.indexOf('19'), least: 1, most: 12 } as const
const DAY = { place: HEAD.indexOf('39'), least: 1, most: 31 } as const
const HOUR = { place: HEAD.indexOf('29'), least: 0, most: 23 } as const

/** A byte for each place, 0 or `others` where no such number begins. */
function byPlace(byteOf: (number: typeof MONTH | typeof DAY | typeof HOUR) => number, others: number): Uint8Array {
  const bytes = new Uint8Array(HEAD.length).fill(others)
  for (const number of [MONTH, DAY, HOUR]) bytes[number.place] = byteOf(number)
  return bytes
}

const arePairsWithin = (): Code =>
  all(
    all(v128.of(byPlace(({ least }) => least, 0)), v128.subtract),
    all(v128.of(byPlace(({ least, most }) => most - least, 0xff)), v128.isAtMost),
  )

const tens = () => Uint8Array.from(HEAD, (_, index) => (index % 2 === 0 ? 10 : 0))

/** Whether all but the fraction and the offset have their form and their range. */
const isInOrder = (): Code =>
  all(
    all(get(at), v128.load(1), fromLeast(HEAD), set(head)),
    all(get(at), v128.load(1 + HEAD.length), set(tail)),
    // Each digit times ten, and the digit after it: of digits, none of these reaches the next byte.
    all(get(head), v128.of(tens()), v128.multiplyPairs, v128.next(head), v128.add, set(pairs)),
    all(get(head), isWithin(HEAD), get(pairs), arePairsWithin(), v128.and),
    all(get(tail), fromLeast(TAIL), isWithin(TAIL), v128.and, v128.hasAll),
  )

/** Whether the month may lack the day; of February, the 29th counts as lacking. */
const isLate = (): Code =>
  all(
    all(get(pairs), v128.byte(MONTH.place), set(month)),
    all(get(pairs), v128.byte(DAY.place), tee(day)),
    // 30 or 31: from August on, even months are the long ones.
    all(constant(30), get(month), get(month), constant(3), i32.shiftRight, i32.xor, constant(1), i32.and, i32.add),
    all(get(month), constant(2), i32.isEqual, constant(1), i32.shiftLeft, i32.subtract),
    i32.isAbove,
  )

/** The digits after the point: among the bits of the sixteen bytes, those from the fourth on. */
const fractionDigits = (): Code =>
  all(
    all(get(tail), fromLeast(DIGITS), isWithin(DIGITS), v128.mask),
    all(constant(':59.'.length), i32.shiftRight, constant(0x1fff), i32.xor, i32.trailingZeros),
  )

const byte = (offset: number): Code => all(get(end), i32.byteAt(offset))
const digit = (offset: number): Code => all(byte(offset), constant(ZERO), i32.subtract)
const isNot = (offset: number, character: number): Code => all(byte(offset), constant(character), i32.isOther)
const isAbove = (most: number): Code => all(constant(most), i32.isAbove)

/** Whether something else than `+23:59"` is at `end`. `+` and `-` differ in one bit of the difference from `+`. */
const isNoOffset = (): Code =>
  all(
    all(byte(0), constant(PLUS), i32.subtract, constant(0xfd), i32.and),
    all(digit(1), isAbove(2), i32.or, digit(2), isAbove(9), i32.or),
    all(digit(1), constant(10), i32.multiply, digit(2), i32.add, isAbove(23), i32.or),
    all(isNot(3, COLON), i32.or, digit(4), isAbove(5), i32.or, digit(5), isAbove(9), i32.or),
    all(isNot(6, QUOTE), i32.or),
  )

const Z = 0x5a
const isZulu = (): Code => all(byte(0), constant(Z), i32.isEqual, byte(1), constant(QUOTE), i32.isEqual, i32.and)

/** The most bytes that a date-time takes, with what is behind it. */
export const LONGEST_MOMENT = '"2024-03-05T12:34:56.123456789+02:00", '.length

/** Passes date-times, each with a comma behind. It leaves the last days of leap years to others. */
export const encodeAfterMoments = (): Position =>
  position(
    LOCALS,
    block(
      loop(
        all(get(at), i32.byteAt(0), constant(QUOTE), i32.isOther, branchIf(1)),
        all(isInOrder(), i32.isZero, branchIf(1), isLate(), branchIf(1)),
        all(get(at), constant(1 + HEAD.length + ':59'.length), i32.add, set(end)),
        all(get(tail), v128.byte(':59'.length), constant(POINT), i32.isEqual),
        when(
          all(fractionDigits(), tee(day), constant(1), i32.subtract, isAbove(8), branchIf(2)),
          all(get(end), get(day), i32.add, constant(1), i32.add, set(end)),
        ),
        all(isZulu(), i32.isZero),
        when(all(isNoOffset(), branchIf(2)), step(end, '+02:0'.length)),
        all(isNot(2, COMMA), branchIf(1)),
        all(get(end), constant('Z",'.length), i32.add, byte(3), constant(SPACE), i32.isEqual, i32.add, set(at)),
        branch(0),
      ),
    ),
    get(at),
  )
