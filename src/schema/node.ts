import { Problem } from '../lib/errors.ts'
import type { JsonObject } from './json.ts'

/** A node of a schema, merged with everything in its `allOf`, however nested. Several members may describe one child. */
export type SchemaNode = {
  /** The keywords of the node itself, and those from its `allOf` that it lacks or that allow less. */
  readonly keywords: JsonObject
  readonly properties: ReadonlyMap<string, readonly unknown[]> | undefined
  readonly required: ReadonlySet<string>
  /** Descriptions of the items of an array. */
  readonly items: readonly unknown[]
  /** Descriptions of the values of a map. */
  readonly values: readonly unknown[]
}

/** @throws {@link Problem} for a `$ref`: the schema was stored in another form than `xed-full`. */
export function mergeNode(sources: readonly unknown[]): SchemaNode {
  const members = collectMembers(sources)
  const required = members.flatMap((member) => listOf(member['required'])).filter((name) => typeof name === 'string')
  return {
    keywords: mergeKeywords(members),
    properties: mergeProperties(members),
    required: new Set(required),
    items: members.map((member) => member['items']).filter(isObject),
    values: members.map((member) => member['additionalProperties']).filter(isObject),
  }
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

function mergeKeywords([first = {}, ...others]: readonly JsonObject[]): JsonObject {
  if (others.length === 0) return first
  const merged = new Map(Object.entries(first))
  for (const [name, value] of others.flatMap(Object.entries)) {
    merged.set(name, merged.has(name) ? stricterOf(name, [merged.get(name), value]) : value)
  }
  return Object.fromEntries(merged)
}

/** A value must meet every bound and be in every enum; of other keywords, the first counts. */
function stricterOf(name: string, [one, other]: readonly [unknown, unknown]): unknown {
  const isLeast = LEAST.has(name)
  if ((isLeast || MOST.has(name)) && typeof one === 'number' && typeof other === 'number')
    return isLeast ? Math.max(one, other) : Math.min(one, other)
  return name === 'enum' && Array.isArray(one) && Array.isArray(other) ? inBoth(one, other) : one
}

function inBoth(one: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const others = new Set(other)
  return one.filter((value) => others.has(value))
}

const LEAST: ReadonlySet<string> = new Set(['minimum', 'exclusiveMinimum', 'minLength'])
const MOST: ReadonlySet<string> = new Set(['maximum', 'exclusiveMaximum', 'maxLength'])

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
  return new Problem(`Cannot read the schema: it contains the unresolved reference ${JSON.stringify(reference)}`, {
    remedy:
      'Store the schema as the Schema Registry returns it for "Accept: application/vnd.adobe.xed-full+json; version=1", which resolves every reference.',
  })
}

type NodeKind =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'date' | 'date-time' | 'object' | 'map' | 'array' | 'any' }
  | { readonly kind: 'integer'; readonly type: IntegerType }

/**
 * Uses `meta:xdmType` if present; otherwise the JSON Schema keywords determine the kind. They also tell whether an
 * object is a map.
 */
export function kindOfNode(node: SchemaNode): NodeKind {
  const named = node.keywords['meta:xdmType']
  const kind = typeof named === 'string' ? NAMED.get(named) : undefined
  if (kind !== undefined && kind.kind !== 'object') return kind
  const found = kindByKeywords(node)
  return found.kind === 'any' && kind !== undefined ? kind : found
}

/** The types of XDM's meta schema, and those that Catalog's older `dataType` adds. */
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

function kindByKeywords({ keywords, properties, values }: SchemaNode): NodeKind {
  if (properties !== undefined) return { kind: 'object' }
  if (values.length > 0) return { kind: 'map' }
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
      return kindByEnum(keywords['enum'])
  }
}

/** For a node without a type. */
function kindByEnum(allowed: unknown): NodeKind {
  const types = new Set(listOf(allowed).map((value) => typeof value))
  const [type] = types
  return { kind: types.size === 1 && (type === 'string' || type === 'number' || type === 'boolean') ? type : 'any' }
}

function kindByFormat(format: unknown): NodeKind {
  return { kind: format === 'date' || format === 'date-time' ? format : 'string' }
}

export type IntegerType = 'byte' | 'short' | 'int' | 'long'

/** 64-bit limits are exact bigints. */
export type IntegerRange = { readonly min: number | bigint; readonly max: number | bigint }

/**
 * The actual range of each type. Some schemas state a maximum of 2^n, one too many; `long` ends at the limits of
 * JavaScript and of the registry's own bounds ("XDM field type constraints").
 */
export const INTEGER_RANGES = {
  byte: { min: -128, max: 127 },
  short: { min: -32_768, max: 32_767 },
  int: { min: -2_147_483_648, max: 2_147_483_647 },
  long: { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
} as const satisfies Readonly<Record<IntegerType, IntegerRange>>

/** A schema may state a wider range for a long, up to 64 bits. */
export function integerRange(type: IntegerType, { keywords: { minimum, maximum } }: SchemaNode): IntegerRange {
  const { min, max } = INTEGER_RANGES[type]
  if (type !== 'long') return { min, max }
  return {
    min: typeof minimum === 'number' && minimum < min - 1 ? BigInt(Math.max(minimum, -LONG_END)) : min,
    max: typeof maximum === 'number' && maximum > max + 1 ? lesser(BigInt(Math.min(maximum, LONG_END)), LONG_MAX) : max,
  }
}

const LONG_END = 2 ** 63
const LONG_MAX = 2n ** 63n - 1n

function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other
}

const SMALLEST_FIRST = ['byte', 'short', 'int', 'long'] as const

/**
 * Infers the type of an integer without one as the registry does: the smallest that holds its bounds; `int` without
 * bounds.
 */
function inferIntegerType(minimum: unknown, maximum: unknown): IntegerType {
  const { min, max } = INTEGER_RANGES.int
  const low = typeof minimum === 'number' ? minimum : min
  const high = typeof maximum === 'number' ? maximum : max
  return SMALLEST_FIRST.find((type) => rangeHolds(INTEGER_RANGES[type], low, high)) ?? 'long'
}

/** The stated maximum may be 2^n. */
function rangeHolds({ min, max }: (typeof INTEGER_RANGES)[IntegerType], low: number, high: number): boolean {
  return min <= low && high <= max + 1
}

/** The position of a field in its schema. */
export type FieldPlace = {
  readonly path: readonly string[]
  /** Whether the path contains an array or a map. */
  readonly isRepeated: boolean
  /** The nodes on the path. */
  readonly above: ReadonlySet<unknown>
  readonly tenant: string | undefined
  /** The fields that descriptors deprecate, as `/faxPhone`; without steps into items of lists. */
  readonly deprecated: ReadonlySet<string>
  /** Receives notes about parts of the schema that can't be used. */
  readonly note: (note: string) => void
}

export type FieldCommon = {
  readonly isDeprecated: boolean
  /** If there is a default, an absent required field may pass. */
  readonly hasDefault: boolean
}

export function commonOf({ keywords }: SchemaNode): FieldCommon {
  return { isDeprecated: keywords['meta:status'] === 'deprecated', hasDefault: keywords['default'] !== undefined }
}

/** The values of an `enum`; `isDeep` if the platform may not check them. */
export type Allowed = { readonly values: ReadonlySet<unknown>; readonly isDeep: boolean }

/** `meta:enum` without `enum` only suggests values. */
export function allowedOf({ keywords }: SchemaNode, { path, isRepeated, tenant }: FieldPlace): Allowed | undefined {
  const values = keywords['enum']
  if (!Array.isArray(values) || values.length === 0 || values.some(isCompound)) return undefined
  return { values: new Set<unknown>(values), isDeep: isRepeated || isDeep(path, tenant) }
}

/** XDM lists no objects or arrays, and comparing them would need a deep comparison. */
function isCompound(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

/**
 * XDM UI guide, "Define enum fields": the platform checks fields of the record or of the tenant object, and those one
 * level below.
 */
function isDeep(path: readonly string[], tenant: string | undefined): boolean {
  return path.length > (path[0] === tenant ? 3 : 2)
}

/** For a keyword that may be absent. */
export function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
