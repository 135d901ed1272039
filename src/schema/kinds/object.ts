import { nearestName } from '../../lib/similar-names.ts'
import { CLOSE_BRACE, COLON, COMMA, OPEN_BRACE } from '../../lib/text.ts'
import { DOUBT, type NotedWarning, type Scan, type ScanState, afterSpaces, noteNull, noteOf } from '../scan.ts'
import { scanJson } from '../scan/json.ts'
import { quotedBytes, scanString, stringAt } from '../scan/string.ts'
import { LEAST_TOKEN_LENGTH, ByteToken, TokenTable } from '../scan/tokens.ts'
import { type Check, UNWANTED_NULL, type Walk, reportNull, typeName } from '../walk.ts'
import type { Field, ObjectField } from '../field.ts'
import { pointer } from '../../lib/json-pointer.ts'
import { type JsonObject, isPlainObject } from '../json.ts'

/** `checkOf` makes the checks of the fields in the object. */
export function objectCheck(field: ObjectField, checkOf: (field: Field) => Check): Check {
  const entries = membersByName(field, checkOf)
  const checkMembers = membersCheck(field, entries)
  return (value, walk) => {
    if (isPlainObject(value)) checkMembers(value, walk)
    else walk.reportMismatch(value, 'an object')
  }
}

type CheckedMember = {
  readonly name: string
  readonly check: Check
  /** 1 if the field is required, so that the required fields present can be added up. */
  readonly required: 0 | 1
  readonly hasDefault: boolean
}

/**
 * Most records of a file name their fields in the same order, so the field last seen at this position is tried first.
 */
function membersCheck(
  field: ObjectField,
  entries: ReadonlyMap<string, CheckedMember>,
): (value: JsonObject, walk: Walk) => void {
  const required = [...entries.values()].filter((entry) => entry.required === 1).length
  const suggest = suggesterOf(field)
  const order: (CheckedMember | undefined)[] = []
  return (value, walk) => {
    let present = 0
    let at = 0
    for (const name in value) {
      let entry = order[at]
      if (entry?.name !== name) entry = order[at] = entries.get(name)
      at++
      const member = value[name]
      if (entry === undefined) {
        walk.enterUnknown(name, at)
        walk.passBy(member)
        if (!field.isOpen) reportUnknown(member, walk, walk.mayHelp() ? suggest(name) : undefined)
      } else {
        walk.enter(name)
        present += entry.required
        if (member === null) reportNullMember(entry, walk)
        else entry.check(member, walk)
      }
      walk.leave()
    }
    walk.members += at
    if (present < required) reportMissing(value, walk, entries)
  }
}

function membersByName(
  { fields, required }: ObjectField,
  checkOf: (field: Field) => Check,
): ReadonlyMap<string, CheckedMember> {
  const entries = new Map<string, CheckedMember>()
  for (const [name, field] of fields) {
    entries.set(name, {
      name,
      check: checkOf(field),
      required: required.has(name) ? 1 : 0,
      hasDefault: field.hasDefault,
    })
  }
  return entries
}

function reportUnknown(value: unknown, walk: Walk, hint: string | undefined): void {
  walk.report('unknown-field', { expected: 'a field of the schema', received: typeName(value), hint })
}

function reportNullMember({ required, hasDefault }: CheckedMember, walk: Walk): void {
  const code = hasDefault ? 'required-defaulted' : 'required-null'
  if (required === 1) walk.report(code, REQUIRED_NULL)
  else reportNull(walk)
}

const REQUIRED_NULL = { expected: 'a value', received: 'null' }

function reportMissing(value: JsonObject, walk: Walk, entries: ReadonlyMap<string, CheckedMember>): void {
  for (const [name, { required, hasDefault }] of entries) {
    if (required === 0 || Object.hasOwn(value, name)) continue
    walk.enter(name)
    walk.report(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' })
    walk.leave()
  }
}

/** The scan of a field within an object, with its path; undefined if every value must be checked. */
export type ScanOf = (field: Field, name: string, path: string | undefined) => Scan | undefined

/**
 * Scans an object with fields of the schema only, each at most once, and all required ones. `scanOf` makes the scans of
 * its fields; `path` is its path in notes. One loop on purpose: another call per member would cost a tenth of the whole
 * scan.
 */
export function objectScan(field: ObjectField, path: string | undefined, scanOf: ScanOf): Scan {
  const { required } = field
  if (field.isOpen && field.fields.size === 0) return scanOpenObject
  const names = new MemberNames(scannedMembers(field, path, scanOf))
  return (state, start) => {
    const { bytes } = state
    if (bytes[start] !== OPEN_BRACE) return DOUBT
    const object = ++state.objects
    let missing = required.size
    let at = afterSpaces(bytes, start + 1)
    if (bytes[at] === CLOSE_BRACE) return missing === 0 ? at + 1 : DOUBT
    let before = names.first
    for (;;) {
      let name = before.next
      if (name === undefined || !name.standsAt(state, at)) {
        name = names.find(state, at)
        if (name === undefined) return DOUBT
        before.next = name
      }
      const member = name.meaning
      if (member === undefined || member.lastObject === object) return DOUBT
      member.lastObject = object
      missing -= member.required
      const valueAt = afterSpaces(bytes, at + name.length)
      const end = bytes[valueAt] === N ? noteNull(state, valueAt, member.ofNull) : member.scan(state, valueAt)
      if (end === DOUBT) return DOUBT
      at = afterSpaces(bytes, end)
      if (bytes[at] === CLOSE_BRACE) return missing === 0 ? at + 1 : DOUBT
      if (bytes[at] !== COMMA) return DOUBT
      at = afterSpaces(bytes, at + 1)
      before = name
    }
  }
}

/** The first letter of `null`. */
const N = 0x6e

/** May contain anything, also as the root of a record. */
function scanOpenObject(state: ScanState, start: number): number {
  return state.bytes[start] === OPEN_BRACE ? scanJson(state, start) : DOUBT
}

/** A field of an object, as the scan sees it. */
type ScannedMember = {
  readonly scan: Scan
  readonly ofNull: NotedWarning | undefined
  /** 1 if the field is required, so that the missing ones can be counted down. */
  readonly required: 0 | 1
  /** The number of the object in which it was last seen: a second time in the same object is a duplicate. */
  lastObject: number
  /** How many spellings of its name were added. */
  spellings: number
}

function scannedMembers(
  { fields, required }: ObjectField,
  path: string | undefined,
  scanOf: ScanOf,
): ReadonlyMap<string, ScannedMember> {
  const members = new Map<string, ScannedMember>()
  for (const [name, field] of fields) {
    const inside = path === undefined ? undefined : path + pointer([name])
    const scan = scanOf(field, name, inside)
    if (scan === undefined) continue
    const isRequired = required.has(name)
    const ofNull = isRequired
      ? noteOf(field.hasDefault ? 'required-defaulted' : 'required-null', inside, REQUIRED_NULL)
      : noteOf('null-value', inside, UNWANTED_NULL)
    members.set(name, { scan, ofNull, required: isRequired ? 1 : 0, lastObject: 0, spellings: 0 })
  }
  return members
}

/** Programs differ in what they escape and in the spaces before a colon, but one file rarely has several spellings. */
const MOST_SPELLINGS = 4

/** A name as it is written in the record: quoted, with the colon. */
type Name = ByteToken<ScannedMember | undefined>

/** Most records of a file name their fields in the same order, so the name that followed last time is tried first. */
class MemberNames {
  /** A placeholder before the first name of an object. */
  readonly first: Name = new ByteToken<ScannedMember | undefined>(Buffer.from('    '), undefined)
  readonly #members: ReadonlyMap<string, ScannedMember>
  readonly #table: TokenTable<ScannedMember | undefined>

  constructor(members: ReadonlyMap<string, ScannedMember>) {
    this.#members = members
    const names = [...members].flatMap(([name, member]) => nameToken(quotedBytes(name), member) ?? [])
    this.#table = new TokenTable(names)
  }

  find(state: ScanState, at: number): Name | undefined {
    return this.#table.find(state, at) ?? this.#learn(state, at)
  }

  /** Adds another spelling of a name of the schema. */
  #learn(state: ScanState, at: number): Name | undefined {
    const { bytes } = state
    const end = scanString(state, at)
    const colon = end === DOUBT ? DOUBT : afterSpaces(bytes, end)
    if (colon === DOUBT || bytes[colon] !== COLON) return undefined
    const member = this.#members.get(stringAt(bytes, at, end))
    if (member === undefined) return undefined
    if (colon + 1 - at < LEAST_TOKEN_LENGTH) return undefined
    const token = new ByteToken<ScannedMember | undefined>(Buffer.from(bytes.subarray(at, colon + 1)), member)
    if (member.spellings++ < MOST_SPELLINGS) this.#table.add(token)
    return token
  }
}

const COLON_LENGTH = 1

function nameToken(quoted: Buffer | undefined, member: ScannedMember): Name | undefined {
  if (quoted === undefined || quoted.length + COLON_LENGTH < LEAST_TOKEN_LENGTH) return undefined
  return new ByteToken<ScannedMember | undefined>(Buffer.concat([quoted, Buffer.from(':')]), member)
}

/**
 * More unknown names than this in one object are values used as keys: similar names would mean nothing, and a search for
 * each takes time.
 */
const MOST_SOUGHT = 1_000

type Suggester = (name: string) => string | undefined

const SUGGESTERS = new WeakMap<ObjectField, Suggester>()

/** `did you mean "_acme.loyalty"?`; a name that occurs in every record is looked up once. */
export function suggesterOf(object: ObjectField): Suggester {
  const suggester = SUGGESTERS.get(object) ?? nameSuggester(object)
  SUGGESTERS.set(object, suggester)
  return suggester
}

function nameSuggester(object: ObjectField): Suggester {
  const known = new Map<string, string | undefined>()
  const names = [...object.fields.keys()]
  const folded = foldedNames(object)
  return (name) => {
    if (known.has(name) || known.size >= MOST_SOUGHT) return known.get(name)
    const meant = inDataForm(name, object) ?? folded.get(foldName(name)) ?? nearestName(name, names)
    const hint = meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`
    known.set(name, hint)
    return hint
  }
}

/**
 * The paths of names in other spellings. The tenant object and similar ones begin with an underscore; if that level is
 * forgotten, their fields are one level too high.
 */
function foldedNames({ fields }: ObjectField): ReadonlyMap<string, string> {
  const folded = new Map<string, string>()
  const add = (name: string, path: string) => {
    if (!folded.has(foldName(name))) folded.set(foldName(name), path)
  }
  for (const name of fields.keys()) add(name, name)
  for (const [outer, field] of fields) {
    if (field.kind !== 'object' || !outer.startsWith('_')) continue
    for (const name of field.fields.keys()) add(name, `${outer}.${name}`)
  }
  return folded
}

/** `xdm:firstName` → `firstName`, `@id` → `_id`, `schema:latitude` → `_schema.latitude` ("Field names" of XDM's guide). */
function inDataForm(name: string, object: ObjectField): string | undefined {
  const [, prefix, rest = ''] = /^([a-z]+):(.+)$/i.exec(name) ?? []
  const path = name.startsWith('@') ? [`_${name.slice(1)}`] : prefix === 'xdm' ? [rest] : [`_${prefix}`, rest]
  if (prefix === undefined && !name.startsWith('@')) return undefined
  return fieldAt(object, path) === undefined ? undefined : path.join('.')
}

function fieldAt(object: ObjectField, path: readonly string[]): Field | undefined {
  let field: Field | undefined = object
  for (const name of path) field = field?.kind === 'object' ? field.fields.get(name) : undefined
  return field
}

/** `first_name` and `firstName` become equal. */
function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '') || name
}
