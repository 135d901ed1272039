import { type Check, type Walk, sayNotAllowed } from './walk.ts'
import {
  type Bounds,
  INTEGER_RANGES,
  type IntegerField,
  type IntegerType,
  type NumberField,
  type Range,
} from '../field.ts'
import { LosslessNumber } from '../json.ts'

export function isWithin({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds, number: number): boolean {
  return number >= minimum && number <= maximum && number > exclusiveMinimum && number < exclusiveMaximum
}

/** `value` is what the record holds for a number that is not within. */
function sayBounds(bounds: Bounds, value: unknown, walk: Walk): void {
  walk.wrong('bounds', value, `a number ${wordsOf(bounds).join(' and ')}`)
}

function wordsOf({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Bounds): readonly string[] {
  return [
    ...(minimum === -Infinity ? [] : [`of at least ${minimum}`]),
    ...(exclusiveMinimum === -Infinity ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === Infinity ? [] : [`of at most ${maximum}`]),
    ...(exclusiveMaximum === Infinity ? [] : [`below ${exclusiveMaximum}`]),
  ]
}

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
  const { nearest: closest, exact } = value
  if (!Number.isFinite(closest)) return closest
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
