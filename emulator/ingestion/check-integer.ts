import type { ScalarField } from './field.ts'
import type { Mode } from '../settings.ts'
import { INTEGER_RANGES, type IntegerType } from './scalar-type.ts'
import type { RowFault } from './row-fault.ts'

/**
 * Whether a number fits an integer field. The range is checked ("Data quality"), by a code that no document names. A
 * fraction is no fault: the conversion table promises Double to Integer, and what it loses is then gone in silence.
 */
export function checkInteger(
  field: ScalarField & { readonly type: IntegerType },
  value: number,
  mode: Mode,
): RowFault | undefined {
  const { least, most } = rangeOf(field)
  // The documents print the largest value one too high.
  const largest = mode === 'lenient' ? most + 1 : most
  if (value < least || value > largest) {
    return fault(field, 'EMU-RANGE', `${value} is outside the range of ${field.type}`)
  }
  return undefined
}

/** Longs end where the registry's own bounds do, unless a schema states more, which 64 bits then end. */
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
