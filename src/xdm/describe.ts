import { LosslessNumber } from './lossless-number.ts'

const LONGEST_SHOWN = 100

/** What was found, in words that give nothing of it away; with `showValues` the value, cut where it is long. */
export function describe(value: unknown, showValues: boolean): string {
  if (typeof value === 'object' && value !== null && !(value instanceof LosslessNumber)) return kindOf(value)
  if (!showValues) return kindOf(value)
  return cut(value instanceof LosslessNumber ? value.text : JSON.stringify(value))
}

/** As {@link describe}, and of a text its shape, which shows what is wrong with a date: `a text like "0000-00-0"`. */
export function describeShape(value: unknown, showValues: boolean): string {
  if (showValues || typeof value !== 'string') return describe(value, showValues)
  const shape = value.slice(0, LONGEST_SHAPE).replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '0')
  return `a text like ${JSON.stringify(shape)}${value.length > LONGEST_SHAPE ? ' …' : ''}`
}

const LONGEST_SHAPE = 40

/** `a string`, `an integer`, `a decimal number`, `an object`. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof LosslessNumber) return value.isInteger ? 'an integer' : 'a decimal number'
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : 'a string'
    case 'number':
      return Number.isInteger(value) ? 'an integer' : 'a decimal number'
    case 'boolean':
      return 'a boolean'
    case 'undefined':
      return 'nothing'
    default:
      return 'an object'
  }
}

function cut(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}
