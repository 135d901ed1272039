import { ownValue } from '../lib/json-reader.ts'
import { pointer, pointerSegments } from '../lib/json-pointer.ts'
import type { JsonObject } from '../schema/json.ts'
import { type ColumnLookup, columnOf } from './columns.ts'
import type { CompiledEntry, CompiledMapping } from './compile.ts'
import type { SourcePath } from './path.ts'
import { type TargetNode, entriesUnder, targetTree } from './target-tree.ts'
import { isArrayValue, isObjectValue } from './value.ts'

/** The source of a value in a record. */
export type ValueOrigin = {
  readonly mapping: number
  /** The columns that were read: all of them for an expression, none for a constant. */
  readonly columns: readonly string[]
  /** JSON pointer into the source row; empty (the row itself) for a constant. */
  readonly at: string
}

export type MappedRecord = {
  readonly mapping: CompiledMapping
  readonly columns: ColumnLookup
  readonly row: JsonObject
  readonly record: JsonObject
  /** For arrays that closed up, the original index of each element. */
  readonly moves: WeakMap<object, readonly number[]>
}

const TREES = new WeakMap<CompiledMapping, TargetNode<CompiledEntry>>()

function treeOf(mapping: CompiledMapping): TargetNode<CompiledEntry> {
  const tree = TREES.get(mapping) ?? targetTree(mapping.entries)
  TREES.set(mapping, tree)
  return tree
}

/**
 * The deepest mapping on the path to a place of the record, or the first one below it. Undefined for the record as a
 * whole, which no single mapping made.
 */
export function originOf({ mapping, columns, row, record, moves }: MappedRecord, at: string): ValueOrigin | undefined {
  if (at === '') return undefined
  let node: TargetNode<CompiledEntry> | undefined = treeOf(mapping)
  const indexes: number[] = []
  let found: { readonly entry: CompiledEntry; readonly rest: readonly string[] } | undefined
  const names = originalNames(at, record, moves)
  for (const [depth, name] of names.entries()) {
    const next: TargetNode<CompiledEntry> | undefined = stepInto(node, name, indexes)
    if (next?.own !== undefined) found = { entry: next.own, rest: names.slice(depth + 1) }
    node = next
    if (node === undefined) break
  }
  const below = node === undefined || found !== undefined ? undefined : entriesUnder(node).find(readsColumns)
  const entry = found?.entry ?? below
  if (entry === undefined) return undefined
  const source = sourcePointer(entry, { row, columns, indexes })
  const isCopy = entry.checked.expression.kind === 'path' && found !== undefined
  return {
    mapping: entry.number,
    columns: source.columns,
    at: isCopy ? source.at + pointer(found?.rest ?? []) : source.at,
  }
}

function readsColumns({ checked }: CompiledEntry): boolean {
  return checked.reads.length > 0
}

/** The steps of a pointer, with the index that each element had before its array closed up. */
function originalNames(at: string, record: unknown, moves: MappedRecord['moves']): readonly string[] {
  let value = record
  return pointerSegments(at).map((name) => {
    const inside = value
    if (isArrayValue(inside)) {
      value = inside[Number(name)]
      return String(moves.get(inside)?.[Number(name)] ?? name)
    }
    value = isObjectValue(inside) ? ownValue(inside, name) : undefined
    return name
  })
}

function stepInto(
  node: TargetNode<CompiledEntry> | undefined,
  name: string,
  indexes: number[],
): TargetNode<CompiledEntry> | undefined {
  if (node === undefined) return undefined
  const named = node.names.get(name)
  if (named !== undefined || !/^\d+$/.test(name)) return named
  const item = node.items.get(Number(name))
  if (item !== undefined || node.every === undefined) return item
  indexes.push(Number(name))
  return node.every
}

export type RowReading = {
  readonly row: JsonObject
  readonly columns: ColumnLookup
  readonly indexes: readonly number[]
}

export type SourceOfValue = { readonly columns: readonly string[]; readonly at: string }

/** The columns that a mapping reads, and the place of the first one in the row. */
export function sourcePointer({ checked }: CompiledEntry, reading: RowReading): SourceOfValue {
  const columns = checked.reads.map(({ path }) => columnOf(path, reading.columns) ?? rootOf(path, reading.row))
  const [first] = checked.reads
  return { columns: [...new Set(columns)], at: first === undefined ? '' : pointerOf(first.path, reading) }
}

/** The top-level field in a row that names its own fields. */
function rootOf({ steps, whole }: SourcePath, row: JsonObject): string {
  if (whole !== undefined && Object.hasOwn(row, whole)) return whole
  const [first] = steps
  return first?.kind === 'name' ? first.name : ''
}

function pointerOf(path: SourcePath, { row, columns, indexes }: RowReading): string {
  const whole = path.whole === undefined ? undefined : columns.keyOf(path.whole)
  if (whole !== undefined && (Object.hasOwn(row, whole) || columns.hasColumn(whole))) return pointer([whole])
  let level = 0
  return pointer(
    path.steps.map((step, depth) => {
      if (step.kind === 'name') return depth === 0 ? columns.keyOf(step.name) : step.name
      return step.kind === 'every' ? (indexes[level++] ?? 0) : step.index
    }),
  )
}
