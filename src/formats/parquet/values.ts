import { isUtf8 } from 'node:buffer'
import { ExactValue, exactDecimal, exactMoment, floored, quickMoment, writtenDecimal, writtenDouble } from './exact.ts'
import type { RawBytes, RawValues } from './encodings.ts'
import type { ColumnLeaf } from './tree.ts'

/**
 * A calendar day of a DATE column; a point in time (TIMESTAMP, INT96) is a plain `Date`. Out of range, both are
 * invalid.
 */
export class CalendarDay extends Date {
  override toJSON(): string {
    return Number.isNaN(this.getTime()) ? 'a day that no calendar has' : this.toISOString().slice(0, 10)
  }
}

/**
 * A value as JSON would hold it, if possible: an INT64 is a number if it fits. The other types are those that JSON
 * lacks: bigint beyond 2^53, `Date`, {@link CalendarDay}, bytes.
 */
export type LeafValue = string | number | bigint | boolean | Date | Uint8Array

/** How the values of a leaf are read. */
export type ValueReader = {
  /**
   * @returns the value at `index`, as near as possible: a timestamp to the millisecond, a decimal number to 15 digits
   */
  readonly valueAt: (raw: RawValues, index: number) => LeafValue
  /**
   * Present if it differs from `valueAt`: a decimal or a timestamp with all of its digits, a floating-point number as one,
   * and a string that is not UTF-8 as bytes.
   */
  readonly verbatimAt?: (raw: RawValues, index: number) => LeafValue | ExactValue
  /** Present if it differs from `valueAt`: two results are the same if and only if the file holds the same value. */
  readonly exactAt?: (raw: RawValues, index: number) => LeafValue | ExactValue
  /** The values are strings, although their bytes may not be valid UTF-8. */
  readonly isText: boolean
  /**
   * How many stored units make one unit of the value (a millisecond of a timestamp, a day, or the number itself).
   * Undefined if the value is not simply a stored number.
   */
  readonly scale: number | undefined
}

/** LogicalTypes.md; INT96 is the nanoseconds of the day and the Julian day, as Spark wrote timestamps for years. */
export function valueReader({ storage, annotation }: Pick<ColumnLeaf, 'storage' | 'annotation'>): ValueReader {
  const { physical } = storage
  switch (annotation?.kind) {
    case 'decimal':
      return { ...PLAIN, ...decimalReader(annotation.scale) }
    case 'date':
      if (physical === 'INT32') return { ...PLAIN, scale: 1, valueAt: dayAt, exactAt: exactDayAt }
      break
    case 'timestamp':
      if (physical === 'INT64') return timestampReader(PER_MILLISECOND[annotation.unit])
      break
    case 'integer':
      if (!annotation.isSigned) return { ...PLAIN, valueAt: unsignedAt }
      break
    case 'uuid':
      if (storage.width === 16) return { ...PLAIN, valueAt: uuidAt }
      break
    case 'float16':
      if (storage.width === 2) return { ...PLAIN, valueAt: halfAt, verbatimAt: (...at) => doubleOf(halfAt(...at)) }
      break
    default:
  }
  if (physical === 'INT96') return { ...PLAIN, valueAt: julianAt, verbatimAt: exactJulianAt, exactAt: exactJulianAt }
  if (physical === 'BYTE_ARRAY' && annotation?.kind !== 'bson')
    return { ...PLAIN, isText: true, valueAt: textAt, verbatimAt: exactTextAt, exactAt: exactTextAt }
  if (physical === 'FLOAT' || physical === 'DOUBLE')
    return { ...PLAIN, scale: 1, valueAt: plainAt, verbatimAt: (...at) => doubleOf(plainAt(...at)) }
  const isNumber = physical !== 'BOOLEAN' && physical !== 'BYTE_ARRAY' && physical !== 'FIXED_LEN_BYTE_ARRAY'
  return { ...PLAIN, scale: isNumber ? 1 : undefined, valueAt: plainAt }
}

const PLAIN = { isText: false, scale: undefined } as const

const PER_MILLISECOND = { milliseconds: 1, microseconds: 1_000, nanoseconds: 1_000_000 } as const

const WORD = 2 ** 32

/** A 64-bit number is exact as a JavaScript number if its high word is within this range. */
const SAFE_HIGH = 2 ** 21

/** Rounded beyond 2^53. */
function nearestAt(words: Int32Array, index: number): number {
  return (words[index * 2 + 1] ?? 0) * WORD + ((words[index * 2] ?? 0) >>> 0)
}

function exactAt(words: Int32Array, index: number): bigint {
  return (BigInt(words[index * 2 + 1] ?? 0) << 32n) | BigInt((words[index * 2] ?? 0) >>> 0)
}

function isSafeAt(words: Int32Array, index: number): boolean {
  const high = words[index * 2 + 1] ?? 0
  return high < SAFE_HIGH && high >= -SAFE_HIGH
}

function plainAt(raw: RawValues, index: number): LeafValue {
  switch (raw.kind) {
    case 'int64':
      return isSafeAt(raw.words, index) ? nearestAt(raw.words, index) : plainInteger(exactAt(raw.words, index))
    case 'boolean':
      return raw.data[index] === 1
    case 'bytes':
      // The page may be freed before the record is.
      return bytesAt(raw, index).slice()
    default:
      return raw.data[index] ?? 0
  }
}

function doubleOf(value: LeafValue): LeafValue | ExactValue {
  return typeof value === 'number' ? writtenDouble(value) : value
}

function plainInteger(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
}

function bytesAt({ bytes, starts, ends }: RawBytes, index: number): Uint8Array {
  return bytes.subarray(starts[index], ends[index])
}

function textAt(raw: RawValues, index: number): string {
  if (raw.kind !== 'bytes') return ''
  const { bytes, starts, ends } = raw
  return bufferOver(bytes).toString('utf8', starts[index], ends[index])
}

let lastBytes = new Uint8Array(0)
let lastBuffer = Buffer.alloc(0)

function exactTextAt(raw: RawValues, index: number): LeafValue {
  const text = textAt(raw, index)
  // Only such a character can stand for other bytes, so few strings are looked at twice.
  return text.includes('\ufffd') && raw.kind === 'bytes' && !isUtf8At(raw, index) ? plainAt(raw, index) : text
}

/** Making a view for each value would take longer than decoding it. */
function bufferOver(bytes: Uint8Array): Buffer {
  if (bytes !== lastBytes) {
    lastBytes = bytes as Uint8Array<ArrayBuffer>
    lastBuffer = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength)
  }
  return lastBuffer
}

/** Whether each value is valid UTF-8. Checks all at once if that is certain to give the same result. */
export function areUtf8({ bytes, starts, ends }: RawBytes): boolean {
  const last = ends.length - 1
  if (last < 0) return true
  const span = bytes.subarray(starts[0], ends[last])
  return isUtf8(span) && startsAreCharacters({ bytes, starts, ends })
}

/** Whether no value begins within a character, and none ends in a character that the next value's length completes. */
function startsAreCharacters({ bytes, starts, ends }: Omit<RawBytes, 'kind'>): boolean {
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0
    if (start < (ends[index] ?? 0) && ((bytes[start] ?? 0) & 0xc0) === 0x80) return false
    const end = ends[index] ?? 0
    if (index + 1 < starts.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) return false
  }
  return true
}

export function isUtf8At(raw: RawBytes, index: number): boolean {
  return isUtf8(bytesAt(raw, index))
}

function dayAt(raw: RawValues, index: number): LeafValue {
  return new CalendarDay((raw.kind === 'int32' ? (raw.data[index] ?? 0) : NaN) * 86_400_000)
}

function exactDayAt(raw: RawValues, index: number): LeafValue | ExactValue {
  const day = dayAt(raw, index)
  const isDay = raw.kind !== 'int32' || !Number.isNaN(Number(day))
  return isDay ? day : new ExactValue('moment', `day ${raw.data[index]}`)
}

function timestampReader(perMs: number): ValueReader {
  const nanoseconds = BigInt(1_000_000 / perMs)
  const momentAt: ValueReader['verbatimAt'] = (raw, index) => {
    if (raw.kind !== 'int64') return new Date(NaN)
    const quick = isSafeAt(raw.words, index) ? quickMoment(nearestAt(raw.words, index), perMs) : undefined
    return quick ?? exactMoment(exactAt(raw.words, index) * nanoseconds)
  }
  return {
    isText: false,
    scale: perMs,
    // A `Date` holds all digits of milliseconds.
    ...(perMs > 1 && { verbatimAt: momentAt }),
    exactAt: momentAt,
    valueAt: (raw, index) => {
      if (raw.kind !== 'int64') return new Date(NaN)
      if (isSafeAt(raw.words, index)) return new Date(Math.floor(nearestAt(raw.words, index) / perMs))
      return new Date(Number(floored(exactAt(raw.words, index), BigInt(perMs))))
    },
  }
}

const JULIAN_1970 = 2_440_588

const DAY_NANOSECONDS = 86_400_000_000_000n

function julianAt(raw: RawValues, index: number): LeafValue {
  return new Date(Number(floored(julianNanoseconds(raw, index), 1_000_000n)))
}

function exactJulianAt(raw: RawValues, index: number): Date | ExactValue {
  return exactMoment(julianNanoseconds(raw, index))
}

function julianNanoseconds(raw: RawValues, index: number): bigint {
  if (raw.kind !== 'bytes') throw new RangeError('INT96 is stored as bytes')
  const bytes = bytesAt(raw, index)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return BigInt(view.getInt32(8, true) - JULIAN_1970) * DAY_NANOSECONDS + view.getBigInt64(0, true)
}

function unsignedAt(raw: RawValues, index: number): LeafValue {
  if (raw.kind === 'int32') return (raw.data[index] ?? 0) >>> 0
  return raw.kind === 'int64' ? plainInteger(BigInt.asUintN(64, exactAt(raw.words, index))) : plainAt(raw, index)
}

function uuidAt(raw: RawValues, index: number): LeafValue {
  if (raw.kind !== 'bytes') return ''
  const hex = Buffer.from(bytesAt(raw, index)).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** IEEE 754, half precision. */
function halfAt(raw: RawValues, index: number): LeafValue {
  if (raw.kind !== 'bytes') return NaN
  const [low = 0, high = 0] = bytesAt(raw, index)
  const [sign, exponent, fraction] = [high & 128 ? -1 : 1, (high >> 2) & 31, ((high & 3) << 8) | low]
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * 2 ** -24 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction / 1024)
}

/** Powers of ten up to this one are exact, so a division by them rounds only once. */
const MOST_EXACT_SCALE = 22

function decimalReader(scale: number): Pick<ValueReader, 'valueAt' | 'verbatimAt' | 'exactAt'> {
  const divisor = scale <= MOST_EXACT_SCALE ? 10 ** scale : undefined
  const nearest = (unscaled: number | bigint) => {
    if (scale === 0) return unscaled
    if (typeof unscaled === 'number' && divisor !== undefined) return unscaled / divisor
    return Number(`${unscaled}e-${scale}`)
  }
  return {
    valueAt: (raw, index) => nearest(unscaledAt(raw, index)),
    verbatimAt: (raw, index) => writtenDecimal(unscaledAt(raw, index), scale),
    exactAt: (raw, index) => {
      const unscaled = unscaledAt(raw, index)
      return exactDecimal(unscaled, scale, nearest(unscaled))
    },
  }
}

function unscaledAt(raw: RawValues, index: number): number | bigint {
  if (raw.kind !== 'bytes') {
    const value = plainAt(raw, index)
    return typeof value === 'bigint' ? value : Number(value)
  }
  const { bytes, starts, ends } = raw
  const [start, end] = [starts[index] ?? 0, ends[index] ?? 0]
  if (start === end) return 0
  // Big-endian, sign in the first byte. Nearly all values stay within the exact range of a JavaScript number.
  let value = ((bytes[start] ?? 0) << 24) >> 24
  for (let at = start + 1; at < end; at++) value = value * 256 + (bytes[at] ?? 0)
  if (Number.isSafeInteger(value)) return value
  const hex = Buffer.from(bytes.subarray(start, end)).toString('hex')
  return plainInteger(BigInt.asIntN((end - start) * 8, BigInt(`0x${hex}`)))
}

export type StoredRange = { readonly low: number; readonly high: number }

/** Calls `visit` for each value that may be outside the range, and for all values that are not numbers. */
export function visitOutside(raw: RawValues, { low, high }: StoredRange, visit: (index: number) => void): void {
  switch (raw.kind) {
    case 'int64': {
      const { words } = raw
      for (let index = 0, count = words.length / 2; index < count; index++) {
        const value = nearestAt(words, index)
        if (!(value >= low && value <= high)) visit(index)
      }
      return
    }
    case 'int32':
    case 'float':
    case 'double': {
      const { data } = raw
      for (let index = 0; index < data.length; index++) {
        const value = data[index] ?? 0
        if (!(value >= low && value <= high)) visit(index)
      }
      return
    }
    default:
      for (let index = 0, count = countOf(raw); index < count; index++) visit(index)
  }
}

export function countOf(raw: RawValues): number {
  if (raw.kind === 'int64') return raw.words.length / 2
  return raw.kind === 'bytes' ? raw.starts.length : raw.data.length
}
