import { isObject, objectOf, stringsOf, type JsonObject, ownValue } from './json.ts'

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
