import { ownValue } from '../../lib/json-reader.ts'
import { ValueFault } from '../fault.ts'
import { compileRegex, replaceMatches } from '../functions/regex.ts'
import {
  type Value,
  countOf,
  isArrayValue,
  isEmptyValue,
  isObjectValue,
  textOf,
  valueOf,
  wrongValue,
} from '../value.ts'
import { isEqual } from './operators.ts'
import { Moment } from '../dates/moment.ts'

/** A method of a value that is not null, with the same meaning as in Java. */
export type ValueMethod = {
  readonly least: number
  readonly most: number
  readonly call: (target: Value, args: readonly Value[]) => Value
}

type TextMethod = (text: string, args: readonly Value[]) => Value

/** A method of strings; numbers and booleans do not have it. */
function ofText(least: number, most: number, call: TextMethod): ValueMethod {
  return {
    least,
    most,
    call: (target, args) => {
      if (typeof target !== 'string') throw wrongValue('a string', target)
      return call(target, args)
    },
  }
}

function textAt(args: readonly Value[], at: number): string {
  const value = args[at] ?? null
  if (value === null) throw new ValueFault('a string', 'null')
  return textOf(value)
}

/** Does not convert: a string never equals a number. */
function areSame(target: Value, other: Value): boolean {
  const areAlike = typeof target === typeof other && target instanceof Moment === other instanceof Moment
  return other !== null && areAlike && isEqual(target, other)
}

const METHODS: Readonly<Record<string, ValueMethod>> = {
  equals: { least: 1, most: 1, call: (target, [other = null]) => areSame(target, other) },
  equalsIgnoreCase: ofText(
    1,
    1,
    (text, [other = null]) => typeof other === 'string' && text.toLowerCase() === other.toLowerCase(),
  ),
  startsWith: ofText(1, 1, (text, args) => text.startsWith(textAt(args, 0))),
  endsWith: ofText(1, 1, (text, args) => text.endsWith(textAt(args, 0))),
  indexOf: ofText(1, 2, (text, args) => text.indexOf(textAt(args, 0), args[1] === undefined ? 0 : countOf(args[1]))),
  lastIndexOf: ofText(1, 1, (text, args) => text.lastIndexOf(textAt(args, 0))),
  length: ofText(0, 0, (text) => text.length),
  trim: ofText(0, 0, (text) => text.trim()),
  toLowerCase: ofText(0, 0, (text) => text.toLowerCase()),
  toUpperCase: ofText(0, 0, (text) => text.toUpperCase()),
  substring: ofText(1, 2, (text, args) => substring(text, args)),
  replace: ofText(2, 2, (text, args) => text.replaceAll(textAt(args, 0), () => textAt(args, 1))),
  replaceAll: ofText(2, 2, (text, args) => replaceMatches(text, textAt(args, 0), textAt(args, 1))),
  matches: ofText(1, 1, (text, args) => compileRegex(textAt(args, 0)).whole.test(text)),
  concat: ofText(1, 1, (text, args) => text + textAt(args, 0)),
  toString: { least: 0, most: 0, call: (target: Value) => textOf(target) },
  isEmpty: { least: 0, most: 0, call: isEmpty },
  contains: { least: 1, most: 1, call: contains },
  get: { least: 1, most: 1, call: (target, [key = null]) => elementAt(target, key) },
  size: { least: 0, most: 0, call: size },
  containsKey: { least: 1, most: 1, call: containsKey },
}

/** Methods that run regular expressions. */
export const SLOW_METHODS: ReadonlySet<string> = new Set(['replaceAll', 'matches'])

export const METHOD_NAMES: readonly string[] = Object.keys(METHODS)

/** Undefined for an unsupported method. Data never determines which JavaScript method is called. */
export function methodOf(name: string): ValueMethod | undefined {
  return ownValue(METHODS, name)
}

function isEmpty(target: Value): boolean {
  if (typeof target === 'string' || isArrayValue(target) || isObjectValue(target)) return isEmptyValue(target)
  throw wrongValue('a string, an array or an object', target)
}

/** In Java a part beyond the end is an error; here, as in `substr`, it is a fault of the value. */
function substring(text: string, args: readonly Value[]): string {
  const [start, end] = [countOf(args[0] ?? null), args[1] === undefined ? text.length : countOf(args[1])]
  if (start < 0 || end > text.length || start > end)
    throw new ValueFault('positions within the string', 'one beyond its end')
  return text.slice(start, end)
}

function contains(target: Value, [sought = null]: readonly Value[]): boolean {
  if (isArrayValue(target)) return target.some((item: unknown) => areSame(valueOf(item), sought))
  if (typeof target !== 'string') throw wrongValue('a string or an array', target)
  return sought !== null && target.includes(textOf(sought))
}

function elementAt(target: Value, key: Value): Value {
  if (isArrayValue(target)) return valueOf(target[countOf(key)])
  if (!isObjectValue(target)) throw wrongValue('an object or an array', target)
  return key === null ? null : valueOf(ownValue(target, textOf(key)))
}

function size(target: Value): number {
  if (isArrayValue(target)) return target.length
  if (!isObjectValue(target)) throw wrongValue('an object or an array', target)
  return Object.keys(target).length
}

function containsKey(target: Value, [key = null]: readonly Value[]): boolean {
  if (!isObjectValue(target)) throw wrongValue('an object', target)
  return key !== null && Object.hasOwn(target, textOf(key))
}
