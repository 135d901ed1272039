import { INTEGER_RANGES, isInteger, type IntegerType, scalarType } from '../ingestion/scalar-type.ts'
import { schemaNode, type SchemaNode } from '../ingestion/schema-node.ts'
import { MappingFault } from './fault.ts'
import { Moment } from './moment.ts'
import { readDate } from './read-date.ts'
import { isArrayNode, isObjectNode } from './target.ts'
import { fromJson, textOf, type Value } from './value.ts'

/**
 * Converts a value for a target of the schema: guide "Data format handling with Data Prep". Null stays null. Throws a
 * {@link MappingFault} for a value that does not fit.
 */
export function convert(value: Value, node: SchemaNode): unknown {
  if (value === null) return null
  if (isObjectNode(node)) throw new MappingFault('The emulator copies no objects')
  if (isArrayNode(node)) return listOf(value, schemaNode(node['items']))
  return convertScalar(value, node)
}

/** A single value becomes an array of one, as in the guides of the Marketo source. */
function listOf(value: Exclude<Value, null>, items: SchemaNode): unknown {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  const converted = values.map((one) => convert(fromJson(one), items)).filter((one) => one !== null)
  return converted.length > 0 ? converted : null
}

function convertScalar(value: Exclude<Value, null>, node: SchemaNode): unknown {
  const type = scalarType(node)
  if (type === undefined) throw new MappingFault('The schema tells no type of the target')
  if (type === 'string') return textOf(value)
  if (type === 'boolean') return booleanOf(value)
  if (type === 'date') return dateOf(value).day()
  if (type === 'date-time') return dateOf(value).toText()
  return isInteger(type) ? integerOf(value, type) : numberOf(value)
}

/** Both lists are from the guide, including the case. */
const TRUE = ['y', 'yes', 'Y', 'YES', 'on', 'ON', 'true', 'TRUE']
const FALSE = ['n', 'N', 'no', 'NO', 'off', 'OFF', 'false', 'FALSE']

function booleanOf(value: Exclude<Value, null>): boolean {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string' && TRUE.includes(value)) return true
  if (typeof value === 'string' && FALSE.includes(value)) return false
  throw new MappingFault('expected data type was: boolean')
}

function dateOf(value: Exclude<Value, null>): Moment {
  if (value instanceof Moment) return value
  if (typeof value === 'string') return readDate(value)
  throw new MappingFault('expected data type was: date')
}

function integerOf(value: Exclude<Value, null>, type: IntegerType): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  const { least, most } = INTEGER_RANGES[type]
  if (typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most) return number
  throw new MappingFault(`expected data type was: ${type}`)
}

function numberOf(value: Exclude<Value, null>): number {
  if (typeof value === 'number') return value
  if (typeof value === 'string' && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value)) return Number(value)
  throw new MappingFault('expected data type was: number')
}
