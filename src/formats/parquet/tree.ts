import type { Storage } from './encodings.ts'
import type { TypeAnnotation, ParquetElement, Repetition } from './schema-elements.ts'
import { ParquetDamage } from './thrift.ts'

/**
 * A Parquet schema in the shape of its records: the layers between a list and its items, or a map and its entries, are
 * left out. From definition level `def` on, the node exists; `rep` is its repetition level; `leaves` are the leaves
 * below it, whose first one represents the node.
 */
export type ColumnNode = ColumnLeaf | ColumnObject | ColumnList | ColumnMap

type Common = { readonly def: number; readonly rep: number; readonly leaves: LeafRange }

/** From the first up to, not including, the end. */
type LeafRange = { readonly first: number; readonly end: number }

export type ColumnLeaf = Common & {
  readonly kind: 'leaf'
  /** As in the footer, with `list.element` and `key_value.key`. */
  readonly path: readonly string[]
  readonly repetition: Repetition
  readonly storage: Storage
  readonly annotation: TypeAnnotation | undefined
}

export type ColumnMember = { readonly name: string; readonly node: ColumnNode }

export type ColumnObject = Common & { readonly kind: 'object'; readonly members: readonly ColumnMember[] }

/** From definition level `itemDef` on, the list has an item, which may be null. */
export type ColumnList = Common & { readonly kind: 'list'; readonly itemDef: number; readonly item: ColumnNode }

/** Without `value` it is a set. */
export type ColumnMap = Common & {
  readonly kind: 'map'
  readonly itemDef: number
  readonly key: ColumnNode
  readonly value: ColumnNode | undefined
}

export type ColumnTree = { readonly root: ColumnObject; readonly leaves: readonly ColumnLeaf[] }

/** XDM allows far fewer levels; within this limit, recursion over a tree can't overflow. */
const DEEPEST = 100

/** @throws ParquetDamage if the elements are not a valid tree */
export function columnTree(elements: readonly ParquetElement[]): ColumnTree {
  const reader = new TreeReader(elements)
  const root = reader.root()
  return { root, leaves: reader.leaves }
}

type Above = { readonly def: number; readonly rep: number; readonly path: readonly string[] }

/** An element with its levels and everything below it. */
type ElementGroup = Above & {
  readonly element: ParquetElement
  readonly children: readonly ElementGroup[]
  readonly leaves: LeafRange
}

class TreeReader {
  readonly leaves: ColumnLeaf[] = []
  readonly #elements: readonly ParquetElement[]
  readonly #leafOf = new Map<ElementGroup, ColumnLeaf>()
  #at = 0

  constructor(elements: readonly ParquetElement[]) {
    this.#elements = elements
  }

  root(): ColumnObject {
    const root = this.#next()
    const group = this.#group({ ...root, repetition: 'required' }, { def: 0, rep: 0, path: [] })
    if (this.#at !== this.#elements.length) throw new ParquetDamage('a schema with more elements than its groups have')
    return this.#object(group)
  }

  #next(): ParquetElement {
    const element = this.#elements[this.#at++]
    if (element === undefined) throw new ParquetDamage('a schema with fewer elements than its groups have')
    return element
  }

  #group(element: ParquetElement, { def, rep, path }: Above): ElementGroup {
    if (path.length > DEEPEST) throw new ParquetDamage(`groups that nest deeper than ${DEEPEST} levels`)
    const here = {
      def: element.repetition === 'required' ? def : def + 1,
      rep: element.repetition === 'repeated' ? rep + 1 : rep,
      path,
    }
    const first = this.leaves.length
    const leaf = element.children === 0 ? this.#leaf(element, here) : undefined
    const children: ElementGroup[] = []
    for (let child = 0; child < element.children; child++) {
      const inner = this.#next()
      children.push(this.#group(inner, { ...here, path: [...path, inner.name] }))
    }
    const group = { ...here, element, children, leaves: { first, end: this.leaves.length } }
    if (leaf !== undefined) this.#leafOf.set(group, leaf)
    return group
  }

  /** A group without children is a leaf. */
  #leaf({ physical, width, repetition, annotation }: ParquetElement, { path, def, rep }: Above): ColumnLeaf {
    if (physical === undefined) throw new ParquetDamage('a column without a type')
    const at = this.leaves.length
    const storage = { physical, width }
    const leaf = {
      kind: 'leaf',
      path,
      repetition,
      storage,
      annotation,
      def,
      rep,
      leaves: { first: at, end: at + 1 },
    } as const
    this.leaves.push(leaf)
    return leaf
  }

  /**
   * Parquet format, "Nested types": a repeated field outside a list annotation is a list of items that can't be null.
   */
  #node(group: ElementGroup): ColumnNode {
    const { element, def, rep, leaves } = group
    if (element.repetition !== 'repeated') return this.#value(group)
    return { kind: 'list', def: def - 1, rep: rep - 1, leaves, itemDef: def, item: this.#value(group) }
  }

  #value(group: ElementGroup): ColumnNode {
    const leaf = this.#leafOf.get(group)
    if (leaf !== undefined) return leaf
    const kind = group.element.annotation?.kind
    const [only, ...others] = group.children
    if (only?.element.repetition === 'repeated' && others.length === 0) {
      if (kind === 'list') return this.#list(group, only)
      if (kind === 'map' && isEntries(only)) return this.#map(group, only)
    }
    return this.#object(group)
  }

  #object({ children, def, rep, leaves }: ElementGroup): ColumnObject {
    const members = children.map((child) => ({ name: child.element.name, node: this.#node(child) }))
    return { kind: 'object', def, rep, leaves, members }
  }

  /** "Lists", "Backward-compatibility rules": a repeated field that is not a layer of its own is the item. */
  #list({ element, def, rep, leaves }: ElementGroup, repeated: ElementGroup): ColumnList {
    const [inner, ...others] = repeated.children
    const isItem =
      inner === undefined ||
      others.length > 0 ||
      inner.element.repetition === 'repeated' ||
      repeated.element.name === 'array' ||
      repeated.element.name === `${element.name}_tuple`
    const item = isItem ? this.#value(repeated) : this.#node(inner)
    return { kind: 'list', def, rep, leaves, itemDef: repeated.def, item }
  }

  #map({ def, rep, leaves }: ElementGroup, entries: ElementGroup): ColumnMap {
    const [key, value] = entries.children
    if (key === undefined) throw new ParquetDamage('a map without keys')
    const nodes = { key: this.#node(key), value: value === undefined ? undefined : this.#node(value) }
    return { kind: 'map', def, rep, leaves, itemDef: entries.def, ...nodes }
  }
}

/** A key, and usually a value. Old writers mark keys as optional ("Maps", `optional map keys`). */
function isEntries({ children }: ElementGroup): boolean {
  return children.length > 0 && children.length <= 2 && children[0]?.element.repetition !== 'repeated'
}
