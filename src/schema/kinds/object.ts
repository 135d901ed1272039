import { CLOSE_BRACE, COMMA, OPEN_BRACE, nearestName } from '../../lib/text.ts'
import { DOUBT, type Scan, type ScanState, afterSpaces, quotedBytes, scanPlainString, standsAt } from '../scan.ts'
import { type Check, type Walk, reportNull, typeName } from '../walk.ts'
import type { Field, ObjectField } from '../field.ts'
import { type JsonObject, isPlainObject } from '../json.ts'

/** `checkOf` makes the checks of the fields within. */
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
  /** 1 when it is required: the required fields that are there can be summed up. */
  readonly required: 0 | 1
  readonly hasDefault: boolean
}

/** Records of one file name their fields in one order, mostly: what stood at this place last time is tried first. */
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
  if (required === 1) walk.report(code, { expected: 'a value', received: 'null' })
  else reportNull(walk)
}

function reportMissing(value: JsonObject, walk: Walk, entries: ReadonlyMap<string, CheckedMember>): void {
  for (const [name, { required, hasDefault }] of entries) {
    if (required === 0 || Object.hasOwn(value, name)) continue
    walk.enter(name)
    walk.report(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' })
    walk.leave()
  }
}

/** Of a field within an object; absent where every value is checked. */
export type ScanOf = (field: Field, name: string) => Scan | undefined

/**
 * An object of fields that the schema has, each once, and all that are required. `scanOf` makes the scans of its fields.
 * A loop of its own: a call more for each member costs a tenth of the whole scan.
 */
export function objectScan({ fields, required }: ObjectField, scanOf: ScanOf): Scan {
  const names = new MemberNames(
    [...fields].flatMap(([name, field]) => scannedMember(name, required, scanOf(field, name)) ?? []),
  )
  return (state, start) => {
    const { bytes } = state
    if (bytes[start] !== OPEN_BRACE) return DOUBT
    const object = ++state.objects
    let missing = required.size
    let at = afterSpaces(bytes, start + 1)
    if (bytes[at] === CLOSE_BRACE) return missing === 0 ? at + 1 : DOUBT
    for (;;) {
      const member = names.at(state, at)
      if (member === undefined || member.lastObject === object) return DOUBT
      member.lastObject = object
      missing -= member.required
      const end = member.scan(state, afterSpaces(bytes, at + member.token.length))
      if (end === DOUBT) return DOUBT
      at = afterSpaces(bytes, end)
      if (bytes[at] === CLOSE_BRACE) return missing === 0 ? at + 1 : DOUBT
      if (bytes[at] !== COMMA) return DOUBT
      at = afterSpaces(bytes, at + 1)
    }
  }
}

/** A field that an object may have. */
type ScannedMember = {
  /** Its name as it stands in the record: quoted, with the colon. */
  readonly token: Uint8Array
  readonly scan: Scan
  /** 1 when it is required: those that are there can be counted down. */
  readonly required: 0 | 1
  /** The object that it was seen in, by its number: a second time there it is doubled. */
  lastObject: number
  /** Among those that records were seen to have. */
  place: number | undefined
}

function scannedMember(name: string, required: ReadonlySet<string>, scan: Scan | undefined): ScannedMember | undefined {
  const quoted = quotedBytes(name)
  if (scan === undefined || quoted === undefined) return undefined
  const token = Buffer.concat([quoted, Buffer.from(':')])
  return { token, scan, required: required.has(name) ? 1 : 0, lastObject: 0, place: undefined }
}

/** Others than these are looked up: the fields of a record may come in any order, and be many. */
const MOST_TRIED = 16

/** Records of one file name their fields in one order, mostly: what followed last time is tried first. */
class MemberNames {
  /** Those that records were seen to have; a schema may have hundreds that none has. */
  readonly #seen: ScannedMember[] = []
  readonly #byToken: ReadonlyMap<string, ScannedMember>
  #next = 0

  constructor(members: readonly ScannedMember[]) {
    this.#byToken = new Map(members.map((member) => [Buffer.from(member.token).toString('latin1'), member]))
  }

  at(state: ScanState, at: number): ScannedMember | undefined {
    const seen = this.#seen
    const most = seen.length < MOST_TRIED ? seen.length : MOST_TRIED
    for (let tried = 0, place = this.#next; tried < most; tried++, place++) {
      if (place >= seen.length) place = 0
      const member = seen[place]
      if (member === undefined || !standsAt(state.bytes, at, member.token)) continue
      this.#next = place + 1
      return member
    }
    return this.#lookUp(state, at)
  }

  #lookUp(state: ScanState, at: number): ScannedMember | undefined {
    const colon = scanPlainString(state, at)
    const member = colon === DOUBT ? undefined : this.#byToken.get(state.bytes.toString('latin1', at, colon + 1))
    if (member === undefined) return undefined
    member.place ??= this.#seen.push(member) - 1
    this.#next = member.place + 1
    return member
  }
}

/** More unknown names than this in one object are values that became keys. */
const MOST_REMEMBERED = 1000

type Suggester = (name: string) => string | undefined

const SUGGESTERS = new WeakMap<ObjectField, Suggester>()

/** `did you mean "_acme.loyalty"?`; a name that stands in every record is looked up once. */
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
    if (known.has(name)) return known.get(name)
    const meant = inDataForm(name, object) ?? folded.get(foldName(name)) ?? nearestName(name, names)
    const hint = meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`
    if (known.size < MOST_REMEMBERED) known.set(name, hint)
    return hint
  }
}

/**
 * Where a name leads to that is spelled in another way. The tenant object and its like begin with an underscore; forgotten,
 * their fields stand one level too high.
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

/** `first_name` and `firstName` are the same slip. */
function foldName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '') || name
}
