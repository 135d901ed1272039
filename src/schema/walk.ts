import { LosslessNumber, countMembers, pointer } from './json.ts'
import type { Allowed } from './node.ts'
import { type Issue, type Report, type RuleCode, issueOf } from './rules.ts'

const LONGEST_SHOWN = 100

/** What was found, in words that give nothing of it away; with `showValues` the value, cut where it is long. */
function describe(value: unknown, showValues: boolean): string {
  return (showValues ? shownText(value) : undefined) ?? typeName(value)
}

/** Undefined for what has no text of its own: an object, and a field that is not there. A number as it is, also beyond JSON. */
function shownText(value: unknown): string | undefined {
  if (value instanceof LosslessNumber) return shorten(value.text)
  if (typeof value === 'string') return shorten(JSON.stringify(value))
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** As {@link describe}, and of a string its shape, which shows what is wrong with a date: `a text like "0000-00-0"`. */
function describeShape(value: unknown, showValues: boolean): string {
  if (showValues || typeof value !== 'string') return describe(value, showValues)
  const shape = value.slice(0, LONGEST_SHAPE).replace(/\p{L}/gu, 'a').replace(/\p{N}/gu, '0')
  return `a text like ${JSON.stringify(shape)}${value.length > LONGEST_SHAPE ? ' …' : ''}`
}

const LONGEST_SHAPE = 40

/** `a string`, `an integer`, `a decimal number`, `an object`. */
export function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (value instanceof LosslessNumber) return value.isInteger ? 'an integer' : 'a decimal number'
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

/** No character is cut in two. */
function shorten(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN).replace(/[\ud800-\udbff]$/, '')}…` : text
}

/** Checks one value of a record; what is wrong with it goes to the walk. A value in order allocates nothing. */
export type Check = (value: unknown, walk: Walk) => void

type Received = { readonly expected: string; readonly received: string; readonly hint?: string | undefined }

/** Where in a record the check stands. One for all records: a path becomes text only when there is an issue. */
export class Walk {
  readonly showValues: boolean
  /** Of all objects that the walk came through or passed by. */
  members = 0
  readonly #segments: (string | number)[] = []
  #depth = 0
  #report: Report = () => undefined

  constructor(showValues: boolean) {
    this.showValues = showValues
  }

  begin(report: Report): void {
    this.#depth = 0
    this.members = 0
    this.#report = report
  }

  enter(segment: string | number): void {
    this.#segments[this.#depth++] = segment
  }

  leave(): void {
    this.#depth--
  }

  /** What stands here is not looked into. */
  passBy(value: unknown): void {
    this.members += countMembers(value)
  }

  reportMismatch(value: unknown, expected: string): void {
    this.passBy(value)
    this.report('type-mismatch', { expected, received: typeName(value) })
  }

  reportValue(code: RuleCode, value: unknown, expected: string): void {
    this.report(code, { expected, received: describe(value, this.showValues) })
  }

  reportShape(code: RuleCode, value: unknown, { expected, hint }: Omit<Received, 'received'>): void {
    this.report(code, { expected, received: describeShape(value, this.showValues), hint })
  }

  report(code: RuleCode, { expected, received, hint }: Received): void {
    const words: Pick<Issue, 'path' | 'expected' | 'received'> = { path: this.#path(), expected, received }
    this.#report(issueOf(code, hint === undefined ? words : { ...words, hint }))
  }

  #path(): string {
    return pointer(this.#segments.slice(0, this.#depth))
  }
}

/** XDM guide, "Required fields": null counts as absent there; of other fields nothing is written. */
export function reportNull(walk: Walk): void {
  walk.report('null-value', { expected: 'a value, or nothing at all', received: 'null' })
}

const MOST_LISTED = 8

/** `value` is what the record holds and the schema does not list. */
export function reportNotAllowed({ values, isDeep }: Allowed, value: unknown, walk: Walk): void {
  const shown = [...values].slice(0, MOST_LISTED).map((one) => JSON.stringify(one))
  const more = values.size > MOST_LISTED ? ` or one of ${values.size - MOST_LISTED} more` : ''
  walk.reportValue(isDeep ? 'enum-deep' : 'enum', value, `one of ${shown.join(', ')}${more}`)
}

/** After the check of its type, whether a value is one of those that the schema lists. */
export function allowedCheck(type: 'boolean' | 'string', allowed: Allowed, check: Check): Check {
  return (value, walk) => {
    check(value, walk)
    if (typeof value === type && !allowed.values.has(value)) reportNotAllowed(allowed, value, walk)
  }
}

/** Of a field that names no type: only an enum says what it holds. */
export function untypedCheck(allowed: Allowed): Check {
  return (value, walk) => {
    walk.passBy(value)
    const plain = value instanceof LosslessNumber ? value.nearest : value
    if (!allowed.values.has(plain)) reportNotAllowed(allowed, value, walk)
  }
}
