import { isObject, ownValue, type JsonObject } from '../json.ts'
import { schemaNode, type SchemaNode } from '../ingestion/schema-node.ts'
import type { Compiled, CompiledMapping } from './compile.ts'
import { convert } from './convert.ts'
import { MappingFault } from './fault.ts'
import type { Mapping } from './mapping-set.ts'
import type { Step } from './path.ts'
import { fromJson } from './value.ts'

/** OpenAPI of Data Prep, `TransformErrorInfo`. */
export type TransformError = {
  readonly source: string
  readonly destination: string
  readonly sourceType: Mapping['sourceType'] | null
  readonly columnName: string | null
  readonly exception: string
}

export function errorOf({ source, destination, sourceType }: Mapping, exception: string): TransformError {
  return { source, destination, sourceType, columnName: sourceType === 'ATTRIBUTE' ? source : null, exception }
}

/** One row of a preview. A value that fails leaves out only its own target. */
export function previewRow(row: unknown, mappings: readonly CompiledMapping[], schema: JsonObject): JsonObject {
  const errors: TransformError[] = []
  const record: Branch = new Map()
  for (const compiled of mappings) {
    const { mapping, target, node } = compiled
    try {
      const value = convert(compiled.valueIn(fromJson(row)), node)
      if (value !== null) place(record, target, value)
    } catch (error) {
      if (!(error instanceof MappingFault)) throw error
      errors.push(errorOf(mapping, error.message))
    }
  }
  const data = grown(record)
  const missing = missingIn(data, schemaNode(schema), '')
  const all = [...errors, ...missing.map((destination) => required(destination)), ...identityFaults(data)]
  return { data, errors: all.length > 0 ? all : null }
}

export function isCompiled(one: Compiled): one is CompiledMapping {
  return !('fault' in one)
}

/** An object or array under construction, keyed by name or index. */
type Branch = Map<string | number, unknown>

function place(record: Branch, steps: readonly Step[], value: unknown): void {
  const keys = steps.map((step) => (step.kind === 'name' ? step.name : step.index))
  let branch = record
  for (const key of keys.slice(0, -1)) {
    const held = branch.get(key)
    const next: Branch = held instanceof Map ? held : new Map()
    branch.set(key, next)
    branch = next
  }
  branch.set(keys.at(-1) ?? '', value)
}

/** Arrays close the gaps of elements without a value. */
function grown(branch: Branch): unknown {
  const entries = [...branch].map(([key, value]) => [key, value instanceof Map ? grown(value) : value] as const)
  if (!entries.some(([key]) => typeof key === 'number')) return Object.fromEntries(entries)
  return entries.toSorted(([one], [other]) => Number(one) - Number(other)).map(([, value]) => value)
}

/** Troubleshooting guide of Data Prep: a required target without a value rejects the row. */
function missingIn(data: unknown, node: SchemaNode, above: string): readonly string[] {
  if (!isObject(data) || !isObject(node['properties'])) return []
  const { properties, required: names } = node
  const absent = (Array.isArray(names) ? names : []).filter(
    (name) => typeof name === 'string' && !Object.hasOwn(data, name),
  )
  const here = absent.map((name) => above + String(name))
  const inner = Object.entries(data).flatMap(([name, value]) =>
    missingIn(value, schemaNode(ownValue(properties, name)), `${above}${name}.`),
  )
  return [...here, ...inner]
}

function required(destination: string): TransformError {
  return lost(destination, `The required target "${destination}" has no value`)
}

/** No document says what happens to an identity in which only the constants have a value. */
function identityFaults(data: unknown): readonly TransformError[] {
  const namespaces = isObject(data) && isObject(data['identityMap']) ? Object.entries(data['identityMap']) : []
  return namespaces.flatMap(([namespace, identities]) =>
    (Array.isArray(identities) ? identities : [])
      .filter((identity) => !isObject(identity) || typeof identity['id'] !== 'string' || identity['id'] === '')
      .map(() => lost(`identityMap.${namespace}`, 'An identity without an id')),
  )
}

function lost(destination: string, exception: string): TransformError {
  return { source: '', destination, sourceType: null, columnName: null, exception }
}
