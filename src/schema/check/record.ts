import { arrayCheck, mapCheck, objectCheck } from './containers.ts'
import { dateCheck, dateTimeCheck } from './dates.ts'
import { integerCheck, numberCheck } from './numbers.ts'
import { stringCheck } from './text.ts'
import { type Check, Walk } from './walk.ts'
import type { CompiledSchema, PrimaryIdentity } from '../compile.ts'
import type { Field } from '../field.ts'
import { countMembers, countNames, exactJson, holdsTellingNumber, isPlainObject } from '../json.ts'
import { type Issue, type Report, issueOf } from '../rules.ts'

/** The check of a field, as a closure that knows all that the schema says of it: no value has it looked up again. */
function checkOf(field: Field): Check {
  switch (field.kind) {
    case 'string':
      return stringCheck(field)
    case 'number':
      return numberCheck(field)
    case 'integer':
      return integerCheck(field)
    case 'boolean':
      return checkBoolean
    case 'date':
      return dateCheck
    case 'date-time':
      return dateTimeCheck
    case 'object':
      return objectCheck(field, checkOf)
    case 'map':
      return mapCheck(checkOf(field.values))
    case 'array':
      return arrayCheck(checkOf(field.items))
    case 'any':
      return checkNothing
    default:
      return field satisfies never
  }
}

function checkBoolean(...[value, walk]: Parameters<Check>): void {
  if (typeof value !== 'boolean') walk.mismatch(value, 'true or false')
}

function checkNothing(...[value, walk]: Parameters<Check>): void {
  walk.passBy(value)
}

type Json = Readonly<Record<string, unknown>>
type IdentityCheck = (record: Json, walk: Walk) => void

/** XDM guide, "Identity fields": Profile takes a record by its primary identity, which each record has to hold. */
function identityCheck(identity: PrimaryIdentity): IdentityCheck {
  switch (identity.kind) {
    case 'field':
      return fieldCheck(identity.path)
    case 'identity-map':
      return (record, walk) => checkIdentityMap(record, walk, true)
    case 'unknown':
      return (record, walk) => checkIdentityMap(record, walk, false)
    default:
      return identity satisfies never
  }
}

function fieldCheck(path: readonly string[]): IdentityCheck {
  return (record, walk) => {
    let value: unknown = record
    for (const name of path) value = isPlainObject(value) ? value[name] : undefined
    if (value === undefined || value === null || value === '') sayMissing(value, walk, path)
  }
}

function sayMissing(value: unknown, walk: Walk, path: readonly string[]): void {
  for (const name of path) walk.enter(name)
  walk.wrong('identity-missing', value, 'the primary identity')
  for (const _ of path) walk.leave()
}

/** `mustName`: no other field can be the primary identity. */
function checkIdentityMap(record: Json, walk: Walk, mustName: boolean): void {
  const identityMap = record['identityMap']
  if (isPlainObject(identityMap)) {
    const primaries = countPrimaries(identityMap)
    if (primaries === 1 || (primaries === 0 && !mustName)) return
    walk.enter('identityMap')
    walk.say('identity-primary', { expected: 'one identity with "primary": true', received: `${primaries} of them` })
    walk.leave()
  } else if (mustName) sayMissing(identityMap, walk, ['identityMap'])
}

function countPrimaries(identityMap: Json): number {
  let primaries = 0
  for (const namespace in identityMap) {
    const identities = identityMap[namespace]
    if (!Array.isArray(identities)) continue
    for (const identity of identities) if (isPlainObject(identity) && identity['primary'] === true) primaries++
  }
  return primaries
}

export type CheckOptions = {
  /** Issues show the values they speak of. */
  readonly showValues: boolean
  /** The dataset is enabled for Profile: records need their identity. */
  readonly isForProfile: boolean
}

/** Returns how many members the record's objects have, all together. Not to be called again from within `report`. */
export type RecordCheck = (record: unknown, report: Report) => number

/**
 * Makes the check of one record against a schema: made once, it runs on millions of rows. A record is plain JSON, with
 * {@link LosslessNumber} for numbers that JavaScript can't hold, as `parseLossless` gives it.
 */
export function recordCheck(schema: CompiledSchema, options: CheckOptions): RecordCheck {
  const walk = new Walk(options.showValues)
  const check = checkOf(schema.root)
  const checkIdentity = options.isForProfile ? identityCheck(schema.identity) : undefined
  return (record, report) => {
    walk.begin(report)
    if (!isPlainObject(record)) {
      walk.wrong('not-an-object', record, 'a JSON object')
      return countMembers(record)
    }
    check(record, walk)
    checkIdentity?.(record, walk)
    return walk.members
  }
}

/** Real-Time Customer Profile guardrails, "Data size limits". */
const LARGEST_BYTES = { record: 100_000, 'ad-hoc': 100_000, 'time-series': 10_000 } as const

/** For datasets that are enabled for Profile, which drops what is larger; `bytes` is the record's length as JSON. */
export function sizeIssue(schema: CompiledSchema, bytes: number): Issue | undefined {
  const most = LARGEST_BYTES[schema.behaviour]
  if (bytes <= most) return undefined
  return issueOf('oversize-record', { path: '', expected: `at most ${most} bytes`, received: `${bytes} bytes` })
}

/**
 * The names under which a record holds decimals alone: there a `1.0` need not be told from a 1. None where a map has
 * other values, since its keys may be any names.
 */
export function decimalNames(root: Field): ReadonlySet<string> {
  const decimals = new Set<string>()
  const others = new Set<string>()
  let isOpen = false
  const visit = (name: string, field: Field) => {
    if (field.kind === 'number') decimals.add(name)
    else if (field.kind !== 'any') others.add(name)
    if (field.kind === 'object') for (const [inner, one] of field.fields) visit(inner, one)
    if (field.kind === 'array') visit('', field.items)
    if (field.kind === 'map') isOpen ||= mindsForm(field.values)
    if (field.kind === 'map') visit('', field.values)
  }
  visit('', root)
  return new Set(isOpen ? [] : [...decimals].filter((name) => name !== '' && !others.has(name)))
}

/** Text, integers and times ask how a number is written. */
function mindsForm({ kind }: Field): boolean {
  return kind === 'integer' || kind === 'string' || kind === 'date' || kind === 'date-time'
}

/** Returns the record. Throws what JSON.parse throws. */
export type TextCheck = (text: string, report: Report) => unknown

/**
 * Reads and checks the text of one record: what `parseLossless` and `recordCheck` do together, at less cost. The check
 * comes by all members anyway, and knows where a decimal is only a decimal.
 */
export function textCheck(schema: CompiledSchema, options: CheckOptions): TextCheck {
  const check = recordCheck(schema, options)
  const decimals = decimalNames(schema.root)
  return (text, report) => {
    const plain: unknown = JSON.parse(text)
    const isExact = holdsTellingNumber(text, decimals)
    const record = isExact ? exactJson(text, (path) => report(duplicate(path))) : plain
    const members = check(record, report)
    if (!isExact && members !== countNames(text)) exactJson(text, (path) => report(duplicate(path)))
    return record
  }
}

function duplicate(path: string): Issue {
  return issueOf('duplicate-key', { path, expected: 'each key once', received: 'a key that stands twice' })
}
