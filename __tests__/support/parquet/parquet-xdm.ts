import type { ParquetNode } from './parquet-records.ts'

type XdmField = Readonly<Record<string, unknown>>

/** A schema in the registry's form (`xed-full`) with a matching field for every column. */
export function xdmSchemaOf(columns: readonly ParquetNode[], behaviour: 'record' | 'time-series' = 'record'): XdmField {
  const kind = behaviour === 'record' ? 'profile' : 'experienceevent'
  return {
    $id: 'https://ns.adobe.com/acme/schemas/columns',
    title: 'Columns',
    'meta:class': `https://ns.adobe.com/xdm/context/${kind}`,
    ...objectField(columns),
  }
}

function objectField(members: readonly ParquetNode[]): XdmField {
  const properties = Object.fromEntries(members.map((member) => [member.element.name, fieldOf(member)]))
  return { type: 'object', 'meta:xdmType': 'object', properties }
}

function fieldOf({ element, below }: ParquetNode): XdmField {
  const inner = below[0]?.below.at(-1)
  if (element.converted_type === 'LIST' && inner !== undefined) {
    return { type: 'array', 'meta:xdmType': 'array', items: fieldOf(inner) }
  }
  if (element.converted_type === 'MAP' && inner !== undefined) {
    return { type: 'object', 'meta:xdmType': 'map', additionalProperties: fieldOf(inner) }
  }
  return below.length > 0 ? objectField(below) : leafField(element)
}

const FIELDS: Readonly<Record<string, XdmField>> = {
  UTF8: { type: 'string', 'meta:xdmType': 'string' },
  DECIMAL: { type: 'number', 'meta:xdmType': 'number' },
  DATE: { type: 'string', format: 'date', 'meta:xdmType': 'date' },
  TIMESTAMP_MILLIS: { type: 'string', format: 'date-time', 'meta:xdmType': 'date-time' },
  BOOLEAN: { type: 'boolean', 'meta:xdmType': 'boolean' },
  INT32: { type: 'integer', minimum: -(2 ** 31), maximum: 2 ** 31 - 1, 'meta:xdmType': 'int' },
  INT64: { type: 'integer', minimum: -(2 ** 53) + 1, maximum: 2 ** 53 - 1, 'meta:xdmType': 'long' },
  DOUBLE: { type: 'number', 'meta:xdmType': 'number' },
}

function leafField({ type, converted_type: annotation, name }: ParquetNode['element']): XdmField {
  const field = FIELDS[annotation ?? type ?? '']
  if (field === undefined) throw new Error(`No field is known for the column "${name}"`)
  return field
}
