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
        ? mapEntries(value, (name) => field.properties.get(name))
        : value
    case 'map':
      return isRecord(value) ? mapEntries(value, () => field.values) : value
    case 'array':
      return Array.isArray(value) ? value.map((element: unknown) => knownPart(field.items, element)) : value
    case 'scalar':
    case 'anything':
      return value
    default:
      return field satisfies never
  }
}

function mapEntries(value: Readonly<Record<string, unknown>>, fieldOf: (name: string) => Field | undefined): unknown {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const field = fieldOf(name)
      return field === undefined ? [] : [[name, knownPart(field, inner)]]
    }),
  )
}
