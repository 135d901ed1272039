import { ExactValue } from '../formats/parquet/exact.ts'
import { LosslessNumber } from '../schema/json.ts'

/** Typed values of Parquet as JSON would hold them. Whether their type can be converted is decided for the column. */
export function asJson(value: unknown): unknown {
  if (typeof value !== 'object') return typeof value === 'bigint' ? new LosslessNumber(String(value)) : value
  if (value instanceof Date) return dateString(value)
  if (value instanceof ExactValue) return value.kind === 'moment' ? value.text : new LosslessNumber(value.text)
  if (Array.isArray(value)) return value.map(asJson)
  if (value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asJson(inner)]))
}

function dateString(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'a date that no calendar has'
  return date.toJSON()
}
