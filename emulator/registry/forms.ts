import { isObject, objectOf, stringsOf, type JsonObject, ownValue } from '../json.ts'

/** A schema inherits its behavior through the class and does not refer to it. */
const BEHAVIORS = 'https://ns.adobe.com/xdm/data/'

/**
 * A schema in its composed form (`xed`): `allOf` with references to its class and field groups instead of fields. The
 * emulator keeps whole schemas, so it takes the references from `meta:extends`.
 */
export function plainForm(schema: JsonObject): JsonObject {
  const { properties, required: _, ...rest } = schema
  const composed = stringsOf(schema['meta:extends']).filter((id) => !id.startsWith(BEHAVIORS))
  if (properties === undefined || composed.length === 0) return schema
  return { ...rest, allOf: composed.map((id) => ({ $ref: id, type: 'object', 'meta:xdmType': 'object' })) }
}

/** The fields of a whole schema by their paths (`person/name/firstName`), without the objects that contain them. */
export function flatForm(schema: JsonObject): JsonObject {
  return { ...schema, properties: Object.fromEntries(leaves(objectOf(schema['properties']), '')) }
}

function leaves(properties: JsonObject, path: string): readonly (readonly [string, unknown])[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const inner = objectOf(field)['properties']
    return isObject(inner) ? leaves(inner, `${path}${name}/`) : [[`${path}${name}`, field] as const]
  })
}

/** The `notext` form: without titles and descriptions. Fields with these names stay. */
export function withoutText(node: JsonObject): JsonObject {
  const kept = Object.entries(node).filter(([name]) => name !== 'title' && name !== 'description')
  return Object.fromEntries(
    kept.map(([name, value]) => [
      name,
      name === 'properties' ? fieldsWithoutText(value) : keywordWithoutText(name, value),
    ]),
  )
}

function fieldsWithoutText(fields: unknown): unknown {
  if (!isObject(fields)) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isObject(field) ? withoutText(field) : field]),
  )
}

function keywordWithoutText(name: string, value: unknown): unknown {
  return (name === 'items' || name === 'additionalProperties') && isObject(value) ? withoutText(value) : value
}

/** A sample object of a schema, as the registry makes one. */
export function sampleOf(schema: JsonObject): JsonObject {
  const fields = Object.entries(objectOf(schema['properties']))
  return Object.fromEntries(
    fields.map(([name, field]) => [name.startsWith('_') ? name : `xdm:${name}`, valueOf(objectOf(field))]),
  )
}

function valueOf(field: JsonObject): unknown {
  if (isObject(field['properties'])) return sampleOf(field)
  if (field['type'] === 'array') return [valueOf(objectOf(field['items']))]
  if (isObject(field['additionalProperties'])) return { key: valueOf(field['additionalProperties']) }
  return stringsOf(field['enum'])[0] ?? ownValue(samples, String(field['meta:xdmType'])) ?? 'Sample value'
}

const samples: JsonObject = {
  boolean: true,
  number: 42.5,
  long: 42,
  int: 42,
  short: 42,
  byte: 42,
  date: '2018-11-12',
  'date-time': '2018-11-12T20:20:39+00:00',
}
