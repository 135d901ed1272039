import { MappingFault } from './fault.ts'
import { isTrue, type Value } from './value.ts'

/** `==` of Apache JEXL: null equals only null; a boolean turns the other side into one, a number parses a string. */
export function equal(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right
  if (typeof left === 'boolean' || typeof right === 'boolean') return isTrue(left) === isTrue(right)
  const [one, other] = alike(left, right)
  return one === other
}

/** Negative, zero or positive; undefined if a side is null. Two strings compare as strings. */
export function order(left: Value, right: Value): number | undefined {
  if (left === null || right === null) return undefined
  const [one, other] = alike(left, right)
  if (one === other) return 0
  return one < other ? -1 : 1
}

function alike(left: Value, right: Value): readonly [string | number, string | number] {
  if (typeof left === 'string' && typeof right === 'string') return [left, right]
  return [numberOf(left), numberOf(right)]
}

function numberOf(value: Value): number {
  if (typeof value === 'number') return value
  if (value === '') return 0
  if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) return Number(value)
  throw new MappingFault('The emulator compares texts and numbers alone')
}
