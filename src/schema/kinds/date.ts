import { QUOTE, PLUS, MINUS, POINT, ZERO } from '../../lib/text.ts'
import { LosslessNumber } from '../json.ts'
import { DOUBT, WORD_LENGTH, type Scan, type ScanState } from '../scan.ts'
import { afterDigits, isExponent, isWhole } from '../scan/number.ts'
import { readScan } from '../scan/read.ts'
import type { Walk } from '../walk.ts'

/** A string or epoch milliseconds; of the number types, only Long converts ("Data conversion matrix"). */
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

/** Accepts what {@link isDate} accepts, in quotes, or epoch milliseconds. */
export function dateScan(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return scanEpoch(state, start, readDate)
  const end = start + 1 + DATE_LENGTH
  return isDayAt(state, start + 1) && bytes[end] === QUOTE ? end + 1 : readDate(state, start)
}

/** Accepts what {@link isDateTime} accepts, in quotes, or epoch milliseconds. */
export function dateTimeScan(state: ScanState, start: number): number {
  const { bytes } = state
  if (bytes[start] !== QUOTE) return scanEpoch(state, start, readDateTime)
  const end = afterDateTime(state, start + 1)
  return end !== DOUBT && bytes[end] === QUOTE ? end + 1 : readDateTime(state, start)
}

/** Of a list, as many date-times as possible at once. */
export function passDateTimes({ window }: ScanState, start: number): number {
  return window.afterMoments(start)
}

/** Numbers of twelve digits are not seconds: as seconds they begin in the year 5138. */
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

/** RFC 3339 `full-date`, for a day that exists. */
export function isDate(string: string): boolean {
  return string.length === DATE_LENGTH && isDayAt(toBytes(string), 0)
}

/**
 * RFC 3339 `date-time` as described in the platform's own message (Data Access guide, "Retrieve failed batches"): a
 * `T`, seconds, at most nine digits of a fraction, and `Z` or an offset. Without an offset the time would be ambiguous.
 */
export function isDateTime(string: string): boolean {
  return string.length <= LONGEST_DATE_TIME && afterDateTime(toBytes(string), 0) === string.length
}

const readDate = readScan(dateCheck)
const readDateTime = readScan(dateTimeCheck)

const DATE = 'a date as YYYY-MM-DD'
const DATE_TIME = 'a date and time as YYYY-MM-DDThh:mm:ss, with Z or an offset as +hh:mm'

/** A date with a time has its own code: no document says what happens to the time. */
function reportDate(value: string, walk: Walk): void {
  const code = isDateTime(value) ? 'date-with-time' : 'date-format'
  walk.reportShape(code, value, { expected: DATE, hint: isDate(padDigits(value)) ? 'write two digits' : undefined })
}

/** Pads days, hours, minutes, seconds and offsets; a fraction may have one digit. */
function padDigits(value: string): string {
  return value.replace(/(?<![\d.])\d(?!\d)/g, '0$&')
}

/** The most frequent mistakes of exports. */
function dateTimeHint(value: string): string | undefined {
  if (isDateTime(value.replace(/[ t]/, 'T').replace(/z$/, 'Z'))) return 'put "T" between date and time'
  if (isDateTime(padDigits(value))) return 'write two digits'
  if (isDateTime(`${value}Z`)) return 'add "Z" or an offset'
  if (isDateTime(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'))) return 'write the offset with a colon'
  return isDate(value) ? 'add a time' : undefined
}

/** In milliseconds a time before March 1973, in seconds one up to the year 5138. */
const SECONDS_BELOW = 1e11

/** Epoch milliseconds that are certain to pass, within the exact range of a JavaScript number. */
export const EPOCH_SURELY = { low: SECONDS_BELOW, high: Number.MAX_SAFE_INTEGER } as const

/** The end of the range of a 64-bit integer. */
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
const SECOND_LENGTH = '0000-00-00T00:00:00'.length
const MOST_FRACTION_DIGITS = 9
const LONGEST_DATE_TIME = '0000-00-00T00:00:00.000000000+00:00'.length

const Z = 90

/** The same bytes as a buffer and as a view for reading four at a time. */
type Bytes = Pick<ScanState, 'bytes' | 'view' | 'lastWord'>

const SCRATCH = scratch(Buffer.alloc(LONGEST_DATE_TIME + DATE_LENGTH))

function scratch(bytes: Buffer): Bytes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return { bytes, view, lastWord: bytes.length - WORD_LENGTH }
}

/**
 * Converts to bytes in a shared buffer, because it runs for millions of rows. Characters beyond ASCII become 0, which
 * is in no date.
 */
function toBytes(string: string): Bytes {
  const { bytes } = SCRATCH
  for (let at = 0; at < string.length; at++) {
    const unit = string.charCodeAt(at)
    bytes[at] = unit < 128 ? unit : 0
  }
  bytes[string.length] = 0
  return SCRATCH
}

/** Where the date-time that begins at `start` ends, or {@link DOUBT}. */
function afterDateTime(text: Bytes, start: number): number {
  const { view, lastWord } = text
  if (start + 16 > lastWord) return DOUBT
  const day = view.getInt32(start + 8, true)
  if (!isDay(view.getInt32(start, true), view.getInt32(start + 4, true), day & TWO_BYTES)) return DOUBT
  const last = view.getInt32(start + 16, true)
  if (!isTime(day, view.getInt32(start + 12, true), last)) return DOUBT
  // As most programs write it, which is compared at once.
  if (last >>> 24 === POINT && start + 20 <= lastWord && isMillis(view.getInt32(start + 20, true))) return start + 24
  return afterOffset(text, afterFraction(text, start + SECOND_LENGTH))
}

function isDayAt({ view, lastWord }: Bytes, at: number): boolean {
  if (at + 8 > lastWord) return false
  return isDay(view.getInt32(at, true), view.getInt32(at + 4, true), view.getInt32(at + 8, true) & TWO_BYTES)
}

/** `2024`, `-02-` and `29`, as read from memory. */
function isDay(yearBytes: number, monthBytes: number, dayBytes: number): boolean {
  const year = yearBytes ^ YEAR
  const month = monthBytes ^ MONTH
  const day = dayBytes ^ DAY
  const years = (year | (year + YEAR_ROOM)) & YEAR_FIXED
  const months = (month | (month + MONTH_ROOM)) & MONTH_FIXED
  const days = (day | (day + DAY_ROOM)) & DAY_FIXED
  if ((years | months | days) !== 0) return false
  const monthNumber = pairIn(month >>> 8)
  const dayNumber = pairIn(day)
  if (monthNumber < 1 || monthNumber > 12 || dayNumber < 1) return false
  return dayNumber <= FEWEST_DAYS || dayNumber <= daysOf(monthNumber, pairIn(year) * 100 + pairIn(year >>> 16))
}

/** `..T2`, `3:59` and `:59.`. Leap seconds are refused because JVM readers don't support them. */
function isTime(first: number, middle: number, last: number): boolean {
  const tens = first ^ TENS
  const hour = middle ^ HOUR
  const second = last ^ SECOND
  const all = ((tens | (tens + TENS_ROOM)) & TENS_FIXED) | ((hour | (hour + HOUR_ROOM)) & HOUR_FIXED)
  if ((all | ((second | (second + SECOND_ROOM)) & SECOND_FIXED)) !== 0) return false
  return (tens >>> 24) * 10 + (hour & 0xff) < 24
}

/** `123Z`. */
function isMillis(bytes: number): boolean {
  const millis = bytes ^ MILLIS
  return ((millis | (millis + MILLIS_ROOM)) & MILLIS_FIXED) === 0
}

const TWO_BYTES = 0xffff

/** The form of four bytes, the first of which is the lowest. */
type Form = {
  /** The form with all digits 0: XOR with it leaves the values of the digits if the bytes have this form. */
  readonly zero: number
  /** Added to the digits, carries each digit that is too large beyond four bits. */
  readonly room: number
  /** The bits that must then be 0: all except the low four of each digit. */
  readonly fixed: number
}

/**
 * In `largest`, a digit is the largest allowed at its place, `?` allows anything, and other characters stand for
 * themselves. The results are separate constants: reading them from an object took a quarter of the time for a date.
 */
function formOf(largest: string): Form {
  const form = { zero: 0, room: 0, fixed: 0 }
  for (const [index, character] of Array.from(largest).entries()) {
    if (character === '?') continue
    const isDigit = character >= '0' && character <= '9'
    form.zero |= (isDigit ? ZERO : character.charCodeAt(0)) << (8 * index)
    form.room |= (isDigit ? 15 - Number(character) : 0) << (8 * index)
    form.fixed |= (isDigit ? 0xf0 : 0xff) << (8 * index)
  }
  return form
}

const { zero: YEAR, room: YEAR_ROOM, fixed: YEAR_FIXED } = formOf('9999')
const { zero: MONTH, room: MONTH_ROOM, fixed: MONTH_FIXED } = formOf('-19-')
const { zero: DAY, room: DAY_ROOM, fixed: DAY_FIXED } = formOf('39')
const { zero: TENS, room: TENS_ROOM, fixed: TENS_FIXED } = formOf('??T2')
const { zero: HOUR, room: HOUR_ROOM, fixed: HOUR_FIXED } = formOf('9:59')
const { zero: SECOND, room: SECOND_ROOM, fixed: SECOND_FIXED } = formOf(':59?')
const { zero: MILLIS, room: MILLIS_ROOM, fixed: MILLIS_FIXED } = formOf('999Z')
const { zero: AWAY, room: AWAY_ROOM, fixed: AWAY_FIXED } = formOf('?29:')
const { zero: MINUTE, room: MINUTE_ROOM, fixed: MINUTE_FIXED } = formOf('59??')

/** The number formed by two digit values. */
function pairIn(digits: number): number {
  return (digits & 0xff) * 10 + ((digits >>> 8) & 0xff)
}

/** Every month has at least this many days. */
const FEWEST_DAYS = 28

export function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

/** The position after the fraction; {@link DOUBT} for a fraction without digits or with too many. */
function afterFraction({ bytes, view, lastWord }: Bytes, start: number): number {
  if (bytes[start] !== POINT) return start
  let at = start + 1
  for (; at <= lastWord; at += WORD_LENGTH) {
    const some = view.getInt32(at, true) ^ YEAR
    if (((some | (some + YEAR_ROOM)) & YEAR_FIXED) !== 0) break
  }
  const end = afterDigits(bytes, at)
  const digits = end - start - 1
  return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? end : DOUBT
}

function afterOffset({ bytes, view, lastWord }: Bytes, at: number): number {
  if (at === DOUBT) return DOUBT
  const sign = bytes[at]
  if (sign === Z) return at + 1
  if ((sign !== PLUS && sign !== MINUS) || at + 4 > lastWord) return DOUBT
  const hour = view.getInt32(at, true) ^ AWAY
  const minute = view.getInt32(at + 4, true) ^ MINUTE
  const minutes = (minute | (minute + MINUTE_ROOM)) & MINUTE_FIXED
  if ((((hour | (hour + AWAY_ROOM)) & AWAY_FIXED) | minutes) !== 0) return DOUBT
  return pairIn(hour >>> 8) < 24 ? at + 6 : DOUBT
}
