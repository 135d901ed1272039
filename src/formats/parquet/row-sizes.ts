import type { LeafBatch } from './data-page.ts'
import type { RawValues } from './encodings.ts'
import type { ColumnNode, ColumnTree } from './tree.ts'
import { type ValueReader, countOf, valueReader } from './values.ts'

/** The most rows of a group whose sizes are added up. No real group has more. */
const MOST_ROWS = 2 ** 24

/** The approximate size of each row of a row group as JSON, in bytes, added up column by column. */
export class RowSizes {
  readonly #bytes: Uint32Array

  constructor(rows: number) {
    this.#bytes = new Uint32Array(rows <= MOST_ROWS ? rows : 0)
  }

  add(row: number, bytes: number): void {
    this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes
  }

  addToAll(start: number, end: number, bytes: number): void {
    if (bytes === 0) return
    const stop = Math.min(end, this.#bytes.length)
    for (let row = start; row < stop; row++) this.#bytes[row] = (this.#bytes[row] ?? 0) + bytes
  }

  visitAbove(most: number, visit: (row: number, bytes: number) => void): void {
    for (let row = 0; row < this.#bytes.length; row++) {
      const bytes = this.#bytes[row] ?? 0
      if (bytes > most) visit(row, bytes)
    }
  }
}

/** Adds the size of one leaf, and of the objects and lists around it if it is their first leaf. */
export class LeafSizes {
  readonly #sizes: RowSizes
  readonly #reader: ValueReader
  readonly #leaf: { readonly def: number; readonly rep: number }
  /** By repetition and definition level of an entry: the size of what surrounds its value. */
  readonly #around: Uint32Array
  #dictionary: RawValues | undefined
  #lengths = new Uint32Array(0)
  #rows = 0

  constructor(tree: ColumnTree, index: number, sizes: RowSizes) {
    const leaf = tree.leaves[index]
    if (leaf === undefined) throw new RangeError('There is no such leaf')
    this.#sizes = sizes
    this.#leaf = leaf
    this.#reader = valueReader(leaf)
    this.#around = aroundOf(tree.root, index, leaf)
  }

  take({ entries, def, rep, values }: LeafBatch): void {
    const levels = this.#leaf.def + 1
    if (rep === 0 && typeof def === 'number' && def < this.#leaf.def) {
      this.#sizes.addToAll(this.#rows, this.#rows + entries, this.#around[def] ?? 0)
      this.#rows += entries
      return
    }
    let value = 0
    for (let at = 0; at < entries; at++) {
      const repetition = typeof rep === 'number' ? rep : (rep[at] ?? 0)
      const level = typeof def === 'number' ? def : (def[at] ?? 0)
      if (repetition === 0) this.#rows++
      const bytes = this.#around[repetition * levels + level] ?? 0
      this.#sizes.add(this.#rows - 1, level === this.#leaf.def ? bytes + this.#lengthAt(values, value++) : bytes)
    }
  }

  #lengthAt(values: LeafBatch['values'], at: number): number {
    if (values.kind === 'none') return 0
    if (values.kind === 'plain') return this.#lengthOf(values.raw, at)
    const { raw } = values.dictionary
    if (raw !== this.#dictionary) {
      this.#dictionary = raw
      this.#lengths = Uint32Array.from({ length: countOf(raw) }, (_, index) => this.#lengthOf(raw, index))
    }
    return this.#lengths[values.kind === 'repeated' ? values.index : (values.indices[at] ?? 0)] ?? 0
  }

  #lengthOf(raw: RawValues, at: number): number {
    if (this.#reader.isText && raw.kind === 'bytes') return (raw.ends[at] ?? 0) - (raw.starts[at] ?? 0) + '""'.length
    const value = this.#reader.valueAt(raw, at)
    if (ArrayBuffer.isView(value)) return value.byteLength
    if (!(value instanceof Date)) return String(value).length
    return DATE_BYTES
  }
}

const DATE_BYTES = '"2024-02-29T12:34:56.789Z"'.length

type LeafLevels = { readonly def: number; readonly rep: number }

function aroundOf(root: ColumnNode, index: number, { def, rep }: LeafLevels): Uint32Array {
  const around = new Uint32Array((def + 1) * (rep + 1))
  const add = (levels: LeafLevels, bytes: number) => {
    for (let repetition = 0; repetition <= Math.min(rep, levels.rep); repetition++) {
      for (let level = levels.def; level <= def; level++) {
        const at = repetition * (def + 1) + level
        around[at] = (around[at] ?? 0) + bytes
      }
    }
  }
  const visit = (node: ColumnNode, name: string | undefined) => {
    if (index < node.leaves.first || index >= node.leaves.end) return
    if (index === node.leaves.first) {
      if (name !== undefined) add(node, Buffer.byteLength(name) + '"":,'.length)
      if (node.kind !== 'leaf') add(node, 1)
      if (node.kind === 'list' || node.kind === 'map') add({ def: node.itemDef, rep: node.rep + 1 }, 1)
    }
    for (const [inner, below] of childrenOf(node)) visit(below, inner)
  }
  visit(root, undefined)
  return around
}

function childrenOf(node: ColumnNode): readonly (readonly [string | undefined, ColumnNode])[] {
  switch (node.kind) {
    case 'object':
      return node.members.map(({ name, node: inner }) => [name, inner] as const)
    case 'list':
      return [[undefined, node.item]]
    case 'map':
      return [[undefined, node.key], ...(node.value === undefined ? [] : [[undefined, node.value] as const])]
    case 'leaf':
      return []
    default:
      return node satisfies never
  }
}
