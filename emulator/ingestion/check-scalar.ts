import { asScalar } from './as-stored.ts'
import { isDate, isDateTime } from './calendar.ts'
import { checkInteger } from './check-integer.ts'
import { cannotConvert, type RowFault } from './row-fault.ts'
import { isConvertible, inboundType } from './conversion-matrix.ts'
import type { ScalarField } from './field.ts'
import type { Mode } from '../settings.ts'

const INTEGER = /^[+-]?\d+$/
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** The fault of a value that does not convert to the type of its field, or is not one of the field's allowed values. */
export function checkScalar(field: ScalarField, value: unknown, mode: Mode): RowFault | undefined {
  const from = inboundType(value)
  if (!isConvertible(from, field.type)) return cannotConvert(field, from, field.type)
  const stored = asScalar(field, value)
  return checkValue(field, stored, mode) ?? checkBounds(field, Number(stored)) ?? checkAllowed(field, stored)
}

/** The fault of a value whose type converts. */
function checkValue(field: ScalarField, value: unknown, mode: Mode): RowFault | undefined {
  const { type } = field
  switch (type) {
    case 'string':
    case 'boolean':
      return undefined
    case 'double':
      return typeof value !== 'string' || DECIMAL.test(value) ? undefined : cannotConvert(field, 'string', type)
    case 'date':
      return typeof value !== 'string' || isDay(value, mode) ? undefined : unreadable(field, value)
    case 'date-time':
      return typeof value !== 'string' || isMoment(value, mode) ? undefined : unreadable(field, value)
    case 'byte':
    case 'short':
    case 'int':
    case 'long':
      return typeof value !== 'string' || INTEGER.test(value)
        ? checkInteger({ ...field, type }, Number(value), mode)
        : cannotConvert(field, 'string', type)
    default:
      return type satisfies never
  }
}

// A date-time in a date field is undocumented, and so is a date in a date-time field.
function isDay(text: string, mode: Mode): boolean {
  return isDate(text) || (mode === 'lenient' && isDateTime(text))
}

function isMoment(text: string, mode: Mode): boolean {
  return isDateTime(text) || (mode === 'lenient' && isDate(text))
}

/** 124 was seen on the platform for a time with a space instead of the T. */
function unreadable({ column, type }: ScalarField, text: string): RowFault {
  return { step: 'conversion', column, code: '124', message: `Cannot convert string to ${type}: ${text.slice(0, 100)}` }
}

/** "Data quality": batch ingestion checks the range, but no patterns or formats. The code is ours. */
function checkBounds({ bounds, column }: ScalarField, value: number): RowFault | undefined {
  if (bounds === undefined) return undefined
  const isAbove = value >= bounds.minimum && value > bounds.exclusiveMinimum
  if (isAbove && value <= bounds.maximum && value < bounds.exclusiveMaximum) return undefined
  return { step: 'validation', column, code: 'EMU-BOUNDS', message: `${value} is outside the bounds of the schema` }
}

function checkAllowed({ allowed, column }: ScalarField, value: unknown): RowFault | undefined {
  if (allowed === undefined || allowed.has(String(value))) return undefined
  const message = `${JSON.stringify(value)} is not one of the values that the schema allows`
  return { step: 'validation', column, code: 'EMU-ENUM', message }
}
