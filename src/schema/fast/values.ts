import { isWithin } from '../check/numbers.ts'
import { stringCheck } from '../check/text.ts'
import { type CleanScan, DOUBT, type Reading, anyString, plainString, quotedBytes, standsAt, textOf } from './scan.ts'
import { INTEGER_RANGES, type IntegerField, type NumberField, type StringField } from '../field.ts'

export function cleanBoolean({ bytes }: Reading, start: number): number {
  if (standsAt(bytes, start, TRUE)) return start + TRUE.length
  return standsAt(bytes, start, FALSE) ? start + FALSE.length : DOUBT
}

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')

/** A day of the calendar as `"YYYY-MM-DD"`: what `isDate` takes, between quotes. */
export function cleanDate({ bytes }: Reading, start: number): number {
  const end = start + 1 + DATE_LENGTH
  return bytes[start] === QUOTE && isDayAt(bytes, start + 1) && bytes[end] === QUOTE ? end + 1 : DOUBT
}

/** `"YYYY-MM-DDThh:mm:ssZ"`, with a fraction or an offset: what `isDateTime` takes, between quotes. */
export function cleanDateTime({ bytes }: Reading, start: number): number {
  const time = start + 1 + DATE_LENGTH
  const isMoment = bytes[start] === QUOTE && isDayAt(bytes, start + 1) && bytes[time] === T && isTimeAt(bytes, time + 1)
  const end = isMoment ? afterOffset(bytes, afterFraction(bytes, time + 1 + TIME_LENGTH)) : DOUBT
  return end !== DOUBT && bytes[end] === QUOTE ? end + 1 : DOUBT
}

const DATE_LENGTH = 10
const TIME_LENGTH = 8
const MOST_FRACTION_DIGITS = 9

const QUOTE = 34
const PLUS = 43
const DASH = 45
const POINT = 46
const ZERO = 48
const COLON = 58
const T = 84
const Z = 90

function isDayAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 4] !== DASH || bytes[at + 7] !== DASH) return false
  const century = twoDigits(bytes, at)
  const years = twoDigits(bytes, at + 2)
  const month = twoDigits(bytes, at + 5)
  const day = twoDigits(bytes, at + 8)
  return century >= 0 && years >= 0 && day >= 1 && day <= daysOf(month, century * 100 + years)
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

function isTimeAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false
  return isBelow(bytes, at, 24) && isBelow(bytes, at + 3, 60) && isBelow(bytes, at + 6, 60)
}

function afterFraction(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== POINT) return start
  let at = start + 1
  while (isDigit(bytes[at] ?? 0)) at++
  const digits = at - start - 1
  return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? at : DOUBT
}

function afterOffset(bytes: Uint8Array, at: number): number {
  if (at === DOUBT) return DOUBT
  if (bytes[at] === Z) return at + 1
  if ((bytes[at] !== PLUS && bytes[at] !== DASH) || bytes[at + 3] !== COLON) return DOUBT
  return isBelow(bytes, at + 1, 24) && isBelow(bytes, at + 4, 60) ? at + 6 : DOUBT
}

function isBelow(bytes: Uint8Array, at: number, end: number): boolean {
  const number = twoDigits(bytes, at)
  return number >= 0 && number < end
}

/** Below zero for what are no two digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] ?? 0
  const ones = bytes[at + 1] ?? 0
  return isDigit(tens) && isDigit(ones) ? (tens - ZERO) * 10 + ones - ZERO : -1
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte < COLON
}

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
    const end = bytes[point] === CLEAN_NUMBER_POINT ? afterDigits(bytes, point + 1) : point
    if (end === point + 1 || end - first > MOST_DIGITS) return DOUBT
    const size = end === point ? digitsAt(bytes, first, end) : decimalAt(bytes, { first, point, end })
    const number = first === start ? size : -size
    return isWithin(bounds, number) && (allowed === undefined || allowed.values.has(number)) ? end : DOUBT
  }
}

/** A number of 64 bits holds any 15 digits. */
const MOST_DIGITS = 15

const MINUS = 45
const CLEAN_NUMBER_POINT = 46
const CLEAN_NUMBER_ZERO = 48
const NINE = 57

function afterDigits(bytes: Uint8Array, from: number): number {
  let at = from
  for (let byte = bytes[at] ?? 0; byte >= CLEAN_NUMBER_ZERO && byte <= NINE; byte = bytes[at] ?? 0) at++
  return at
}

/** RFC 8259, section 6: no zero leads other digits. */
function isWhole(bytes: Uint8Array, first: number, end: number): boolean {
  return end > first && end - first <= MOST_DIGITS && (bytes[first] !== CLEAN_NUMBER_ZERO || end === first + 1)
}

function digitsAt(bytes: Uint8Array, first: number, end: number): number {
  let number = 0
  for (let at = first; at < end; at++) number = number * 10 + (bytes[at] ?? 0) - CLEAN_NUMBER_ZERO
  return number
}

type Decimal = { readonly first: number; readonly point: number; readonly end: number }

/** Both are exact, so that the quotient is rounded once: it is the number that JSON.parse reads. */
function decimalAt(bytes: Uint8Array, { first, point, end }: Decimal): number {
  const scale = 10 ** (end - point - 1)
  return (digitsAt(bytes, first, point) * scale + digitsAt(bytes, point + 1, end)) / scale
}

/** Numbers are text, too, when they are converted; they are rare enough for a second look. */
export function cleanString(field: StringField): CleanScan {
  const { allowed, format, pattern, minLength, maxLength } = field
  const asksForm = format !== undefined || pattern !== undefined
  const asksLength = minLength > 0 || maxLength < Infinity
  if (asksForm || (allowed !== undefined && asksLength)) return cleanText(field)
  if (allowed !== undefined) return cleanEnum(allowed.values)
  return asksLength ? cleanLength(field) : anyString
}

function cleanText(field: StringField): CleanScan {
  const check = stringCheck(field)
  return (reading, start) => {
    const end = anyString(reading, start)
    if (end === DOUBT) return DOUBT
    return reading.probe.accepts(check, textOf(reading.bytes, start, end)) ? end : DOUBT
  }
}

function cleanEnum(values: ReadonlySet<unknown>): CleanScan {
  const texts = [...values].filter((value) => typeof value === 'string')
  const literals = texts.map(quotedBytes).filter((bytes) => bytes !== undefined)
  return ({ bytes }, start) => {
    for (const literal of literals) if (standsAt(bytes, start, literal)) return start + literal.length
    return DOUBT
  }
}

/** A character takes one to four bytes, where it is not escaped; only near a limit are they counted. */
function cleanLength(field: StringField): CleanScan {
  const scanText = cleanText(field)
  return (reading, start) => {
    const end = plainString(reading, start)
    const length = end === DOUBT ? NaN : end - start - 2
    return length >= field.minLength * 4 && length <= field.maxLength ? end : scanText(reading, start)
  }
}
