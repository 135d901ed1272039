import { pointer } from '../lib/json-pointer.ts'
import { shorten } from '../lib/text.ts'
import { LosslessNumber, countMembers } from './json.ts'
import type { Allowed } from './node.ts'
import { type Issue, type Report, type RuleCode, issueOf } from './rules.ts'

const LONGEST_SHOWN = 100

/** Describes a value without revealing it; with `showValues`, the value itself, shortened if it is long. */
function describe(value: unknown, showValues: boolean): string {
  return (showValues ? shownText(value) : undefined) ?? typeName(value)
}

/**
 * Undefined for values without a text of their own: an object, or a missing field. Numbers are shown as they are, even
 * if JSON lacks them.
 */
function shownText(value: unknown): string | undefined {
  if (value instanceof LosslessNumber) return shorten(value.text, LONGEST_SHOWN)
  if (typeof value === 'string') return shorten(JSON.stringify(value), LONGEST_SHOWN)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/**
 * As {@link describe}, but shows the shape of a string, which reveals what is wrong with a date: `a string like
 * "0000-00-0"`.
 */
export function describeShape(value: unknown, noun: string, showValues: boolean): string {
  if (showValues || typeof value !== 'string') return describe(value, showValues)
  const shape = value
    .slice(0, LONGEST_SHAPE)
    .replace(/\p{L}\p{M}*/gu, 'a')
    .replace(/\p{N}/gu, '0')
    .replace(/[^a0 .,:/+-]/gu, '?')
  return `${noun} like ${JSON.stringify(shape)}${value.length > LONGEST_SHAPE ? ' …' : ''}`
}

const LONGEST_SHAPE = 40

/**
 * Whether a name unknown to the schema looks like a field name. In a file without a header, and in objects that use
 * values as keys, names are values.
 */
export function isPlainName(name: string): boolean {
  return name.length <= LONGEST_NAME && !/\d{5}/.test(name) && PLAIN_NAME.test(name)
}

const LONGEST_NAME = 64
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_.-]*(?: [A-Za-z0-9_.-]+){0,3}$/

/** Replaces the key of a map, which is always data, and a name that is not plain. */
export function hiddenName(position: number): string {
  return `key ${position}`
}

/** `a string`, `an integer`, `a decimal number`, `an object`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof LosslessNumber) return value.isInteger ? 'an integer' : 'a decimal number'
  if (ArrayBuffer.isView(value)) return 'bytes'
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty string' : 'a string'
    case 'number':
      return Number.isInteger(value) ? 'an integer' : 'a decimal number'
    case 'boolean':
      return 'a boolean'
    case 'undefined':
      return 'nothing'
    default:
      return 'an object'
  }
}

/** For one record, or for the columns of one file. */
export const MOST_HINTS = 100

/** Checks one value of a record and reports its issues to the walk. A valid value allocates nothing. */
export type Check = (value: unknown, walk: Walk) => void

type Received = { readonly expected: string; readonly received: string; readonly hint?: string | undefined }

type Shape = Omit<Received, 'received'> & { readonly noun?: string }

/**
 * The current position of the check in a record. One object serves all records: a path becomes text only for an issue.
 */
export class Walk {
  readonly showValues: boolean
  /** The members of all objects visited or passed by. */
  members = 0
  #hints = 0
  readonly #segments: (string | number)[] = []
  /** For names that may be data, their position among their siblings; 0 for names that may be shown. */
  readonly #hidden: number[] = []
  #depth = 0
  #report: Report = () => undefined

  constructor(showValues: boolean) {
    this.showValues = showValues
  }

  begin(report: Report): void {
    this.#depth = 0
    this.members = 0
    this.#hints = 0
    this.#report = report
  }

  enter(segment: string | number): void {
    this.#hidden[this.#depth] = 0
    this.#segments[this.#depth++] = segment
  }

  /** Enters the key of a map; `position` counts from 1. */
  enterKey(key: string, position: number): void {
    this.#hidden[this.#depth] = this.showValues ? 0 : position
    this.#segments[this.#depth++] = key
  }

  /** Enters a member that the schema does not have. */
  enterUnknown(name: string, position: number): void {
    if (isPlainName(name)) this.enter(name)
    else this.enterKey(name, position)
  }

  leave(): void {
    this.#depth--
  }

  /** Counts the members of a value that is not checked. */
  passBy(value: unknown): void {
    this.members += countMembers(value)
  }

  /** Whether to look for a similar name: more hints for one record would not be read. */
  mayHelp(): boolean {
    return this.#hints++ < MOST_HINTS
  }

  reportMismatch(value: unknown, expected: string): void {
    this.passBy(value)
    this.report('type-mismatch', { expected, received: typeName(value) })
  }

  reportValue(code: RuleCode, value: unknown, expected: string): void {
    this.report(code, { expected, received: describe(value, this.showValues) })
  }

  /** `noun` describes the value, before its shape. */
  reportShape(code: RuleCode, value: unknown, { expected, hint, noun = 'a string' }: Shape): void {
    this.report(code, { expected, received: describeShape(value, noun, this.showValues), hint })
  }

  report(code: RuleCode, { expected, received, hint }: Received): void {
    const [path, at] = [this.#shownPath(), this.#path()]
    const words: Pick<Issue, 'path' | 'expected' | 'received'> = { path, expected, received }
    const placed = at === path ? words : { ...words, at }
    this.#report(issueOf(code, hint === undefined ? placed : { ...placed, hint }))
  }

  #path(): string {
    return pointer(this.#segments.slice(0, this.#depth))
  }

  #shownPath(): string {
    const shown = (segment: string | number, depth: number) => {
      const position = this.#hidden[depth] ?? 0
      return position === 0 ? segment : hiddenName(position)
    }
    return pointer(this.#segments.slice(0, this.#depth).map(shown))
  }
}

/** XDM guide, "Required fields": a null counts as absent there; no document mentions other fields. */
export function reportNull(walk: Walk): void {
  walk.report('null-value', UNWANTED_NULL)
}

export const UNWANTED_NULL = { expected: 'a value, or no field', received: 'null' }

const MOST_LISTED = 8

/** `value` is the record's value, which the schema does not list. */
export function reportNotAllowed({ values, isDeep }: Allowed, value: unknown, walk: Walk): void {
  const shown: string[] = []
  for (const one of values) if (shown.push(JSON.stringify(one)) === MOST_LISTED) break
  const more = values.size > MOST_LISTED ? ` or one of ${values.size - MOST_LISTED} more` : ''
  walk.reportValue(isDeep ? 'enum-deep' : 'enum', value, `one of ${shown.join(', ')}${more}`)
}

/** After the check of the type, checks whether the schema lists the value. */
export function allowedCheck(type: 'boolean' | 'string', allowed: Allowed, check: Check): Check {
  return (value, walk) => {
    check(value, walk)
    if (typeof value === type && !allowed.values.has(value)) reportNotAllowed(allowed, value, walk)
  }
}

/** For a field without a type, which only an enum restricts. */
export function untypedCheck(allowed: Allowed): Check {
  return (value, walk) => {
    walk.passBy(value)
    const plain = value instanceof LosslessNumber ? value.nearest : value
    if (!allowed.values.has(plain)) reportNotAllowed(allowed, value, walk)
  }
}
