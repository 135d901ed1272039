import { QUOTE, PLUS, MINUS, POINT, ZERO, COLON } from '../../lib/text.ts'
import { LosslessNumber } from '../json.ts'
import { DOUBT, type ScanState, afterDigits } from '../scan.ts'
import type { Walk } from '../walk.ts'

/** A string or epoch milliseconds; of numbers the matrix converts only Long ("Data conversion matrix"). */
export function dateCheck(value: unknown, walk: Walk): void {
  if (typeof value !== 'string') checkEpoch(value, walk, DATE)
  else if (!isDate(value)) reportDate(value, walk)
}

export function dateTimeCheck(value: unknown, walk: Walk): void {
  if (typeof value !== 'string') checkEpoch(value, walk, DATE_TIME)
  else if (!isDateTime(value)) {
    walk.reportShape('date-time-format', value, { expected: DATE_TIME, hint: dateTimeHint(value) })
  }
}

/** What {@link isDate} takes, between quotes. */
export function dateScan({ bytes }: ScanState, start: number): number {
  const end = start + 1 + DATE_LENGTH
  return bytes[start] === QUOTE && isDayAt(bytes, start + 1) && bytes[end] === QUOTE ? end + 1 : DOUBT
}

/** What {@link isDateTime} takes, between quotes. */
export function dateTimeScan({ bytes }: ScanState, start: number): number {
  const end = bytes[start] === QUOTE ? afterDateTime(bytes, start + 1) : DOUBT
  return end !== DOUBT && bytes[end] === QUOTE ? end + 1 : DOUBT
}

/** RFC 3339 `full-date`, and a day that the calendar has. */
export function isDate(string: string): boolean {
  return string.length === DATE_LENGTH && isDayAt(toBytes(string), 0)
}

/**
 * RFC 3339 `date-time` as the platform's own message lists it (Data Access guide, "Retrieve failed batches"): a `T`,
 * seconds, at most nine digits of a fraction, and `Z` or an offset. Without one the moment would be anybody's guess.
 */
export function isDateTime(string: string): boolean {
  return string.length <= LONGEST_DATE_TIME && afterDateTime(toBytes(string), 0) === string.length
}

const DATE = 'a date as YYYY-MM-DD'
const DATE_TIME = 'a date and time as YYYY-MM-DDThh:mm:ss, with Z or an offset as +hh:mm'

/** What becomes of the time is written nowhere. */
function reportDate(value: string, walk: Walk): void {
  const code = isDateTime(value) ? 'date-with-time' : 'date-format'
  walk.reportShape(code, value, { expected: DATE, hint: isDate(padDigits(value)) ? 'write two digits' : undefined })
}

/** Days, hours, minutes, seconds and offsets; a fraction may have one digit. */
function padDigits(value: string): string {
  return value.replace(/(?<![\d.])\d(?!\d)/g, '0$&')
}

/** What exports most often write instead. */
function dateTimeHint(value: string): string | undefined {
  if (isDateTime(value.replace(/[ t]/, 'T').replace(/z$/, 'Z'))) return 'put "T" between date and time'
  if (isDateTime(padDigits(value))) return 'write two digits'
  if (isDateTime(`${value}Z`)) return 'add "Z" or an offset'
  if (isDateTime(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))) return 'write the offset with a colon'
  return isDate(value) ? 'add a time' : undefined
}

/** As milliseconds it would be before March 1973, as seconds it ends in the year 5138. */
const SECONDS_BELOW = 1e11

/** Epoch milliseconds of which nothing is said, as far as a JavaScript number is exact. */
export const EPOCH_SURELY = { low: SECONDS_BELOW, high: Number.MAX_SAFE_INTEGER } as const

/** Where a long of 64 bits ends. */
const LONG_END = 2 ** 63

function checkEpoch(value: unknown, walk: Walk, expected: string): void {
  const isLong = value instanceof LosslessNumber ? value.isInteger : Number.isInteger(value)
  if (!isLong) {
    walk.reportMismatch(value, `${expected}, or epoch milliseconds`)
    return
  }
  const epochMs = value instanceof LosslessNumber ? value.nearest : (value as number)
  if (Math.abs(epochMs) < SECONDS_BELOW)
    walk.reportValue('epoch-seconds', value, 'epoch milliseconds (13 digits today)')
  else if (Math.abs(epochMs) >= LONG_END)
    walk.reportValue('integer-range', value, 'epoch milliseconds of at most 64 bits')
}

const DATE_LENGTH = 10
const TIME_LENGTH = 8
const MOST_FRACTION_DIGITS = 9
const LONGEST_DATE_TIME = '0000-00-00T00:00:00.000000000+00:00'.length

const T = 84
const Z = 90

const SCRATCH = Buffer.alloc(LONGEST_DATE_TIME + 1)

/** For the grammar below, in place, since it runs for millions of rows. What is beyond ASCII becomes 0, which no date has. */
function toBytes(string: string): Buffer {
  for (let at = 0; at < string.length; at++) {
    const unit = string.charCodeAt(at)
    SCRATCH[at] = unit < 128 ? unit : 0
  }
  SCRATCH[string.length] = 0
  return SCRATCH
}

/** Where a date-time ends that begins at `start`. */
function afterDateTime(bytes: Uint8Array, start: number): number {
  const time = start + DATE_LENGTH
  if (!isDayAt(bytes, start) || bytes[time] !== T || !isTimeAt(bytes, time + 1)) return DOUBT
  return afterOffset(bytes, afterFraction(bytes, time + 1 + TIME_LENGTH))
}

function isDayAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 4] !== MINUS || bytes[at + 7] !== MINUS) return false
  const century = twoDigits(bytes, at)
  const years = twoDigits(bytes, at + 2)
  const month = twoDigits(bytes, at + 5)
  const day = twoDigits(bytes, at + 8)
  return century >= 0 && years >= 0 && day >= 1 && day <= daysOf(month, century * 100 + years)
}

export function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

/** A leap second is refused: readers of the JVM have none. */
function isTimeAt(bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return false
  return isBelow(bytes, at, 24) && isBelow(bytes, at + 3, 60) && isBelow(bytes, at + 6, 60)
}

/** Where the offset begins; {@link DOUBT} for a fraction without digits or with too many. */
function afterFraction(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== POINT) return start
  const end = afterDigits(bytes, start + 1)
  const digits = end - start - 1
  return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? end : DOUBT
}

function afterOffset(bytes: Uint8Array, at: number): number {
  if (at === DOUBT) return DOUBT
  if (bytes[at] === Z) return at + 1
  if ((bytes[at] !== PLUS && bytes[at] !== MINUS) || bytes[at + 3] !== COLON) return DOUBT
  return isBelow(bytes, at + 1, 24) && isBelow(bytes, at + 4, 60) ? at + 6 : DOUBT
}

function isBelow(bytes: Uint8Array, at: number, end: number): boolean {
  const number = twoDigits(bytes, at)
  return number >= 0 && number < end
}

/** Below zero for what are no two digits. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - ZERO
  const ones = (bytes[at + 1] ?? 0) - ZERO
  return tens >= 0 && tens < 10 && ones >= 0 && ones < 10 ? tens * 10 + ones : -1
}
