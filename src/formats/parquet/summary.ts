import type { ContentRefusal } from '../refusal.ts'
import type { Content } from '../../lib/content.ts'
import { type ParquetFooter, readFooter } from './footer.ts'
import type { Repetition } from './schema-elements.ts'
import type { ColumnLeaf } from './tree.ts'

export type ParquetRecordShape = {
  readonly format: 'parquet'
  readonly rows: number
  readonly rowGroups: number
  /** The leaves of the schema. */
  readonly columns: readonly ParquetColumn[]
}

type ParquetColumn = {
  /** As in the footer, with `list.element` and `key_value.key`. */
  readonly path: readonly string[]
  readonly meaning: ColumnMeaning
  readonly repetition: Repetition
  /** What makes the column unusual, and the writer's setting that helps. */
  readonly oddity?: ColumnOddity | undefined
}

/** The meaning of a column's values, from its annotation, or from its physical type if it has none. */
type ColumnMeaning =
  'string' | 'byte' | 'short' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'date-time' | 'other'

type ColumnOddity = { readonly is: string; readonly hint: string }

/** Reads only the footer of a Parquet file. */
export async function parquetSummary(content: Content): Promise<ParquetRecordShape | ContentRefusal> {
  const footer = await readFooter(content)
  return footer.kind === 'refused' ? footer : shapeOf(footer)
}

function shapeOf({ rows, groups, tree }: ParquetFooter): ParquetRecordShape {
  const columns = tree.leaves.map((leaf) => {
    const { path, repetition } = leaf
    const oddity = oddityOf(leaf)
    return { path, meaning: meaningOf(leaf), repetition, ...(oddity && { oddity }) }
  })
  return { format: 'parquet', rows, rowGroups: groups.length, columns }
}

function meaningOf(leaf: ColumnLeaf): ColumnMeaning {
  const { annotation, storage } = leaf
  switch (annotation?.kind) {
    case 'text':
    case 'enum':
    case 'json':
      return 'string'
    case 'date':
      return 'date'
    case 'decimal':
      return 'double'
    case 'timestamp':
      return annotation.unit === 'nanoseconds' ? 'other' : 'date-time'
    case 'integer':
      return (annotation.isSigned ? INTEGERS[annotation.bits] : undefined) ?? 'other'
    case undefined:
      return PHYSICAL[storage.physical]
    default:
      return 'other'
  }
}

const INTEGERS: Readonly<Record<number, ColumnMeaning>> = { 8: 'byte', 16: 'short', 32: 'integer', 64: 'long' }

const PHYSICAL = {
  BOOLEAN: 'boolean',
  INT32: 'integer',
  INT64: 'long',
  // Spark wrote timestamps in this type for years, and Adobe's own samples use it.
  INT96: 'date-time',
  FLOAT: 'double',
  DOUBLE: 'double',
  // Older writers omit the annotation for strings.
  BYTE_ARRAY: 'string',
  FIXED_LEN_BYTE_ARRAY: 'other',
} as const satisfies Readonly<Record<ColumnLeaf['storage']['physical'], ColumnMeaning>>

/** For types that Adobe does not document ("Data conversion matrix" has timestamps only as INT64 TIMESTAMP_MILLIS). */
function oddityOf({ annotation, storage }: ColumnLeaf): ColumnOddity | undefined {
  switch (annotation?.kind) {
    case 'timestamp':
      return annotation.unit === 'nanoseconds' ? NANOSECONDS : undefined
    case 'time':
      return { is: 'a column of times of day', hint: 'write them as a timestamp in milliseconds, or as strings' }
    case 'integer':
      return annotation.isSigned ? undefined : UNSIGNED
    case 'uuid':
      return { is: 'a column of UUIDs in 16 bytes each', hint: 'write them as strings' }
    case 'float16':
      return { is: 'a column of 16-bit floating-point numbers', hint: 'write them as float or double' }
    case undefined:
      return storage.physical === 'FIXED_LEN_BYTE_ARRAY' ? BYTES : undefined
    case 'bson':
    case 'interval':
    case 'other':
      return { is: 'a column of an unusual type', hint: 'write it as a string, number, boolean, date or timestamp' }
    default:
      return undefined
  }
}

const NANOSECONDS: ColumnOddity = {
  is: 'a column of timestamps in nanoseconds, which Spark refuses in many versions',
  hint: 'write milliseconds: coerce_timestamps="ms" of pyarrow and pandas',
}

const UNSIGNED: ColumnOddity = { is: 'a column of unsigned integers', hint: 'write signed integers of 32 or 64 bits' }

const BYTES: ColumnOddity = {
  is: 'a column of bytes of fixed length',
  hint: 'write text with the type string: pyarrow.string(), StringType of Spark',
}
