import { ownValue } from '../../lib/json-reader.ts'
import { CLOSE_BRACE, COMMA, NINE, QUOTE, ZERO, count } from '../../lib/text.ts'
import { isIPv4, isIPv6 } from 'node:net'
import { isDate, isDateTime } from './date.ts'
import { LosslessNumber } from '../json.ts'
import {
  type Allowed,
  type FieldCommon,
  type FieldPlace,
  type SchemaNode,
  allowedOf,
  commonOf,
  numberOf,
} from '../node.ts'
import { DOUBT, type Pass, type Scan, type ScanState, WORD_LENGTH } from '../scan.ts'
import { FORMAT_SCANS } from '../scan/format.ts'
import { passTexts } from '../scan/json.ts'
import { rememberingScan } from '../scan/remember.ts'
import { afterDigits, scanNumber } from '../scan/number.ts'
import { readScan } from '../scan/read.ts'
import { afterEscapes, afterPlain, quotedBytes, scanString } from '../scan/string.ts'
import { LEAST_TOKEN_LENGTH, ByteToken, TokenTable } from '../scan/tokens.ts'
import { type Check, type Walk, reportNotAllowed } from '../walk.ts'

export type StringField = FieldCommon & {
  readonly kind: 'string'
  readonly allowed: Allowed | undefined
  readonly format: string | undefined
  readonly pattern: RegExp | undefined
  /** In code points. */
  readonly minLength: number
  readonly maxLength: number
}

export function stringField(node: SchemaNode, place: FieldPlace): StringField {
  const { format, minLength, maxLength } = node.keywords
  return {
    ...commonOf(node),
    kind: 'string',
    allowed: allowedOf(node, place),
    format: typeof format === 'string' ? format : undefined,
    pattern: patternOf(node, place),
    minLength: numberOf(minLength, 0),
    maxLength: numberOf(maxLength, Infinity),
  }
}

function patternOf({ keywords }: SchemaNode, { path, note }: FieldPlace): RegExp | undefined {
  const { pattern } = keywords
  if (typeof pattern !== 'string' || pattern === '') return undefined
  const expression = expressionOf(pattern, 'u') ?? expressionOf(pattern, '')
  if (expression === undefined) note(`"/${path.join('/')}" has an invalid pattern, which is not checked`)
  return expression
}

/** Many patterns escape more than the stricter grammar of Unicode expressions allows. */
function expressionOf(pattern: string, flags: 'u' | ''): RegExp | undefined {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}

/** Numbers are converted to strings ("Data conversion matrix"); a boolean is not. */
export function stringCheck(field: StringField): Check {
  const checkString = checkOfRules(rulesOf(field))
  return (value, walk) => {
    if (typeof value === 'string') checkString(value, walk)
    else if (typeof value === 'number') checkString(String(value), walk)
    else if (value instanceof LosslessNumber) checkString(value.text, walk)
    else walk.reportMismatch(value, 'a string')
  }
}

export function stringScan(field: StringField): Scan {
  const rules = rulesOf(field)
  if (rules.length === 0) return scanText
  const scanRead = rememberingScan(readScan(stringCheck(field)))
  const scans = rules.flatMap(({ scan }) => scan ?? [])
  const [first] = scans
  if (first === undefined || scans.length < rules.length) return scanRead
  const scanQuick = scans.length === 1 ? first : scanAll(scans)
  return (state, start) => {
    const end = scanQuick(state, start)
    return end === DOUBT ? scanRead(state, start) : end
  }
}

/** Of a list, as many strings as possible at once; undefined if each must be looked at. */
export function stringPass(field: StringField): Pass | undefined {
  const rules = rulesOf(field)
  if (rules.length === 0) return passTexts
  if (rules.length > 1) return undefined
  const { format, minLength, maxLength } = field
  if (format === 'json-pointer') return ({ window }, start) => window.afterPointers(start)
  // The search takes whole numbers, and sees no longer string.
  const [least, most] = [Math.ceil(Math.max(minLength, 0)), Math.floor(Math.min(maxLength, LONGEST))]
  if (!hasLimits(field) || least > most) return undefined
  return ({ window }, start) => window.afterLimitedTexts(start, least, most - least)
}

const LONGEST = 0xffff

/** Requires all of several rules. */
function scanAll(scans: readonly Scan[]): Scan {
  return (state, start) => {
    let end = DOUBT
    for (const scan of scans) {
      end = scan(state, start)
      if (end === DOUBT) return DOUBT
    }
    return end
  }
}

/** A string, or a number that is converted to one. */
function scanText(state: ScanState, start: number): number {
  const { bytes } = state
  const first = bytes[start] ?? 0
  if (first === QUOTE) return scanString(state, start)
  if (first <= ZERO || first > NINE) return scanNumber(state, start)
  // Most numbers are integers, and short.
  const end = afterDigits(bytes, start + 1)
  return bytes[end] === COMMA || bytes[end] === CLOSE_BRACE ? end : scanNumber(state, start)
}

type StringCheck = (string: string, walk: Walk) => void

/**
 * A rule of a schema for strings. `scan` covers only this rule; strings that it doubts, or that have no scan, are read.
 */
type StringRule = { readonly check: StringCheck; readonly scan?: Scan | undefined }

/** Only the rules that the field has: most fields have none. */
function rulesOf(field: StringField): readonly StringRule[] {
  const rules = [allowedRule(field), lengthRule(field), patternRule(field), formatRule(field)]
  return rules.filter((rule) => rule !== undefined)
}

function checkOfRules(rules: readonly StringRule[]): StringCheck {
  const [first, ...others] = rules
  if (first === undefined) return () => undefined
  if (others.length === 0) return first.check
  return (string, walk) => {
    for (const { check } of rules) check(string, walk)
  }
}

function allowedRule({ allowed }: StringField): StringRule | undefined {
  if (allowed === undefined) return undefined
  return {
    check: (string, walk) => {
      if (!allowed.values.has(string)) reportNotAllowed(allowed, string, walk)
    },
    scan: literalScan(allowed.values),
  }
}

function literalScan(values: ReadonlySet<unknown>): Scan {
  const literals = [...values].flatMap((value) => (typeof value === 'string' ? (quotedBytes(value) ?? []) : []))
  const table = new TokenTable(literals.flatMap(literalTokens))
  return (state, start) => {
    const token = table.find(state, start)
    return token === undefined ? DOUBT : start + token.meaning
  }
}

/** Means the length of the literal. One that is too short for a token, such as `"M"`, is looked for with what may follow. */
function literalTokens(literal: Buffer): readonly ByteToken<number>[] {
  const { length } = literal
  if (length >= LEAST_TOKEN_LENGTH) return [new ByteToken(literal, length)]
  if (length + 1 < LEAST_TOKEN_LENGTH) return []
  return [',', ']', '}'].map((next) => new ByteToken(Buffer.concat([literal, Buffer.from(next)]), length))
}

function hasLimits({ minLength, maxLength }: StringField): boolean {
  return minLength !== 0 || maxLength !== Infinity
}

/** Lengths count code points, and a code point has at most two UTF-16 units. */
function lengthRule(field: StringField): StringRule | undefined {
  const { minLength, maxLength } = field
  if (!hasLimits(field)) return undefined
  const check: StringCheck = (string, walk) => {
    if (string.length >= minLength * 2 && string.length <= maxLength) return
    const length = codePoints(string)
    if (length < minLength)
      walk.report('length', { expected: `at least ${count(minLength, 'character')}`, received: `${length}` })
    if (length > maxLength)
      walk.report('length', { expected: `at most ${count(maxLength, 'character')}`, received: `${length}` })
  }
  return { check, scan: lengthScan(field) }
}

/** An unescaped character takes one to four bytes; near a limit they are counted. */
function lengthScan({ minLength, maxLength }: StringField): Scan {
  return (state, start) => {
    const { bytes } = state
    if (bytes[start] !== QUOTE) return DOUBT
    const at = afterPlain(state, start + 1)
    if (bytes[at] !== QUOTE) return escapedEnd(state, start, at)
    const length = at - start - 1
    if (length >= minLength * 4 && length <= maxLength) return at + 1
    const characters = length - countTrailing(state, start, at)
    return characters >= minLength && characters <= maxLength ? at + 1 : DOUBT
  }

  function escapedEnd(state: ScanState, start: number, at: number): number {
    const end = afterEscapes(state, at)
    const length = end - start - 2
    return end !== DOUBT && length >= minLength * MOST_CHARACTER_BYTES && length <= maxLength ? end : DOUBT
  }
}

/** The bytes of a character that is written as two escapes, such as `\ud83d\ude00`. */
const MOST_CHARACTER_BYTES = 12

/** How many bytes continue a character: those that begin with the bits 10. */
function countTrailing({ view }: ScanState, start: number, end: number): number {
  let trailing = 0
  let at = start
  for (const last = end - 4 * WORD_LENGTH; at <= last; at += 4 * WORD_LENGTH) {
    const [one, two] = [view.getInt32(at, true), view.getInt32(at + WORD_LENGTH, true)]
    const [three, four] = [view.getInt32(at + 2 * WORD_LENGTH, true), view.getInt32(at + 3 * WORD_LENGTH, true)]
    // Most text is ASCII.
    if (((one | two | three | four) & 0x80808080) === 0) continue
    const found = trailingIn(one) + trailingIn(two) + trailingIn(three) + trailingIn(four)
    trailing += Math.imul(found, 0x01010101) >>> 24
  }
  for (; at < end; at++) if ((view.getUint8(at) & 0xc0) === 0x80) trailing++
  return trailing
}

/** Sets the lowest bit of each such byte. */
function trailingIn(word: number): number {
  return (word >>> 7) & ~(word >>> 6) & 0x01010101
}

function codePoints(string: string): number {
  let points = 0
  for (const _ of string) points++
  return points
}

function patternRule({ pattern }: StringField): StringRule | undefined {
  if (pattern === undefined) return undefined
  const expected = `a string that matches ${pattern.source}`
  return {
    check: (string, walk) => {
      if (!pattern.test(string)) walk.reportValue('pattern', string, expected)
    },
  }
}

function formatRule({ format }: StringField): StringRule | undefined {
  const isOfFormat = format === undefined ? undefined : FORMATS.get(format)
  if (isOfFormat === undefined) return undefined
  return {
    check: (string, walk) => {
      if (!isOfFormat(string)) walk.reportValue('format', string, `a string in the format "${format}"`)
    },
    scan: ownValue(FORMAT_SCANS, format ?? ''),
  }
}

/**
 * The formats of XDM. No document says how strictly the platform checks them, so these checks cover only what every
 * string of the format must have: they rather accept an invalid string than report a valid one.
 */
const FORMATS: ReadonlyMap<string, (string: string) => boolean> = new Map([
  ['date', isDate],
  ['date-time', isDateTime],
  ['time', (string: string) => isDateTime(`2000-01-01T${string}`)],
  ['email', (string: string) => /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u.test(string)],
  ['hostname', (string: string) => string.length <= 253 && HOSTNAME.test(string)],
  ['ipv4', isIPv4],
  ['ipv6', (string: string) => isIPv6(string) && !string.includes('%')],
  ['uri', isUri],
  ['url', isUri],
  ['uri-reference', isUriReference],
  ['uri-template', isTemplate],
  ['url-template', isTemplate],
  ['json-pointer', (string: string) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(string)],
])

const HOSTNAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/i

/** RFC 3986 does not allow whitespace, control characters, quotes and braces. */
const NO_URI_CHARACTER = /[\s\p{Cc}"<>\\^`{|}]|%(?![0-9a-f]{2})/iu

function isUri(string: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(string) && isUriReference(string)
}

function isUriReference(string: string): boolean {
  return !NO_URI_CHARACTER.test(string)
}

/** RFC 6570: braces come in pairs and are not empty. */
function isTemplate(string: string): boolean {
  return isUriReference(string.replace(/\{[^{}\s\p{Cc}]+\}/gu, ''))
}
