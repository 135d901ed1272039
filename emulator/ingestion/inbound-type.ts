import type { InboundType } from './conversion-matrix.ts'
import { isRecord } from './is-record.ts'

/** JSON has one kind of number; Spark infers Long for what is whole, and Double for the rest. */
export function inboundType(value: unknown): InboundType {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double'
  if (typeof value === 'boolean') return 'boolean'
  return isRecord(value) ? 'object' : 'array'
}
