import { Problem } from '../lib/errors.ts'
import { deprecatedPaths, descriptorsOf } from './descriptors.ts'
import { ANY, type Field, type ObjectField } from './field.ts'
import { type Identities, identitiesOf } from './identity.ts'
import {
  CHANGE_TYPE,
  CHANGE_TYPE_NODE,
  type Relational,
  isRelational,
  relationalOf,
  withRelationalRules,
} from './relational.ts'
import type { JsonObject } from './json.ts'
import { integerField, numberField } from './kinds/number.ts'
import { stringField } from './kinds/string.ts'
import {
  type FieldPlace,
  type SchemaNode,
  allowedOf,
  commonOf,
  isObject,
  kindOfNode,
  listOf,
  mergeNode,
} from './node.ts'

/** What Profile takes the records for. An entity that profiles and events refer to is called a dimension. */
type Entity = 'profile' | 'event' | 'dimension'

type Behaviour = 'record' | 'time-series' | 'ad-hoc'

/** A schema prepared for checking records. */
export type CompiledSchema = {
  readonly id: string
  readonly title: string
  readonly behaviour: Behaviour
  readonly entity: Entity
  /** Whether the schema is enabled for Profile. */
  readonly isUnion: boolean
  /** The object that holds the organization's own fields (`_acme`), or all fields of an ad-hoc schema. */
  readonly tenant: string | undefined
  readonly root: ObjectField
  readonly identities: Identities
  /** Only for relational schemas. */
  readonly relational: Relational | undefined
  /** Parts of the schema that could not be used, to be reported once. */
  readonly notes: readonly string[]
}

/**
 * Compiles the registry's answer for `xed-full+json`, and the list of the schema's descriptors if it could be read.
 * @throws {@link Problem} for anything but such a schema
 */
export function compileSchema(schema: unknown, descriptors?: unknown): CompiledSchema {
  if (!isObject(schema)) throw noSchema()
  const id = stringOf(schema['$id']) ?? ''
  const tenant = tenantOf(schema, id)
  const notes: string[] = []
  const own = descriptorsOf(id, descriptors)
  const place: FieldPlace = {
    path: [],
    isRepeated: false,
    above: new Set(),
    tenant,
    deprecated: deprecatedPaths(own ?? []),
    note: (note) => void notes.push(note),
  }
  const root = fieldOf([schema], place)
  if (root.kind !== 'object' || root.isOpen) throw noSchema()
  const behaviour = behaviourOf(schema)
  const relational = isRelational(extendedBy(schema)) ? relationalOf(schema, { root, descriptors: own }) : undefined
  const changeType = [[CHANGE_TYPE, fieldOf([CHANGE_TYPE_NODE], { ...place, path: [CHANGE_TYPE] })]] as const
  return {
    id,
    title: stringOf(schema['title']) ?? id,
    behaviour,
    entity: entityOf(schema, behaviour),
    isUnion: listOf(schema['meta:immutableTags']).includes('union'),
    tenant,
    root:
      relational !== undefined
        ? withRelationalRules(root, relational, new Map(changeType))
        : extendedBy(schema).includes(EXPERIENCE_EVENT)
          ? withEventFields(root)
          : root,
    identities: identitiesOf(own),
    relational,
    notes,
  }
}

function behaviourOf(schema: JsonObject): Behaviour {
  const extended = extendedBy(schema)
  if (extended.includes('https://ns.adobe.com/xdm/data/adhoc')) return 'ad-hoc'
  if (isRelational(extended)) return schema['meta:behaviorType'] === 'time-series' ? 'time-series' : 'record'
  const isSeries = extended.includes(TIME_SERIES) || extended.includes(EXPERIENCE_EVENT)
  return isSeries ? 'time-series' : 'record'
}

/** Determined by the class; a schema without a class is taken for a profile schema. */
function entityOf(schema: JsonObject, behaviour: Behaviour): Entity {
  if (behaviour === 'time-series') return 'event'
  const named = stringOf(schema['meta:class'])
  return named === undefined || named === PROFILE ? 'profile' : 'dimension'
}

/** Whether the schema names its class. A part of a schema, or another form of it, may not. */
export function namesClass(schema: unknown): boolean {
  return isObject(schema) && extendedBy(schema).some((id) => typeof id === 'string')
}

function extendedBy(schema: JsonObject): readonly unknown[] {
  return [schema['meta:class'], ...listOf(schema['meta:extends'])]
}

const TIME_SERIES = 'https://ns.adobe.com/xdm/data/time-series'
const PROFILE = 'https://ns.adobe.com/xdm/context/profile'
const EXPERIENCE_EVENT = 'https://ns.adobe.com/xdm/context/experienceevent'

const EVENT_FIELDS = ['_id', 'timestamp'] as const

/**
 * XDM ExperienceEvent requires these fields, even if the answer does not say so (XDM guide, "Basics of schema
 * composition"). Other time-series classes, such as summary metrics, require what their schema says.
 */
function withEventFields(root: ObjectField): ObjectField {
  // A default can't replace the time of an event or its identifier.
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
  return new Problem('Cannot read the schema: it is not an object schema with properties', {
    remedy:
      'Store the complete answer of the Schema Registry to "Accept: application/vnd.adobe.xed-full+json; version=1", and nothing else.',
  })
}

/**
 * Deeper than any schema in use. Deeper levels are not checked, so that neither compiling nor checking can overflow.
 */
const DEEPEST = 100

function fieldOf(sources: readonly unknown[], place: FieldPlace): Field {
  const field = describedField(sources, place)
  const path = place.path.filter((name) => name !== ITEMS).map((name) => `/${name}`)
  // A field of a list or map that is deprecated is reported once, not for each item.
  const isNamed = place.path.at(-1) !== ITEMS && place.deprecated.has(path.join(''))
  return isNamed ? { ...field, isDeprecated: true } : field
}

/** Stands for the items of a list or the values of a map in a path. */
const ITEMS = '*'

function describedField(sources: readonly unknown[], place: FieldPlace): Field {
  // A schema read from JSON can't contain itself, but one built by a program can.
  if (place.path.length > DEEPEST || sources.some((source) => place.above.has(source))) {
    return noteGap(place, 'is nested without end')
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
      return { ...commonOf(node), kind: kind.kind, allowed: allowedOf(node, place) }
    case 'any':
      return untypedField(node, place)
    default:
      return kind satisfies never
  }
}

/** A field without a type but with an enum allows only the values of the enum. */
function untypedField(node: SchemaNode, place: FieldPlace): Field {
  const allowed = allowedOf(node, place)
  return allowed === undefined ? noteGap(place, 'has no type') : { ...commonOf(node), kind: 'any', allowed }
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

function mapValues({ values }: SchemaNode, place: FieldPlace): Field {
  return values.length > 0 ? repeatedField(values, place) : noteGap(place, 'does not define its values')
}

function arrayItems({ items }: SchemaNode, place: FieldPlace): Field {
  return items.length > 0 ? repeatedField(items, place) : noteGap(place, 'does not define its items')
}

function repeatedField(sources: readonly unknown[], place: FieldPlace): Field {
  return fieldOf(sources, { ...place, path: [...place.path, ITEMS], isRepeated: true })
}

const LONGEST_PATH = 8

function noteGap(place: FieldPlace, why: string): Field {
  const path = place.path.slice(0, LONGEST_PATH).join('/')
  place.note(`"/${path}${place.path.length > LONGEST_PATH ? '/…' : ''}" ${why}: its content is not validated`)
  return ANY
}
