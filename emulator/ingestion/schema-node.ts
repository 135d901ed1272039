import { isObject, ownValue } from '../json.ts'

/** A node of a `xed-full` schema, with its `allOf` members merged in. */
export type SchemaNode = Readonly<Record<string, unknown>>

/** Schema Registry answers keep `allOf` on some nested nodes, even in full form. */
export function schemaNode(value: unknown): SchemaNode {
  if (!isObject(value)) return {}
  if (!Array.isArray(value['allOf'])) return value
  const { allOf, ...own } = value
  return (Array.isArray(allOf) ? allOf : []).map(schemaNode).reduce<SchemaNode>(merged, own)
}

function merged(node: SchemaNode, member: SchemaNode): SchemaNode {
  return {
    ...member,
    ...node,
    ...mergedProperties(node, member),
    ...mergedChild('items', node, member),
    ...mergedChild('additionalProperties', node, member),
    ...mergedRequired(node, member),
  }
}

function mergedProperties(node: SchemaNode, member: SchemaNode): SchemaNode {
  const [ours, theirs] = [node['properties'], member['properties']]
  if (!isObject(ours) || !isObject(theirs)) return {}
  const both = Object.keys(theirs).filter((name) => Object.hasOwn(ours, name))
  return {
    properties: {
      ...theirs,
      ...ours,
      ...Object.fromEntries(
        both.map((name) => [name, merged(schemaNode(ownValue(ours, name)), schemaNode(ownValue(theirs, name)))]),
      ),
    },
  }
}

/** The items of a list, or the values of a map. */
function mergedChild(name: 'items' | 'additionalProperties', node: SchemaNode, member: SchemaNode): SchemaNode {
  const [ours, theirs] = [node[name], member[name]]
  return isObject(ours) && isObject(theirs) ? { [name]: merged(schemaNode(ours), schemaNode(theirs)) } : {}
}

function mergedRequired(node: SchemaNode, member: SchemaNode): SchemaNode {
  const [ours, theirs] = [node['required'], member['required']]
  return Array.isArray(ours) && Array.isArray(theirs) ? { required: [...new Set<unknown>([...ours, ...theirs])] } : {}
}
