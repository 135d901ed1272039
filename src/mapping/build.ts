import { ownValue, setOwn } from '../lib/json-reader.ts'
import type { JsonObject } from '../schema/json.ts'
import type { ColumnLookup } from './columns.ts'
import type { CompiledEntry } from './compile.ts'
import { type ConvertScope, converterOf } from './convert.ts'
import { COUNT, COUNTERS } from './counts.ts'
import { compileExpression } from './expression/evaluate.ts'
import { type ValueFault, valueFaultOf } from './fault.ts'
import { type Scope, SEEN } from './functions/function.ts'
import { countEvery } from './path.ts'
import { pathReader } from './read-path.ts'
import { type TargetNode, entriesUnder, targetTree } from './target-tree.ts'
import { isArrayValue, isObjectValue, wrongValue } from './value.ts'

/** A mapping that failed in the current row. */
export type TargetFailure = {
  readonly entry: CompiledEntry
  /** Indexes for the `[*]` steps of its target. */
  readonly indexes: readonly number[]
  readonly fault: ValueFault
}

export type RowScope = Scope &
  ConvertScope & {
    failures: TargetFailure[] | undefined
    readonly counts: Float64Array
    readonly progress: Int32Array
  }

export type RecordBuilder = (scope: RowScope) => JsonObject

/** Returns undefined if there is nothing to write. `base` is the value that this place already has. */
type Build = (scope: RowScope, base: unknown) => unknown

/**
 * Makes one function that builds a record from a row: parents before their members, whatever their order in the set.
 * Nulls are left out, as are objects and arrays that would be empty. Arrays close up.
 */
export function recordBuilder(entries: readonly CompiledEntry[], columns: ColumnLookup): RecordBuilder {
  const numbered = entries.map((entry, at) => ({ entry, target: entry.target, at }))
  const build = nodeBuilder(targetTree(numbered), { columns, level: 0 })
  return (scope) => {
    const record = build(scope, undefined)
    return isObjectValue(record) ? withIdentities(record) : {}
  }
}

type NumberedEntry = { readonly entry: CompiledEntry; readonly target: CompiledEntry['target']; readonly at: number }

type BuildContext = {
  readonly columns: ColumnLookup
  /** How many `[*]` steps lead here. */
  readonly level: number
}

function nodeBuilder(node: TargetNode<NumberedEntry>, context: BuildContext): Build {
  const own = node.own === undefined ? undefined : leafBuilder(node.own, context)
  if (node.names.size > 0) return objectBuilder(own, node, context)
  if (node.items.size > 0 || node.every !== undefined) return arrayBuilder(own, node, context)
  return own ?? (() => undefined)
}

/** Computes and converts one value. A value that fails stays empty and is counted. */
function leafBuilder({ entry, at }: NumberedEntry, { columns }: BuildContext): Build {
  const evaluate = compileExpression(entry.checked.expression, { ...columns, place: entry.target.text })
  const convert = converterOf(entry.target.field)
  const [first, watchesParts] = [at * COUNTERS, entry.isIdentity && entry.checked.joins]
  return (scope) => {
    const { counts, progress } = scope
    progress[0] = entry.number
    scope.seen = 0
    try {
      const value = convert(evaluate(scope), scope)
      countOne(counts, first + (value === undefined ? COUNT.nulls : COUNT.values))
      if (scope.seen !== 0) countSeen(scope, first, watchesParts && value !== undefined)
      return value
    } catch (error) {
      const fault = valueFaultOf(error)
      countOne(counts, first + COUNT.errors)
      const failure = { entry, indexes: [...scope.indexes], fault }
      if (scope.failures === undefined) scope.failures = [failure]
      else scope.failures.push(failure)
      return undefined
    }
  }
}

function countOne(counts: Float64Array, at: number): void {
  counts[at] = (counts[at] ?? 0) + 1
}

function countSeen({ seen, counts }: RowScope, first: number, watchesParts: boolean): void {
  if ((seen & SEEN.ambiguousDate) !== 0) countOne(counts, first + COUNT.ambiguousDates)
  if (watchesParts && (seen & SEEN.emptyPart) !== 0) countOne(counts, first + COUNT.emptyParts)
}

function objectBuilder(own: Build | undefined, { names }: TargetNode<NumberedEntry>, context: BuildContext): Build {
  const members = Array.from(names, ([name, node]) => ({ name, build: nodeBuilder(node, context) }))
  return (scope, base) => {
    const start = own === undefined ? base : own(scope, undefined)
    if (isObjectValue(start)) return buildUpon(start, members, scope)
    let object: Record<string, unknown> | undefined
    for (const { name, build } of members) {
      const value = build(scope, undefined)
      if (value !== undefined) setOwn((object ??= {}), name, value)
    }
    return object
  }
}

type Member = { readonly name: string; readonly build: Build }

/** Values of the members replace those that the object already has; a member without a value is removed. */
function buildUpon(start: JsonObject, members: readonly Member[], scope: RowScope): unknown {
  const object: Record<string, unknown> = { ...start }
  for (const { name, build } of members) {
    const value = build(scope, ownValue(object, name))
    if (value !== undefined) setOwn(object, name, value)
    else Reflect.deleteProperty(object, name)
  }
  return hasMembers(object) ? object : undefined
}

function hasMembers(object: Readonly<Record<string, unknown>>): boolean {
  for (const name in object) if (Object.hasOwn(object, name)) return true
  return false
}

function arrayBuilder(own: Build | undefined, node: TargetNode<NumberedEntry>, context: BuildContext): Build {
  const every = node.every === undefined ? undefined : everyBuilder(node.every, context)
  const items = new Map(
    [...node.items].toSorted(([a], [b]) => a - b).map(([index, item]) => [index, nodeBuilder(item, context)]),
  )
  return (scope, base) => {
    const start = own === undefined ? base : own(scope, undefined)
    const given: readonly unknown[] = isArrayValue(start) ? start : []
    const length = Math.max(given.length, every?.count(scope) ?? 0)
    const kept: unknown[] = []
    const places: number[] = []
    const keep = (at: number, item: unknown) => {
      if (item === undefined) return
      kept.push(item)
      places.push(at)
    }
    for (let at = 0; at < length; at++) {
      const shared = every === undefined ? given[at] : every.build(scope, at, given[at])
      keep(at, (items.get(at) ?? unchanged)(scope, shared))
    }
    // An index can be any number, so places without a mapping are skipped.
    for (const [at, build] of items) if (at >= length) keep(at, build(scope, undefined))
    if (places.at(-1) !== places.length - 1) scope.moves?.set(kept, places)
    return kept.length === 0 ? undefined : kept
  }
}

const unchanged: Build = (_, base) => base

type EveryBuilder = {
  /** The number of elements in the sources. */
  readonly count: (scope: RowScope) => number
  readonly build: (scope: RowScope, at: number, base: unknown) => unknown
}

/** Several sources fill the same elements: as many as the longest source has. */
function everyBuilder(node: TargetNode<NumberedEntry>, { columns, level }: BuildContext): EveryBuilder {
  const build = nodeBuilder(node, { columns, level: level + 1 })
  const counters = entriesUnder(node).map((entry) => elementCounter(entry, { columns, level }))
  return {
    count: (scope) => {
      let most = 0
      for (const count of counters) most = Math.max(most, count(scope))
      return most
    },
    build: (scope, at, base) => {
      scope.indexes[level] = at
      const value = build(scope, base)
      scope.indexes.length = level
      return value
    },
  }
}

/** The length of the source array before the `[*]` of this level. */
function elementCounter({ entry, at }: NumberedEntry, { columns, level }: BuildContext): (scope: RowScope) => number {
  const { expression } = entry.checked
  const steps = expression.kind === 'path' ? expression.path.steps : []
  const end = steps.findIndex((step, place) => step.kind === 'every' && countEvery(steps.slice(0, place)) === level)
  const read = pathReader({ steps: steps.slice(0, end), whole: undefined }, columns)
  return (scope) => {
    try {
      const value = read(scope.row, scope.indexes)
      if (value === null || value === '') return 0
      if (!isArrayValue(value)) throw wrongValue('an array', value)
      return value.length
    } catch (error) {
      const fault = valueFaultOf(error)
      countOne(scope.counts, at * COUNTERS + COUNT.errors)
      scope.failures ??= []
      scope.failures.push({ entry, indexes: [...scope.indexes], fault })
      return 0
    }
  }
}

/** Drops identities without an id: they would hold only constants, and be invalid. */
function withIdentities(record: JsonObject): JsonObject {
  const { identityMap } = record
  if (!isObjectValue(identityMap)) return record
  const namespaces = Object.entries(identityMap).map(([name, list]) => [name, withoutEmpty(list)] as const)
  if (namespaces.every(([name, list]) => list === ownValue(identityMap, name))) return record
  const kept = namespaces.filter(([, list]) => !isArrayValue(list) || list.length > 0)
  const { identityMap: _, ...others } = record
  return kept.length === 0 ? others : { ...others, identityMap: Object.fromEntries(kept) }
}

function withoutEmpty(list: unknown): unknown {
  if (!isArrayValue(list) || list.every(isIdentified)) return list
  return list.filter(isIdentified)
}

function isIdentified(identity: unknown): boolean {
  if (!isObjectValue(identity)) return true
  const id = ownValue(identity, 'id')
  return id !== undefined && id !== ''
}
