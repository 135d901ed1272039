import { isObject, ownValue } from '../json.ts'
import { schemaNode, type SchemaNode } from '../ingestion/schema-node.ts'
import { MappingFault } from './fault.ts'
import type { Step } from './path.ts'

/** The node of a schema that a target names. Throws a {@link MappingFault} if there is none. */
export function findTarget(schema: unknown, steps: readonly Step[], written: string): SchemaNode {
  return steps.reduce<SchemaNode>((node, step) => below(node, step, written), schemaNode(schema))
}

export function isArrayNode(node: SchemaNode): boolean {
  return node['type'] === 'array' || node['meta:xdmType'] === 'array'
}

export function isObjectNode(node: SchemaNode): boolean {
  return isObject(node['properties']) || isObject(node['additionalProperties']) || node['type'] === 'object'
}

function below(node: SchemaNode, step: Step, written: string): SchemaNode {
  if (step.kind === 'index') {
    if (!isArrayNode(node)) throw new MappingFault(`"${written}": [${step.index}] stands behind no array`)
    return schemaNode(node['items'])
  }
  const { properties, additionalProperties } = node
  const known = isObject(properties) ? ownValue(properties, step.name) : undefined
  if (known !== undefined) return schemaNode(known)
  // Below a map, a step is a key, such as the namespace in identityMap.Email[0].id.
  if (!isObject(properties) && isObject(additionalProperties)) return schemaNode(additionalProperties)
  throw new MappingFault(`The schema has no "${step.name}" for "${written}"`)
}
