import { type SchemaSource, compileSource } from './schema-source.ts'
import type { ScanCheck } from '../formats/check.ts'
import { CalendarDay } from '../formats/parquet/records.ts'
import { recordCheck, recordScan, reportRowSize, textCheck } from '../schema/record.ts'
import { LosslessNumber } from '../schema/json.ts'

/** What rows are checked for: plain data, of which every thread makes its own check. */
export type CheckSetup = {
  readonly source: SchemaSource
  /** Findings show the values that they speak of. */
  readonly showValues: boolean
  /** Rows need what Profile asks for. */
  readonly isForProfile: boolean
  /** Rows of text columns are promoted as they are (troubleshooting guide, CSV): only their header says something. */
  readonly isUntyped: boolean
}

/** @throws Problem for what is no schema. */
export function rowCheckOf({ source, showValues, isForProfile, isUntyped }: CheckSetup): ScanCheck {
  const schema = compileSource(source)
  const options = { showValues, isForProfile }
  const checkText = textCheck(schema, options)
  const check = recordCheck(schema, options)
  const keyOf = schema.behaviour === 'time-series' ? eventId : () => undefined
  const scan = recordScan(schema, options)
  return {
    scan({ buffer, start, end }) {
      if (scan === undefined || !scan.recognises(buffer, start, end)) return false
      return schema.behaviour === 'time-series' ? scan.id() : undefined
    },
    text(text, report) {
      return keyOf(checkText(text, report))
    },
    value(value, report) {
      if (isUntyped) {
        if (isForProfile) reportRowSize(schema, value, report)
        return undefined
      }
      const record = asJson(value)
      if (isForProfile) reportRowSize(schema, record, report)
      check(record, report)
      return keyOf(record)
    },
  }
}

/** Events of one `_id` are one event to the platform. */
function eventId(record: unknown): string | undefined {
  const id = typeof record === 'object' && record !== null && '_id' in record ? record['_id'] : undefined
  return typeof id === 'string' ? id : undefined
}

/** Typed values of Parquet as JSON would hold them; whether their type converts is judged by the column. */
function asJson(value: unknown): unknown {
  if (typeof value === 'bigint') return new LosslessNumber(String(value))
  if (value instanceof Date) return dateString(value)
  if (Array.isArray(value)) return value.map(asJson)
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asJson(inner)]))
}

function dateString(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'a date that no calendar has'
  return date instanceof CalendarDay ? date.toISOString().slice(0, 10) : date.toISOString()
}
