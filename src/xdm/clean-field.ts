import { cleanArray } from './clean-array.ts'
import { cleanBoolean } from './clean-boolean.ts'
import { cleanDate, cleanDateTime } from './clean-date.ts'
import { cleanMap } from './clean-map.ts'
import { cleanInteger, cleanNumber } from './clean-number.ts'
import { cleanObject } from './clean-object.ts'
import { anyString } from './clean-quoted.ts'
import type { CleanScan } from './clean-scan.ts'
import { cleanString } from './clean-string.ts'
import type { Field } from './field.ts'

/** The scan of a field; absent where every value is worth a second look. */
export function cleanField(field: Field): CleanScan | undefined {
  if (field.isDeprecated) return undefined
  switch (field.kind) {
    case 'string':
      return cleanString(field)
    case 'number':
      return cleanNumber(field)
    case 'integer':
      return cleanInteger(field)
    case 'boolean':
      return cleanBoolean
    case 'date':
      return cleanDate
    case 'date-time':
      return cleanDateTime
    case 'object':
      return cleanObject(field, cleanField)
    case 'map':
      return repeated(cleanMap, field.values)
    case 'array':
      return repeated(cleanArray, field.items)
    case 'any':
      // Texts are the most that fields without a type hold, and anything goes.
      return anyString
    default:
      return field satisfies never
  }
}

function repeated(scanOfMany: (scan: CleanScan) => CleanScan, field: Field): CleanScan | undefined {
  const scan = cleanField(field)
  return scan === undefined ? undefined : scanOfMany(scan)
}
