import { Problem } from '../base/problem.ts'
import { compileField } from './compile-field.ts'
import { ANY, type ObjectField } from './field.ts'
import { isObject, listOf } from './schema-node.ts'
import { primaryIdentity, type PrimaryIdentity } from './primary-identity.ts'

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
