import { isObject, ownValue } from '../json.ts'
import type { Field, ScalarField } from './field.ts'
import { isInteger } from './scalar-type.ts'

/**
 * A value as promotion stores it: without fields that its schema doesn't define, and without the fraction of a number
 * that becomes an integer. No document says what promotion does with these. A reader with a fixed schema, such as Spark's,
 * drops them silently, which is the worst case for a client.
 */
export function asStored(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'object':
      return isObject(value) && field.properties.size > 0
        ? storedEntries(value, (name) => field.properties.get(name))
        : value
    case 'map':
      return isObject(value) ? storedEntries(value, () => field.values) : value
    case 'array':
      return Array.isArray(value) ? storedElements(value, field.items) : value
    case 'scalar':
      return asScalar(field, value)
    case 'anything':
      return value
    default:
      return field satisfies never
  }
}

export function asScalar({ type }: ScalarField, value: unknown): unknown {
  return typeof value === 'number' && isInteger(type) ? Math.trunc(value) : value
}

function storedElements(value: readonly unknown[], items: Field): unknown {
  const known = value.map((element) => asStored(items, element))
  return known.every((element, index) => element === value[index]) ? value : known
}

function storedEntries(
  value: Readonly<Record<string, unknown>>,
  fieldOf: (name: string) => Field | undefined,
): unknown {
  const names = Object.keys(value)
  const kept: [string, unknown][] = []
  for (const name of names) {
    const field = fieldOf(name)
    if (field !== undefined) kept.push([name, asStored(field, ownValue(value, name))])
  }
  // Most objects of a record are unchanged: only the parents of an unknown field are rebuilt.
  const isWhole = kept.length === names.length && kept.every(([name, known]) => known === ownValue(value, name))
  return isWhole ? value : Object.fromEntries(kept)
}
