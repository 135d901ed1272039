import { isObject, type JsonObject } from './json.ts'

/** The `notext` form: without titles and descriptions; fields that are named so stay. */
export function withoutText(node: JsonObject): JsonObject {
  const kept = Object.entries(node).filter(([name]) => name !== 'title' && name !== 'description')
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'properties' ? fieldsWithoutText(value) : inner(name, value)]),
  )
}

function fieldsWithoutText(fields: unknown): unknown {
  if (!isObject(fields)) return fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, isObject(field) ? withoutText(field) : field]),
  )
}

function inner(name: string, value: unknown): unknown {
  return (name === 'items' || name === 'additionalProperties') && isObject(value) ? withoutText(value) : value
}
