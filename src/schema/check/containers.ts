import { nearest } from '../../lib/text.ts'
import { type Check, type Walk, kindOf, sayNull } from './walk.ts'
import type { Field, ObjectField } from '../field.ts'
import { isPlainObject } from '../json.ts'

/** More unknown names than this in one object are values that became keys. */
const MOST_REMEMBERED = 1000

/** `did you mean "_acme.loyalty"?`; a name that stands in every record is looked up once. */
export function suggester(object: ObjectField): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (name) => {
    if (known.has(name)) return known.get(name)
    const meant = meantBy(name, object)
    const hint = meant === undefined ? undefined : `did you mean ${JSON.stringify(meant)}?`
    if (known.size < MOST_REMEMBERED) known.set(name, hint)
    return hint
  }
}

function meantBy(name: string, object: ObjectField): string | undefined {
  return (
    inDataForm(name, object) ??
    inOtherCase(name, object.fields) ??
    below(name, object) ??
    nearest(name, namesOf(object))
  )
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

function inOtherCase(name: string, fields: ReadonlyMap<string, Field>): string | undefined {
  const wanted = folded(name)
  return [...fields.keys()].find((one) => folded(one) === wanted)
}

/** `first_name` and `firstName` are the same slip. */
function folded(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '') || name
}

/** The tenant object and its like begin with an underscore; forgotten, their fields stand one level too high. */
function below(name: string, object: ObjectField): string | undefined {
  for (const [outer, field] of object.fields) {
    if (field.kind !== 'object' || !outer.startsWith('_')) continue
    const inner = inOtherCase(name, field.fields)
    if (inner !== undefined) return `${outer}.${inner}`
  }
  return undefined
}

function namesOf(object: ObjectField): readonly string[] {
  return [...object.fields.keys()]
}

type Entry = {
  readonly name: string
  readonly check: Check
  /** 1 when it is required: the required fields that are there can be summed up. */
  readonly required: 0 | 1
  readonly hasDefault: boolean
}

/** `checkOf` makes the checks of the fields within. */
export function objectCheck(field: ObjectField, checkOf: (field: Field) => Check): Check {
  const entries = entriesOf(field, checkOf)
  const checkMembers = membersCheck(field, entries)
  return (value, walk) => {
    if (isPlainObject(value)) checkMembers(value, walk)
    else walk.mismatch(value, 'an object')
  }
}

type Json = Readonly<Record<string, unknown>>

/** Records of one file name their fields in one order, mostly: what stood at this place last time is tried first. */
function membersCheck(field: ObjectField, entries: ReadonlyMap<string, Entry>): (value: Json, walk: Walk) => void {
  const required = [...entries.values()].filter((entry) => entry.required === 1).length
  const suggest = suggester(field)
  const order: (Entry | undefined)[] = []
  return (value, walk) => {
    let present = 0
    let at = 0
    for (const name in value) {
      let entry = order[at]
      if (entry?.name !== name) entry = order[at] = entries.get(name)
      at++
      const member = value[name]
      walk.enter(name)
      if (entry === undefined) {
        walk.passBy(member)
        if (!field.isOpen) sayUnknown(member, walk, suggest(name))
      } else {
        present += entry.required
        if (member === null) sayNullMember(entry, walk)
        else entry.check(member, walk)
      }
      walk.leave()
    }
    walk.members += at
    if (present < required) sayMissing(value, walk, entries)
  }
}

function entriesOf({ fields, required }: ObjectField, checkOf: (field: Field) => Check): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>()
  for (const [name, field] of fields) {
    const check = field.isDeprecated ? deprecatedCheck(checkOf(field)) : checkOf(field)
    entries.set(name, { name, check, required: required.has(name) ? 1 : 0, hasDefault: field.hasDefault })
  }
  return entries
}

function deprecatedCheck(check: Check): Check {
  return (value, walk) => {
    walk.say('deprecated-field', { expected: 'a field in use', received: 'a deprecated field' })
    check(value, walk)
  }
}

function sayUnknown(value: unknown, walk: Walk, hint: string | undefined): void {
  walk.say('unknown-field', { expected: 'a field of the schema', received: kindOf(value), hint })
}

function sayNullMember({ required, hasDefault }: Entry, walk: Walk): void {
  const code = hasDefault ? 'required-defaulted' : 'required-null'
  if (required === 1) walk.say(code, { expected: 'a value', received: 'null' })
  else sayNull(walk)
}

function sayMissing(value: Json, walk: Walk, entries: ReadonlyMap<string, Entry>): void {
  for (const [name, { required, hasDefault }] of entries) {
    if (required === 0 || Object.hasOwn(value, name)) continue
    walk.enter(name)
    walk.say(hasDefault ? 'required-defaulted' : 'required-missing', { expected: 'a value', received: 'nothing' })
    walk.leave()
  }
}

export function arrayCheck(checkItem: Check): Check {
  return (value, walk) => {
    if (!Array.isArray(value)) {
      walk.mismatch(value, 'an array')
      return
    }
    for (let at = 0; at < value.length; at++) {
      const item: unknown = value[at]
      walk.enter(at)
      if (item === null) sayNull(walk)
      else checkItem(item, walk)
      walk.leave()
    }
  }
}

export function mapCheck(checkValue: Check): Check {
  return (value, walk) => {
    if (!isPlainObject(value)) {
      walk.mismatch(value, 'an object that maps keys to values')
      return
    }
    for (const key in value) {
      walk.members++
      const inner = value[key]
      walk.enter(key)
      if (key === '') walk.say('map-key', { expected: 'a key with at least one character', received: 'an empty key' })
      if (inner === null) sayNull(walk)
      else checkValue(inner, walk)
      walk.leave()
    }
  }
}
