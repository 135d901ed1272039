import { arrayCheck } from './check-array.ts'
import { dateCheck, dateTimeCheck } from './check-date.ts'
import { integerCheck } from './check-integer.ts'
import { mapCheck } from './check-map.ts'
import { numberCheck } from './check-number.ts'
import { objectCheck } from './check-object.ts'
import { stringCheck } from './check-string.ts'
import type { Field } from './field.ts'
import type { Check } from './walk.ts'

/** The check of a field, as a closure that knows all that the schema says of it: no value has it looked up again. */
export function checkOf(field: Field): Check {
  switch (field.kind) {
    case 'string':
      return stringCheck(field)
    case 'number':
      return numberCheck(field)
    case 'integer':
      return integerCheck(field)
    case 'boolean':
      return checkBoolean
    case 'date':
      return dateCheck
    case 'date-time':
      return dateTimeCheck
    case 'object':
      return objectCheck(field, checkOf)
    case 'map':
      return mapCheck(checkOf(field.values))
    case 'array':
      return arrayCheck(checkOf(field.items))
    case 'any':
      return checkNothing
    default:
      return field satisfies never
  }
}

function checkBoolean(...[value, walk]: Parameters<Check>): void {
  if (typeof value !== 'boolean') walk.mismatch(value, 'true or false')
}

function checkNothing(...[value, walk]: Parameters<Check>): void {
  walk.passBy(value)
}
