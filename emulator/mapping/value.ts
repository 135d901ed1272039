import { isObject, type JsonObject } from '../json.ts'
import { MappingFault } from './fault.ts'
import { Moment } from './moment.ts'

/** The value of an expression. */
export type Value = string | number | boolean | null | Moment | readonly unknown[] | JsonObject

/** A missing value becomes null. Throws a {@link MappingFault} for an integer that lost digits in parsing. */
export function fromJson(value: unknown): Value {
  if (value === undefined || value === null) return null
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new MappingFault('The emulator holds no integers beyond 2^53')
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Moment || Array.isArray(value) || isObject(value)) return value
  throw new MappingFault('No value of JSON')
}

/** A value as a string. Throws a {@link MappingFault} for an array or an object. */
export function textOf(value: Exclude<Value, null>): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'boolean') return String(value)
  if (value instanceof Moment) return value.toText()
  throw new MappingFault('An array or an object has no text')
}

/** Java and JavaScript format a decimal alike only in this range. */
function numberText(value: number): string {
  const size = Math.abs(value)
  if (Number.isSafeInteger(value) || (size >= 1e-3 && size < 1e7)) return String(value)
  throw new MappingFault('The emulator does not know the text of so large or small a decimal')
}

/** Apache JEXL: null, false, 0, "" and "false" are false. */
export function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== 0 && value !== '' && value !== 'false'
}
