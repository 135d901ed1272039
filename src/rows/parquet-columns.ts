import type { FileMetaData, SchemaElement } from 'hyparquet'

/** What a column's values mean, by its annotation, or by its physical type where it has none. */
export type ColumnMeaning =
  'string' | 'byte' | 'short' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'date-time' | 'other'

export type ParquetColumn = {
  /** As the footer spells it, with `list.element` and `key_value.key`. */
  readonly path: readonly string[]
  readonly meaning: ColumnMeaning
  readonly repetition: 'required' | 'optional' | 'repeated'
}

/** The leaves of a Parquet file's schema. The footer lists the tree depth first, each group with its number of children. */
export function parquetColumns({ schema }: Pick<FileMetaData, 'schema'>): readonly ParquetColumn[] {
  const columns: ParquetColumn[] = []
  let at = 1
  const read = (children: number, path: readonly string[]) => {
    for (let child = 0; child < children; child++) {
      const element = schema[at++]
      if (element === undefined) return
      const here = [...path, element.name]
      if (element.num_children) read(element.num_children, here)
      else columns.push({ path: here, meaning: meaningOf(element), repetition: repetitionOf(element) })
    }
  }
  read(schema[0]?.num_children ?? 0, [])
  return columns
}

function repetitionOf({ repetition_type: type }: SchemaElement): ParquetColumn['repetition'] {
  if (type === 'REQUIRED') return 'required'
  return type === 'REPEATED' ? 'repeated' : 'optional'
}

const ANNOTATED: Readonly<Record<string, ColumnMeaning>> = {
  UTF8: 'string',
  ENUM: 'string',
  JSON: 'string',
  INT_8: 'byte',
  INT_16: 'short',
  INT_32: 'integer',
  INT_64: 'long',
  DECIMAL: 'double',
  DATE: 'date',
  TIMESTAMP_MILLIS: 'date-time',
  TIMESTAMP_MICROS: 'date-time',
}

const PHYSICAL: Readonly<Record<string, ColumnMeaning>> = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'long',
  // Spark wrote timestamps so for years, and Adobe's own samples are.
  INT96: 'date-time',
  FLOAT: 'double',
  DOUBLE: 'double',
  // Older writers leave the annotation of text out.
  BYTE_ARRAY: 'string',
}

function meaningOf({ type, converted_type: converted, logical_type: logical }: SchemaElement): ColumnMeaning {
  if (logical?.type === 'STRING') return 'string'
  if (logical?.type === 'DATE') return 'date'
  if (logical?.type === 'TIMESTAMP') return 'date-time'
  if (converted !== undefined) return ANNOTATED[converted] ?? 'other'
  return PHYSICAL[type ?? ''] ?? 'other'
}
