import { problem } from '../http/answers.ts'
import { Refusal } from '../http/exchange.ts'
import { isObject, objectOf, type JsonObject, ownValue } from '../json.ts'

/** RFC 6902, `add`, `replace` and `remove` of object members; throws a {@link Refusal} with 400 and changes nothing. */
export function patched(document: JsonObject, operations: unknown): JsonObject {
  if (!Array.isArray(operations)) throw refusal('A JSON Patch is an array of operations.')
  return operations.reduce<JsonObject>((at, operation) => applied(at, objectOf(operation)), document)
}

function applied(document: JsonObject, operation: JsonObject): JsonObject {
  const { op, path, value } = operation
  if (typeof path !== 'string' || !path.startsWith('/')) throw refusal('An operation needs a path that begins with /.')
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    throw refusal(`Operation ${JSON.stringify(op)} is not supported.`)
  if (op !== 'remove' && !('value' in operation)) throw refusal(`Operation ${op} needs a value.`)
  const keys = path.slice(1).split('/')
  return changed(document, keys.map(unescaped), { op, path, value })
}

type Change = { readonly op: 'add' | 'replace' | 'remove'; readonly path: string; readonly value: unknown }

function changed(at: JsonObject, keys: readonly string[], change: Change): JsonObject {
  const [key = '', ...rest] = keys
  if (rest.length > 0) {
    const inner = ownValue(at, key)
    if (!isObject(inner)) throw refusal(`The path ${change.path} does not exist.`)
    return { ...at, [key]: changed(inner, rest, change) }
  }
  // RFC 6902: the target of `replace` and `remove` must exist; `add` overwrites.
  if (change.op !== 'add' && !Object.hasOwn(at, key)) throw refusal(`The path ${change.path} does not exist.`)
  if (change.op !== 'remove') return { ...at, [key]: change.value }
  return Object.fromEntries(Object.entries(at).filter(([name]) => name !== key))
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function refusal(detail: string): Refusal {
  return new Refusal(problem(400, detail))
}
