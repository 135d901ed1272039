import type { Field } from './field.ts'
import { isRecord } from './is-record.ts'

/**
 * A value without the fields that its schema doesn't know. What promotion does with them is documented nowhere; a reader
 * with a fixed schema, as Spark's, drops them in silence, and that is what a client should fear.
 */
export function knownPart(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'object':
      return isRecord(value) && field.properties.size > 0
        ? knownEntries(value, (name) => field.properties.get(name))
        : value
    case 'map':
      return isRecord(value) ? knownEntries(value, () => field.values) : value
    case 'array':
      return Array.isArray(value) ? knownElements(value, field.items) : value
    case 'scalar':
    case 'anything':
      return value
    default:
      return field satisfies never
  }
}

function knownElements(value: readonly unknown[], items: Field): unknown {
  const known = value.map((element) => knownPart(items, element))
  return known.every((element, index) => element === value[index]) ? value : known
}

function knownEntries(value: Readonly<Record<string, unknown>>, fieldOf: (name: string) => Field | undefined): unknown {
  const names = Object.keys(value)
  const kept: [string, unknown][] = []
  for (const name of names) {
    const field = fieldOf(name)
    if (field !== undefined) kept.push([name, knownPart(field, value[name])])
  }
  // Most objects of a record are whole: only those on the way to an unknown field are built anew.
  const isWhole = kept.length === names.length && kept.every(([name, known]) => known === value[name])
  return isWhole ? value : Object.fromEntries(kept)
}
