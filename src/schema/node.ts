import { Problem } from '../lib/errors.ts'
import { INTEGER_RANGES, type IntegerType, type KindName } from './field.ts'
import type { JsonObject } from './json.ts'

/** A node of a schema with all that its `allOf`, wherever they stand, add to it. */
export type SchemaNode = {
  /** The keywords of the node itself; those of `allOf` where it has none. */
  readonly keywords: JsonObject
  readonly properties: ReadonlyMap<string, readonly unknown[]> | undefined
  readonly required: ReadonlySet<string>
}

/** Throws a {@link Problem} for a `$ref`: the schema was stored in another form than `xed-full`. */
export function mergeNode(sources: readonly unknown[]): SchemaNode {
  const members = collectMembers(sources)
  const keywords = Object.assign({}, ...members.toReversed()) as JsonObject
  const required = members.flatMap((member) => listOf(member['required'])).filter((name) => typeof name === 'string')
  return { keywords, properties: mergeProperties(members), required: new Set(required) }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function collectMembers(sources: readonly unknown[]): readonly JsonObject[] {
  const members = new Set<JsonObject>()
  const waiting = [...sources]
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (!isObject(source) || members.has(source)) continue
    if ('$ref' in source) throw unresolvedReference(source['$ref'])
    members.add(source)
    for (const member of listOf(source['allOf'])) waiting.push(member)
  }
  return [...members]
}

/** Two members may each say something of the same property. */
function mergeProperties(members: readonly JsonObject[]): ReadonlyMap<string, readonly unknown[]> | undefined {
  const found = members.map((member) => member['properties']).filter(isObject)
  if (found.length === 0) return undefined
  const names = new Map<string, unknown[]>()
  for (const [name, node] of found.flatMap((properties) => Object.entries(properties))) {
    const nodes = names.get(name)
    if (nodes === undefined) names.set(name, [node])
    else nodes.push(node)
  }
  return names
}

function unresolvedReference(reference: unknown): Problem {
  return new Problem(`Cannot read the schema: it refers to ${JSON.stringify(reference)} instead of holding it`, {
    remedy:
      'Store the schema as the registry answers for "Accept: application/vnd.adobe.xed-full+json; version=1", which resolves every reference.',
  })
}

type NodeKind =
  { readonly kind: Exclude<KindName, 'integer'> } | { readonly kind: 'integer'; readonly type: IntegerType }

/** `meta:xdmType` is trusted where it stands; else the JSON Schema keywords say what it would be. */
export function kindOfNode(node: SchemaNode): NodeKind {
  const named = node.keywords['meta:xdmType']
  const kind = typeof named === 'string' ? NAMED.get(named) : undefined
  return kind === undefined || kind.kind === 'object' ? kindByKeywords(node) : kind
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

function kindByKeywords({ keywords, properties }: SchemaNode): NodeKind {
  if (properties !== undefined) return { kind: 'object' }
  if (isObject(keywords['additionalProperties'])) return { kind: 'map' }
  if ('items' in keywords) return { kind: 'array' }
  return kindByType(keywords)
}

function kindByType(keywords: SchemaNode['keywords']): NodeKind {
  switch (keywords['type']) {
    case 'string':
      return kindByFormat(keywords['format'])
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

function kindByFormat(format: unknown): NodeKind {
  return { kind: format === 'date' || format === 'date-time' ? format : 'string' }
}

const SMALLEST_FIRST = ['byte', 'short', 'int', 'long'] as const

/**
 * The type of an integer that names none: as the registry infers it, the smallest that holds its bounds; `int` where it
 * has none.
 */
function inferIntegerType(minimum: unknown, maximum: unknown): IntegerType {
  const { min, max } = INTEGER_RANGES.int
  const low = typeof minimum === 'number' ? minimum : min
  const high = typeof maximum === 'number' ? maximum : max
  return SMALLEST_FIRST.find((type) => rangeHolds(INTEGER_RANGES[type], low, high)) ?? 'long'
}

/** The printed maximum may be 2^n. */
function rangeHolds({ min, max }: (typeof INTEGER_RANGES)[IntegerType], low: number, high: number): boolean {
  return min <= low && high <= max + 1
}
