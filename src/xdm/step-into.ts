import { ANY, type Field } from './field.ts'

/** One step of a column's path into the schema; `stopped` where the schema does not go on. `name` is the schema's own. */
export type Step =
  | {
      readonly kind: 'went'
      readonly field: Field
      readonly name: string | undefined
      readonly rest: readonly string[]
    }
  | { readonly kind: 'stopped'; readonly name: string | undefined }

/** A name of the schema, or the names between which Parquet keeps the items of a list and the entries of a map. */
export function stepInto(field: Field, path: readonly string[]): Step {
  const [first = '', second] = path
  switch (field.kind) {
    case 'object': {
      const inner = field.fields.get(first)
      if (inner === undefined && field.isOpen) return { kind: 'went', field: ANY, name: first, rest: [] }
      if (inner === undefined) return { kind: 'stopped', name: first }
      return { kind: 'went', field: inner, name: first, rest: path.slice(1) }
    }
    case 'array':
      return { kind: 'went', field: field.items, name: undefined, rest: path.slice(listDepth(path, field.items)) }
    case 'map':
      if (second === 'key') return { kind: 'went', field: KEY, name: 'key', rest: path.slice(2) }
      if (second === 'value') return { kind: 'went', field: field.values, name: 'value', rest: path.slice(2) }
      return { kind: 'stopped', name: undefined }
    case 'any':
      return { kind: 'went', field, name: undefined, rest: [] }
    default:
      return { kind: 'stopped', name: undefined }
  }
}

const KEY: Field = {
  ...ANY,
  kind: 'string',
  allowed: undefined,
  format: undefined,
  pattern: undefined,
  minLength: 0,
  maxLength: Infinity,
}

/**
 * Parquet format, "Lists": three levels (`list.element`, in older writers `bag.array_element`), two in the oldest
 * (`array`, `…_tuple`; for items that are no groups, any name), none where the field itself is repeated.
 */
function listDepth([first = '', second = '', ...more]: readonly string[], items: Field): number {
  if (/^(?:list|bag|array)$/.test(first) && /^(?:element|item|array_element|array)$/.test(second)) return 2
  const isLeaf = second === '' && more.length === 0 && items.kind !== 'object' && items.kind !== 'any'
  return isLeaf || /^(?:array|element|list)$|_tuple$/.test(first) ? 1 : 0
}
