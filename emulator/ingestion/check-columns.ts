import type { SchemaTree, SchemaElement } from 'hyparquet'
import { isConvertible, type InboundType } from './conversion-matrix.ts'
import type { Field } from './field.ts'
import { FileRefused } from './file-refused.ts'
import type { Mode } from '../settings.ts'

type Rules = { readonly schema: Field; readonly mode: Mode }

/**
 * Parquet columns have types, so the footer alone shows whether they convert to the types of the schema.
 * Batch ingestion overview, "Types": a column that can't be converted fails the batch with a `TypeCompatibilityException`.
 */
export function checkColumns(fileName: string, root: SchemaTree, { schema, mode }: Rules): void {
  const found: Found = { misfits: [], unknown: [] }
  if (schema.kind === 'object') checkChildren(root, (name) => schema.properties.get(name), found)
  const [misfit] = found.misfits
  if (misfit !== undefined) {
    throw new FileRefused({ code: 'TypeCompatibilityException', description: `${fileName}: ${misfit}` })
  }
  // The overview also requires the contents to match a subset of the schema, and names no code for a mismatch.
  const [stranger] = found.unknown
  if (mode === 'strict' && stranger !== undefined) {
    throw new FileRefused({ code: 'EMU-COLUMN', description: `${fileName}: column ${stranger} is not in the schema` })
  }
}

type Found = { readonly misfits: string[]; readonly unknown: string[] }

function checkChildren(group: SchemaTree, fieldOf: (name: string) => Field | undefined, found: Found): void {
  for (const child of group.children) {
    const field = fieldOf(child.element.name)
    if (field === undefined) found.unknown.push(child.path.join('.'))
    else checkColumn(child, field, found)
  }
}

function checkColumn(column: SchemaTree, field: Field, found: Found): void {
  if (field.kind === 'anything') return
  const from = columnType(column)
  const to = field.kind === 'scalar' ? field.type : field.kind
  if (!isConvertible(from, to))
    found.misfits.push(`cannot convert column ${column.path.join('.')} from ${from} to ${to}`)
  else if (field.kind === 'array') checkColumn(elementOf(column), field.items, found)
  else if (field.kind === 'map') checkMapValues(column, field.values, found)
  // The keys of a map are known only row by row.
  else if (field.kind === 'object' && from === 'object' && field.properties.size > 0) {
    checkChildren(column, (name) => field.properties.get(name), found)
  }
}

function checkMapValues(column: SchemaTree, values: Field, found: Found): void {
  if (columnType(column) === 'object') return checkChildren(column, () => values, found)
  const value = column.children[0]?.children[1]
  if (value !== undefined) checkColumn(value, values, found)
}

/** The standard has three levels; in files of old writers, the repeated field is the element. */
function elementOf(list: SchemaTree): SchemaTree {
  const repeated = list.element.repetition_type === 'REPEATED' ? list : list.children[0]
  const [only, ...others] = repeated?.children ?? []
  if (repeated !== list && only !== undefined && others.length === 0) return only
  const single = repeated ?? list
  return { ...single, element: { ...single.element, repetition_type: 'REQUIRED' } }
}

/** The type of a Parquet column in the conversion table. */
function columnType({ element, children }: SchemaTree): InboundType {
  // A repeated field outside of a LIST or MAP group is itself a list (Parquet's "Backward-compatibility rules").
  if (element.repetition_type === 'REPEATED') return 'array'
  if (children.length === 0) return leafType(element)
  if (element.converted_type === 'LIST' || element.logical_type?.type === 'LIST') return 'array'
  if (element.converted_type?.startsWith('MAP') || element.logical_type?.type === 'MAP') return 'map'
  return 'object'
}

function leafType({ type, converted_type, logical_type }: SchemaElement): InboundType {
  if (converted_type === 'DECIMAL') return 'double'
  switch (type) {
    case 'BOOLEAN':
      return 'boolean'
    case 'INT32':
      return int32Type(converted_type, logical_type)
    case 'INT64':
      return converted_type?.startsWith('TIMESTAMP') || logical_type?.type === 'TIMESTAMP' ? 'date-time' : 'long'
    case 'INT96':
      return 'date-time'
    case 'FLOAT':
    case 'DOUBLE':
      return 'double'
    default:
      return 'string'
  }
}

function int32Type(converted: SchemaElement['converted_type'], logical: SchemaElement['logical_type']): InboundType {
  if (converted === 'DATE' || logical?.type === 'DATE') return 'date'
  if (converted === 'INT_8') return 'byte'
  return converted === 'INT_16' ? 'short' : 'int'
}
