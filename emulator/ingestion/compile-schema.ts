import { isObject, ownValue } from '../json.ts'
import type { Bounds, Field, ScalarField } from './field.ts'
import { isInteger, scalarType } from './scalar-type.ts'
import { schemaNode, type SchemaNode } from './schema-node.ts'

/** The place of a node: its name in row errors, and the nesting depth of an enum in it. */
type Place = { readonly column: string; readonly depth: number; readonly isElement: boolean }

/** The user guide to enum fields says that they are not validated in arrays, nor below the first level of nesting. */
const DEEPEST_ENUM = 2

const EXPERIENCE_EVENT = 'https://ns.adobe.com/xdm/context/experienceevent'

/** The rules of a dataset's schema (`xed-full` JSON). A value that is not a schema accepts everything. */
export function compileSchema(schema: unknown): Field {
  const root = schemaNode(schema)
  if (!isObject(root['properties'])) return { kind: 'anything' }
  return {
    kind: 'object',
    column: '',
    properties: compileProperties(root, { column: '', depth: 0, isElement: false }, tenantNames(root)),
    required: [...new Set([...requiredNames(root), ...behaviourNames(root)])],
  }
}

function compile(value: unknown, place: Place): Field {
  const node = schemaNode(value)
  const { column } = place
  if (isObject(node['properties'])) return compileObject(node, place)
  if (isObject(node['additionalProperties'])) {
    return { kind: 'map', column, values: compile(node['additionalProperties'], { ...place, depth: Infinity }) }
  }
  if (node['type'] === 'array' || node['meta:xdmType'] === 'array') {
    return { kind: 'array', column, items: compile(node['items'], { column, depth: Infinity, isElement: true }) }
  }
  if (node['type'] === 'object' || node['meta:xdmType'] === 'object') return compileObject(node, place)
  return compileScalar(node, place)
}

function compileObject(node: SchemaNode, place: Place): Field {
  return {
    kind: 'object',
    column: place.column,
    properties: compileProperties(node, { ...place, isElement: false }),
    required: requiredNames(node),
  }
}

function compileProperties(
  node: SchemaNode,
  parent: Place,
  tenants: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, Field> {
  const properties = isObject(node['properties']) ? node['properties'] : {}
  return new Map(
    Object.entries(properties).map(([name, value]) => {
      // The tenant's object is only a namespace: its direct fields count as fields of the record.
      const depth = tenants.has(name) ? parent.depth : parent.depth + 1
      return [
        name,
        compile(value, { ...parent, column: parent.column === '' ? name : `${parent.column}.${name}`, depth }),
      ]
    }),
  )
}

function compileScalar(node: SchemaNode, { column, depth, isElement }: Place): Field {
  const type = scalarType(node)
  if (type === undefined) return { kind: 'anything' }
  const allowed = depth <= DEEPEST_ENUM ? enumOf(node) : undefined
  return {
    kind: 'scalar',
    column,
    type,
    isElement,
    allowed,
    ...(type === 'double' || isInteger(type) ? { bounds: boundsOf(node) } : {}),
  }
}

function boundsOf(node: SchemaNode): Bounds {
  const bound = (name: string, otherwise: number) => {
    const value = ownValue(node, name)
    return typeof value === 'number' ? value : otherwise
  }
  return {
    minimum: bound('minimum', -Infinity),
    maximum: bound('maximum', Infinity),
    exclusiveMinimum: bound('exclusiveMinimum', -Infinity),
    exclusiveMaximum: bound('exclusiveMaximum', Infinity),
  }
}

function enumOf(node: SchemaNode): ScalarField['allowed'] {
  return Array.isArray(node['enum']) ? new Set(node['enum'].map(String)) : undefined
}

/** A required field with a default needs no value: promotion fills in the default (guide to required fields). */
function requiredNames(node: SchemaNode): readonly string[] {
  const names: readonly unknown[] = Array.isArray(node['required']) ? node['required'] : []
  const properties = isObject(node['properties']) ? node['properties'] : {}
  return names
    .filter((name) => typeof name === 'string')
    .filter((name) => !('default' in schemaNode(ownValue(properties, name))))
}

/** Only ExperienceEvent requires both by itself; other time-series classes state their required fields in the schema. */
function behaviourNames(root: SchemaNode): readonly string[] {
  const ancestors: readonly unknown[] = Array.isArray(root['meta:extends']) ? root['meta:extends'] : []
  return [root['meta:class'], ...ancestors].includes(EXPERIENCE_EVENT) ? ['_id', 'timestamp'] : []
}

function tenantNames(root: SchemaNode): ReadonlySet<string> {
  const names = [root['meta:tenantNamespace'], root['meta:datasetNamespace']].filter((name) => typeof name === 'string')
  return new Set(names.map((name) => (name.startsWith('_') ? name : `_${name}`)))
}
