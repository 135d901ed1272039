import { setOwn } from '../../lib/json-reader.ts'
import type { TypedValues } from '../record.ts'
import { type ParquetFooter, type RowGroup, chunkOf } from './footer.ts'
import type { BatchValues, DataPage, Dictionary, LeafBatch } from './data-page.ts'
import { type ByteSource, LeafPages } from './pages.ts'
import { ExactValue } from './exact.ts'
import { Scratch } from './scratch.ts'
import { ParquetDamage } from './thrift.ts'
import type { ColumnNode, ColumnTree } from './tree.ts'
import { type LeafValue, type ValueReader, countOf, valueReader } from './values.ts'

export type ParquetRecord = Readonly<Record<string, unknown>>

export type RowsSource = {
  readonly tree: ColumnTree
  readonly group: RowGroup
  /** The leaves that records are made from. Other leaves are left out, and none of their bytes are read. */
  readonly leaves: readonly number[]
  readonly read: ByteSource
  readonly typedValues?: TypedValues | undefined
  /** Called with each batch of a leaf before records are made from it. */
  readonly onBatch?: (leaf: number, batch: LeafBatch) => void
}

/** Small, because many leaves are open at once and each reads ahead. */
const WINDOW_BYTES = 64 * 1024

const READERS = { nearest: 'valueAt', verbatim: 'verbatimAt', exact: 'exactAt' } as const satisfies Record<
  TypedValues,
  keyof ValueReader
>

/**
 * Reads the rows of one row group, one at a time. Its leaves advance side by side, page by page, and none is held as a
 * whole. An absent member is left out of its record, an absent list item is null, and a map entry without a value is
 * left out.
 */
export class RowReader {
  readonly #cursors: readonly LeafCursor[]
  readonly #assemble: Assemble

  constructor({ tree, group, leaves, read, onBatch, typedValues = 'nearest' }: RowsSource) {
    const cursors = leaves.map((index) => {
      const leaf = tree.leaves[index]
      if (leaf === undefined) throw new RangeError('There is no such leaf')
      const { valueAt, [READERS[typedValues]]: readAt = valueAt } = valueReader(leaf)
      const pages = new LeafPages({
        leaf,
        chunk: chunkOf(group, index),
        read,
        windowBytes: WINDOW_BYTES,
        scratch: new Scratch(),
      })
      return new LeafCursor(pages, {
        isFlat: leaf.rep === 0,
        def: leaf.def,
        valueAt: readAt,
        onBatch: (batch) => onBatch?.(index, batch),
      })
    })
    this.#cursors = cursors
    const byLeaf = new Map(leaves.map((index, at) => [index, cursors[at]]))
    this.#assemble = assemblerOf(tree.root, byLeaf) ?? (() => ({}))
  }

  /** Skips this many rows, or as many as are left. Pages whose row count is known are not even unpacked. */
  async skip(rows: number): Promise<void> {
    for (const cursor of this.#cursors) await cursor.skip(rows)
  }

  /** The next record; undefined after the last. @throws ParquetDamage */
  async next(): Promise<ParquetRecord | undefined> {
    let ended = 0
    for (const cursor of this.#cursors) {
      while (!cursor.gather()) await cursor.load()
      if (cursor.count === 0) ended++
    }
    if (ended === this.#cursors.length) return undefined
    if (ended > 0) throw new ParquetDamage('columns of different length')
    const record = this.#assemble() as ParquetRecord
    for (const cursor of this.#cursors) if (cursor.at !== cursor.count) throw disagreement()
    return record
  }
}

function disagreement(): ParquetDamage {
  return new ParquetDamage('columns that disagree on how long a list is')
}

/** A record with more values could not be held in memory; a line of JSON is limited to 64 MiB. */
const MOST_ROW_ENTRIES = 4 * 1024 * 1024

type ReadValue = LeafValue | ExactValue

type CursorOf = {
  readonly isFlat: boolean
  readonly def: number
  readonly valueAt: NonNullable<ValueReader['exactAt']>
  readonly onBatch: (batch: LeafBatch) => void
}

/** Reads one row of a leaf at a time, collecting its entries across batches and pages. */
class LeafCursor {
  /** Entries of the current row. */
  readonly defs: number[] = []
  readonly reps: number[] = []
  readonly values: (ReadValue | undefined)[] = []
  /** How many entries the row has; 0 after the last row. */
  count = 0
  /** The index of the next entry to take. */
  at = 0
  readonly #pages: LeafPages
  readonly #of: CursorOf
  #page: DataPage | undefined
  #batch: LeafBatch | undefined
  #entry = 0
  #value = 0
  #isWithin = false
  #isEnd = false
  #dictionary: Dictionary | undefined
  #dictionaryValues: ReadValue[] = []

  constructor(pages: LeafPages, of: CursorOf) {
    this.#pages = pages
    this.#of = of
  }

  /** Collects the entries of the next row; false if more has to be loaded first. */
  gather(): boolean {
    if (!this.#isWithin) this.count = this.at = 0
    for (;;) {
      const batch = this.#batch
      if (batch === undefined || this.#entry >= batch.entries) {
        this.#isWithin = true
        if (!this.#isEnd) return false
        break
      }
      const rep = typeof batch.rep === 'number' ? batch.rep : (batch.rep[this.#entry] ?? 0)
      if (rep === 0 && this.count > 0) break
      this.#gatherEntry(batch, rep)
      if (this.#of.isFlat) break
    }
    this.#isWithin = false
    return true
  }

  async load(): Promise<void> {
    this.#batch = this.#page?.next()
    while (this.#batch === undefined) {
      const page = await this.#pages.next()
      if (page === undefined) {
        this.#isEnd = true
        return
      }
      if (page.kind === 'page') this.#page = page
      this.#batch = this.#page?.next()
    }
    this.#entry = 0
    this.#value = 0
    this.#of.onBatch(this.#batch)
  }

  async skip(rows: number): Promise<void> {
    let left = rows
    while (left > 0 && this.#batch === undefined) {
      const page = await this.#pages.next(left)
      if (page === undefined) return
      if (page.kind === 'skipped') left -= page.rows
      else {
        this.#page = page
        await this.load()
      }
    }
    for (; left > 0; left--) {
      while (!this.gather()) await this.load()
      if (this.count === 0) return
    }
  }

  #gatherEntry(batch: LeafBatch, rep: number): void {
    const def = typeof batch.def === 'number' ? batch.def : (batch.def[this.#entry] ?? 0)
    if (this.count >= MOST_ROW_ENTRIES) throw new ParquetDamage(`a row of more than ${MOST_ROW_ENTRIES} values`)
    this.defs[this.count] = def
    this.reps[this.count] = rep
    this.values[this.count] = def === this.#of.def ? this.#valueOf(batch.values, this.#value++) : undefined
    this.count++
    this.#entry++
  }

  #valueOf(values: BatchValues, at: number): ReadValue | undefined {
    switch (values.kind) {
      case 'plain':
        return this.#of.valueAt(values.raw, at)
      case 'indices':
        return this.#dictionaryValue(values.dictionary, values.indices[at] ?? 0)
      case 'repeated':
        return this.#dictionaryValue(values.dictionary, values.index)
      case 'none':
        return undefined
      default:
        return values satisfies never
    }
  }

  #dictionaryValue(dictionary: Dictionary, index: number): ReadValue {
    if (this.#dictionary !== dictionary) {
      this.#dictionary = dictionary
      this.#dictionaryValues = Array.from({ length: Math.min(dictionary.count, countOf(dictionary.raw)) })
    }
    return (this.#dictionaryValues[index] ??= this.#of.valueAt(dictionary.raw, index))
  }
}

type Assemble = () => unknown

type Cursors = ReadonlyMap<number, LeafCursor | undefined>

/** Undefined for a node with no requested leaf. */
function assemblerOf(node: ColumnNode, cursors: Cursors): Assemble | undefined {
  const below = cursorsBelow(node, cursors)
  const [lead] = below
  if (lead === undefined) return undefined
  switch (node.kind) {
    case 'leaf':
      return () => takeValue(lead, node.def)
    case 'object':
      return whereThere(
        node.def,
        below,
        objectAssembler(
          node.members.flatMap(({ name, node: inner }) => {
            const assemble = assemblerOf(inner, cursors)
            return assemble === undefined ? [] : [[name, assemble] as const]
          }),
        ),
      )
    case 'list': {
      const item = assemblerOf(node.item, cursors)
      return (
        item && whereThere(node.def, below, listAssembler({ itemDef: node.itemDef, rep: node.rep + 1, below }, item))
      )
    }
    case 'map': {
      const key = assemblerOf(node.key, cursors)
      const value = node.value === undefined ? undefined : assemblerOf(node.value, cursors)
      return whereThere(node.def, below, mapAssembler({ itemDef: node.itemDef, rep: node.rep + 1, below }, key, value))
    }
    default:
      return node satisfies never
  }
}

function cursorsBelow({ leaves: { first, end } }: ColumnNode, cursors: Cursors): readonly LeafCursor[] {
  return [...cursors].flatMap(([leaf, cursor]) => (leaf >= first && leaf < end && cursor !== undefined ? [cursor] : []))
}

function takeValue(cursor: LeafCursor, def: number): unknown {
  const at = cursor.at++
  if (at >= cursor.count) throw disagreement()
  return cursor.defs[at] === def ? cursor.values[at] : undefined
}

/** For an absent value, each leaf below has one entry, which is skipped. */
function whereThere(def: number, below: readonly LeafCursor[], assemble: Assemble): Assemble {
  return () => {
    if (nextDef(below) >= def) return assemble()
    passBy(below)
    return undefined
  }
}

function nextDef([lead]: readonly LeafCursor[]): number {
  const def = lead?.defs[lead.at]
  if (def === undefined || lead === undefined || lead.at >= lead.count) throw disagreement()
  return def
}

function passBy(below: readonly LeafCursor[]): void {
  for (const cursor of below) cursor.at++
}

function objectAssembler(members: readonly (readonly [name: string, assemble: Assemble])[]): Assemble {
  return () => {
    const object: Record<string, unknown> = {}
    for (const [name, assemble] of members) {
      const value = assemble()
      if (value !== undefined) setOwn(object, name, value)
    }
    return object
  }
}

type Repeated = { readonly itemDef: number; readonly rep: number; readonly below: readonly LeafCursor[] }

/** Calls `each` for every item that exists. */
function eachItem({ itemDef, rep, below }: Repeated, each: () => void): void {
  const [lead] = below
  if (lead === undefined) return
  if (nextDef(below) < itemDef) {
    passBy(below)
    return
  }
  do each()
  while (lead.at < lead.count && lead.reps[lead.at] === rep)
}

function listAssembler(repeated: Repeated, item: Assemble): Assemble {
  return () => {
    const items: unknown[] = []
    eachItem(repeated, () => items.push(item() ?? null))
    return items
  }
}

/** An absent key is treated as an empty one. */
function mapAssembler(repeated: Repeated, takeKey: Assemble | undefined, takeItem: Assemble | undefined): Assemble {
  return () => {
    const map: Record<string, unknown> = {}
    eachItem(repeated, () => {
      const key = takeKey?.()
      const value = takeItem?.()
      if (value !== undefined) setOwn(map, keyText(key), value)
    })
    return map
  }
}

function keyText(key: unknown): string {
  if (typeof key === 'string') return key
  if (key === undefined) return ''
  if (key instanceof ExactValue) return key.text
  if (key instanceof Date) return key.toJSON()
  if (typeof key === 'bigint') return String(key)
  return JSON.stringify(key, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
}

/** All leaves of a file. */
export function allLeaves({ tree }: Pick<ParquetFooter, 'tree'>): readonly number[] {
  return tree.leaves.map((_, index) => index)
}
