import { DOUBT, type Reading } from './clean-scan.ts'

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
