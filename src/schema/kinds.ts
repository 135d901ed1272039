import type { BooleanField, DateField, DateTimeField, Field } from './field.ts'
import type { Allowed } from './node.ts'
import { arrayCheck, arrayScan, mapCheck, mapScan } from './kinds/collection.ts'
import { dateCheck, dateScan, dateTimeCheck, dateTimeScan } from './kinds/date.ts'
import { integerCheck, integerScan, numberCheck, numberScan } from './kinds/number.ts'
import { objectCheck, objectScan } from './kinds/object.ts'
import { stringCheck, stringScan } from './kinds/string.ts'
import { DOUBT, type Scan, type ScanState, scanAnyString, standsAt } from './scan.ts'
import { type Check, type Walk, allowedCheck, untypedCheck } from './walk.ts'

/** What is done with the values of a field, as closures that know all that the schema says of it: no value has it looked up again. */
type FieldKind = {
  /** Reports what is wrong with a value. */
  readonly check: () => Check
  /** Recognises by its bytes a value that the check surely reports nothing of. Absent: each value is read and checked. */
  readonly scan?: () => Scan | undefined
}

/** The one place that tells kinds of fields apart. */
function kindOf(field: Field): FieldKind {
  switch (field.kind) {
    case 'string':
      return { check: () => stringCheck(field), scan: () => stringScan(field) }
    case 'number':
      return { check: () => numberCheck(field), scan: () => numberScan(field) }
    case 'integer':
      return { check: () => integerCheck(field), scan: () => integerScan(field) }
    case 'boolean':
      return amongAllowed(field, { check: () => checkBoolean, scan: () => scanBoolean })
    case 'date':
      return amongAllowed(field, { check: () => dateCheck, scan: () => dateScan })
    case 'date-time':
      return amongAllowed(field, { check: () => dateTimeCheck, scan: () => dateTimeScan })
    case 'object':
      return { check: () => objectCheck(field, checkOf), scan: () => objectScan(field, scanOf) }
    case 'map':
      return { check: () => mapCheck(checkOf(field.values)), scan: () => mapScan(scanOf(field.values)) }
    case 'array':
      return { check: () => arrayCheck(checkOf(field.items)), scan: () => arrayScan(scanOf(field.items)) }
    case 'any':
      return untypedKind(field.allowed)
    default:
      return field satisfies never
  }
}

/** Such fields hardly ever have an enum, so that their values may be read. */
function amongAllowed({ kind, allowed }: BooleanField | DateField | DateTimeField, plain: FieldKind): FieldKind {
  if (allowed === undefined) return plain
  return { check: () => allowedCheck(kind === 'boolean' ? 'boolean' : 'string', allowed, plain.check()) }
}

/** Strings are the most that fields without a type hold, and anything goes where no enum lists it. */
function untypedKind(allowed: Allowed | undefined): FieldKind {
  return allowed === undefined
    ? { check: () => checkNothing, scan: () => scanAnyString }
    : { check: () => untypedCheck(allowed) }
}

/** Of a field, wherever it stands: a member, an item of a list, a value of a map. */
export function checkOf(field: Field): Check {
  const check = kindOf(field).check()
  return field.isDeprecated ? deprecatedCheck(check) : check
}

function deprecatedCheck(check: Check): Check {
  return (value, walk) => {
    walk.report('deprecated-field', { expected: 'a field in use', received: 'a deprecated field' })
    check(value, walk)
  }
}

/** Absent where every value is read and checked: a deprecated field is reported whatever it holds. */
export function scanOf(field: Field): Scan | undefined {
  return field.isDeprecated ? undefined : kindOf(field).scan?.()
}

function checkBoolean(value: unknown, walk: Walk): void {
  if (typeof value !== 'boolean') walk.reportMismatch(value, 'true or false')
}

function scanBoolean({ bytes }: ScanState, start: number): number {
  if (standsAt(bytes, start, TRUE)) return start + TRUE.length
  return standsAt(bytes, start, FALSE) ? start + FALSE.length : DOUBT
}

const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')

function checkNothing(value: unknown, walk: Walk): void {
  walk.passBy(value)
}
