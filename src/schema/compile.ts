import { Problem } from '../lib/errors.ts'
import {
  ANY,
  type Allowed,
  type Bounds,
  type FieldCommon,
  type Field,
  type IntegerType,
  type ObjectField,
} from './field.ts'
import { type PrimaryIdentity, primaryIdentity } from './identity.ts'
import type { JsonObject } from './json.ts'
import { type SchemaNode, isObject, kindOfNode, listOf, mergeNode } from './node.ts'

type Behaviour = 'record' | 'time-series' | 'ad-hoc'

/** A schema, ready to check records with. */
export type CompiledSchema = {
  readonly id: string
  readonly title: string
  readonly behaviour: Behaviour
  /** Whether it takes part in Profile. */
  readonly isUnion: boolean
  /** The object that holds the organisation's own fields (`_acme`), or all fields of an ad-hoc schema. */
  readonly tenant: string | undefined
  readonly root: ObjectField
  readonly identity: PrimaryIdentity
  /** What of the schema could not be used, to be reported once. */
  readonly notes: readonly string[]
}

/**
 * `schema` is what the registry answers for `xed-full+json`, `descriptors` the list of its descriptors where it could be
 * read. Throws a {@link Problem} for what is no such schema.
 */
export function compileSchema(schema: unknown, descriptors?: unknown): CompiledSchema {
  if (!isObject(schema)) throw noSchema()
  const id = stringOf(schema['$id']) ?? ''
  const tenant = tenantOf(schema, id)
  const notes: string[] = []
  const place = { path: [], isRepeated: false, above: new Set(), tenant, note: (note: string) => void notes.push(note) }
  const root = fieldOf([schema], place)
  if (root.kind !== 'object' || root.isOpen) throw noSchema()
  const behaviour = behaviourOf(schema)
  return {
    id,
    title: stringOf(schema['title']) ?? id,
    behaviour,
    isUnion: listOf(schema['meta:immutableTags']).includes('union'),
    tenant,
    root: behaviour === 'time-series' ? withEventFields(root) : root,
    identity: primaryIdentity(id, descriptors),
    notes,
  }
}

function behaviourOf(schema: JsonObject): Behaviour {
  const extended = [schema['meta:class'], ...listOf(schema['meta:extends'])]
  if (extended.includes('https://ns.adobe.com/xdm/data/adhoc')) return 'ad-hoc'
  return extended.some((id) => EVENT_CLASSES.has(id)) ? 'time-series' : 'record'
}

const EVENT_CLASSES: ReadonlySet<unknown> = new Set([
  'https://ns.adobe.com/xdm/data/time-series',
  'https://ns.adobe.com/xdm/context/experienceevent',
])

const EVENT_FIELDS = ['_id', 'timestamp'] as const

/** The behaviour schema requires them, whether or not the answer repeats it (XDM guide, "Basics of schema composition"). */
function withEventFields(root: ObjectField): ObjectField {
  // No default can stand in for the moment of an event, or tell it from others.
  const own = EVENT_FIELDS.map((name) => [name, { ...(root.fields.get(name) ?? ANY), hasDefault: false }] as const)
  return {
    ...root,
    fields: new Map([...root.fields, ...own]),
    required: new Set([...root.required, ...EVENT_FIELDS]),
  }
}

function tenantOf(schema: JsonObject, id: string): string | undefined {
  const dataset = stringOf(schema['meta:datasetNamespace'])
  const named =
    dataset ?? stringOf(schema['meta:tenantNamespace']) ?? /^https:\/\/ns\.adobe\.com\/([^/]+)\//.exec(id)?.[1]
  return named === undefined || named === 'xdm' ? undefined : `_${named.replace(/^_/, '')}`
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function noSchema(): Problem {
  return new Problem('Cannot read the schema: it is no object schema with properties', {
    remedy:
      'Store the whole answer of the registry for "Accept: application/vnd.adobe.xed-full+json; version=1" as JSON, and nothing around it.',
  })
}

/** Where a field stands in its schema. */
type FieldPlace = {
  readonly path: readonly string[]
  /** Whether an array or a map is on the way. */
  readonly isRepeated: boolean
  /** The nodes on the way. */
  readonly above: ReadonlySet<unknown>
  readonly tenant: string | undefined
  /** Takes what of the schema can't be used. */
  readonly note: (note: string) => void
}

/** No schema in use comes near; below it anything goes, so that neither compiling nor checking can overflow. */
const DEEPEST = 100

function fieldOf(sources: readonly unknown[], place: FieldPlace): Field {
  // A schema read from JSON can't stand below itself, one that a program put together can.
  if (place.path.length > DEEPEST || sources.some((source) => place.above.has(source))) {
    return noteGap(place, 'goes on without end')
  }
  const node = mergeNode(sources)
  const inside = { ...place, above: new Set([...place.above, ...sources.filter(isObject)]) }
  const kind = kindOfNode(node)
  switch (kind.kind) {
    case 'object':
      return objectField(node, inside)
    case 'map':
      return { ...commonOf(node), kind: 'map', values: mapValues(node, inside) }
    case 'array':
      return { ...commonOf(node), kind: 'array', items: arrayItems(node, inside) }
    case 'string':
      return stringField(node, place)
    case 'number':
      return numberField(node, place)
    case 'integer':
      return integerField(node, kind.type, place)
    case 'boolean':
    case 'date':
    case 'date-time':
      return { ...commonOf(node), kind: kind.kind }
    case 'any':
      return noteGap(place, 'has no type')
    default:
      return kind satisfies never
  }
}

function objectField(node: SchemaNode, place: FieldPlace): Field {
  const fields = new Map<string, Field>()
  for (const [name, sources] of node.properties ?? []) {
    fields.set(name, fieldOf(sources, { ...place, path: [...place.path, name] }))
  }
  const isOpen = fields.size === 0
  for (const name of node.required) if (!fields.has(name)) fields.set(name, ANY)
  return { ...commonOf(node), kind: 'object', fields, required: node.required, isOpen }
}

function mapValues(node: SchemaNode, place: FieldPlace): Field {
  const values = node.keywords['additionalProperties']
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(values) ? fieldOf([values], inside) : noteGap(place, 'says nothing of its values')
}

function arrayItems(node: SchemaNode, place: FieldPlace): Field {
  const { items } = node.keywords
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(items) ? fieldOf([items], inside) : noteGap(place, 'says nothing of its items')
}

const LONGEST_PATH = 8

function noteGap(place: FieldPlace, why: string): Field {
  const path = place.path.slice(0, LONGEST_PATH).join('/')
  place.note(`"/${path}${place.path.length > LONGEST_PATH ? '/…' : ''}" ${why}: what it holds is not checked`)
  return ANY
}

function stringField(node: SchemaNode, place: FieldPlace): Field {
  const { format, minLength, maxLength } = node.keywords
  return {
    ...commonOf(node),
    kind: 'string',
    allowed: allowedOf(node, place),
    format: typeof format === 'string' ? format : undefined,
    pattern: patternOf(node, place),
    minLength: numberOf(minLength, 0),
    maxLength: numberOf(maxLength, Infinity),
  }
}

function numberField(node: SchemaNode, place: FieldPlace): Field {
  return { ...commonOf(node), kind: 'number', allowed: allowedOf(node, place), bounds: boundsOf(node) }
}

function integerField(node: SchemaNode, type: IntegerType, place: FieldPlace): Field {
  return { ...commonOf(node), kind: 'integer', type, allowed: allowedOf(node, place), bounds: boundsOf(node) }
}

function commonOf({ keywords }: SchemaNode): FieldCommon {
  return { isDeprecated: keywords['meta:status'] === 'deprecated', hasDefault: keywords['default'] !== undefined }
}

/** `meta:enum` alone only suggests values. */
function allowedOf({ keywords }: SchemaNode, { path, isRepeated, tenant }: FieldPlace): Allowed | undefined {
  const values = keywords['enum']
  if (!Array.isArray(values) || values.length === 0) return undefined
  return { values: new Set<unknown>(values), isDeep: isRepeated || isDeep(path, tenant) }
}

/**
 * XDM UI guide, "Define enum fields": the platform looks at fields of the record or of the tenant object, and at those
 * one level below.
 */
function isDeep(path: readonly string[], tenant: string | undefined): boolean {
  return path.length > (path[0] === tenant ? 3 : 2)
}

function patternOf({ keywords }: SchemaNode, { path, note }: FieldPlace): RegExp | undefined {
  const { pattern } = keywords
  if (typeof pattern !== 'string' || pattern === '') return undefined
  const expression = expressionOf(pattern, 'u') ?? expressionOf(pattern, '')
  if (expression === undefined) note(`"/${path.join('/')}" has a pattern that cannot be read: it is not checked`)
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
