import { isObject, objectOf, ownValue, stringsOf, type JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'

const CHANGE_TYPE = '_change_request_type'

/** Relational schemas guide: the class `adhoc-v2` marks a relational schema. */
export function isRelational(schema: unknown): boolean {
  return stringsOf(objectOf(schema)['meta:extends']).includes('https://ns.adobe.com/xdm/data/adhoc-v2')
}

/** The schema for reading rows: the change type is a column of the data only, and key and version are required. */
export function readingSchema(platform: Platform, schema: JsonObject): JsonObject {
  const { key, version } = keysOf(platform, schema)
  const properties = { ...objectOf(schema['properties']), [CHANGE_TYPE]: { type: 'string', enum: ['u', 'd'] } }
  return { ...schema, properties, required: [...stringsOf(schema['required']), ...key, ...version] }
}

/**
 * The rows that a batch leaves: for each key the row with the highest version, unless that row is a deletion. The emulator
 * does not simulate the effect on rows of other batches with the same keys.
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
