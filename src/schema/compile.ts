import { Problem } from '../lib/errors.ts'
import {
  ANY,
  type Allowed,
  type Bounds,
  type Common,
  type Field,
  type FieldKind,
  type IntegerType,
  type ObjectField,
  inferIntegerType,
} from './field.ts'

/** A node of a schema with all that its `allOf`, wherever they stand, add to it. */
type SchemaNode = {
  /** The keywords of the node itself; those of `allOf` where it has none. */
  readonly keywords: Readonly<Record<string, unknown>>
  readonly properties: ReadonlyMap<string, readonly unknown[]> | undefined
  readonly required: ReadonlySet<string>
}

/** Throws a {@link Problem} for a `$ref`: the schema was stored in another form than `xed-full`. */
function schemaNode(sources: readonly unknown[]): SchemaNode {
  const members = withAllOf(sources)
  const keywords = Object.assign({}, ...members.toReversed()) as Readonly<Record<string, unknown>>
  const required = members.flatMap((member) => listOf(member['required'])).filter((name) => typeof name === 'string')
  return { keywords, properties: propertiesOf(members), required: new Set(required) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function withAllOf(sources: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  const members = new Set<Readonly<Record<string, unknown>>>()
  const waiting = [...sources]
  for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
    if (!isObject(source) || members.has(source)) continue
    if ('$ref' in source) throw unresolved(source['$ref'])
    members.add(source)
    for (const member of listOf(source['allOf'])) waiting.push(member)
  }
  return [...members]
}

/** Two members may each say something of the same property. */
function propertiesOf(
  members: readonly Readonly<Record<string, unknown>>[],
): ReadonlyMap<string, readonly unknown[]> | undefined {
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

function unresolved(reference: unknown): Problem {
  return new Problem(`Cannot read the schema: it refers to ${JSON.stringify(reference)} instead of holding it`, {
    remedy:
      'Store the schema as the registry answers for "Accept: application/vnd.adobe.xed-full+json; version=1", which resolves every reference.',
  })
}

type NodeKind =
  { readonly kind: Exclude<FieldKind, 'integer'> } | { readonly kind: 'integer'; readonly type: IntegerType }

/** `meta:xdmType` is trusted where it stands; else the JSON Schema keywords say what it would be. */
function nodeKind(node: SchemaNode): NodeKind {
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

/** Where a field stands in its schema. */
type Place = {
  readonly path: readonly string[]
  /** Whether an array or a map is on the way. */
  readonly isRepeated: boolean
  /** The nodes on the way. */
  readonly above: ReadonlySet<unknown>
}

type CompileTools = { readonly tenant: string | undefined; readonly note: (note: string) => void }

function stringField(node: SchemaNode, place: Place, tools: CompileTools): Field {
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

function numberField(node: SchemaNode, place: Place, tools: CompileTools): Field {
  return { ...commonOf(node), kind: 'number', allowed: allowedOf(node, place, tools), bounds: boundsOf(node) }
}

type At = { readonly place: Place; readonly tools: CompileTools }

function integerField(node: SchemaNode, type: IntegerType, { place, tools }: At): Field {
  return { ...commonOf(node), kind: 'integer', type, allowed: allowedOf(node, place, tools), bounds: boundsOf(node) }
}

function commonOf({ keywords }: SchemaNode): Common {
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

/** No schema in use comes near; below it anything goes, so that neither compiling nor checking can overflow. */
const DEEPEST = 100

function compileField(root: unknown, tools: CompileTools): Field {
  return fieldOf([root], { path: [], isRepeated: false, above: new Set() }, tools)
}

function fieldOf(sources: readonly unknown[], place: Place, tools: CompileTools): Field {
  // A schema read from JSON can't stand below itself, one that a program put together can.
  if (place.path.length > DEEPEST || sources.some((source) => place.above.has(source))) {
    return gap(place, tools, 'goes on without end')
  }
  const node = schemaNode(sources)
  const inside = { ...place, above: new Set([...place.above, ...sources.filter(isObject)]) }
  const kind = nodeKind(node)
  switch (kind.kind) {
    case 'object':
      return objectField(node, inside, tools)
    case 'map':
      return { ...commonOf(node), kind: 'map', values: mapValues(node, inside, tools) }
    case 'array':
      return { ...commonOf(node), kind: 'array', items: arrayItems(node, inside, tools) }
    case 'string':
      return stringField(node, place, tools)
    case 'number':
      return numberField(node, place, tools)
    case 'integer':
      return integerField(node, kind.type, { place, tools })
    case 'boolean':
    case 'date':
    case 'date-time':
      return { ...commonOf(node), kind: kind.kind }
    case 'any':
      return gap(place, tools, 'has no type')
    default:
      return kind satisfies never
  }
}

function objectField(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const fields = new Map<string, Field>()
  for (const [name, sources] of node.properties ?? []) {
    fields.set(name, fieldOf(sources, { ...place, path: [...place.path, name] }, tools))
  }
  const isOpen = fields.size === 0
  for (const name of node.required) if (!fields.has(name)) fields.set(name, ANY)
  return { ...commonOf(node), kind: 'object', fields, required: node.required, isOpen }
}

function mapValues(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const values = node.keywords['additionalProperties']
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(values) ? fieldOf([values], inside, tools) : gap(place, tools, 'says nothing of its values')
}

function arrayItems(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const { items } = node.keywords
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(items) ? fieldOf([items], inside, tools) : gap(place, tools, 'says nothing of its items')
}

const LONGEST_PATH = 8

function gap(place: Place, { note }: CompileTools, why: string): Field {
  const path = place.path.slice(0, LONGEST_PATH).join('/')
  note(`"/${path}${place.path.length > LONGEST_PATH ? '/…' : ''}" ${why}: what it holds is not checked`)
  return ANY
}

/**
 * Where the primary identity of a record stands. `unknown`: descriptors could not be read, or in a way that can't be
 * followed; `identity-map`: no field is primary, so that the identityMap has to name it.
 */
export type PrimaryIdentity =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'identity-map' }
  | { readonly kind: 'unknown' }

/** Schema Registry API guide, "Descriptors": an identity descriptor names its field as `/personalEmail/address`. */
function primaryIdentity(schemaId: string, descriptors: unknown): PrimaryIdentity {
  if (descriptors === undefined) return { kind: 'unknown' }
  const primary = each(descriptors).find((descriptor) => isPrimaryOf(descriptor, schemaId))
  if (primary === undefined) return { kind: 'identity-map' }
  const property = primary['xdm:sourceProperty']
  if (typeof property !== 'string' || !/^(?:\/[^/[\]*]+)+$/.test(property)) return { kind: 'unknown' }
  const path = property.slice(1).split('/')
  return path[0] === 'identityMap' ? { kind: 'identity-map' } : { kind: 'field', path }
}

type PrimaryIdentityJson = Readonly<Record<string, unknown>>

/** A list, or, as the registry answers for `xdm+json`, lists by their type. */
function each(descriptors: unknown): readonly PrimaryIdentityJson[] {
  const lists = isObject(descriptors) ? Object.values(descriptors) : [descriptors]
  return lists.flatMap(listOf).filter(isObject)
}

function isPrimaryOf(descriptor: PrimaryIdentityJson, schemaId: string): boolean {
  const of = descriptor['xdm:sourceSchema']
  return (
    descriptor['@type'] === 'xdm:descriptorIdentity' &&
    descriptor['xdm:isPrimary'] === true &&
    (of === undefined || of === schemaId)
  )
}

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
  /** What of the schema could not be used, to be said once. */
  readonly notes: readonly string[]
}

type Json = Readonly<Record<string, unknown>>

/**
 * `schema` is what the registry answers for `xed-full+json`, `descriptors` the list of its descriptors where it could be
 * read. Throws a {@link Problem} for what is no such schema.
 */
export function compileSchema(schema: unknown, descriptors?: unknown): CompiledSchema {
  if (!isObject(schema)) throw noSchema()
  const id = textOf(schema['$id']) ?? ''
  const tenant = tenantOf(schema, id)
  const notes: string[] = []
  const root = compileField(schema, { tenant, note: (note) => notes.push(note) })
  if (root.kind !== 'object' || root.isOpen) throw noSchema()
  const behaviour = behaviourOf(schema)
  return {
    id,
    title: textOf(schema['title']) ?? id,
    behaviour,
    isUnion: listOf(schema['meta:immutableTags']).includes('union'),
    tenant,
    root: behaviour === 'time-series' ? withEventFields(root) : root,
    identity: primaryIdentity(id, descriptors),
    notes,
  }
}

function behaviourOf(schema: Json): Behaviour {
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

function tenantOf(schema: Json, id: string): string | undefined {
  const dataset = textOf(schema['meta:datasetNamespace'])
  const named =
    dataset ?? textOf(schema['meta:tenantNamespace']) ?? /^https:\/\/ns\.adobe\.com\/([^/]+)\//.exec(id)?.[1]
  return named === undefined || named === 'xdm' ? undefined : `_${named.replace(/^_/, '')}`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function noSchema(): Problem {
  return new Problem('Cannot read the schema: it is no object schema with properties', {
    remedy:
      'Store the whole answer of the registry for "Accept: application/vnd.adobe.xed-full+json; version=1" as JSON, and nothing around it.',
  })
}
