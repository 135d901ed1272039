import type { Field, ObjectField } from '../schema/field.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import type { MappingFault } from './fault.ts'
import { type PathStep, escapeName } from './path.ts'
import type { MappingTarget } from './target.ts'
import { type TargetNode, targetTree } from './target-tree.ts'

type RequiredEntry = { readonly target: MappingTarget }

type RequiredSetting = { readonly schema: CompiledSchema; readonly isForProfile: boolean }

/** Required targets that no mapping fills, in the record and in objects built in it; and the primary identity for Profile. */
export function missingFaults(
  entries: readonly RequiredEntry[],
  { schema, isForProfile }: RequiredSetting,
): readonly MappingFault[] {
  const tree = targetTree(entries)
  const missing = missingIn(schema.root, tree, '')
  const identity = isForProfile ? missingIdentity(tree, schema) : undefined
  const required = missing.map((path) => `no mapping fills the required field ${JSON.stringify(path)}`)
  const messages = identity === undefined ? required : [...required, identity]
  return messages.map((message) => ({ code: 'required', message }))
}

/** Reports nothing below a target that is mapped as a whole: its content is unknown. */
function missingIn<T>(field: Field, node: TargetNode<T>, path: string): readonly string[] {
  if (node.own !== undefined) return []
  switch (field.kind) {
    case 'object':
      return missingMembers(field, node, path)
    case 'map':
      return [...node.names].flatMap(([name, inner]) => missingIn(field.values, inner, joinPath(path, name)))
    case 'array': {
      const items = [...node.items].flatMap(([index, inner]) => missingIn(field.items, inner, `${path}[${index}]`))
      return node.every === undefined ? items : [...items, ...missingIn(field.items, node.every, `${path}[*]`)]
    }
    default:
      return []
  }
}

function missingMembers<T>(field: ObjectField, node: TargetNode<T>, path: string): readonly string[] {
  const absent = [...field.required].filter(
    (name) => !node.names.has(name) && field.fields.get(name)?.hasDefault !== true,
  )
  const below = [...node.names].flatMap(([name, inner]) => {
    const member = field.fields.get(name)
    return member === undefined ? [] : missingIn(member, inner, joinPath(path, name))
  })
  return [...absent.map((name) => joinPath(path, name)), ...below]
}

function joinPath(path: string, name: string): string {
  return path === '' ? escapeName(name) : `${path}.${escapeName(name)}`
}

function missingIdentity<T>(tree: TargetNode<T>, { identities: { primary } }: CompiledSchema): string | undefined {
  if (primary.kind === 'unknown') return undefined
  const path = primary.kind === 'field' ? primary.path : ['identityMap']
  if (isBuilt(tree, path)) return undefined
  return `no mapping fills the primary identity ${JSON.stringify(path.join('.'))}, which a dataset enabled for Profile needs`
}

function isBuilt<T>(tree: TargetNode<T>, path: readonly string[]): boolean {
  let node: TargetNode<T> | undefined = tree
  for (const name of path) {
    node = node.names.get(name)
    if (node === undefined) return false
    if (node.own !== undefined) return true
  }
  return true
}

/**
 * The effect of a missing value for this target: `rejected` if the record is invalid without it, `parent` if that depends
 * on whether the object around it exists.
 */
export type Necessity = 'optional' | 'parent' | 'rejected'

export function necessityOf(root: Field, steps: readonly PathStep[]): Necessity {
  let field: Field | undefined = root
  let isChain = true
  let isRequired = false
  for (const step of steps) {
    isRequired = field?.kind === 'object' && step.kind === 'name' && isNeeded(field, step.name)
    isChain &&= isRequired
    field = within(field, step)
  }
  if (!isRequired) return 'optional'
  return isChain ? 'rejected' : 'parent'
}

function isNeeded({ required, fields }: ObjectField, name: string): boolean {
  return required.has(name) && fields.get(name)?.hasDefault !== true
}

function within(field: Field | undefined, step: PathStep): Field | undefined {
  if (field?.kind === 'object') return step.kind === 'name' ? field.fields.get(step.name) : undefined
  if (field?.kind === 'map') return field.values
  return field?.kind === 'array' ? field.items : undefined
}
