import type { ScalarField } from './field.ts'
import type { Mode } from '../settings.ts'
import { INTEGER_RANGES, type IntegerType } from './scalar-type.ts'
import type { RowFault } from './row-fault.ts'

/**
 * Whether a number fits an integer field. Promotion checks the range ("Data quality"), with a code that no document names.
 * A fraction is no fault: the conversion table promises Double to Integer, so the fraction is lost silently.
 */
export function checkInteger(
  field: ScalarField & { readonly type: IntegerType },
  value: number,
  mode: Mode,
): RowFault | undefined {
  const { least, most } = rangeOf(field)
  // In the documents, the largest value is one too high.
  const largest = mode === 'lenient' ? most + 1 : most
  if (value < least || value > largest) {
    return fault(field, 'EMU-RANGE', `${value} is outside the range of ${field.type}`)
  }
  return undefined
}

/** A long has the registry's own bounds, unless the schema states wider ones, up to 64 bits. */
function rangeOf({ type, bounds }: ScalarField & { readonly type: IntegerType }): { least: number; most: number } {
  const { least, most } = INTEGER_RANGES[type]
  if (type !== 'long' || bounds === undefined) return { least, most }
  const { minimum, maximum } = bounds
  return {
    least: Number.isFinite(minimum) && minimum < least - 1 ? Math.max(minimum, -(2 ** 63)) : least,
    most: Number.isFinite(maximum) && maximum > most + 1 ? Math.min(maximum, 2 ** 63) : most,
  }
}

function fault(field: ScalarField, code: string, message: string): RowFault {
  return { step: 'conversion', column: field.column, code, message }
}
