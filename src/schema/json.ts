import { setOwn } from '../lib/json-reader.ts'
import { SPACE, QUOTE, MINUS, ZERO, NINE, COLON, withoutLastZeros } from '../lib/text.ts'
import { pointer } from '../lib/json-pointer.ts'

/**
 * A number in JSON text that a JavaScript number can't distinguish from its neighbours (9007199254740993) or can't hold
 * (1e400), or whose form would be lost (`1.0` is a decimal, which no date-time field accepts).
 */
export class LosslessNumber {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /** Whether it is written without a fraction or an exponent. */
  get isInteger(): boolean {
    return /^[+-]?\d+$/.test(this.text)
  }

  /** May be rounded or infinite. */
  get nearest(): number {
    return Number(this.text)
  }

  /** Undefined for a number with a fraction, and for one that is too large to be written out. */
  get exact(): bigint | undefined {
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = PARTS.exec(this.text) ?? []
    const digits = withoutLastZeros(whole + fraction)
    const zeros = whole.length + Number(exponent) - digits.length
    if (digits === '' || /^0+$/.test(digits)) return 0n
    return zeros < 0 || zeros > MOST_ZEROS ? undefined : BigInt(sign + digits) * 10n ** BigInt(zeros)
  }
}

/** A string that is read as a number may begin with a plus. */
const PARTS = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

/** More zeros than any 64-bit floating-point number needs. */
const MOST_ZEROS = 400

/** Larger exponents are compared as text: as JavaScript numbers, many would be equal. */
const EXACT_EXPONENT = /^[+-]?\d{1,9}$/

/** The number of digits of the largest safe integer. */
const MOST_PLAIN_DIGITS = 16

/**
 * One text for all spellings of a number, by its exact decimal value: `1.0`, `10e-1` and `1` become `1`, while
 * 9007199254740992 and 9007199254740993 stay different. For a JavaScript number, the value that it holds.
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

/** `way` leads to the same place as `path`; the position of a member in its object counts from 1. */
export type OnDuplicate = (path: string, way: readonly JsonStep[]) => void

export type JsonStep =
  | { readonly kind: 'item'; readonly at: number }
  | { readonly kind: 'member'; readonly at: number; readonly name: string }

type OpenValue = { readonly value: unknown[] | Record<string, unknown>; name: string; members: number }

/** Reads text that JSON.parse has accepted, token by token and without recursion. */
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
  /** The name in the innermost open object that waits for its value. */
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

/** For a token that is a JSON number. */
export function readNumber(token: string): number | LosslessNumber {
  const number = Number(token)
  if (/^-?\d+$/.test(token)) return Number.isSafeInteger(number) ? number : new LosslessNumber(token)
  return Number.isFinite(number) && !Number.isInteger(number) ? number : new LosslessNumber(token)
}

/** The number of members in all objects of a value. NaN, which equals no count, if the value is too deep to walk. */
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
 * Counts the names in the objects of a JSON text, recognised as `"name":`, the form that programs write. A string may
 * contain the same sequence, escaped, and a space may precede the colon. So a count that differs from the number of
 * members read only means that the text needs a closer look.
 */
export function countNames(text: string): number {
  let names = 0
  // Searching for the quote as well would stop at every quote, which takes twice as long.
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
    if (text.charCodeAt(at - 1) === QUOTE) names++
  }
  return names
}

/**
 * Whether a JSON text contains a number that JSON.parse may change: one with 16 digits before its point, a decimal that
 * is whole or nearly whole, or one with an exponent. Members named in `decimals` may be decimals. A match within a
 * string only costs time.
 */
export function holdsTellingNumber(text: string, decimals: ReadonlySet<string>): boolean {
  if (holdsTellingDecimal(text, decimals)) return true
  // URNs and UUIDs match the first expressions, too; these come first because they are fast.
  if (DIGITS.test(text) && UNQUOTED_DIGITS.test(text) && LONG_INTEGER.test(text)) return true
  return DIGIT_AND_E.test(text) && EXPONENT.test(text)
}

/** Written out, because the engine can then skip 16 characters at a time. */
const DIGITS = /\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d\d/
const UNQUOTED_DIGITS = /[\s:,[]-?\d{16}/
/** A colon within a string, as in a URN or a time, has no quote before it. */
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

/** Where the number with this point begins; the point itself if it belongs to no number. */
function numberStart(text: string, point: number): number {
  let at = point
  while (isDigit(text.charCodeAt(at - 1))) at--
  if (at === point) return point
  const start = text.charCodeAt(at - 1) === MINUS ? at - 1 : at
  return mayStartAt(text, start) ? start : point
}

/** Times such as `00:00:00.000` also begin after a colon, but that colon has no quote before it. */
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

/**
 * A 64-bit number holds 15 digits: with many digits before the point, or a fraction close to a whole number, the
 * fraction may be lost.
 */
function isTelling(text: string, point: number): boolean {
  const first = text.charCodeAt(point + 1)
  if (isDigit(text.charCodeAt(point - MOST_WHOLE_DIGITS))) return true
  if (first !== ZERO && first !== NINE) return false
  let at = point + 1
  while (text.charCodeAt(at) === first) at++
  return at - point > 3 || (first === ZERO && !isDigit(text.charCodeAt(at)))
}

/** If the character this far before the point is a digit, the number may have that many; a false alarm costs little. */
const MOST_WHOLE_DIGITS = 12

/** Empty for an item of an array, and for names in unusual spellings. */
function nameBefore(text: string, start: number): string {
  const colon = text.charCodeAt(start - 1) === SPACE ? start - 2 : start - 1
  if (text.charCodeAt(colon) !== COLON || text.charCodeAt(colon - 1) !== QUOTE) return ''
  return text.slice(text.lastIndexOf('"', colon - 2) + 1, colon - 1)
}

/**
 * As JSON.parse, which does the work for ordinary text. But numbers that would lose information become
 * {@link LosslessNumber}, and keys that occur twice in an object are reported by their JSON pointer; the last value
 * wins. Throws what JSON.parse throws.
 */
export function parseLossless(text: string, onDuplicate?: OnDuplicate): unknown {
  const value: unknown = JSON.parse(text)
  if (holdsTellingNumber(text, NONE)) return exactJson(text, onDuplicate)
  if (onDuplicate !== undefined && countNames(text) !== countMembers(value)) exactJson(text, onDuplicate)
  return value
}

/**
 * As {@link parseLossless}, for callers that need the digits of a number: one that JavaScript would write differently,
 * such as `1.50` or `0.12345678901234567`, becomes a {@link LosslessNumber}, too. Throws what JSON.parse throws.
 */
export function parseVerbatim(text: string, onDuplicate?: OnDuplicate): unknown {
  if (!OTHER_DIGITS.test(text) && !holdsTellingNumber(text, NONE)) return parseLossless(text, onDuplicate)
  // Throws if the text is not JSON.
  JSON.parse(text)
  return new ExactReader(text, verbatimNumber, onDuplicate).read()
}

/**
 * A fraction that ends with a zero, or has more digits than a 64-bit number. A match within a string only costs time.
 */
const OTHER_DIGITS = /\d\.(?:\d*0(?!\d)|\d{15})/

function verbatimNumber(token: string): number | LosslessNumber {
  const number = readNumber(token)
  return typeof number === 'number' && String(number) !== token && token !== '-0' ? new LosslessNumber(token) : number
}

const NONE: ReadonlySet<string> = new Set()

export type JsonObject = Readonly<Record<string, unknown>>

/** A LosslessNumber is our own object, not one from the JSON. */
export function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
}
