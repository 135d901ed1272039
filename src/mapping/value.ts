import { ExactValue, PreciseDate } from '../formats/parquet/exact.ts'
import { CalendarDay } from '../formats/parquet/values.ts'
import { ownValue } from '../lib/json-reader.ts'
import { type JsonObject, LosslessNumber } from '../schema/json.ts'
import { describeShape, typeName } from '../schema/walk.ts'
import { Moment, isoText, momentOfEpoch } from './dates/moment.ts'
import { ValueFault } from './fault.ts'

/**
 * A value in an expression. A whole number is a number, or a {@link LosslessNumber} if it is beyond 2^53. A decimal is a
 * number with a fraction, or a LosslessNumber such as `20.0`, so that the two stay apart as they do in Java. Members of
 * objects and items of arrays stay as they are in the row: {@link valueOf} turns them into values.
 */
export type Value = null | boolean | string | number | LosslessNumber | Moment | readonly unknown[] | JsonObject

/** The kinds of values that can be known before the first row. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'date' | 'object' | 'array' | 'any'

/**
 * Turns a raw value of a row into a value: CSV has strings, JSON has its own types, and Parquet also has dates, bytes,
 * 64-bit integers, and numbers with all their digits.
 */
export function valueOf(raw: unknown): Value {
  if (typeof raw === 'string' || typeof raw === 'boolean') return raw
  if (typeof raw === 'number') return mustBeFinite(raw)
  if (raw === null || raw === undefined) return null
  if (typeof raw === 'bigint') return wholeOf(raw)
  if (typeof raw !== 'object') return null
  if (raw instanceof Date) return momentOfDate(raw)
  if (raw instanceof ExactValue) return valueOfExact(raw)
  if (ArrayBuffer.isView(raw)) throw new ValueFault('a string', 'binary data')
  return raw as Value
}

/** A floating-point number of Parquet without a fraction: a decimal in expressions, and `5` as a string. */
export class WholeDouble extends LosslessNumber {}

function valueOfExact({ kind, text }: ExactValue): Value {
  if (kind === 'moment') throw new ValueFault('a date', 'a date out of range')
  return kind === 'double' ? new WholeDouble(text) : new LosslessNumber(text)
}

/** Parquet can hold NaN and infinities, which JSON would write as null. */
function mustBeFinite(number: number): number {
  if (Number.isFinite(number)) return number
  throw new ValueFault('a finite number', 'NaN or an infinite number')
}

function momentOfDate(date: Date): Moment {
  const epochMs = date.getTime()
  if (Number.isNaN(epochMs)) throw new ValueFault('a date', 'a date out of range')
  const { second, nano } = momentOfEpoch(epochMs)
  const below = date instanceof PreciseDate ? date.nanoseconds : 0
  return new Moment({ second, nano: nano + below, offset: 0, isDay: date instanceof CalendarDay })
}

export function isObjectValue(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof LosslessNumber) &&
    !(value instanceof Moment) &&
    !(value instanceof Date) &&
    !(value instanceof ExactValue) &&
    !ArrayBuffer.isView(value)
  )
}

export function isArrayValue(value: unknown): value is readonly unknown[] {
  return Array.isArray(value)
}

export function memberOf(object: JsonObject, name: string): Value {
  return valueOf(ownValue(object, name))
}

/** `expected a number, found a string like "a/a"`: never the value itself. */
export function wrongValue(expected: string, value: Value): ValueFault {
  return new ValueFault(expected, describeValue(value))
}

function describeValue(value: Value): string {
  if (value instanceof Moment) return 'a date'
  return typeof value === 'string' && value !== '' ? describeShape(value, 'a string', false) : typeName(value)
}

/** A whole number of any size. */
export function wholeOf(whole: bigint): Value {
  const number = Number(whole)
  return Number.isSafeInteger(number) ? number : new LosslessNumber(String(whole))
}

/** A decimal number, which stays a decimal even without a fraction. */
export function decimalOf(decimal: number): Value {
  if (!Number.isFinite(decimal)) throw new ValueFault('a finite number', 'a number that is too large, or none')
  return Number.isInteger(decimal) ? new LosslessNumber(javaDecimal(decimal)) : decimal
}

export function isNumberValue(value: Value): value is number | LosslessNumber {
  return typeof value === 'number' || value instanceof LosslessNumber
}

/** A bigint for a whole number. */
export type Numeric = { readonly whole: bigint } | { readonly decimal: number }

export function numericOf(value: number | LosslessNumber): Numeric {
  if (typeof value === 'number') return Number.isInteger(value) ? { whole: BigInt(value) } : { decimal: value }
  return value.isInteger ? { whole: BigInt(value.text) } : { decimal: value.nearest }
}

/** A number, or the number in a string. An empty string is 0, as in JEXL. */
export function numberOfValue(value: Value): number | LosslessNumber {
  if (isNumberValue(value)) return value
  const number = typeof value === 'string' ? (value === '' ? 0 : readNumber(value)) : undefined
  if (number === undefined) throw wrongValue('a number', value)
  return number
}

const NUMBER = /^\s*([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,6}))?\s*$/

/** A whole number stays one. Undefined if the string is not a finite decimal number. */
export function readNumber(text: string): number | LosslessNumber | undefined {
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const [, sign = '', digits = '', exponent] = match
  if (exponent === undefined && !digits.includes('.')) {
    const number = Number(`${sign}${digits}`)
    return Number.isSafeInteger(number)
      ? number
      : new LosslessNumber(String(BigInt(`${sign === '-' ? sign : ''}${digits}`)))
  }
  const decimal = Number(text)
  if (!Number.isFinite(decimal)) return undefined
  return Number.isInteger(decimal) ? new LosslessNumber(javaDecimal(decimal)) : decimal
}

/** The exact value, even if it is written as `12.0` or `1e2`; undefined if the string is not a whole number. */
export function readWhole(text: string): number | bigint | undefined {
  if (SHORT_WHOLE.test(text)) return Number(text)
  const [whole, sign, digits = '', exponent = '0'] = NUMBER.exec(text) ?? []
  if (whole === undefined) return undefined
  const [integer, fraction] = digits.split('.')
  const minus = sign === '-' ? '-' : ''
  return new LosslessNumber(`${minus}${integer || '0'}.${fraction || '0'}e${exponent}`).exact
}

const SHORT_WHOLE = /^-?\d{1,15}$/

/** A number that an expression uses as a position or a length. */
export function countOf(value: Value): number {
  const number = numberOfValue(value)
  const exact = typeof number === 'number' ? number : number.nearest
  if (!Number.isInteger(exact)) throw wrongValue('a whole number', value)
  return exact
}

/** The string form of a value. The caller handles null. @throws ValueFault for an object or an array */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : javaDecimal(value)
  if (value instanceof LosslessNumber) return value.isInteger ? value.text : javaDecimal(value.nearest)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Moment) return isoText(value)
  throw wrongValue('a string', value)
}

/** Java's `Double.toString`: `20.0`, `1.0E7`, `1.0E-4`. */
function javaDecimal(number: number): string {
  const size = Math.abs(number)
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const text = String(number)
    return text.includes('.') ? text : `${Object.is(number, -0) ? '-0' : text}.0`
  }
  const [digits = '', exponent = ''] = number.toExponential().split('e')
  return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`
}

/** Truth as in JEXL: null, `false`, 0, an empty string and the string "false" are false. */
export function isTrue(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value !== '' && value !== 'false'
  if (typeof value === 'number') return value !== 0
  if (value instanceof LosslessNumber) return value.nearest !== 0
  return value !== null
}

/** Whether a value is empty: null, `""`, `[]`, `{}`. */
export function isEmptyValue(value: Value): boolean {
  if (value === null || value === '') return true
  if (isArrayValue(value)) return value.length === 0
  return isObjectValue(value) && Object.keys(value).length === 0
}
