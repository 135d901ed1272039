import { ANY, type Field } from './field.ts'
import { nodeKind } from './node-kind.ts'
import { isObject, schemaNode, type SchemaNode } from './schema-node.ts'
import { commonOf, integerField, numberField, stringField, type CompileTools, type Place } from './value-field.ts'

/** No schema in use comes near; below it anything goes, so that neither compiling nor checking can overflow. */
const DEEPEST = 100

export function compileField(root: unknown, tools: CompileTools): Field {
  return fieldOf([root], { path: [], isRepeated: false, above: new Set() }, tools)
}

function fieldOf(sources: readonly unknown[], place: Place, tools: CompileTools): Field {
  // A schema read from JSON can't stand below itself, one that a program put together can.
  if (place.path.length > DEEPEST || sources.some((source) => place.above.has(source))) {
    return gap(place, tools, 'goes on without end')
  }
  const node = schemaNode(sources)
  const inside = { ...place, above: new Set([...place.above, ...sources.filter(isObject)]) }
  const kind = nodeKind(node)
  switch (kind.kind) {
    case 'object':
      return objectField(node, inside, tools)
    case 'map':
      return { ...commonOf(node), kind: 'map', values: mapValues(node, inside, tools) }
    case 'array':
      return { ...commonOf(node), kind: 'array', items: arrayItems(node, inside, tools) }
    case 'string':
      return stringField(node, place, tools)
    case 'number':
      return numberField(node, place, tools)
    case 'integer':
      return integerField(node, kind.type, { place, tools })
    case 'boolean':
    case 'date':
    case 'date-time':
      return { ...commonOf(node), kind: kind.kind }
    case 'any':
      return gap(place, tools, 'has no type')
    default:
      return kind satisfies never
  }
}

function objectField(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const fields = new Map<string, Field>()
  for (const [name, sources] of node.properties ?? []) {
    fields.set(name, fieldOf(sources, { ...place, path: [...place.path, name] }, tools))
  }
  const isOpen = fields.size === 0
  for (const name of node.required) if (!fields.has(name)) fields.set(name, ANY)
  return { ...commonOf(node), kind: 'object', fields, required: node.required, isOpen }
}

function mapValues(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const values = node.keywords['additionalProperties']
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(values) ? fieldOf([values], inside, tools) : gap(place, tools, 'says nothing of its values')
}

function arrayItems(node: SchemaNode, place: Place, tools: CompileTools): Field {
  const { items } = node.keywords
  const inside = { ...place, path: [...place.path, '*'], isRepeated: true }
  return isObject(items) ? fieldOf([items], inside, tools) : gap(place, tools, 'says nothing of its items')
}

const LONGEST_PATH = 8

function gap(place: Place, { note }: CompileTools, why: string): Field {
  const path = place.path.slice(0, LONGEST_PATH).join('/')
  note(`"/${path}${place.path.length > LONGEST_PATH ? '/…' : ''}" ${why}: what it holds is not checked`)
  return ANY
}
