import { isWithin, sayBounds } from './check-bounds.ts'
import type { IntegerField } from './field.ts'
import { INTEGER_RANGES, type IntegerType, type Range } from './integer-range.ts'
import { LosslessNumber } from './lossless-number.ts'
import { sayNotAllowed } from './say-not-allowed.ts'
import type { Check, Walk } from './walk.ts'

/**
 * Decimals and text are converted ("Data conversion matrix"); what a value outside of the range, or one with a fraction,
 * would become is written nowhere, so that neither may be sent.
 */
export function integerCheck({ type, bounds, allowed }: IntegerField): Check {
  const { min, max } = INTEGER_RANGES[type]
  const toInteger = converter(type)
  return (value, walk) => {
    const number = Number.isInteger(value) ? (value as number) : toInteger(value, walk)
    if (number === undefined) return
    if (number < min || number > max) walk.wrong('integer-range', value, rangeWords(type))
    else if (!isWithin(bounds, number)) sayBounds(bounds, value, walk)
    if (allowed !== undefined && !allowed.values.has(number)) sayNotAllowed(allowed, value, walk)
  }
}

type Converter = (value: unknown, walk: Walk) => number | undefined

/** Absent for what is no integer, which is said; rounded only far beyond every range. */
function converter(type: IntegerType): Converter {
  return (value, walk) => {
    if (typeof value === 'number') return fractional(value, walk)
    if (value instanceof LosslessNumber) return ofLossless(value, walk)
    if (typeof value !== 'string') walk.mismatch(value, rangeWords(type))
    else if (WHOLE.test(value)) return Number(value)
    else walk.malformed('number-format', value, { expected: 'an integer as text' })
    return undefined
  }
}

const WHOLE = /^[+-]?\d+$/

/** JSON.parse reads 1e400 as infinite. */
function fractional(value: number, walk: Walk): number | undefined {
  if (!Number.isFinite(value)) return value
  walk.wrong('integer-fraction', value, 'a number without fraction')
  return undefined
}

function ofLossless(value: LosslessNumber, walk: Walk): number | undefined {
  const { nearest, exact } = value
  if (!Number.isFinite(nearest)) return nearest
  if (exact === undefined) {
    walk.wrong('integer-fraction', value, 'a number without fraction')
    return undefined
  }
  if (!value.isInteger) walk.wrong('integer-decimal', value, 'an integer without point or exponent')
  return Number(exact)
}

function rangeWords(type: IntegerType): string {
  const { min, max }: Range = INTEGER_RANGES[type]
  return `an integer from ${min} to ${max}`
}
