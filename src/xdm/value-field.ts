import type { Allowed, Bounds, Common, Field } from './field.ts'
import type { IntegerType } from './integer-range.ts'
import type { SchemaNode } from './schema-node.ts'

/** Where a field stands in its schema. */
export type Place = {
  readonly path: readonly string[]
  /** Whether an array or a map is on the way. */
  readonly isRepeated: boolean
  /** The nodes on the way. */
  readonly above: ReadonlySet<unknown>
}

export type CompileTools = { readonly tenant: string | undefined; readonly note: (note: string) => void }

export function stringField(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const { format, minLength, maxLength } = node.keywords
  return {
    ...commonOf(node),
    kind: 'string',
    allowed: allowedOf(node, place, tools),
    format: typeof format === 'string' ? format : undefined,
    pattern: patternOf(node, place, tools),
    minLength: numberOf(minLength, 0),
    maxLength: numberOf(maxLength, Infinity),
  }
}

export function numberField(node: SchemaNode, place: Place, tools: CompileTools): Field {
  return { ...commonOf(node), kind: 'number', allowed: allowedOf(node, place, tools), bounds: boundsOf(node) }
}

type At = { readonly place: Place; readonly tools: CompileTools }

export function integerField(node: SchemaNode, type: IntegerType, { place, tools }: At): Field {
  return { ...commonOf(node), kind: 'integer', type, allowed: allowedOf(node, place, tools), bounds: boundsOf(node) }
}

export function commonOf({ keywords }: SchemaNode): Common {
  return { isDeprecated: keywords['meta:status'] === 'deprecated', hasDefault: keywords['default'] !== undefined }
}

/** `meta:enum` alone only suggests values. */
function allowedOf({ keywords }: SchemaNode, place: Place, { tenant }: CompileTools): Allowed | undefined {
  const values = keywords['enum']
  if (!Array.isArray(values) || values.length === 0) return undefined
  return { values: new Set<unknown>(values), isDeep: place.isRepeated || isDeep(place.path, tenant) }
}

/**
 * XDM UI guide, "Define enum fields": the platform looks at fields of the record or of the tenant object, and at those
 * one level below.
 */
function isDeep(path: readonly string[], tenant: string | undefined): boolean {
  return path.length > (path[0] === tenant ? 3 : 2)
}

function patternOf({ keywords }: SchemaNode, place: Place, { note }: CompileTools): RegExp | undefined {
  const { pattern } = keywords
  if (typeof pattern !== 'string' || pattern === '') return undefined
  const expression = expressionOf(pattern, 'u') ?? expressionOf(pattern, '')
  if (expression === undefined) note(`"/${place.path.join('/')}" has a pattern that cannot be read: it is not checked`)
  return expression
}

/** Many a pattern escapes more than the stricter grammar of Unicode expressions allows. */
function expressionOf(pattern: string, flags: 'u' | ''): RegExp | undefined {
  try {
    return new RegExp(pattern, flags)
  } catch {
    return undefined
  }
}

function boundsOf({ keywords }: SchemaNode): Bounds {
  return {
    minimum: numberOf(keywords['minimum'], -Infinity),
    maximum: numberOf(keywords['maximum'], Infinity),
    exclusiveMinimum: numberOf(keywords['exclusiveMinimum'], -Infinity),
    exclusiveMaximum: numberOf(keywords['exclusiveMaximum'], Infinity),
  }
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
