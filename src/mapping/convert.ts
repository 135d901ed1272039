import { setOwn } from '../lib/json-reader.ts'
import type { ArrayField, Field, MapField, ObjectField } from '../schema/field.ts'
import type { IntegerField } from '../schema/kinds/number.ts'
import { LosslessNumber } from '../schema/json.ts'
import { Moment, dayText, isoText, momentOfEpoch } from './dates/moment.ts'
import { ValueFault } from './fault.ts'
import { readDateText } from './functions/dates.ts'
import {
  type Value,
  type ValueKind,
  WholeDouble,
  isArrayValue,
  isObjectValue,
  numericOf,
  readNumber,
  readWhole,
  textOf,
  valueOf,
  wrongValue,
} from './value.ts'

/** Side results of a conversion. */
export type ConvertScope = {
  /** See `SEEN` of functions. */
  seen: number
  /** True after a number that JSON.stringify can't write: the record has to be written with `recordText`. */
  isLossless: boolean
  /** For arrays that closed up, the original index of each element; absent if the caller does not need it. */
  moves: WeakMap<object, readonly number[]> | undefined
}

/** Converts a value to XDM; undefined if there is nothing to write. Throws a ValueFault for a value that does not convert. */
export type Convert = (value: Value, scope: ConvertScope) => unknown

const KNOWN = new WeakMap<Field, Convert>()

/** The converter of a field. Made on first use: a schema can have thousands of fields, and an object names them all. */
export function converterOf(field: Field): Convert {
  const known = KNOWN.get(field) ?? makeConverter(field)
  KNOWN.set(field, known)
  return known
}

function makeConverter(field: Field): Convert {
  switch (field.kind) {
    case 'string':
      return toText
    case 'boolean':
      return toBoolean
    case 'integer':
      return integerConverter(field)
    case 'number':
      return toNumber
    case 'date-time':
      return toDateTime
    case 'date':
      return toDay
    case 'array':
      return arrayConverter(field)
    case 'object':
      return field.isOpen ? openObject : objectConverter(field)
    case 'map':
      return mapConverter(field)
    case 'any':
      return toAny
    default:
      return field satisfies never
  }
}

/** Kinds of values that never convert to each kind of field. `any` always fits, and a string may fit any kind but an object. */
const MISFITS: Readonly<Record<Field['kind'], readonly ValueKind[]>> = {
  string: ['object', 'array'],
  boolean: ['number', 'date', 'object', 'array'],
  integer: ['boolean', 'date', 'object', 'array'],
  number: ['boolean', 'date', 'object', 'array'],
  'date-time': ['boolean', 'object', 'array'],
  date: ['boolean', 'object', 'array'],
  object: ['text', 'number', 'boolean', 'date', 'array'],
  map: ['text', 'number', 'boolean', 'date', 'array'],
  array: [],
  any: [],
}

export function mayFit(kind: ValueKind, field: Field): boolean {
  if (kind === 'any') return true
  if (field.kind === 'array') return kind === 'array' || (isScalarField(field.items) && mayFit(kind, field.items))
  return !MISFITS[field.kind].includes(kind)
}

function isScalarField({ kind }: Field): boolean {
  return kind !== 'object' && kind !== 'map' && kind !== 'array'
}

const KIND_WORDS: Readonly<Record<ValueKind, string>> = {
  text: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  date: 'a date',
  object: 'an object',
  array: 'an array',
  any: 'a value',
}

export function kindWord(kind: ValueKind): string {
  return KIND_WORDS[kind]
}

/** A string of whitespace counts as no value, except for a string field. */
function isNothing(value: Value): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

const toText: Convert = (value) => {
  if (typeof value === 'string') return value
  if (value === null) return undefined
  // A number keeps its digits from JSON: `textOf` would write them as Java does.
  if (typeof value === 'number') return String(value)
  if (value instanceof WholeDouble) return String(value.nearest)
  return value instanceof LosslessNumber ? value.text : textOf(value)
}

const TRUE: ReadonlySet<string> = new Set(['y', 'yes', 'Y', 'YES', 'on', 'ON', 'true', 'TRUE'])
const FALSE: ReadonlySet<string> = new Set(['n', 'N', 'no', 'NO', 'off', 'OFF', 'false', 'FALSE'])

/** "Handling data formats with Data Prep": the list is complete. */
const toBoolean: Convert = (value) => {
  if (typeof value === 'boolean') return value
  if (isNothing(value)) return undefined
  const word = typeof value === 'string' ? value.trim() : ''
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  throw wrongValue('a boolean: true, yes, y, on or false, no, n, off, all in lower or all in upper case', value)
}

function integerConverter({ range: { min, max } }: IntegerField): Convert {
  const expected = `an integer from ${min} to ${max}`
  return (value, scope) => {
    if (isNothing(value)) return undefined
    const whole = wholeOfValue(value)
    if (whole === undefined) throw wrongValue(expected, value)
    if (whole < min || whole > max) throw new ValueFault(expected, 'one outside of that range')
    return typeof whole === 'number' ? whole : wholeNumber(whole, scope)
  }
}

/** Undefined if it is not a whole number. */
function wholeOfValue(value: Value): number | bigint | undefined {
  if (typeof value === 'string') return readWhole(value)
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined
  return value instanceof LosslessNumber ? value.exact : undefined
}

function wholeNumber(exact: bigint, scope: ConvertScope): number | LosslessNumber {
  const number = Number(exact)
  if (Number.isSafeInteger(number)) return number
  scope.isLossless = true
  return new LosslessNumber(String(exact))
}

const toNumber: Convert = (value, scope) => {
  if (isNothing(value)) return undefined
  const number = typeof value === 'string' ? readNumber(value) : value
  if (typeof number === 'number') return number
  if (!(number instanceof LosslessNumber)) throw wrongValue('a number', value)
  return plainNumber(number, scope)
}

/** A decimal becomes the nearest 64-bit number. A whole number keeps its digits, so that validation sees how many there are. */
function plainNumber(number: LosslessNumber, scope: ConvertScope): number | LosslessNumber {
  const numeric = numericOf(number)
  if ('whole' in numeric) return wholeNumber(numeric.whole, scope)
  if (!Number.isFinite(numeric.decimal)) throw wrongValue('a number within about ±1.8e308', number)
  return numeric.decimal
}

const UTC_SECOND = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/

const toDateTime: Convert = (value, scope) => {
  // The most common form in exports, which needs no change.
  if (typeof value === 'string' && UTC_SECOND.test(value) && !value.startsWith('0000')) return value
  const moment = momentOf(value, scope)
  if (moment === undefined) return undefined
  return isoText(moment.isDay ? moment.in(0) : moment)
}

const toDay: Convert = (value, scope) => {
  const moment = momentOf(value, scope)
  return moment === undefined ? undefined : dayText(moment)
}

/** A number means milliseconds since 1970. */
function momentOf(value: Value, scope: ConvertScope): Moment | undefined {
  if (value instanceof Moment) return mustBeWritable(value)
  if (isNothing(value)) return undefined
  if (typeof value === 'string') return readDateText(value.trim(), scope)
  const ms = wholeOfValue(value)
  if (ms === undefined) throw wrongValue('a date, or milliseconds since 1970', value)
  return mustBeWritable(momentOfEpoch(Number(ms)))
}

/** XDM writes years with four digits. */
function mustBeWritable(moment: Moment): Moment {
  const { year } = moment.wall
  if (year >= 1 && year <= 9999) return moment
  throw new ValueFault('a date of the years 1 to 9999', 'another')
}

/**
 * A single value becomes an array of one, unless the elements are objects. Nulls are dropped. One invalid element fails
 * the whole array.
 */
function arrayConverter({ items }: ArrayField): Convert {
  const isOfScalars = isScalarField(items)
  return (value, scope) => {
    if (value === null || value === '') return isOfScalars && items.kind === 'string' && value === '' ? [''] : undefined
    const convert = converterOf(items)
    if (isArrayValue(value)) return convertItems(value, convert, scope)
    if (!isOfScalars || isObjectValue(value)) throw wrongValue('an array', value)
    const item = convert(value, scope)
    return item === undefined ? undefined : [item]
  }
}

function convertItems(items: readonly unknown[], convert: Convert, scope: ConvertScope): unknown {
  const kept: unknown[] = []
  const places: number[] = []
  items.forEach((item, at) => {
    const converted = convert(valueOf(item), scope)
    if (converted === undefined) return
    kept.push(converted)
    places.push(at)
  })
  if (places.length < items.length) scope.moves?.set(kept, places)
  return kept.length === 0 ? undefined : kept
}

/** "Data Prep mapping functions", hierarchies: keeps only members that the schema defines. */
function objectConverter({ fields }: ObjectField): Convert {
  return (value, scope) => {
    if (value === null) return undefined
    const members = membersOf(value)
    return convertMembers(members, scope, (name) => {
      const field = fields.get(name)
      return field === undefined ? undefined : converterOf(field)
    })
  }
}

function mapConverter({ values }: MapField): Convert {
  return (value, scope) => {
    if (value === null) return undefined
    const convert = converterOf(values)
    return convertMembers(membersOf(value), scope, () => convert)
  }
}

function membersOf(value: Value): Readonly<Record<string, unknown>> {
  if (!isObjectValue(value)) throw wrongValue('an object', value)
  return value
}

/** Undefined if no member is left. */
function convertMembers(
  members: Readonly<Record<string, unknown>>,
  scope: ConvertScope,
  convertOf: (name: string) => Convert | undefined,
): unknown {
  const converted: Record<string, unknown> = {}
  let count = 0
  for (const [name, raw] of Object.entries(members)) {
    const member = convertOf(name)?.(valueOf(raw), scope)
    if (member === undefined) continue
    setOwn(converted, name, member)
    count++
  }
  return count === 0 ? undefined : converted
}

/** Keeps a value unchanged if the schema does not define its type. */
const toAny: Convert = (value, scope) => anyWithin(value, scope, 0)

/** Deeper values could not be copied or written by recursion. */
const DEEPEST = 100

function anyWithin(value: Value, scope: ConvertScope, depth: number): unknown {
  if (value === null) return undefined
  if (value instanceof Moment) return isoText(value)
  if (value instanceof LosslessNumber) return plainNumber(value, scope)
  if (typeof value !== 'object') return value
  if (depth === DEEPEST) throw new ValueFault(`at most ${DEEPEST} levels of objects and arrays`, 'more')
  const convert: Convert = (inner) => anyWithin(inner, scope, depth + 1)
  if (isArrayValue(value)) return convertItems(value, convert, scope)
  return convertMembers(membersOf(value), scope, () => convert)
}

const openObject: Convert = (value, scope) => (value === null ? undefined : toAny(membersOf(value), scope))
