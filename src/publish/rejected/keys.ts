import type { FormatName, ShownRecords } from '../../formats/format.ts'
import { FORMATS } from '../../formats/formats.ts'
import { CalendarDay } from '../../formats/parquet/values.ts'
import { isDateTime } from '../../schema/kinds/date.ts'
import { LosslessNumber, canonicalNumber, parseLossless } from '../../schema/json.ts'

/** The format of a record before the platform showed it as JSON. */
export type Origin = FormatName

/**
 * Makes a key that is the same for a record in a file and for that record as the platform shows it, and different for any
 * other record.
 *
 * | ignored difference                        | in      |
 * |-------------------------------------------|---------|
 * | order of keys; null or an absent field    | all     |
 * | 1, 1.0, 1e0; escapes; whitespace          | all     |
 * | spelling of a point in time; base64       | Parquet |
 * | an empty cell or an absent field; a number or boolean or its string; an object around all columns of an ad-hoc schema | CSV |
 */
export function recordKey(record: unknown, origin: Origin): string {
  const shown = FORMATS[origin].shown
  return keyOf(shown.areValuesTexts ? withoutNamespace(record) : record, shown) ?? 'null'
}

/** The key of a record in JSON text. Text that is not valid JSON is its own key. */
export function textKey(text: string): string {
  try {
    return recordKey(parseLossless(text), 'json')
  } catch {
    return corruptKey(text)
  }
}

/** The key of a record that the platform could not read, from the text that it shows. */
export function shownCorruptKey(text: string, origin: Origin): string {
  return FORMATS[origin].shown.isCorruptText ? textKey(text) : corruptKey(text)
}

/** The key of text that is not valid JSON: no JSON begins with `!`. */
export function corruptKey(text: string): string {
  return `!${text.trim()}`
}

/** Unwraps the object in which an ad-hoc schema puts all columns; the file has them at the top level. */
function withoutNamespace(record: unknown): unknown {
  const [only, ...others] = isObject(record) ? Object.values(record) : []
  return others.length === 0 && isObject(only) ? only : record
}

/** Undefined for a value that counts as absent. */
function keyOf(value: unknown, shown: ShownRecords): string | undefined {
  if (value === null || value === undefined) return undefined
  if (isNumber(value)) return shown.areValuesTexts ? JSON.stringify(textOf(value)) : canonicalNumber(value)
  if (typeof value === 'string') return stringKey(value, shown)
  if (typeof value === 'boolean') return shown.areValuesTexts ? `"${value}"` : String(value)
  if (value instanceof Date) return dateKey(value)
  if (ArrayBuffer.isView(value)) return JSON.stringify(base64(value))
  if (Array.isArray(value)) return `[${value.map((item) => keyOf(item, shown) ?? 'null').join(',')}]`
  return isObject(value) ? objectKey(value, shown) : undefined
}

function isNumber(value: unknown): value is number | bigint | LosslessNumber {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof LosslessNumber
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
}

function stringKey(text: string, shown: ShownRecords): string | undefined {
  if (shown.areValuesTexts && text === '') return undefined
  return shown.areMomentsRespelled && isDateTime(text) ? dateKey(new Date(text)) : JSON.stringify(text)
}

/** A point in time in Parquet has no text form of its own; a day has one. */
function dateKey(date: Date): string {
  if (Number.isNaN(date.getTime())) return '"no date"'
  return date instanceof CalendarDay ? JSON.stringify(date.toJSON()) : `@${date.getTime()}`
}

function base64(bytes: ArrayBufferView): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

function objectKey(object: Readonly<Record<string, unknown>>, shown: ShownRecords): string {
  let members = ''
  for (const name of Object.keys(object).toSorted()) {
    const key = keyOf(object[name], shown)
    if (key !== undefined) members += `${JSON.stringify(name)}:${key},`
  }
  return `{${members}}`
}

function textOf(number: number | bigint | LosslessNumber): string {
  return number instanceof LosslessNumber ? number.text : String(number)
}
