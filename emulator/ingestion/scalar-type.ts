import type { ScalarType } from './field.ts'
import type { SchemaNode } from './schema-node.ts'

const BY_XDM_TYPE: ReadonlyMap<unknown, ScalarType> = new Map<unknown, ScalarType>([
  ['string', 'string'],
  ['byte', 'byte'],
  ['short', 'short'],
  ['int', 'int'],
  ['integer', 'int'],
  ['long', 'long'],
  ['number', 'double'],
  ['double', 'double'],
  ['boolean', 'boolean'],
  ['date', 'date'],
  ['date-time', 'date-time'],
])

/** The type of a scalar node. `meta:xdmType` is the registry's own verdict and overrides the JSON Schema keywords. */
export function scalarType(node: SchemaNode): ScalarType | undefined {
  const declared = BY_XDM_TYPE.get(node['meta:xdmType'])
  if (declared !== undefined) return declared
  if (node['type'] === 'integer') return smallestInteger(node)
  if (node['type'] === 'string') return BY_XDM_TYPE.get(node['format']) ?? 'string'
  return BY_XDM_TYPE.get(node['type']) ?? listedType(node['enum'])
}

/** Infers a type from the enum values of a schema that states no type. */
function listedType(listed: unknown): ScalarType | undefined {
  const types = new Set((Array.isArray(listed) ? listed : []).map((value) => typeof value))
  const [type] = types
  return types.size === 1 && type !== 'object' ? BY_XDM_TYPE.get(type) : undefined
}

// The registry infers the type of an integer from its bounds; without bounds, it is an int.
function smallestInteger({ minimum, maximum }: SchemaNode): ScalarType {
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return 'int'
  const types = ['byte', 'short', 'int'] as const
  return types.find((type) => INTEGER_RANGES[type].least <= minimum && maximum <= INTEGER_RANGES[type].most) ?? 'long'
}

export type IntegerType = 'byte' | 'short' | 'int' | 'long'

export function isInteger(type: string): type is IntegerType {
  return ['byte', 'short', 'int', 'long'].includes(type)
}

/** The true ranges. The documents give 2^n as the largest value, which the type can't hold. */
export const INTEGER_RANGES: Readonly<Record<IntegerType, { readonly least: number; readonly most: number }>> = {
  byte: { least: -128, most: 127 },
  short: { least: -32_768, most: 32_767 },
  int: { least: -2_147_483_648, most: 2_147_483_647 },
  long: { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER },
}
