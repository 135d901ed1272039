import { isObject, ownValue } from '../json.ts'
import { asScalar } from './as-stored.ts'
import { checkScalar } from './check-scalar.ts'
import { cannotConvert, type RowFault } from './row-fault.ts'
import { isConvertible, inboundType } from './conversion-matrix.ts'
import type { ArrayField, Field, MapField, ObjectField } from './field.ts'
import type { Mode } from '../settings.ts'

/** `isAltered`: the stored record differs from the one sent. */
export type Checked = { readonly faults: readonly RowFault[]; readonly isAltered: boolean }

type Found = { readonly mode: Mode; readonly faults: RowFault[]; isAltered: boolean }

/**
 * The faults that promotion finds in a record. Fields that the schema doesn't define are no fault: no document says what
 * happens to them. Promotion checks no patterns and no formats except dates ("Data quality"). It checks no lengths either:
 * no document mentions them.
 */
export function checkRecord(schema: Field, record: unknown, mode: Mode): Checked {
  const found: Found = { mode, faults: [], isAltered: false }
  checkField(schema, record, found)
  return found
}

function checkField(field: Field, value: unknown, found: Found): void {
  switch (field.kind) {
    case 'anything':
      return
    case 'scalar': {
      found.isAltered ||= asScalar(field, value) !== value
      const fault = checkScalar(field, value, found.mode)
      if (fault !== undefined) found.faults.push(fault)
      return
    }
    case 'array':
      return checkArray(field, value, found)
    case 'map':
      return checkMap(field, value, found)
    case 'object':
      return checkObject(field, value, found)
    default:
      return field satisfies never
  }
}

function checkArray(field: ArrayField, value: unknown, found: Found): void {
  if (!Array.isArray(value)) return mismatch(field, value, found)
  for (const element of value) if (element !== null) checkField(field.items, element, found)
}

function checkMap(field: MapField, value: unknown, found: Found): void {
  if (!isObject(value)) return mismatch(field, value, found)
  for (const key of Object.keys(value)) if (value[key] !== null) checkField(field.values, value[key], found)
}

function checkObject(field: ObjectField, value: unknown, found: Found): void {
  if (!isObject(value)) return mismatch(field, value, found)
  for (const key of Object.keys(value)) {
    const child = field.properties.get(key)
    if (child === undefined) found.isAltered = true
    // A null counts as an absent value, as in Spark.
    else if (value[key] !== null) checkField(child, value[key], found)
  }
  for (const name of field.required) {
    if ((ownValue(value, name) ?? null) === null) found.faults.push(missing(field, name))
  }
}

function mismatch(field: ArrayField | MapField | ObjectField, value: unknown, found: Found): void {
  const from = inboundType(value)
  if (!isConvertible(from, field.kind)) found.faults.push(cannotConvert(field, from, field.kind))
}

function missing({ column }: ObjectField, name: string): RowFault {
  return {
    step: 'validation',
    column: column === '' ? name : `${column}.${name}`,
    code: 'INGEST-1555-400',
    message: 'A required field is either missing or has a value of null.',
  }
}
