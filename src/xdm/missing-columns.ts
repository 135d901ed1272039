import type { Field } from './field.ts'
import { issueOf, type Issue } from './issue.ts'
import { pointer } from './pointer.ts'

/** Required fields that have no column, at the root and in the groups that have one. `columns` are paths in the schema. */
export function missingColumns(root: Field, columns: readonly (readonly string[])[]): readonly Issue[] {
  return missingIn(root, columns, [])
}

type Paths = readonly (readonly string[])[]

function missingIn(field: Field, columns: Paths, way: readonly string[]): readonly Issue[] {
  if (field.kind === 'array') return missingIn(field.items, columns, way)
  if (field.kind === 'map') return missingIn(field.values, below(columns, 'value'), [...way, 'value'])
  if (field.kind !== 'object') return []
  const present = new Set(columns.map(([first]) => first))
  const absent = [...field.required].filter((name) => !present.has(name))
  const inside = [...field.fields].filter(([name]) => present.has(name))
  return [
    ...absent.map((name) => issueFor(field.fields.get(name), [...way, name])),
    ...inside.flatMap(([name, inner]) => missingIn(inner, below(columns, name), [...way, name])),
  ]
}

function below(columns: Paths, name: string): Paths {
  return columns.filter(([first]) => first === name).map((path) => path.slice(1))
}

function issueFor(field: Field | undefined, path: readonly string[]): Issue {
  const code = field?.hasDefault === true ? 'required-defaulted' : 'required-missing'
  return issueOf(code, { path: pointer(path), expected: 'a column', received: 'nothing' })
}
