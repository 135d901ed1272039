import { isWithin, sayBounds } from './check-bounds.ts'
import type { NumberField } from './field.ts'
import { LosslessNumber } from './lossless-number.ts'
import { sayNotAllowed } from './say-not-allowed.ts'
import type { Check, Walk } from './walk.ts'

/** A 64-bit floating-point number. Text is converted ("Data conversion matrix"). */
export function numberCheck({ bounds, allowed }: NumberField): Check {
  return (value, walk) => {
    const number = typeof value === 'number' ? value : converted(value, walk)
    if (number === undefined) return
    if (!Number.isFinite(number)) walk.wrong('number-range', value, 'a number within about ±1.8e308')
    else if (!isWithin(bounds, number)) sayBounds(bounds, value, walk)
    if (allowed !== undefined && !allowed.values.has(number)) sayNotAllowed(allowed, value, walk)
  }
}

/** What is a number neither by its type nor by its text is said here. */
function converted(value: unknown, walk: Walk): number | undefined {
  if (value instanceof LosslessNumber) return nearest(value, walk)
  if (typeof value !== 'string') walk.mismatch(value, 'a number')
  else if (DECIMAL.test(value)) return nearest(new LosslessNumber(value), walk)
  else walk.malformed('number-format', value, { expected: 'a decimal number as text' })
  return undefined
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

function nearest(value: LosslessNumber, walk: Walk): number {
  const number = value.nearest
  const isChanged = value.isInteger && Number.isFinite(number) && BigInt(number) !== value.exact
  if (isChanged) walk.wrong('number-precision', value, 'at most 15 to 17 digits')
  return number
}
