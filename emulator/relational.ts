import { isObject, objectOf, ownValue, stringsOf, type JsonObject } from './json.ts'
import type { Platform } from './platform.ts'

const CHANGE_TYPE = '_change_request_type'

/** Relational schemas guide: known by the class `adhoc-v2`. */
export function isRelational(schema: unknown): boolean {
  return stringsOf(objectOf(schema)['meta:extends']).includes('https://ns.adobe.com/xdm/data/adhoc-v2')
}

/** As rows are read by it: the type of a change is a column of the data alone, and key and version are required. */
export function readingSchema(platform: Platform, schema: JsonObject): JsonObject {
  const { key, version } = keysOf(platform, schema)
  const properties = { ...objectOf(schema['properties']), [CHANGE_TYPE]: { type: 'string', enum: ['u', 'd'] } }
  return { ...schema, properties, required: [...stringsOf(schema['required']), ...key, ...version] }
}

/**
 * What a batch leaves: one row a key, that with the highest version, and none that it deletes. What the platform does with
 * rows of other batches that have the same keys is not played here.
 */
export function appliedRows(platform: Platform, schema: JsonObject, rows: readonly unknown[]): readonly unknown[] {
  const { key, version } = keysOf(platform, schema)
  const latest = new Map<string, JsonObject>()
  for (const row of rows.filter(isObject)) {
    const id = JSON.stringify(key.map((name) => ownValue(row, name)))
    const before = latest.get(id)
    if (before === undefined || isLater(row, before, version)) latest.set(id, row)
  }
  const stored = [...latest.values()].filter((row) => row[CHANGE_TYPE] !== 'd')
  return stored.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== CHANGE_TYPE)))
}

function isLater(row: JsonObject, before: JsonObject, [version = '']: readonly string[]): boolean {
  const [one, other] = [ownValue(row, version), ownValue(before, version)]
  return typeof one === 'number' && typeof other === 'number' ? one >= other : String(one) >= String(other)
}

function keysOf({ state }: Platform, schema: JsonObject) {
  const own = [...state.descriptors.values()].filter((descriptor) => descriptor['xdm:sourceSchema'] === schema['$id'])
  const fieldsOf = (type: string) =>
    own
      .filter((descriptor) => descriptor['@type'] === type)
      .flatMap(({ 'xdm:sourceProperty': property }) =>
        typeof property === 'string' ? [property] : stringsOf(property),
      )
      .map((path) => path.replace(/^\//, ''))
  return { key: fieldsOf('xdm:descriptorPrimaryKey'), version: fieldsOf('xdm:descriptorVersion') }
}
