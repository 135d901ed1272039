import { isObject } from '../json.ts'

export type InboundType =
  | 'string'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'double'
  | 'boolean'
  | 'date'
  | 'date-time'
  | 'object'
  | 'map'
  | 'array'

const TEXT_OR_NUMBER = ['string', 'byte', 'short', 'int', 'long', 'double'] as const

/**
 * For each type in a schema, the types in a file that convert to it
 * (Batch ingestion overview, "Types": the conversion table and the note on booleans and arrays under it).
 */
const SOURCES: Readonly<Record<InboundType, readonly InboundType[]>> = {
  string: TEXT_OR_NUMBER,
  byte: TEXT_OR_NUMBER,
  short: TEXT_OR_NUMBER,
  int: TEXT_OR_NUMBER,
  long: TEXT_OR_NUMBER,
  double: TEXT_OR_NUMBER,
  boolean: ['boolean'],
  date: ['string', 'long', 'date'],
  'date-time': ['string', 'long', 'date-time'],
  object: ['object', 'map'],
  map: ['object', 'map'],
  array: ['array'],
}

export function isConvertible(from: InboundType, to: InboundType): boolean {
  return SOURCES[to].includes(from)
}

/** JSON has one kind of number; Spark infers Long for whole numbers, and Double for the rest. */
export function inboundType(value: unknown): InboundType {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return Number.isInteger(value) ? 'long' : 'double'
  if (typeof value === 'boolean') return 'boolean'
  return isObject(value) ? 'object' : 'array'
}
