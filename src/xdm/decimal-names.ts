import type { Field } from './field.ts'

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
