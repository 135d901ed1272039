import { QUOTE, PLUS, MINUS, POINT, ZERO, COLON } from '../../lib/text.ts'
import { LosslessNumber } from '../json.ts'
import { DOUBT, type Scan, type ScanState } from '../scan.ts'
import { afterDigits, isExponent, isWhole } from '../scan/number.ts'
import { readScan } from '../scan/read.ts'
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

/** What {@link isDate} takes, between quotes; or epoch milliseconds. */
export function dateScan(state: ScanState, start: number): number {
  const { bytes, view } = state
  if (bytes[start] !== QUOTE) return scanEpoch(state, start, readDate)
  const end = start + 1 + DATE_LENGTH
  return isDayAt(view, start + 1) && bytes[end] === QUOTE ? end + 1 : readDate(state, start)
}

/** What {@link isDateTime} takes, between quotes; or epoch milliseconds. */
export function dateTimeScan(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return scanEpoch(state, start, readDateTime)
  const end = afterDateTime(state, start + 1)
  return end !== DOUBT && bytes[end] === QUOTE ? end + 1 : readDateTime(state, start)
}

/** Twelve digits are no seconds before the year 5138. */
const LEAST_EPOCH_DIGITS = 12
const MOST_EPOCH_DIGITS = 15

function scanEpoch(state: ScanState, start: number, scanRead: Scan): number {
  const { bytes } = state
  const first = bytes[start] === MINUS ? start + 1 : start
  const end = afterDigits(bytes, first)
  const digits = end - first
  const isPlain = digits >= LEAST_EPOCH_DIGITS && digits <= MOST_EPOCH_DIGITS && isWhole(bytes, first, end)
  return isPlain && bytes[end] !== POINT && !isExponent(bytes[end]) ? end : scanRead(state, start)
}

/** RFC 3339 `full-date`, and a day that the calendar has. */
export function isDate(string: string): boolean {
  return string.length === DATE_LENGTH && isDayAt(toBytes(string).view, 0)
}

/**
 * RFC 3339 `date-time` as the platform's own message lists it (Data Access guide, "Retrieve failed batches"): a `T`,
 * seconds, at most nine digits of a fraction, and `Z` or an offset. Without one the moment would be anybody's guess.
 */
export function isDateTime(string: string): boolean {
  return string.length <= LONGEST_DATE_TIME && afterDateTime(toBytes(string), 0) === string.length
}

const readDate = readScan(dateCheck)
const readDateTime = readScan(dateTimeCheck)

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

/** Bytes twice: as they are, and to be read four at a time. */
type Bytes = { readonly bytes: Uint8Array; readonly view: DataView }

const SCRATCH = scratch(new Uint8Array(LONGEST_DATE_TIME + DATE_LENGTH))

function scratch(bytes: Uint8Array): Bytes {
  return { bytes, view: new DataView(bytes.buffer) }
}

/** For the grammar below, in place, since it runs for millions of rows. What is beyond ASCII becomes 0, which no date has. */
function toBytes(string: string): Bytes {
  const { bytes } = SCRATCH
  for (let at = 0; at < string.length; at++) {
    const unit = string.charCodeAt(at)
    bytes[at] = unit < 128 ? unit : 0
  }
  bytes[string.length] = 0
  return SCRATCH
}

/** Where a date-time ends that begins at `start`. */
function afterDateTime({ bytes, view }: Bytes, start: number): number {
  const time = start + DATE_LENGTH
  if (!isDayAt(view, start) || bytes[time] !== T || !isTimeAt(view, time + 1)) return DOUBT
  return afterOffset(bytes, afterFraction(bytes, time + 1 + TIME_LENGTH))
}

/** `-00-`, but for the digits. */
const DASHES = 0x2d00002d

function isDayAt(view: DataView, at: number): boolean {
  if (at + DATE_LENGTH > view.byteLength) return false
  const years = view.getInt32(at, true)
  const months = view.getInt32(at + 4, true)
  if ((months & 0xff0000ff) !== DASHES) return false
  const day = numberOf(view.getUint16(at + 8, true))
  if (isNone(numberOf(years & 0xffff)) || isNone(numberOf(years >>> 16)) || day < 1) return false
  const month = numberOf((months >>> 8) & 0xffff)
  if (day <= FEWEST_DAYS) return month >= 1 && month <= 12
  return day <= daysOf(month, numberOf(years & 0xffff) * 100 + numberOf(years >>> 16))
}

/** Every month has so many. */
const FEWEST_DAYS = 28

export function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

/** A leap second is refused: readers of the JVM have none. */
function isTimeAt(view: DataView, at: number): boolean {
  if (at + TIME_LENGTH > view.byteLength) return false
  const first = view.getInt32(at, true)
  const last = view.getInt32(at + 4, true)
  if (((first >>> 16) & 0xff) !== COLON || ((last >>> 8) & 0xff) !== COLON) return false
  const minute = numberOf((first >>> 24) | ((last & 0xff) << 8))
  return numberOf(first & 0xffff) < 24 && minute < 60 && numberOf(last >>> 16) < 60
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
  return pairAt(bytes, at + 1) < 24 && pairAt(bytes, at + 4) < 60 ? at + 6 : DOUBT
}

function pairAt(bytes: Uint8Array, at: number): number {
  return numberOf((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8))
}

const NO_NUMBER = 255

/** The numbers of two digits, by their two bytes, the first of which counts least. */
const NUMBERS = numbersByPair()

function numbersByPair(): Uint8Array {
  const numbers = new Uint8Array(0x10000).fill(NO_NUMBER)
  for (let number = 0; number < 100; number++) {
    numbers[(ZERO + Math.floor(number / 10)) | ((ZERO + (number % 10)) << 8)] = number
  }
  return numbers
}

function numberOf(pair: number): number {
  return NUMBERS[pair] ?? NO_NUMBER
}

function isNone(number: number): boolean {
  return number === NO_NUMBER
}
