import { ownValue, setOwn } from '../../lib/json-reader.ts'
import type { JsonObject } from '../../schema/json.ts'
import type { Expression } from '../expression/syntax.ts'
import { ValueFault } from '../fault.ts'
import { readSteps, unescapeName } from '../path.ts'
import { pathExists } from '../read-path.ts'
import {
  type Value,
  isArrayValue,
  isEmptyValue,
  isObjectValue,
  memberOf,
  textOf,
  valueOf,
  wrongValue,
} from '../value.ts'
import type { FunctionTable } from './function.ts'

function objectOf(value: Value, expected = 'an object'): JsonObject {
  if (!isObjectValue(value)) throw wrongValue(expected, value)
  return value
}

/** The first value of a name wins. @throws ValueFault for a name without a value, and for null as a name */
function pairsToObject(pairs: readonly Value[]): JsonObject {
  if (pairs.length % 2 === 1) throw new ValueFault('a value for each name', 'an odd number of arguments')
  const object: Record<string, unknown> = {}
  for (let at = 0; at < pairs.length; at += 2) putFirst(object, nameOf(pairs[at] ?? null), pairs[at + 1] ?? null)
  return object
}

function nameOf(value: Value): string {
  if (value === null) throw new ValueFault('a name', 'null')
  return textOf(value)
}

function putFirst(object: Record<string, unknown>, name: string, value: unknown): void {
  if (!Object.hasOwn(object, name)) setOwn(object, name, value)
}

/** The i-th elements form the i-th object; a shorter list contributes no member to the last ones. */
function listsToObjects(pairs: readonly Value[]): readonly JsonObject[] {
  if (pairs.length % 2 === 1) throw new ValueFault('an array for each name', 'an odd number of arguments')
  const objects: Record<string, unknown>[] = []
  for (let at = 0; at < pairs.length; at += 2) {
    const [name, list] = [nameOf(pairs[at] ?? null), pairs[at + 1] ?? null]
    if (list === null) continue
    if (!isArrayValue(list)) throw wrongValue('an array', list)
    list.forEach((item, index) => putFirst((objects[index] ??= {}), name, item))
  }
  return Array.from(objects, (object) => object ?? {})
}

function separatorOf(value: Value | undefined, otherwise: string): string {
  const given = value === undefined || value === null ? '' : textOf(value)
  return given === '' ? otherwise : given
}

type Separators = { readonly between: string; readonly fields: string }

/** Each part is split at its first separator; parts without one are left out. */
function textToObject(text: string, { between, fields }: Separators): JsonObject {
  const object: Record<string, unknown> = {}
  for (const part of text.split(fields)) {
    const at = part.indexOf(between)
    if (at !== -1) putFirst(object, part.slice(0, at).trim(), part.slice(at + between.length).trim())
  }
  return object
}

/** Elements by the value of one of their members. Elements without it are left out, and the first of a name wins. */
function listToMap(list: readonly unknown[], attribute: Value): JsonObject {
  const [name, map] = [nameOf(attribute), {}]
  for (const item of list.map(valueOf)) {
    const key = isObjectValue(item) ? memberOf(item, name) : null
    if (key !== null) putFirst(map, textOf(key), item)
  }
  return map
}

function toMap(args: readonly Value[]): Value {
  const [first = null, attribute] = args
  if (args.length === 1) return first === null ? null : objectOf(first)
  if (args.length === 2 && (first === null || isArrayValue(first))) {
    return first === null ? null : listToMap(first, attribute ?? null)
  }
  return pairsToObject(args)
}

function keysOf(keys: Value): readonly string[] {
  if (keys === null) return []
  return isArrayValue(keys) ? keys.map((key) => textOf(valueOf(key))) : [textOf(keys)]
}

function valuesAt(map: Value, keys: Value): Value {
  if (map === null || keys === null) return null
  const object = objectOf(map, 'a map')
  if (!isArrayValue(keys)) return memberOf(object, textOf(keys))
  return keysOf(keys).flatMap((key) => (Object.hasOwn(object, key) ? [ownValue(object, key)] : []))
}

/** `object_to_map(addresses, type)`: a bare name is taken as a string. */
function nameAt(place: number): (args: readonly Expression[]) => readonly Expression[] {
  return (args) =>
    args.map((arg, at) => {
      const isName = at === place && arg.kind === 'path' && arg.path.whole !== undefined
      return isName ? { kind: 'literal', value: arg.path.whole ?? '', at: arg.at } : arg
    })
}

/** Treats `contains_key("a.b")` as `contains_key(a.b)`. */
function textAsPath([arg, ...others]: readonly Expression[]): readonly Expression[] {
  if (arg?.kind !== 'literal' || typeof arg.value !== 'string') return arg === undefined ? [] : [arg, ...others]
  const path = { steps: readSteps(arg.value, arg.at), whole: unescapeName(arg.value) }
  return [{ kind: 'path', path, at: arg.at }, ...others]
}

export const OBJECT_FUNCTIONS: FunctionTable = {
  is_empty: {
    signature: 'is_empty(x)',
    line: 'Whether it is null or empty: a string, an array or an object.',
    examples: [
      ['is_empty([])', 'true'],
      ['is_empty(0)', 'false'],
    ],
    least: 1,
    most: 1,
    returns: 'boolean',
    call: (value = null) => isEmptyValue(value),
  },
  to_object: {
    signature: 'to_object(name, value, …)',
    line: 'An object with these members. The first of a repeated name wins.',
    examples: [['to_object("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}']],
    least: 2,
    most: Infinity,
    returns: 'object',
    call: (...pairs) => pairsToObject(pairs),
  },
  arrays_to_objects: {
    signature: 'arrays_to_objects(name, array, …)',
    aliases: ['arrays_to_object'],
    line: 'An array of objects: the first takes the first element of each array, and so on.',
    examples: [
      [
        "arrays_to_objects('sku', explode(\"id1|id2\", '\\\\|'), 'price', [22.5, 14.35])",
        '[{"sku":"id1","price":22.5},{"sku":"id2","price":14.35}]',
      ],
    ],
    least: 2,
    most: Infinity,
    returns: 'array',
    call: (...pairs) => listsToObjects(pairs),
  },
  str_to_object: {
    signature: 'str_to_object(s, between=":", fields=",")',
    line: 'An object from a string of names and values.',
    examples: [
      ['str_to_object("firstName - John , lastName - Doe", "-", ",")', '{"firstName":"John","lastName":"Doe"}'],
    ],
    least: 1,
    most: 3,
    returns: 'object',
    call: (value = null, between, fields) =>
      value === null
        ? null
        : textToObject(textOf(value), { between: separatorOf(between, ':'), fields: separatorOf(fields, ',') }),
  },
  get_values: {
    signature: 'get_values(s, name, between, fields=",")',
    line: 'One value from a string of names and values.',
    examples: [['get_values("firstName - John , lastName - Doe", "firstName", "-", ",")', '"John"']],
    least: 3,
    most: 4,
    returns: 'text',
    call: (value = null, name = null, between, fields) => {
      if (value === null || name === null) return null
      const separators = { between: separatorOf(between, ':'), fields: separatorOf(fields, ',') }
      return memberOf(textToObject(textOf(value), separators), textOf(name))
    },
  },
  contains_key: {
    signature: 'contains_key(path)',
    aliases: ['is_set'],
    line: 'Whether the row has this field, even if it is null. A CSV row has all columns.',
    examples: [['contains_key("address.city")', 'false']],
    least: 1,
    most: 1,
    returns: 'boolean',
    isImpure: true,
    rewrite: textAsPath,
    form: ([arg], { hasColumn }) => {
      if (arg?.kind !== 'path') return () => false
      const { path } = arg
      const isColumn = path.whole !== undefined && hasColumn(path.whole)
      return ({ row }) => isColumn || pathExists(row, path)
    },
  },
  nullify: {
    signature: 'nullify()',
    line: 'Null.',
    examples: [['nullify()', 'null']],
    least: 0,
    most: 0,
    returns: 'any',
    call: () => null,
  },
  get_keys: {
    signature: 'get_keys(object)',
    line: 'The names of the members, in order.',
    examples: [['get_keys({"book1": "Pride and Prejudice", "book2": "1984"})', '["book1","book2"]']],
    least: 1,
    most: 1,
    returns: 'array',
    call: (value = null) => (value === null ? null : Object.keys(objectOf(value))),
  },
  map_get_values: {
    signature: 'map_get_values(map, key)',
    line: 'The value of a key; for an array of keys, the array of the values found.',
    examples: [['map_get_values({"author": "A. Writer", "price": 17.99}, "author")', '"A. Writer"']],
    least: 2,
    most: 2,
    returns: 'any',
    call: (map = null, keys = null) => valuesAt(map, keys),
  },
  map_has_keys: {
    signature: 'map_has_keys(map, key)',
    line: 'Whether the map has the key, or one of an array of keys.',
    examples: [['map_has_keys({"author": "A. Writer"}, ["price", "author"])', 'true']],
    least: 2,
    most: 2,
    returns: 'boolean',
    call: (map = null, keys = null) =>
      map !== null && keysOf(keys).some((key) => Object.hasOwn(objectOf(map, 'a map'), key)),
  },
  add_to_map: {
    signature: 'add_to_map(map, map, …)',
    line: 'Merges maps. The first of a repeated key wins; null maps are skipped.',
    examples: [['add_to_map({"a": 1}, {"a": 2, "b": 3})', '{"a":1,"b":3}']],
    least: 2,
    most: Infinity,
    returns: 'object',
    call: (...maps) => {
      const merged = {}
      for (const map of maps) {
        if (map === null) continue
        for (const [key, value] of Object.entries(objectOf(map, 'a map'))) putFirst(merged, key, value)
      }
      return merged
    },
  },
  object_to_map: {
    signature: 'object_to_map(object) · (array, name) · (name, value, …)',
    line: 'A map: an object as it is, the elements of an array by one of their members, or these members.',
    examples: [
      ['object_to_map("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}'],
      ['object_to_map([{"type": "home", "city": "Lyon"}], type)', '{"home":{"type":"home","city":"Lyon"}}'],
    ],
    least: 1,
    most: Infinity,
    returns: 'object',
    rewrite: (args) => (args.length === 2 ? nameAt(1)(args) : args),
    call: (...args) => toMap(args),
  },
  array_to_map: {
    signature: 'array_to_map(array, name)',
    line: 'The elements of an array, by one of their members. The first of a repeated key wins.',
    examples: [['array_to_map([{"type": "home", "city": "Lyon"}], "type")', '{"home":{"type":"home","city":"Lyon"}}']],
    least: 2,
    most: 2,
    returns: 'object',
    rewrite: nameAt(1),
    call: (list = null, name = null) => {
      if (list === null) return null
      if (!isArrayValue(list)) throw wrongValue('an array', list)
      return listToMap(list, name)
    },
  },
  to_map: {
    signature: 'to_map(name, value, …)',
    line: 'A map with these members. The first of a repeated name wins.',
    examples: [['to_map("firstName", "John", "lastName", "Doe")', '{"firstName":"John","lastName":"Doe"}']],
    least: 2,
    most: Infinity,
    returns: 'object',
    call: (...pairs) => pairsToObject(pairs),
  },
}
