import { COMMA, MINUS, NINE, PLUS, POINT, ZERO } from '../../lib/text.ts'
import { type LosslessNumber, readNumber } from '../json.ts'
import { DOUBT, type ScanState, WORD_LENGTH, type WordBytes } from '../scan.ts'

export function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at++
  return at
}

/** The same, four bytes at a time: a processor cannot predict where a loop over single bytes ends if numbers differ in length. */
export function afterMixedDigits({ bytes, view, lastWord }: WordBytes, from: number): number {
  let at = from
  for (; at <= lastWord; at += WORD_LENGTH) {
    const digits = leadingDigits(view.getInt32(at, true) ^ ZEROS)
    if (digits < WORD_LENGTH) return at + digits
  }
  return afterDigits(bytes, at)
}

/** Passes items of a list that are integers above 0, each with a comma directly behind. */
export function afterIntegers(bytes: Uint8Array, from: number): number {
  let item = from
  for (;;) {
    const first = bytes[item] ?? 0
    if (first <= ZERO || first > NINE) return item
    const end = afterDigits(bytes, item + 1)
    if (bytes[end] !== COMMA) return item
    item = end + 1
  }
}

/** Four characters, XORed with it, become the values of their digits. */
export const ZEROS = 0x30303030

/** How many of four bytes, from the lowest on, are values of digits. The addition carries only into bytes after the first other. */
export function leadingDigits(values: number): number {
  const others = (values | (values + 0x06060606)) & 0xf0f0f0f0
  return others === 0 ? WORD_LENGTH : (31 - Math.clz32(others & -others)) >> 3
}

/** RFC 8259, section 6: no leading zeros. */
export function isWhole(bytes: Uint8Array, first: number, end: number): boolean {
  return end > first && (bytes[first] !== ZERO || end === first + 1)
}

export function scanNumber({ bytes }: ScanState, start: number): number {
  const first = bytes[start] === MINUS ? start + 1 : start
  const point = afterDigits(bytes, first)
  if (!isWhole(bytes, first, point)) return DOUBT
  const end = bytes[point] === POINT ? afterDigits(bytes, point + 1) : point
  return end === point + 1 ? DOUBT : afterExponent(bytes, end)
}

const E = 0x65
const UPPER_E = 0x45

export function isExponent(byte: number | undefined): boolean {
  return byte === E || byte === UPPER_E
}

function afterExponent(bytes: Uint8Array, at: number): number {
  if (!isExponent(bytes[at])) return at
  const sign = bytes[at + 1]
  const first = sign === PLUS || sign === MINUS ? at + 2 : at + 1
  const end = afterDigits(bytes, first)
  return end === first ? DOUBT : end
}

/** The value of the number between these positions, as in a record that is read. */
export function numberAt(bytes: Buffer, start: number, end: number): number | LosslessNumber {
  return readNumber(bytes.toString('latin1', start, end))
}

/** Exact up to {@link Number.MAX_SAFE_INTEGER}; a result above that means that the number is above it, too. */
export function verbatimAt(bytes: Uint8Array, first: number, end: number): number {
  const middle = end - first > MOST_SMALL_DIGITS ? end - MOST_SMALL_DIGITS : first
  const low = smallAt(bytes, middle, end)
  return middle === first ? low : smallAt(bytes, first, middle) * 1e9 + low
}

/** This many digits fit into 32 bits. */
const MOST_SMALL_DIGITS = 9

function smallAt(bytes: Uint8Array, first: number, end: number): number {
  let number = 0
  for (let at = first; at < end; at++) number = (Math.imul(number, 10) + (bytes[at] ?? 0) - ZERO) | 0
  return number
}
