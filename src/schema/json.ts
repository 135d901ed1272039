import { setOwn } from '../lib/json-reader.ts'
import { SPACE, QUOTE, MINUS, ZERO, NINE, COLON, withoutLastZeros } from '../lib/text.ts'
import { pointer } from '../lib/json-pointer.ts'

/**
 * A number of a JSON text that a JavaScript number can't tell from its neighbours (9007199254740993), can't hold (1e400)
 * or whose form it forgets (`1.0` is a decimal, which no date-time field takes).
 */
export class LosslessNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Whether it is written without fraction and exponent. */
  get isInteger(): boolean {
    return /^[+-]?\d+$/.test(this.text)
  }

  /** May be rounded, or infinite. */
  get nearest(): number {
    return Number(this.text)
  }

  /** Absent for a number with a fraction, and for one that is too large to be written out. */
  get exact(): bigint | undefined {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(this.text) ?? []
    const digits = withoutLastZeros(whole + fraction)
    const zeros = whole.length + Number(exponent) - digits.length
    if (digits === '' || /^0+$/.test(digits)) return 0n
    return zeros < 0 || zeros > MOST_ZEROS ? undefined : BigInt(sign + digits) * 10n ** BigInt(zeros)
  }
}

/** A text that is read as a number may begin with a plus. */
const PARTS = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** Beyond it lies what a 64-bit floating-point number can hold. */
const MOST_ZEROS = 400

/** Exponents beyond it are told apart by their text: as numbers, many of them would be one. */
const EXACT_EXPONENT = /^[+-]?\d{1,9}$/

/** As many digits as a safe integer is written with. */
const MOST_PLAIN_DIGITS = 16

/**
 * One text for every spelling of a number, by its exact decimal value: `1.0`, `10e-1` and `1` are `1`, 9007199254740992 and
 * 9007199254740993 are two. Of what JavaScript holds as a number, that value.
 */
export function canonicalNumber(number: number | bigint | LosslessNumber): string {
  const text = number instanceof LosslessNumber ? number.text : String(number)
  if (Number.isSafeInteger(number)) return text
  const [, sign, whole = '', fraction = '', exponent = '0'] = PARTS.exec(text) ?? []
  if (sign === undefined || !EXACT_EXPONENT.test(exponent)) return text
  const all = (whole + fraction).replace(/^0+/, '')
  const digits = withoutLastZeros(all)
  if (digits === '') return '0'
  const power = Number(exponent) - fraction.length + (all.length - digits.length)
  const isPlain = power >= 0 && digits.length + power <= MOST_PLAIN_DIGITS
  return `${sign === '-' ? '-' : ''}${digits}${isPlain ? '0'.repeat(power) : `e${power}`}`
}

/** `way` leads where `path` does; a member has its position among those of its object, the first of which is 1. */
export type OnDuplicate = (path: string, way: readonly JsonStep[]) => void

export type JsonStep =
  | { readonly kind: 'item'; readonly at: number }
  | { readonly kind: 'member'; readonly at: number; readonly name: string }

type OpenValue = { readonly value: unknown[] | Record<string, unknown>; name: string; members: number }

/** Reads a text that JSON.parse has accepted, token by token and without recursion. */
export function exactJson(text: string, onDuplicate?: OnDuplicate): unknown {
  return new ExactReader(text, readNumber, onDuplicate).read()
}

const WORDS: ReadonlyMap<string, unknown> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
])

class ExactReader {
  readonly #text: string
  readonly #numberOf: typeof readNumber
  readonly #onDuplicate: OnDuplicate | undefined
  readonly #open: OpenValue[] = []
  /** Of the innermost open array or object: a name that waits for its value. */
  #name: string | undefined
  #root: unknown
  #at = 0

  constructor(text: string, numberOf: typeof readNumber, onDuplicate: OnDuplicate | undefined) {
    this.#text = text
    this.#numberOf = numberOf
    this.#onDuplicate = onDuplicate
  }

  read(): unknown {
    while (this.#at < this.#text.length) this.#token(this.#text[this.#at] ?? '')
    return this.#root
  }

  #token(first: string): void {
    if (first === '"') this.#string()
    else if (first === '{' || first === '[') this.#begin(first === '{' ? {} : [])
    else if (first === '}' || first === ']') this.#end()
    else if (SEPARATOR.test(first)) this.#at++
    else this.#scalar()
  }

  #begin(value: OpenValue['value']): void {
    this.#put(value)
    this.#open.push({ value, name: '', members: 0 })
    this.#at++
  }

  #end(): void {
    this.#open.pop()
    this.#at++
  }

  #string(): void {
    const end = closingQuote(this.#text, this.#at + 1)
    const raw = this.#text.slice(this.#at, end + 1)
    const string = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1)
    this.#at = end + 1
    const inside = this.#open.at(-1)
    const isName = inside !== undefined && !Array.isArray(inside.value) && this.#name === undefined
    if (isName) this.#name = string
    else this.#put(string)
  }

  #scalar(): void {
    SCALAR.lastIndex = this.#at
    const [token = ''] = SCALAR.exec(this.#text) ?? []
    this.#at += token.length
    this.#put(WORDS.has(token) ? WORDS.get(token) : this.#numberOf(token))
  }

  #put(value: unknown): void {
    const inside = this.#open.at(-1)
    if (inside === undefined) this.#root = value
    else if (Array.isArray(inside.value)) inside.value.push(value)
    else this.#putMember(inside, inside.value, value)
  }

  #putMember(inside: OpenValue, object: Record<string, unknown>, value: unknown): void {
    const name = this.#name ?? ''
    this.#name = undefined
    inside.name = name
    inside.members++
    if (Object.hasOwn(object, name)) this.#reportDuplicate()
    setOwn(object, name, value)
  }

  #reportDuplicate(): void {
    const way = this.#open.map(stepOf)
    this.#onDuplicate?.(pointer(way.map((step) => (step.kind === 'item' ? step.at : step.name))), way)
  }
}

function stepOf({ value, name, members }: OpenValue): JsonStep {
  return Array.isArray(value) ? { kind: 'item', at: value.length - 1 } : { kind: 'member', at: members, name }
}

const SEPARATOR = /[\s,:]/
const SCALAR = /[^\s,\]}]+/y

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

/** Of a token that is a number of JSON. */
export function readNumber(token: string): number | LosslessNumber {
  const number = Number(token)
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(number) ? number : new LosslessNumber(token)
  return Number.isFinite(number) && !Number.isInteger(number) ? number : new LosslessNumber(token)
}

/** How many members the objects of a value have, all together; NaN, which equals no count, for what is too deep to walk. */
export function countMembers(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth > DEEPEST) return NaN
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item, depth + 1)
    return members
  }
  const object = value as JsonObject
  for (const name in object) members += 1 + countMembers(object[name], depth + 1)
  return members
}

const DEEPEST = 500

/**
 * How many names the objects of a JSON text have, for `"name":` as programs write it. A string may hold the like,
 * escaped, and a space may stand before the colon: a count that differs from the members that were read only says that
 * the text is worth a closer look.
 */
export function countNames(text: string): number {
  let names = 0
  // Looking for the quote as well would stop at every quote, which takes twice as long.
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (text.charCodeAt(at - 1) === QUOTE) names++
  }
  return names
}

/**
 * Whether a JSON text holds a number that may be more than JSON.parse makes of it: one with 16 digits before its point,
 * a decimal that is a whole number or comes near one, an exponent. Numbers named in `decimals` may be decimals. It may see
 * one in a string, too, which costs time and nothing else.
 */
export function holdsTellingNumber(text: string, decimals: ReadonlySet<string>): boolean {
  if (holdsTellingDecimal(text, decimals)) return true
  // URNs and UUIDs hold what the first expressions find, too; they are there because they are fast.
  if (DIGITS.test(text) && UNQUOTED_DIGITS.test(text) && LONG_INTEGER.test(text)) return true
  return DIGIT_AND_E.test(text) && EXPONENT.test(text)
}

/** Written out, the expression lets the engine skip ahead by 16 characters. */
const DIGITS = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/
const UNQUOTED_DIGITS = /[\s:,[]-?\d{16}/
/** A colon in a string, as in a URN or a time, has no quote before it. */
const LONG_INTEGER = /(?:"\s*:|[,[])\s*-?\d{16}/
const DIGIT_AND_E = /\d[eE][-+\d]/
const EXPONENT = /(?:"\s*:|[,[])\s*-?\d+(?:\.\d+)?[eE]/

function holdsTellingDecimal(text: string, decimals: ReadonlySet<string>): boolean {
  for (let point = text.indexOf('.'); point !== -1; point = text.indexOf('.', point + 1)) {
    if (!isTelling(text, point)) continue
    const start = numberStart(text, point)
    if (start !== point && !decimals.has(nameBefore(text, start))) return true
  }
  return false
}

/** Where the number begins that has its point here; the point itself where it is no number's. */
function numberStart(text: string, point: number): number {
  let at = point
  while (isDigit(text.charCodeAt(at - 1))) at--
  if (at === point) return point
  const start = text.charCodeAt(at - 1) === MINUS ? at - 1 : at
  return mayStartAt(text, start) ? start : point
}

/** The times of day in `00:00:00.000` begin after a colon, too, but after none with a quote before it. */
function mayStartAt(text: string, start: number): boolean {
  const before = text[start - 1]
  return before === ':'
    ? text[start - 2] === '"'
    : before === ',' || before === '[' || before === undefined || isWhitespace(before)
}

function isWhitespace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r'
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** A number of 64 bits holds 15 digits: with so many before the point, or so few that differ, the fraction may be lost. */
function isTelling(text: string, point: number): boolean {
  const first = text.charCodeAt(point + 1)
  if (isDigit(text.charCodeAt(point - MOST_WHOLE_DIGITS))) return true
  if (first !== ZERO && first !== NINE) return false
  let at = point + 1
  while (text.charCodeAt(at) === first) at++
  return at - point > 3 || (first === ZERO && !isDigit(text.charCodeAt(at)))
}

/** If the character so far before the point is a digit, there may be as many; if there are not, it is no great loss. */
const MOST_WHOLE_DIGITS = 12

/** Empty for an item of an array, and for names that are written in unusual ways. */
function nameBefore(text: string, start: number): string {
  const colon = text.charCodeAt(start - 1) === SPACE ? start - 2 : start - 1
  if (text.charCodeAt(colon) !== COLON || text.charCodeAt(colon - 1) !== QUOTE) return ''
  return text.slice(text.lastIndexOf('"', colon - 2) + 1, colon - 1)
}

/**
 * As JSON.parse, which also does the work for ordinary text, but numbers that would lose something come as
 * {@link LosslessNumber}, and keys that stand twice in an object are reported by their JSON pointer; the last one wins.
 * Throws what JSON.parse throws.
 */
export function parseLossless(text: string, onDuplicate?: OnDuplicate): unknown {
  const value: unknown = JSON.parse(text)
  if (holdsTellingNumber(text, NONE)) return exactJson(text, onDuplicate)
  if (onDuplicate !== undefined && countNames(text) !== countMembers(value)) exactJson(text, onDuplicate)
  return value
}

/**
 * As {@link parseLossless}, for whom the digits of a number count: one that JavaScript would write with others, such as `1.50`
 * or `0.12345678901234567`, comes as {@link LosslessNumber}, too. Throws what JSON.parse throws.
 */
export function parseVerbatim(text: string, onDuplicate?: OnDuplicate): unknown {
  if (!OTHER_DIGITS.test(text) && !holdsTellingNumber(text, NONE)) return parseLossless(text, onDuplicate)
  // It tells whether the text is JSON.
  JSON.parse(text)
  return new ExactReader(text, verbatimNumber, onDuplicate).read()
}

/** A fraction that ends with a zero, or is longer than a number of 64 bits; in a string, too, which costs time alone. */
const OTHER_DIGITS = /\d\.(?:\d*0(?!\d)|\d{15})/

function verbatimNumber(token: string): number | LosslessNumber {
  const number = readNumber(token)
  return typeof number === 'number' && String(number) !== token && token !== '-0' ? new LosslessNumber(token) : number
}

const NONE: ReadonlySet<string> = new Set()

export type JsonObject = Readonly<Record<string, unknown>>

/** A lossless number is an object of ours, not of JSON. */
export function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
}
