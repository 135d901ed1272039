import { isObject, objectOf, stringsOf, type JsonObject } from './json.ts'

/** A behavior is inherited through the class, and referred to by no schema. */
const BEHAVIORS = 'https://ns.adobe.com/xdm/data/'

/**
 * A schema as it was composed (`xed`): references to its class and field groups in `allOf` instead of the fields. The
 * emulator keeps whole schemas, so it takes the references from `meta:extends`.
 */
export function plainForm(schema: JsonObject): JsonObject {
  const { properties, required: _, ...rest } = schema
  const composed = stringsOf(schema['meta:extends']).filter((id) => !id.startsWith(BEHAVIORS))
  if (properties === undefined || composed.length === 0) return schema
  return { ...rest, allOf: composed.map((id) => ({ $ref: id, type: 'object', 'meta:xdmType': 'object' })) }
}

/** The fields of a whole schema by their paths (`person/name/firstName`), without the objects on the way. */
export function flatForm(schema: JsonObject): JsonObject {
  return { ...schema, properties: Object.fromEntries(leaves(objectOf(schema['properties']), '')) }
}

function leaves(properties: JsonObject, path: string): readonly (readonly [string, unknown])[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const inner = objectOf(field)['properties']
    return isObject(inner) ? leaves(inner, `${path}${name}/`) : [[`${path}${name}`, field] as const]
  })
}
