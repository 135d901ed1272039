import type { FieldKind } from './field.ts'
import { inferIntegerType, type IntegerType } from './integer-range.ts'
import { isObject, type SchemaNode } from './schema-node.ts'

export type NodeKind =
  { readonly kind: Exclude<FieldKind, 'integer'> } | { readonly kind: 'integer'; readonly type: IntegerType }

/** `meta:xdmType` is trusted where it stands; else the JSON Schema keywords say what it would be. */
export function nodeKind(node: SchemaNode): NodeKind {
  const named = node.keywords['meta:xdmType']
  const kind = typeof named === 'string' ? NAMED.get(named) : undefined
  return kind === undefined || kind.kind === 'object' ? byKeywords(node) : kind
}

/** The meta schema of XDM, and the names that Catalog's older `dataType` adds. */
const NAMED: ReadonlyMap<string, NodeKind> = new Map<string, NodeKind>([
  ['string', { kind: 'string' }],
  ['number', { kind: 'number' }],
  ['double', { kind: 'number' }],
  ['float', { kind: 'number' }],
  ['byte', { kind: 'integer', type: 'byte' }],
  ['short', { kind: 'integer', type: 'short' }],
  ['int', { kind: 'integer', type: 'int' }],
  ['integer', { kind: 'integer', type: 'int' }],
  ['long', { kind: 'integer', type: 'long' }],
  ['boolean', { kind: 'boolean' }],
  ['date', { kind: 'date' }],
  ['date-time', { kind: 'date-time' }],
  ['map', { kind: 'map' }],
  ['array', { kind: 'array' }],
  ['object', { kind: 'object' }],
])

function byKeywords({ keywords, properties }: SchemaNode): NodeKind {
  if (properties !== undefined) return { kind: 'object' }
  if (isObject(keywords['additionalProperties'])) return { kind: 'map' }
  if ('items' in keywords) return { kind: 'array' }
  return byType(keywords)
}

function byType(keywords: SchemaNode['keywords']): NodeKind {
  switch (keywords['type']) {
    case 'string':
      return byFormat(keywords['format'])
    case 'integer':
      return { kind: 'integer', type: inferIntegerType(keywords['minimum'], keywords['maximum']) }
    case 'number':
    case 'boolean':
    case 'array':
    case 'object':
      return { kind: keywords['type'] }
    default:
      return { kind: 'any' }
  }
}

function byFormat(format: unknown): NodeKind {
  return { kind: format === 'date' || format === 'date-time' ? format : 'string' }
}
