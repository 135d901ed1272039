import type { SchemaElement, SchemaTree } from 'hyparquet'
import type { InboundType } from './conversion-matrix.ts'

/** What a column of Parquet is to the conversion table. */
export function columnType({ element, children }: SchemaTree): InboundType {
  // A repeated field outside of a LIST or MAP group is a list in itself (Parquet's "Backward-compatibility rules").
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
