import { createHash } from 'node:crypto'
import type { Expression } from './expression.ts'
import { MappingFault } from './fault.ts'
import { Moment } from './moment.ts'
import { compileDatePattern, readDate, readDateBy } from './read-date.ts'
import { equal } from './compare.ts'
import { isObject } from '../json.ts'
import { fromJson, isTrue, textOf, type Value } from './value.ts'

export type MappingFunction = {
  /** The syntax in the guide's words. */
  readonly syntax: string
  readonly category: 'String' | 'Hashing' | 'Date / Time' | 'Objects' | 'Logical operators' | 'Type conversions'
  readonly least: number
  readonly most: number
  /** An expression without fields, and its value. */
  readonly example: readonly [expression: string, value: string | number | boolean | null]
  /** Each argument is evaluated when the function calls it. */
  call(args: readonly (() => Value)[]): Value
  /** Checks the arguments before there is a row. Throws a {@link MappingFault}. */
  check?(args: readonly Expression[]): void
}

export const METHODS: readonly string[] = ['equals', 'equalsIgnoreCase']

/** `.name` is a method; its first argument is the value before the dot. */
export function findFunction(name: string): MappingFunction | undefined {
  return FUNCTIONS.get(name)
}

type Example = MappingFunction['example']

type Rule = { readonly example: Example; readonly most?: number; check?(args: readonly Expression[]): void } & (
  { apply(args: readonly Value[]): Value } | Pick<MappingFunction, 'call'>
)

/** A function of a string, which returns null for null. */
function ofText(example: Example, change: (text: string, args: readonly Value[]) => Value): Rule {
  const apply = ([first = null, ...args]: readonly Value[]) => {
    if (first === null) return null
    if (typeof first === 'string') return change(first, args)
    throw new MappingFault('The emulator knows this function for texts alone')
  }
  return { example, apply }
}

function hash(algorithm: string, example: Example): Rule {
  return ofText(example, (text, [charset = 'UTF-8']) => {
    if (charset !== 'UTF-8') throw new MappingFault('The emulator hashes UTF-8 alone')
    return createHash(algorithm).update(text, 'utf8').digest('hex')
  })
}

const upper = (name: string) => ofText([`${name}("HeLLo")`, 'HELLO'], (text) => text.toUpperCase())
const lower = (name: string) => ofText([`${name}("HeLLo")`, 'hello'], (text) => text.toLowerCase())

/** Adobe's guide "Data Prep functions": only behavior that the guide states or that Java determines. */
const TABLE: readonly (readonly [syntax: string, category: MappingFunction['category'], rule: Rule])[] = [
  [
    'concat(STRING…)',
    'String',
    { most: Infinity, example: ['concat("Hi, ", "there", "!")', 'Hi, there!'], apply: concat },
  ],
  ['lower(INPUT)', 'String', lower('lower')],
  ['lcase(INPUT)', 'String', lower('lcase')],
  ['upper(INPUT)', 'String', upper('upper')],
  ['ucase(INPUT)', 'String', upper('ucase')],
  ['trim(STRING)', 'String', ofText(['trim(" hello ")', 'hello'], (text) => text.trim())],
  ['ltrim(STRING)', 'String', ofText(['ltrim(" hello")', 'hello'], (text) => text.trimStart())],
  ['rtrim(STRING)', 'String', ofText(['rtrim("hello ")', 'hello'], (text) => text.trimEnd())],
  ['left(STRING, COUNT)', 'String', ofText(['left("abcde", 2)', 'ab'], (text, [count]) => text.slice(0, size(count)))],
  ['right(STRING, COUNT)', 'String', ofText(['right("abcde", 2)', 'de'], right)],
  [
    'substr(INPUT, START_INDEX, LENGTH)',
    'String',
    ofText(['substr("This is a substring test", 7, 8)', ' a subst'], (text, [start, length]) =>
      text.slice(size(start), size(start) + size(length)),
    ),
  ],
  ['.equals(STRING)', 'String', ofText(['"string1".equals("STRING1")', false], (text, [other]) => text === other)],
  [
    '.equalsIgnoreCase(STRING)',
    'String',
    ofText(
      ['"string1".equalsIgnoreCase("STRING1")', true],
      (text, [other]) => typeof other === 'string' && text.toLowerCase() === other.toLowerCase(),
    ),
  ],
  ['md5(INPUT, CHARSET?)', 'Hashing', hash('md5', ['md5("my text")', 'd3b96ce8c9fb4e9bd0198d03ba6852c7'])],
  [
    'sha1(INPUT, CHARSET?)',
    'Hashing',
    hash('sha1', ['sha1("my text", "UTF-8")', 'c3599c11e47719df18a2448690840c5dfcce3c80']),
  ],
  [
    'sha256(INPUT, CHARSET?)',
    'Hashing',
    hash('sha256', ['sha256("my text")', '7330d2b39ca35eaf4cb95fc846c21ee6a39af698154a83a586ee270a0d372104']),
  ],
  [
    'sha512(INPUT, CHARSET?)',
    'Hashing',
    hash('sha512', ['left(sha512("my text"), 40)', 'a3d7e45a0d9be5fd4e4b9a3b8c9c2163c21ef708']),
  ],
  [
    'date(DATE, FORMAT?, DEFAULT_DATE?)',
    'Date / Time',
    { example: ['date("2019-10-23 11:24")', '2019-10-23T11:24:00Z'], apply: date, check: checkDate },
  ],
  ['is_empty(INPUT)', 'Objects', { example: ['is_empty("")', true], apply: ([value = null]) => isEmpty(value) }],
  ['nullify()', 'Objects', { example: ['nullify()', null], apply: () => null }],
  [
    'coalesce(ARG…)',
    'Logical operators',
    {
      most: Infinity,
      example: ['coalesce(null, null, "third")', 'third'],
      apply: coalesce,
    },
  ],
  [
    'iif(CONDITION, TRUE_VALUE, FALSE_VALUE)',
    'Logical operators',
    { example: ['iif("s".equals("S"), 1, 2)', 2], call: iif },
  ],
  [
    'decode(KEY, OPTION…)',
    'Logical operators',
    { most: Infinity, example: ['decode("S", "G", "gold", "S", "silver", "none")', 'silver'], apply: decode },
  ],
  ['to_integer(STRING)', 'Type conversions', { example: ['to_integer("12")', 12], apply: toInteger }],
]

const FUNCTIONS: ReadonlyMap<string, MappingFunction> = new Map(
  TABLE.map(([syntax, category, rule]): [string, MappingFunction] => {
    const name = syntax.slice(0, syntax.indexOf('('))
    const named = syntax
      .slice(name.length + 1, -1)
      .split(', ')
      .filter((word) => word !== '')
    const values = name.startsWith('.') ? ['THIS', ...named] : named
    const least = values.filter((word) => !word.endsWith('?')).length
    const call: MappingFunction['call'] = 'call' in rule ? rule.call : (args) => rule.apply(args.map((arg) => arg()))
    return [name, { syntax, category, least, most: values.length, ...rule, call }]
  }),
)

/** Functions by name, in the order of the guide's categories, without methods. */
export const allFunctions: readonly (readonly [name: string, MappingFunction])[] = [...FUNCTIONS].filter(
  ([name]) => !name.startsWith('.'),
)

function concat(args: readonly Value[]): Value {
  if (args.some((value) => value === null)) throw new MappingFault('No document says what concat makes of null')
  return args.map((value) => (value === null ? '' : textOf(value))).join('')
}

function right(text: string, [count = null]: readonly Value[]): Value {
  return text.slice(Math.max(text.length - size(count), 0))
}

function size(value: Value | undefined): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value
  throw new MappingFault('A count or an index must be a whole number from 0 on')
}

function date([value = null, pattern, otherwise = null]: readonly Value[]): Value {
  if (value instanceof Moment) return value
  if (value === null) return otherwise === null ? null : date([otherwise])
  if (typeof value !== 'string') throw new MappingFault('date() reads texts alone')
  if (pattern === undefined) return readDate(value)
  if (typeof pattern !== 'string') throw new MappingFault('The pattern of date() must be a text')
  return readDateBy(pattern, value)
}

function checkDate([, pattern]: readonly Expression[]): void {
  if (pattern?.kind === 'constant' && typeof pattern.value === 'string') compileDatePattern(pattern.value)
}

/** Takes several values, or one array of values. */
function coalesce(args: readonly Value[]): Value {
  const [first] = args
  const values: readonly unknown[] = args.length === 1 && Array.isArray(first) ? first : args
  if (values !== args || !args.some((value) => Array.isArray(value)))
    return fromJson(values.find((one) => one !== null))
  throw new MappingFault('The emulator knows coalesce() of values, or of one array')
}

/** Evaluates only the branch that is taken. */
function iif([condition, yes, no]: readonly (() => Value)[]): Value {
  return (isTrue(condition?.() ?? null) ? yes : no)?.() ?? null
}

function isEmpty(value: Value): boolean {
  if (value === null || value === '') return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

function decode([key = null, ...options]: readonly Value[]): Value {
  const otherwise = options.length % 2 === 1 ? (options.at(-1) ?? null) : null
  if (key === null) return otherwise
  for (let index = 0; index + 1 < options.length; index += 2) {
    if (equal(key, options[index] ?? null)) return options[index + 1] ?? null
  }
  return otherwise
}

/** Java's Integer, 32 bits. */
function toInteger([value = null]: readonly Value[]): Value {
  if (value === null) return null
  const number = typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : value
  if (typeof number === 'number' && Number.isInteger(number) && Math.abs(number + 0.5) < 2 ** 31) return number
  throw new MappingFault('to_integer() needs a whole number of 32 bits')
}
