import type { Fault } from './reading.ts'
import type { Row } from './table.ts'

/** Enough to recognise a value by; all faults share one message. */
const MOST_SHOWN = 200

/** `"format" is "jsn"; allowed: "auto", "json", "parquet", "csv" (did you mean "json"?)` */
export function faultLine(row: Row<unknown>, { value, allowed, meant }: Fault): string {
  if (row.secret) return `"${row.name}" has a value that is not shown here; allowed: ${allowed}`
  const question = meant === undefined ? '' : ` (did you mean ${JSON.stringify(meant)}?)`
  return `"${row.name}" ${state(value)}; allowed: ${allowed}${question}`
}

function state(value: string): string {
  if (value === '') return 'is missing'
  return `is ${JSON.stringify(value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value)}`
}
