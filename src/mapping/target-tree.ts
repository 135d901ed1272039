import type { PathStep } from './path.ts'
import type { MappingTarget } from './target.ts'

/** The targets of a mapping set as a tree, so that parents come before their members. */
export type TargetNode<T> = {
  /** The mapping with exactly this target. */
  own: T | undefined
  readonly names: Map<string, TargetNode<T>>
  readonly items: Map<number, TargetNode<T>>
  /** The node for `[*]`. */
  every: TargetNode<T> | undefined
}

export function targetTree<T extends { readonly target: MappingTarget }>(entries: readonly T[]): TargetNode<T> {
  const root = emptyNode<T>()
  for (const entry of entries) {
    let node = root
    for (const step of entry.target.steps) node = childOf(node, step)
    node.own = entry
  }
  return root
}

function emptyNode<T>(): TargetNode<T> {
  return { own: undefined, names: new Map(), items: new Map(), every: undefined }
}

function childOf<T>(node: TargetNode<T>, step: PathStep): TargetNode<T> {
  if (step.kind === 'every') return (node.every ??= emptyNode())
  return step.kind === 'name' ? childIn(node.names, step.name) : childIn(node.items, step.index)
}

function childIn<T, K>(children: Map<K, TargetNode<T>>, key: K): TargetNode<T> {
  const child = children.get(key) ?? emptyNode<T>()
  children.set(key, child)
  return child
}

/** The mappings of this node and of all nodes below it. */
export function entriesUnder<T>(node: TargetNode<T>): readonly T[] {
  const below = [...node.names.values(), ...node.items.values(), ...(node.every === undefined ? [] : [node.every])]
  const own = node.own === undefined ? [] : [node.own]
  return [...own, ...below.flatMap(entriesUnder)]
}
