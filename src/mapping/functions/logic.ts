import { parseVerbatim } from '../../schema/json.ts'
import { compareValues, isEqual } from '../expression/operators.ts'
import { ValueFault } from '../fault.ts'
import { type Value, decimalOf, isTrue, numberOfValue, numericOf, readNumber, valueOf, wrongValue } from '../value.ts'
import type { FunctionTable } from './function.ts'

export const LOGIC_FUNCTIONS: FunctionTable = {
  iif: {
    signature: 'iif(condition, then, otherwise)',
    line: 'One of two values. Only that one is computed.',
    examples: [['iif("a" == "b", "same", "different")', '"different"']],
    least: 3,
    most: 3,
    returns: 'any',
    form: ([condition, then, otherwise], { compile }) => {
      if (condition === undefined || then === undefined || otherwise === undefined) return () => null
      const [test, one, other] = [compile(condition), compile(then), compile(otherwise)]
      return (scope) => (isTrue(test(scope)) ? one(scope) : other(scope))
    },
  },
  decode: {
    signature: 'decode(key, key1, value1, …, default)',
    line: 'The value of the key that equals the first argument; otherwise the default, or null.',
    examples: [['decode("k2", "k1", "v1", "k2", "v2", "default")', '"v2"']],
    least: 3,
    most: Infinity,
    returns: 'any',
    call: (key = null, ...pairs) => {
      for (let at = 0; at + 1 < pairs.length; at += 2) {
        if (key !== null && isEqual(key, pairs[at] ?? null)) return pairs[at + 1] ?? null
      }
      return pairs.length % 2 === 1 ? (pairs.at(-1) ?? null) : null
    },
  },
  min: {
    signature: 'min(a, …)',
    line: 'The smallest value. Nulls are skipped; strings are compared as strings.',
    examples: [['min(3, 1, 4)', '1']],
    least: 1,
    most: Infinity,
    returns: 'any',
    call: (...values) => extreme(values, -1),
  },
  max: {
    signature: 'max(a, …)',
    line: 'The largest value. Nulls are skipped; strings are compared as strings.',
    examples: [
      ['max(3, 1, 4)', '4'],
      ['max("10", "9")', '"9"'],
    ],
    least: 1,
    most: Infinity,
    returns: 'any',
    call: (...values) => extreme(values, 1),
  },
  to_integer: {
    signature: 'to_integer(s)',
    line: 'A 32-bit integer. A fraction is an error.',
    examples: [['to_integer("111250")', '111250']],
    least: 1,
    most: 1,
    returns: 'number',
    call: (value = null) => {
      const number = convert(value)
      if (number === null) return null
      const numeric = numericOf(number)
      const size = 'whole' in numeric ? Number(numeric.whole) : numeric.decimal
      if (!Number.isInteger(size)) throw wrongValue('a whole number', value)
      if (size < -INT_END || size >= INT_END)
        throw new ValueFault('a number of 32 bits: use to_bigint()', 'a larger one')
      return size
    },
  },
  to_bigint: {
    signature: 'to_bigint(s)',
    line: 'A number of any size.',
    examples: [['to_bigint("12345678901")', '12345678901']],
    least: 1,
    most: 1,
    returns: 'number',
    call: (value = null) => convert(value),
  },
  to_decimal: {
    signature: 'to_decimal(s)',
    aliases: ['to_float'],
    line: 'A decimal number.',
    examples: [['to_decimal("20.5")', '20.5']],
    least: 1,
    most: 1,
    returns: 'number',
    call: (value = null) => {
      const number = convert(value)
      if (number === null) return null
      const numeric = numericOf(number)
      return decimalOf('whole' in numeric ? Number(numeric.whole) : numeric.decimal)
    },
  },
  json_to_object: {
    signature: 'json_to_object(s)',
    line: 'The value of a JSON string.',
    examples: [['json_to_object("{\\"info\\":{\\"firstName\\":\\"John\\"}}")', '{"info":{"firstName":"John"}}']],
    least: 1,
    most: 1,
    returns: 'any',
    call: (value = null) => (typeof value === 'string' ? readJson(value) : value),
  },
  uuid: {
    signature: 'uuid()',
    aliases: ['guid'],
    line: 'A UUID derived from the row and its position: a retry gives the same one.',
    examples: [['size_of(uuid())', '36']],
    least: 0,
    most: 0,
    returns: 'text',
    isImpure: true,
    form: (_, { place }) => {
      const here = place()
      return ({ uuid }) => uuid(here)
    },
  },
}

const INT_END = 2 ** 31

/** Null for null and an empty string. @throws ValueFault if it is not a number */
function convert(value: Value) {
  if (value === null || value === '') return null
  if (typeof value !== 'string') return numberOfValue(value)
  const number = readNumber(value)
  if (number === undefined) throw wrongValue('a number', value)
  return number
}

function extreme(values: readonly Value[], sign: 1 | -1): Value {
  let best: Value = null
  for (const value of values) {
    if (value === null) continue
    if (best !== null && (typeof best === 'string') !== (typeof value === 'string')) {
      throw wrongValue('values of one kind', value)
    }
    if (best === null || compareValues(value, best) * sign > 0) best = value
  }
  return best
}

function readJson(text: string): Value {
  if (text.trim() === '') return null
  try {
    return valueOf(parseVerbatim(text))
  } catch {
    throw wrongValue('JSON', text)
  }
}
