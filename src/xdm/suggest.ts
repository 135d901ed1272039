import { nearest } from '../base/nearest.ts'
import type { Field, ObjectField } from './field.ts'

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
