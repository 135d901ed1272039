import { kindOf } from './describe.ts'
import type { Field, ObjectField } from './field.ts'
import { isPlainObject } from './is-plain-object.ts'
import { sayNull } from './say-null.ts'
import { suggester } from './suggest.ts'
import type { Check, Walk } from './walk.ts'

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
