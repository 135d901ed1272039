import { isDeepStrictEqual } from 'node:util'
import { ownValue } from '../../lib/json-reader.ts'
import { LosslessNumber } from '../../schema/json.ts'
import { Moment, compareMoments } from '../dates/moment.ts'
import { ValueFault } from '../fault.ts'
import {
  type Numeric,
  type Value,
  decimalOf,
  isArrayValue,
  isNumberValue,
  isObjectValue,
  isTrue,
  numberOfValue,
  numericOf,
  textOf,
  valueOf,
  wholeOf,
  wrongValue,
} from '../value.ts'
import { compileRegex } from '../functions/regex.ts'
import type { BinaryOperator } from './syntax.ts'

type Operation = (left: Value, right: Value) => Value

/** Operators that evaluate both sides. For the others, the left side decides whether the right side is evaluated. */
export const OPERATIONS: ReadonlyMap<BinaryOperator, Operation> = new Map<BinaryOperator, Operation>([
  ['+', add],
  [
    '-',
    arithmetic(
      (a, b) => a - b,
      (a, b) => a - b,
    ),
  ],
  [
    '*',
    arithmetic(
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  ],
  ['/', arithmetic(divide, (a, b) => a / nonZero(b))],
  [
    '%',
    arithmetic(
      (a, b) => a % nonZeroWhole(b),
      (a, b) => a % nonZero(b),
    ),
  ],
  ['|', bitwise((a, b) => a | b)],
  ['^', bitwise((a, b) => a ^ b)],
  ['&', bitwise((a, b) => a & b)],
  ['==', isEqual],
  ['!=', (a, b) => !isEqual(a, b)],
  ['<', (a, b) => a !== null && b !== null && compareValues(a, b) < 0],
  ['<=', (a, b) => a === b || (a !== null && b !== null && compareValues(a, b) <= 0)],
  ['>', (a, b) => a !== null && b !== null && compareValues(a, b) > 0],
  ['>=', (a, b) => a === b || (a !== null && b !== null && compareValues(a, b) >= 0)],
  ['=~', isIn],
  ['!~', (a, b) => !isIn(a, b)],
  ['=^', startsWith],
  ['!^', (a, b) => !startsWith(a, b)],
  ['=$', endsWith],
  ['!$', (a, b) => !endsWith(a, b)],
])

/** Adds numbers. If one side is a string, joins both. */
function add(left: Value, right: Value): Value {
  const isJoined = (typeof left === 'string' || typeof right === 'string') && left !== null && right !== null
  return isJoined ? textOf(left) + textOf(right) : sum(left, right)
}

const sum = arithmetic(
  (a, b) => a + b,
  (a, b) => a + b,
)

type OnWholes = (a: bigint, b: bigint) => bigint
type OnDecimals = (a: number, b: number) => number

/** Whole numbers stay whole, and exact at any size. @throws ValueFault for a null or a string that is not a number */
function arithmetic(onWholes: OnWholes, onDecimals: OnDecimals): Operation {
  return (left, right) => {
    const [a, b] = [operandOf(left), operandOf(right)]
    if ('whole' in a && 'whole' in b) return wholeOf(onWholes(a.whole, b.whole))
    return decimalOf(onDecimals(decimalOfNumeric(a), decimalOfNumeric(b)))
  }
}

function operandOf(value: Value): Numeric {
  return numericOf(numberOfValue(value))
}

function decimalOfNumeric(numeric: Numeric): number {
  return 'whole' in numeric ? Number(numeric.whole) : numeric.decimal
}

function divide(a: bigint, b: bigint): bigint {
  return a / nonZeroWhole(b)
}

function nonZeroWhole(divisor: bigint): bigint {
  if (divisor === 0n) throw divisionByZero()
  return divisor
}

function nonZero(divisor: number): number {
  if (divisor === 0) throw divisionByZero()
  return divisor
}

function divisionByZero(): ValueFault {
  return new ValueFault('a divisor other than 0', '0')
}

function bitwise(onWholes: OnWholes): Operation {
  return (left, right) => wholeOf(onWholes(bitsOf(left), bitsOf(right)))
}

function bitsOf(value: Value): bigint {
  const numeric = operandOf(value)
  if (!('whole' in numeric)) throw wrongValue('a whole number', value)
  return numeric.whole
}

export function negate(value: Value): Value {
  if (typeof value === 'number') return Number.isInteger(value) ? 0 - value : -value
  const numeric = operandOf(value)
  return 'whole' in numeric ? wholeOf(-numeric.whole) : decimalOf(-numeric.decimal)
}

export function complement(value: Value): Value {
  return wholeOf(~bitsOf(value))
}

/**
 * Null equals only null. If one side is a boolean, the other is converted to one. If one side is a number, the other is
 * read as a number. Two strings are compared as strings.
 */
export function isEqual(left: Value, right: Value): boolean {
  if (left === right) return true
  if (left === null || right === null) return false
  if (typeof left === 'string' && typeof right === 'string') return false
  if (typeof left === 'boolean' || typeof right === 'boolean') return isTrue(left) === isTrue(right)
  if (isNumberValue(left) || isNumberValue(right)) return compareNumbers(left, right) === 0
  if (left instanceof Moment && right instanceof Moment) return compareMoments(left, right) === 0
  return isDeepStrictEqual(left, right)
}

/** Below, at or above 0, in natural order. @throws ValueFault for values without an order */
export function compareValues(left: Value, right: Value): number {
  if (isNumberValue(left) || isNumberValue(right)) return compareNumbers(left, right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  if (left instanceof Moment && right instanceof Moment) return compareMoments(left, right)
  const [odd, expected] =
    typeof left === 'string' ? [right, 'a string'] : [left, 'two numbers, two strings or two dates']
  throw wrongValue(expected, odd)
}

function compareNumbers(left: Value, right: Value): number {
  const [a, b] = [numberOfValue(left), numberOfValue(right)]
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [one, other] = [numericOf(a), numericOf(b)]
  if ('whole' in one && 'whole' in other) return one.whole < other.whole ? -1 : one.whole > other.whole ? 1 : 0
  return decimalOfNumeric(one) - decimalOfNumeric(other)
}

/** Whether the right side is an array with this element, a map with this key, or a regex that matches the whole string. */
function isIn(left: Value, right: Value): boolean {
  if (isArrayValue(right)) return right.some((item) => isEqual(left, valueOf(item)))
  if (left === null || right === null) return left === right
  if (isObjectValue(right)) return ownValue(right, textOf(left)) !== undefined
  return compileRegex(textOf(right)).whole.test(textOf(left))
}

function startsWith(left: Value, right: Value): boolean {
  return left !== null && right !== null && textOf(left).startsWith(textOf(right))
}

function endsWith(left: Value, right: Value): boolean {
  return left !== null && right !== null && textOf(left).endsWith(textOf(right))
}

/** `.name` and `["name"]`, `[0]`: null if there is no such element. @throws ValueFault for a name in an array */
export function elementOf(target: Value, key: Value): Value {
  if (target === null || key === null) return null
  if (isArrayValue(target)) return itemOf(target, key)
  if (!isObjectValue(target)) return null
  return valueOf(ownValue(target, textOf(key)))
}

function itemOf(target: readonly unknown[], key: Value): Value {
  const index = typeof key === 'string' && /^\d+$/.test(key) ? Number(key) : key
  if (typeof index === 'number' || index instanceof LosslessNumber) return valueOf(target[Number(textOf(index))])
  throw new ValueFault('an object: add [0] for one element, or map all with [*]', 'an array')
}
