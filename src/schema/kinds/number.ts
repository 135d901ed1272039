import { MINUS, PLUS, POINT, QUOTE } from '../../lib/text.ts'
import { LosslessNumber } from '../json.ts'
import {
  type Allowed,
  type FieldCommon,
  type FieldPlace,
  type IntegerRange,
  type IntegerType,
  type SchemaNode,
  allowedOf,
  commonOf,
  integerRange,
  numberOf,
} from '../node.ts'
import { DOUBT, type Scan, WORD_LENGTH } from '../scan.ts'
import { afterDigits, afterMixedDigits, isExponent, isWhole, verbatimAt } from '../scan/number.ts'
import { readScan } from '../scan/read.ts'
import { type Check, type Walk, reportNotAllowed } from '../walk.ts'

export type NumberField = FieldCommon & {
  readonly kind: 'number'
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

export type IntegerField = FieldCommon & {
  readonly kind: 'integer'
  /** The range of its type. */
  readonly range: IntegerRange
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

type Bounds = {
  readonly minimum: number
  readonly maximum: number
  readonly exclusiveMinimum: number
  readonly exclusiveMaximum: number
}

export function numberField(node: SchemaNode, place: FieldPlace): NumberField {
  return { ...commonOf(node), kind: 'number', allowed: allowedOf(node, place), bounds: boundsOf(node) }
}

export function integerField(node: SchemaNode, type: IntegerType, place: FieldPlace): IntegerField {
  const [range, allowed] = [integerRange(type, node), allowedOf(node, place)]
  return { ...commonOf(node), kind: 'integer', range, allowed, bounds: boundsOf(node) }
}

function boundsOf({ keywords }: SchemaNode): Bounds {
  return {
    minimum: numberOf(keywords['minimum'], -Infinity),
    maximum: numberOf(keywords['maximum'], Infinity),
    exclusiveMinimum: numberOf(keywords['exclusiveMinimum'], -Infinity),
    exclusiveMaximum: numberOf(keywords['exclusiveMaximum'], Infinity),
  }
}

/** A 64-bit floating-point number. Strings are converted ("Data conversion matrix"). */
export function numberCheck({ bounds, allowed }: NumberField): Check {
  return (value, walk) => {
    if (isUnwritable(value)) {
      walk.report('not-finite', { expected: 'a number', received: String(value) })
      return
    }
    const number = typeof value === 'number' ? value : toNumber(value, walk)
    if (number === undefined) return
    if (!Number.isFinite(number)) walk.reportValue('number-range', value, 'a number within about ±1.8e308')
    else if (!isWithin(bounds, number)) reportBounds(bounds, value, walk)
    if (allowed !== undefined && !allowed.values.has(number)) reportNotAllowed(allowed, value, walk)
  }
}

/** Reports values that are neither numbers nor strings that represent numbers. */
function toNumber(value: unknown, walk: Walk): number | undefined {
  if (value instanceof LosslessNumber) return nearestNumber(value, walk)
  if (typeof value !== 'string') walk.reportMismatch(value, 'a number')
  else if (DECIMAL.test(value)) return nearestNumber(new LosslessNumber(value), walk)
  else walk.reportShape('number-format', value, { expected: 'a number', noun: NOT_A_NUMBER })
  return undefined
}

const NOT_A_NUMBER = 'a string that is not a number,'

/** No digit can match in two ways: otherwise a long string that is not a number would take quadratic time. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

function nearestNumber(value: LosslessNumber, walk: Walk): number {
  const number = value.nearest
  const isChanged = value.isInteger && Number.isFinite(number) && BigInt(number) !== value.exact
  if (isChanged) walk.reportValue('number-precision', value, 'at most 15 to 17 digits')
  return number
}

/** Numbers and numeric strings are checked in place; those with an exponent or many digits are read. */
export function numberScan(field: NumberField): Scan {
  const { bounds, allowed } = field
  const isFree = allowed === undefined && isWithin(bounds, -Number.MAX_VALUE) && isWithin(bounds, Number.MAX_VALUE)
  const isInOrder = (number: number) =>
    isWithin(bounds, number) && (allowed === undefined || allowed.values.has(number))
  const scanRead = readScan(numberCheck(field))
  return (state, start) => {
    const { bytes } = state
    const isText = bytes[start] === QUOTE
    const from = isText ? start + 1 : start
    const first = bytes[from] === MINUS ? from + 1 : from
    const point = afterMixedDigits(state, first)
    const end = bytes[point] === POINT ? afterMixedDigits(state, point + 1) : point
    const isPlain = isWhole(bytes, first, point) && end !== point + 1
    if (isPlain && isFree && isExponent(bytes[end]) && point - first <= MOST_DIGITS) {
      const stop = afterSmallExponent(bytes, end)
      if (stop !== DOUBT && !isText) return stop
    }
    if (!isPlain || (isText ? bytes[end] !== QUOTE : isExponent(bytes[end]))) return scanRead(state, start)
    const stop = isText ? end + 1 : end
    const isSmall = point - first <= MOST_DIGITS
    if (isFree && (isSmall || (end > point && point - first <= MOST_WHOLE_DIGITS))) return stop
    if (!isSmall) return scanRead(state, start)
    const whole = verbatimAt(bytes, first, point)
    const sign = first === from ? 1 : -1
    // If two numbers are in range, every number between them is.
    if (allowed === undefined && isInOrder(sign * whole) && isInOrder(sign * (whole + 1))) return stop
    if (end - first > MOST_DIGITS) return isInOrder(Number(bytes.toString('latin1', from, end))) ? stop : DOUBT
    return isInOrder(sign * (end === point ? whole : decimalAt(bytes, { first, point, end }))) ? stop : DOUBT
  }
}

/**
 * Decimals and strings are converted ("Data conversion matrix"). No document says what a value outside the range, or
 * one with a fraction, would become, so both are errors.
 */
export function integerCheck({ range, bounds, allowed }: IntegerField): Check {
  const { min, max } = range
  const toInteger = integerConverter(range)
  return (value, walk) => {
    const integer = Number.isInteger(value) ? (value as number) : toInteger(value, walk)
    if (integer === undefined) return
    const number = Number(integer)
    if (integer < min || integer > max) walk.reportValue('integer-range', value, rangeWords(range))
    else if (!isWithin(bounds, number)) reportBounds(bounds, value, walk)
    else if (typeof integer === 'bigint' && BigInt(number) !== integer)
      walk.reportValue('integer-precision', value, 'at most 15 to 17 digits')
    if (allowed !== undefined && !allowed.values.has(number)) reportNotAllowed(allowed, value, walk)
  }
}

/** JSON has no notation for it; a JSON number that is too large is a {@link LosslessNumber}. */
function isUnwritable(value: unknown): value is number {
  return typeof value === 'number' && !Number.isFinite(value)
}

type Converter = (value: unknown, walk: Walk) => number | bigint | undefined

/**
 * Undefined for a value that is not an integer, which is reported. The result is rounded only far beyond every range.
 */
function integerConverter(range: IntegerRange): Converter {
  return (value, walk) => {
    if (isUnwritable(value)) walk.report('type-mismatch', { expected: rangeWords(range), received: String(value) })
    else if (typeof value === 'number') return reportFraction(value, walk)
    else if (value instanceof LosslessNumber) return losslessInteger(value, walk)
    else if (typeof value !== 'string') walk.reportMismatch(value, rangeWords(range))
    else if (WHOLE.test(value)) return exactInteger(value)
    else walk.reportShape('number-format', value, { expected: 'an integer', noun: NOT_A_NUMBER })
    return undefined
  }
}

function exactInteger(digits: string): number | bigint {
  const number = Number(digits)
  return Number.isSafeInteger(number) || Math.abs(number) > 2 ** 64 ? number : BigInt(digits)
}

const WHOLE = /^[+-]?\d+$/

/** JSON.parse reads 1e400 as infinite. Without its fraction, the number may still be out of range. */
function reportFraction(value: number | LosslessNumber, walk: Walk): number {
  const number = typeof value === 'number' ? value : value.nearest
  if (Number.isFinite(number)) walk.reportValue('integer-fraction', value, 'an integer without a fraction')
  return Math.trunc(number)
}

function losslessInteger(value: LosslessNumber, walk: Walk): number | bigint {
  const { nearest: closest, exact } = value
  if (exact === undefined || !Number.isFinite(closest)) return reportFraction(value, walk)
  if (!value.isInteger) walk.reportValue('integer-decimal', value, 'an integer without a decimal point or exponent')
  return exact
}

function rangeWords({ min, max }: IntegerRange): string {
  return `an integer from ${min} to ${max}`
}

/** As {@link numberScan}, for numbers and strings that consist of the digits of an integer. */
export function integerScan(field: IntegerField): Scan {
  const { range, bounds, allowed } = field
  // 64-bit limits, rounded, are still beyond every exact number.
  const [min, max] = [Number(range.min), Number(range.max)]
  const isInOrder = (number: number) => number >= min && number <= max && isWithin(bounds, number)
  const isAllowed = allowed === undefined ? isInOrder : allowedInteger(allowed, isInOrder)
  const sureDigits =
    allowed === undefined ? { above: digitsWithin(isInOrder, 1), below: digitsWithin(isInOrder, -1) } : NONE
  const takesExact = allowed === undefined && isInOrder(Number.MAX_SAFE_INTEGER) && isInOrder(Number.MIN_SAFE_INTEGER)
  const scanRead = readScan(integerCheck(field))
  const { above, below } = sureDigits
  return (state, start) => {
    const { bytes } = state
    const isText = bytes[start] === QUOTE
    const from = isText ? start + 1 : start
    const isBelow = bytes[from] === MINUS
    const first = isBelow ? from + 1 : from
    const end = afterDigits(bytes, first)
    if (!isWhole(bytes, first, end) || (isText && bytes[end] !== QUOTE)) return scanRead(state, start)
    const isSure = takesExact && end - first === MOST_INTEGER_DIGITS && isExact(state.view, first)
    if (end - first > (isBelow ? below : above) && !isSure) {
      const size = end - first > MOST_INTEGER_DIGITS ? Infinity : verbatimAt(bytes, first, end)
      if (size > Number.MAX_SAFE_INTEGER) return scanRead(state, start)
      if (!isAllowed(isBelow ? -size : size)) return DOUBT
    }
    return isText ? end + 1 : end
  }
}

const NONE = { above: 0, below: 0 } as const

/** An enum of integers mostly has small ones, which are looked up in a table. */
function allowedInteger({ values }: Allowed, isInOrder: (number: number) => boolean): (number: number) => boolean {
  const isIn = (number: number) => values.has(number) && isInOrder(number)
  const small = Uint8Array.from({ length: 256 }, (_, number) => Number(isIn(number)))
  return (number) => (number >= 0 && number < small.length ? small[number] === 1 : isIn(number))
}

/** The sixteen digits of the largest exact integer; words that begin with the first digit compare as numbers do. */
const LARGEST = [0, 4, 8, 12].map((at) => Buffer.from(String(Number.MAX_SAFE_INTEGER)).readUInt32BE(at))

/** Whether the integer of sixteen digits at this position is exact. */
function isExact(view: DataView, first: number): boolean {
  for (let index = 0, at = first; index < LARGEST.length; index++, at += WORD_LENGTH) {
    const [word, largest] = [view.getUint32(at), LARGEST[index] ?? 0]
    if (word !== largest) return word < largest
  }
  return true
}

/** The number of digits up to which every integer of this sign is valid, zero included. */
function digitsWithin(isInOrder: (number: number) => boolean, sign: 1 | -1): number {
  let digits = 0
  for (let largest = 9; digits < MOST_DIGITS && isInOrder(sign * largest); largest = largest * 10 + 9) digits++
  return isInOrder(0) ? digits : 0
}

function isWithin({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds, number: number): boolean {
  return number >= minimum && number <= maximum && number > exclusiveMinimum && number < exclusiveMaximum
}

/** `value` is the record's value for a number out of bounds. */
function reportBounds(bounds: Bounds, value: unknown, walk: Walk): void {
  walk.reportValue('bounds', value, `a number ${boundsWords(bounds).join(' and ')}`)
}

function boundsWords({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): readonly string[] {
  return [
    ...(minimum === -Infinity ? [] : [`of at least ${minimum}`]),
    ...(exclusiveMinimum === -Infinity ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === Infinity ? [] : [`of at most ${maximum}`]),
    ...(exclusiveMaximum === Infinity ? [] : [`below ${exclusiveMaximum}`]),
  ]
}

/** A 64-bit floating-point number holds any 15 digits. */
const MOST_DIGITS = 15

/** And this many without a fraction, as far as they are exact. */
const MOST_INTEGER_DIGITS = 16

/** The end of an exponent with which a number of so few digits is within the 64-bit range. */
function afterSmallExponent(bytes: Uint8Array, at: number): number {
  const sign = bytes[at + 1]
  const first = sign === PLUS || sign === MINUS ? at + 2 : at + 1
  const end = afterDigits(bytes, first)
  const digits = end - first
  return digits > 0 && digits <= 3 && verbatimAt(bytes, first, end) <= LARGEST_EXPONENT ? end : DOUBT
}

/** With fifteen digits before the point, still below 1e308. */
const LARGEST_EXPONENT = 290

/** Far below the limit of a 64-bit floating-point number. */
const MOST_WHOLE_DIGITS = 300

const SCALES = Float64Array.from({ length: MOST_DIGITS + 1 }, (_, digits) => 10 ** digits)

type Decimal = { readonly first: number; readonly point: number; readonly end: number }

/** Both operands are exact, so the quotient is rounded only once and equals the result of JSON.parse. */
function decimalAt(bytes: Uint8Array, { first, point, end }: Decimal): number {
  const scale = SCALES[end - point - 1] ?? NaN
  return (verbatimAt(bytes, first, point) * scale + verbatimAt(bytes, point + 1, end)) / scale
}
