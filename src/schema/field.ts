import { isIPv4, isIPv6 } from 'node:net'

export type IntegerType = 'byte' | 'short' | 'int' | 'long'

export type Range = { readonly min: number; readonly max: number }

/**
 * What each type truly holds. Some schemas print a maximum of 2^n, one too many; `long` ends where JavaScript and the
 * registry's own bounds do ("XDM field type constraints").
 */
export const INTEGER_RANGES: Readonly<Record<IntegerType, Range>> = {
  byte: { min: -128, max: 127 },
  short: { min: -32_768, max: 32_767 },
  int: { min: -2_147_483_648, max: 2_147_483_647 },
  long: { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
}

const SMALLEST_FIRST = ['byte', 'short', 'int', 'long'] as const

/**
 * The type of an integer that names none: as the registry infers it, the smallest that holds its bounds; `int` where it
 * has none.
 */
export function inferIntegerType(minimum: unknown, maximum: unknown): IntegerType {
  const { min, max } = INTEGER_RANGES.int
  const low = typeof minimum === 'number' ? minimum : min
  const high = typeof maximum === 'number' ? maximum : max
  return SMALLEST_FIRST.find((type) => holds(INTEGER_RANGES[type], low, high)) ?? 'long'
}

/** The printed maximum may be 2^n. */
function holds({ min, max }: Range, low: number, high: number): boolean {
  return min <= low && high <= max + 1
}

/** What a schema says of a value. */
export type Field =
  | StringField
  | NumberField
  | IntegerField
  | BooleanField
  | DateField
  | DateTimeField
  | ObjectField
  | MapField
  | ArrayField
  | AnyField

export type FieldKind = Field['kind']

export type Common = {
  readonly isDeprecated: boolean
  /** Where a default stands in, an absent required field may pass. */
  readonly hasDefault: boolean
}

export type StringField = Common & {
  readonly kind: 'string'
  readonly allowed: Allowed | undefined
  readonly format: string | undefined
  readonly pattern: RegExp | undefined
  /** In code points. */
  readonly minLength: number
  readonly maxLength: number
}

export type NumberField = Common & {
  readonly kind: 'number'
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

export type IntegerField = Common & {
  readonly kind: 'integer'
  readonly type: IntegerType
  readonly allowed: Allowed | undefined
  readonly bounds: Bounds
}

type BooleanField = Common & { readonly kind: 'boolean' }
type DateField = Common & { readonly kind: 'date' }
type DateTimeField = Common & { readonly kind: 'date-time' }

export type ObjectField = Common & {
  readonly kind: 'object'
  readonly fields: ReadonlyMap<string, Field>
  readonly required: ReadonlySet<string>
  /** An extension point: the schema names no fields, so that none is unknown. */
  readonly isOpen: boolean
}

type MapField = Common & { readonly kind: 'map'; readonly values: Field }
type ArrayField = Common & { readonly kind: 'array'; readonly items: Field }
export type AnyField = Common & { readonly kind: 'any' }

/** The values of an `enum`; `isDeep` where the platform may not look at them. */
export type Allowed = { readonly values: ReadonlySet<unknown>; readonly isDeep: boolean }

export type Bounds = {
  readonly minimum: number
  readonly maximum: number
  readonly exclusiveMinimum: number
  readonly exclusiveMaximum: number
}

/** Where the schema says nothing, anything goes. */
export const ANY: AnyField = { kind: 'any', isDeprecated: false, hasDefault: false }

/** RFC 3339 `full-date`, and a day that the calendar has. Reads characters in place: it runs for millions of rows. */
export function isDate(text: string): boolean {
  return text.length === 10 && startsWithDate(text)
}

/**
 * RFC 3339 `date-time` as the platform's own message lists it (Data Access guide, "Retrieve failed batches"): a `T`,
 * seconds, at most nine digits of a fraction, and `Z` or an offset. Without one the moment would be anybody's guess.
 */
export function isDateTime(text: string): boolean {
  if (text.length < 20 || text.charCodeAt(10) !== T || !startsWithDate(text) || !hasTimeAt(text, 11)) return false
  return isOffset(text, afterFraction(text))
}

const ZERO = 48
const T = 84
const Z = 90
const DASH = 45
const PLUS = 43
const POINT = 46
const COLON = 58

function startsWithDate(text: string): boolean {
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return false
  const century = twoDigits(text, 0)
  const years = twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  return century >= 0 && years >= 0 && day >= 1 && day <= daysOf(month, century * 100 + years)
}

function daysOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

/** A leap second is refused: readers of the JVM have none. */
function hasTimeAt(text: string, at: number): boolean {
  if (text.charCodeAt(at + 2) !== COLON || text.charCodeAt(at + 5) !== COLON) return false
  return (
    isBelow(twoDigits(text, at), 24) && isBelow(twoDigits(text, at + 3), 60) && isBelow(twoDigits(text, at + 6), 60)
  )
}

function isBelow(number: number, end: number): boolean {
  return number >= 0 && number < end
}

const FRACTION_START = 19
const MOST_FRACTION_DIGITS = 9

/** Where the offset begins; the start, where it can't be, for a fraction without digits or with too many. */
function afterFraction(text: string): number {
  if (text.charCodeAt(FRACTION_START) !== POINT) return FRACTION_START
  let at = FRACTION_START + 1
  while (isBelow(text.charCodeAt(at) - ZERO, 10)) at++
  const digits = at - FRACTION_START - 1
  return digits >= 1 && digits <= MOST_FRACTION_DIGITS ? at : 0
}

function isOffset(text: string, at: number): boolean {
  const sign = text.charCodeAt(at)
  if (sign === Z) return text.length === at + 1
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 6 || text.charCodeAt(at + 3) !== COLON) return false
  return isBelow(twoDigits(text, at + 1), 24) && isBelow(twoDigits(text, at + 4), 60)
}

/** Below zero for what are no two digits. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return isBelow(tens, 10) && isBelow(ones, 10) ? tens * 10 + ones : -1
}

/**
 * The formats that XDM knows. How strictly the platform takes them is written nowhere, so these are what no text of the
 * format can be without: they rather let pass than cry wolf.
 */
export const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['date-time', isDateTime],
  ['time', (text: string) => isDateTime(`2000-01-01T${text}`)],
  ['email', (text: string) => /^[^\s@]+@[^\s@]+$/.test(text)],
  ['hostname', (text: string) => text.length <= 253 && HOSTNAME.test(text)],
  ['ipv4', isIPv4],
  ['ipv6', (text: string) => isIPv6(text) && !text.includes('%')],
  ['uri', isUri],
  ['url', isUri],
  ['uri-reference', isUriReference],
  ['uri-template', isTemplate],
  ['url-template', isTemplate],
  ['json-pointer', (text: string) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)],
])

const HOSTNAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i

/** RFC 3986 has no place for blanks, control characters, quotes and braces. */
const NO_URI_CHARACTER = /[\s"<>\\^`{|}]|%(?![0-9a-f]{2})/i

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && isUriReference(text)
}

function isUriReference(text: string): boolean {
  return !NO_URI_CHARACTER.test(text)
}

/** RFC 6570: braces come in pairs and hold something. */
function isTemplate(text: string): boolean {
  return isUriReference(text.replace(/\{[^{}\s]+\}/g, ''))
}
