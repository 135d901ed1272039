import { isWithin } from './check-bounds.ts'
import { DOUBT, type CleanScan } from './clean-scan.ts'
import type { IntegerField, NumberField } from './field.ts'
import { INTEGER_RANGES } from './integer-range.ts'

export function cleanInteger({ type, bounds, allowed }: IntegerField): CleanScan {
  const { min, max } = INTEGER_RANGES[type]
  return ({ bytes }, start) => {
    const first = bytes[start] === MINUS ? start + 1 : start
    const end = afterDigits(bytes, first)
    if (!isWhole(bytes, first, end)) return DOUBT
    const number = first === start ? digitsAt(bytes, first, end) : -digitsAt(bytes, first, end)
    const isClean = number >= min && number <= max && isWithin(bounds, number)
    return isClean && (allowed === undefined || allowed.values.has(number)) ? end : DOUBT
  }
}

/** Without exponent. */
export function cleanNumber({ bounds, allowed }: NumberField): CleanScan {
  return ({ bytes }, start) => {
    const first = bytes[start] === MINUS ? start + 1 : start
    const point = afterDigits(bytes, first)
    if (!isWhole(bytes, first, point)) return DOUBT
    const end = bytes[point] === POINT ? afterDigits(bytes, point + 1) : point
    if (end === point + 1 || end - first > MOST_DIGITS) return DOUBT
    const size = end === point ? digitsAt(bytes, first, end) : decimalAt(bytes, { first, point, end })
    const number = first === start ? size : -size
    return isWithin(bounds, number) && (allowed === undefined || allowed.values.has(number)) ? end : DOUBT
  }
}

/** A number of 64 bits holds any 15 digits. */
const MOST_DIGITS = 15

const MINUS = 45
const POINT = 46
const ZERO = 48
const NINE = 57

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= ZERO && byte <= NINE; byte = bytes[at] ?? 0) at++
  return at
}

/** RFC 8259, section 6: no zero leads other digits. */
function isWhole(bytes: Uint8Array, first: number, end: number): boolean {
  return end > first && end - first <= MOST_DIGITS && (bytes[first] !== ZERO || end === first + 1)
}

function digitsAt(bytes: Uint8Array, first: number, end: number): number {
  let number = 0
  for (let at = first; at < end; at++) number = number * 10 + (bytes[at] ?? 0) - ZERO
  return number
}

type Decimal = { readonly first: number; readonly point: number; readonly end: number }

/** Both are exact, so that the quotient is rounded once: it is the number that JSON.parse reads. */
function decimalAt(bytes: Uint8Array, { first, point, end }: Decimal): number {
  const scale = 10 ** (end - point - 1)
  return (digitsAt(bytes, first, point) * scale + digitsAt(bytes, point + 1, end)) / scale
}
