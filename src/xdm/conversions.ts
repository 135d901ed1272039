import type { FieldKind } from './field.ts'

/** The types of the matrix that a column can have; `other` for those that it does not name. */
export type ColumnType =
  'string' | 'byte' | 'short' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'date-time' | 'other'

/**
 * Batch ingestion guide, "Data conversion matrix": what a column's type converts to. A 32-bit integer becomes no date,
 * while a 64-bit one does; a date becomes nothing else. Whether the values fit is for the values to say.
 */
export function converts(from: ColumnType, to: FieldKind): boolean {
  return CONVERSIONS[from].includes(to)
}

const NUMBERS = ['string', 'integer', 'number', 'any'] as const satisfies readonly FieldKind[]
const TIMES = ['date', 'date-time'] as const satisfies readonly FieldKind[]

const CONVERSIONS: Readonly<Record<ColumnType, readonly FieldKind[]>> = {
  string: [...NUMBERS, ...TIMES],
  byte: NUMBERS,
  short: NUMBERS,
  integer: NUMBERS,
  long: [...NUMBERS, ...TIMES],
  double: NUMBERS,
  boolean: ['boolean', 'any'],
  date: ['date', 'any'],
  'date-time': ['date-time', 'any'],
  other: [...NUMBERS, ...TIMES, 'boolean'],
}
