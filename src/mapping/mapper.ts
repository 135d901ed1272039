import { createHash } from 'node:crypto'
import { rowOfCells } from '../formats/csv/records.ts'
import { pointer } from '../lib/json-pointer.ts'
import { ownValue } from '../lib/json-reader.ts'
import { type JsonObject, LosslessNumber } from '../schema/json.ts'
import { type RecordBuilder, type RowScope, type TargetFailure, recordBuilder } from './build.ts'
import type { CompiledEntry, CompiledMapping } from './compile.ts'
import { COUNTERS } from './counts.ts'
import { type ColumnLookup, columnLookup } from './columns.ts'
import { type Expression, childrenOf } from './expression/syntax.ts'
import { type ValueOrigin, originOf, sourcePointer } from './origin.ts'
import { necessityOf } from './required.ts'
import { isObjectValue } from './value.ts'

/** What the mapping of a file depends on, apart from its rows. */
export type MapperSetting = {
  /** The columns of a CSV file; absent for formats whose rows name their own fields. */
  readonly header?: readonly string[] | undefined
  /** The start of the run, the same over all retries: the value of `now()`. */
  readonly nowMs: number
  /** The name under which the converted file is sent. `uuid()` depends on it. */
  readonly remoteName: string
  /**
   * Its first element holds the number of the mapping that is being computed, and 0 between rows. On shared memory,
   * another thread sees which regular expression never ends.
   */
  readonly progress?: Int32Array | undefined
}

export type MappedRowPlace = {
  /** The number of the row in its file, from 1. */
  readonly row: number
  /** The SHA-256 of the row's bytes, in hexadecimal; only `uuid()` needs it. */
  readonly sha256: () => string
}

/** A target that stays empty because its value can't be computed or converted. */
export type MappedFault = {
  readonly mapping: number
  /** The column or field that was read; absent if the source names none. */
  readonly column: string | undefined
  /** JSON pointer into the source row. */
  readonly at: string
  /** JSON pointer to the place in the record that stays empty. */
  readonly path: string
  readonly expected: string
  /** Never the value itself. */
  readonly received: string
  /** `rejected`: the record lacks a value that the schema requires. */
  readonly fate: 'changed' | 'rejected'
}

export type MappedRow = {
  /** Plain JSON, with {@link LosslessNumber} for numbers that JavaScript can't hold. */
  readonly record: JsonObject
  readonly faults: readonly MappedFault[]
  /** It holds such numbers, which `JSON.stringify` would corrupt. */
  readonly isLossless: boolean
}

const NO_FAULTS: readonly MappedFault[] = []

/** Maps the rows of one file, or of a part of it. Not to be shared between threads. */
export class Mapper {
  /** {@link COUNTERS} numbers for each mapping, in the order of the set, as `mappingCounts` reads them. */
  readonly counts: Float64Array<ArrayBuffer>
  readonly #mapping: CompiledMapping
  readonly #columns: ColumnLookup
  readonly #build: RecordBuilder
  readonly #scope: RowScope
  readonly #header: readonly string[]
  /** The current row. For a row of cells, undefined until it is needed as a whole. */
  #row: JsonObject | undefined
  #place: MappedRowPlace = { row: 0, sha256: () => '' }

  constructor(mapping: CompiledMapping, setting: MapperSetting) {
    this.#mapping = mapping
    this.#header = setting.header ?? []
    this.#columns = columnLookup(setting.header)
    this.counts = new Float64Array(mapping.entries.length * COUNTERS)
    this.#build = recordBuilder(mapping.entries, this.#columns)
    const { nowMs, remoteName, progress = new Int32Array(1) } = setting
    const rowAtHand = () => this.#rowAtHand()
    this.#scope = {
      get row() {
        return rowAtHand()
      },
      cells: undefined,
      nowMs,
      uuid: (at) => uuidOf(remoteName, this.#place, at),
      indexes: [],
      seen: 0,
      isLossless: false,
      moves: undefined,
      failures: undefined,
      counts: this.counts,
      progress,
    }
  }

  /** Maps a row: CSV as non-empty strings by column; JSON as `parseVerbatim` returns it; Parquet as its reader does. */
  map(row: JsonObject, place: MappedRowPlace): MappedRow {
    this.#row = row
    return this.#mapRow(undefined, place)
  }

  /** Like `map`, for a row of CSV: the string of each column of the header, at less cost. */
  mapCells(cells: readonly string[], place: MappedRowPlace): MappedRow {
    this.#row = undefined
    return this.#mapRow(cells, place)
  }

  #mapRow(cells: readonly string[] | undefined, place: MappedRowPlace): MappedRow {
    const scope = this.#scope
    this.#begin(cells, place)
    scope.moves = undefined
    const record = this.#build(scope)
    scope.progress[0] = 0
    const { failures, isLossless } = scope
    const faults = failures === undefined ? NO_FAULTS : failures.map((failure) => this.#faultOf(failure, record))
    return { record, faults, isLossless }
  }

  /**
   * Which mapping and which field of the row made, or should have made, the value at a JSON pointer of the record.
   * Undefined if no mapping does. It maps the row again, so it is meant for findings and not for every row.
   */
  originOf(row: JsonObject, place: MappedRowPlace, at: string): ValueOrigin | undefined {
    const scope = this.#scope
    const counts = this.counts.slice()
    this.#row = row
    this.#begin(undefined, place)
    scope.moves = new WeakMap()
    const record = this.#build(scope)
    this.counts.set(counts)
    scope.progress[0] = 0
    return originOf({ mapping: this.#mapping, columns: this.#columns, row, record, moves: scope.moves }, at)
  }

  #begin(cells: readonly string[] | undefined, place: MappedRowPlace): void {
    const scope = this.#scope
    scope.cells = cells
    scope.failures = undefined
    scope.isLossless = false
    scope.indexes.length = 0
    this.#place = place
  }

  #rowAtHand(): JsonObject {
    this.#row ??= rowOfCells(this.#header, this.#scope.cells ?? [])
    return this.#row
  }

  #faultOf({ entry, indexes, fault }: TargetFailure, record: JsonObject): MappedFault {
    const { number, target } = entry
    const source = sourcePointer(entry, { row: this.#rowAtHand(), columns: this.#columns, indexes })
    const necessity = necessityOf(this.#mapping.schema.root, target.steps)
    const isRejected = necessity === 'rejected' || (necessity === 'parent' && hasParent(record, entry, indexes))
    return {
      mapping: number,
      column: source.columns[0],
      at: source.at,
      path: targetPointer(entry, indexes),
      expected: fault.expected,
      received: fault.received,
      fate: isRejected ? 'rejected' : 'changed',
    }
  }
}

/** Whether records depend on their row numbers, as those with a `uuid()` do. */
export function needsRowNumbers({ entries }: CompiledMapping): boolean {
  return entries.some(({ checked }) => callsUuid(checked.expression))
}

function callsUuid(node: Expression): boolean {
  return (node.kind === 'call' && node.name === 'uuid') || childrenOf(node).some(callsUuid)
}

/** Whether other mappings built the object around the target. If arrays closed up, any element counts. */
function hasParent(record: JsonObject, { target }: CompiledEntry, indexes: readonly number[]): boolean {
  let value: unknown = record
  let level = 0
  for (const step of target.steps.slice(0, -1)) {
    if (step.kind === 'name') value = isObjectValue(value) ? ownValue(value, step.name) : undefined
    else {
      const index = step.kind === 'every' ? (indexes[level++] ?? 0) : step.index
      value = Array.isArray(value) ? (value[index] ?? value.at(-1)) : undefined
    }
  }
  return isObjectValue(value)
}

function targetPointer({ target }: CompiledEntry, indexes: readonly number[]): string {
  let level = 0
  const segments = target.steps.map((step) => {
    if (step.kind === 'name') return step.name
    return step.kind === 'every' ? (indexes[level++] ?? 0) : step.index
  })
  return pointer(segments)
}

/**
 * A UUID that looks random (version 8: RFC 9562, "custom") but is the same at each retry. It depends on the file's name,
 * the row, its bytes, the target and the place in the expression.
 */
function uuidOf(remoteName: string, { row, sha256 }: MappedRowPlace, place: string): string {
  const bytes = createHash('sha256')
    .update(JSON.stringify([remoteName, row, sha256(), place]))
    .digest()
    .subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The record as it is sent, on one line. */
export function recordText({ record, isLossless }: Pick<MappedRow, 'record' | 'isLossless'>): string {
  if (!isLossless) return JSON.stringify(record)
  return JSON.stringify(record, (_, value: unknown) => (value instanceof LosslessNumber ? rawJson(value.text) : value))
}

const rawJson = (JSON as unknown as { readonly rawJSON: (text: string) => unknown }).rawJSON
