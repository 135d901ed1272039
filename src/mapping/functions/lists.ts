import { isObjectValue, isArrayValue, isTrue, type Value, valueOf, wrongValue } from '../value.ts'
import type { FunctionTable, MappingFunction } from './function.ts'

/** The arguments are several values, or one list of them. */
function elementsOf(args: readonly Value[]): readonly Value[] {
  const [first = null] = args
  return args.length === 1 && isArrayValue(first) ? first.map(valueOf) : args
}

function listOf(value: Value): readonly unknown[] {
  if (value === null) return []
  if (!isArrayValue(value)) throw wrongValue('an array', value)
  return value
}

export function sizeOf(value: Value): number {
  if (value === null) return 0
  if (typeof value === 'string' || isArrayValue(value)) return value.length
  if (isObjectValue(value)) return Object.keys(value).length
  throw wrongValue('an array, an object or a string', value)
}

const unchanged = (signature: string, example: string, most: number): MappingFunction => ({
  signature,
  line: 'The array itself: it only matters for streaming updates. Not supported with "upsert".',
  examples: [[example, '[123,456]']],
  least: 1,
  most,
  returns: 'array',
  call: (list = null) => list,
})

export const LIST_FUNCTIONS: FunctionTable = {
  coalesce: {
    signature: 'coalesce(a, …)',
    line: 'The first value that is not null, of several or of an array.',
    examples: [['coalesce(null, null, "first", null, "second")', '"first"']],
    least: 1,
    most: Infinity,
    returns: 'any',
    call: (...args) => elementsOf(args).find((value) => value !== null) ?? null,
  },
  first: {
    signature: 'first(a, …)',
    line: 'The first of several values, or of an array.',
    examples: [['first("1", "2", "3")', '"1"']],
    least: 1,
    most: Infinity,
    returns: 'any',
    call: (...args) => elementsOf(args)[0] ?? null,
  },
  last: {
    signature: 'last(a, …)',
    line: 'The last of several values, or of an array.',
    examples: [['last(split("x:y:z", ":"))', '"z"']],
    least: 1,
    most: Infinity,
    returns: 'any',
    call: (...args) => elementsOf(args).at(-1) ?? null,
  },
  add_to_array: {
    signature: 'add_to_array(array, value, …)',
    line: 'Appends values to an array. An array among them becomes one element.',
    examples: [["add_to_array(['a', 'b'], 'c', 'd')", '["a","b","c","d"]']],
    least: 2,
    most: Infinity,
    returns: 'array',
    call: (list = null, ...values) => [...listOf(list), ...values],
  },
  join_arrays: {
    signature: 'join_arrays(array, array, …)',
    line: 'Joins arrays into one. Null arrays are skipped.',
    examples: [["join_arrays(['a', 'b'], ['c'], ['d', 'e'])", '["a","b","c","d","e"]']],
    least: 1,
    most: Infinity,
    returns: 'array',
    call: (...lists) => lists.flatMap(listOf),
  },
  to_array: {
    signature: 'to_array(includeNulls, value, …)',
    line: 'An array of these values, with or without nulls.',
    examples: [
      ['to_array(false, 1, null, 2, 3)', '[1,2,3]'],
      ['to_array(true, 1, null, 2)', '[1,null,2]'],
    ],
    least: 1,
    most: Infinity,
    returns: 'array',
    call: (includeNulls = null, ...values) =>
      isTrue(includeNulls) ? values : values.filter((value) => value !== null),
  },
  size_of: {
    signature: 'size_of(x)',
    line: 'The number of elements, members or characters; 0 for null.',
    examples: [['size_of(["a", "b"])', '2']],
    least: 1,
    most: 1,
    returns: 'number',
    call: (value = null) => sizeOf(value),
  },
  upsert_array_append: unchanged('upsert_array_append(array)', 'upsert_array_append([123, 456])', 1),
  upsert_array_replace: unchanged('upsert_array_replace(array, index)', 'upsert_array_replace([123, 456])', 2),
}
