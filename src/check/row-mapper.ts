import { hash } from 'node:crypto'
import { rowOfCells } from '../formats/csv/records.ts'
import type { RecordLocator } from '../formats/record.ts'
import type { CompiledMapping } from '../mapping/compile.ts'
import { type MappedRow, type MappedRowPlace, Mapper } from '../mapping/mapper.ts'
import type { ValueOrigin } from '../mapping/origin.ts'
import { type JsonObject, isPlainObject, parseVerbatim } from '../schema/json.ts'
import { asJson } from './typed-values.ts'

/** A file whose rows are mapped. */
export type MappedFile = {
  readonly mapping: CompiledMapping
  /** The header of a CSV file. */
  readonly header: readonly string[] | undefined
  /** The name under which its records are sent. */
  readonly name: string
  readonly nowMs: number
  /** See {@link Mapper}; its second element counts rows. */
  readonly progress?: Int32Array | undefined
}

/** Maps rows one after another, and counts them, so that a row gives the same record whenever it is mapped. */
export class RowMapper {
  readonly #mapper: Mapper
  readonly #progress: Int32Array
  /**
   * One object for all rows: V8 would expect an object per row, referenced from here, to live long, and collect it
   * late.
   */
  readonly #place: { row: number } & MappedRowPlace
  readonly #header: readonly string[]
  #row: JsonObject | undefined
  #cells: readonly string[] = []
  #text: string | undefined
  #where: RecordLocator | undefined

  constructor({ mapping, header, name, nowMs, progress = new Int32Array(2) }: MappedFile, rowsBefore: number) {
    this.#mapper = new Mapper(mapping, { header, nowMs, remoteName: name, progress })
    this.#progress = progress
    this.#header = header ?? []
    this.#place = { row: rowsBefore, sha256: () => this.#sha256() }
  }

  get counts(): Float64Array<ArrayBuffer> {
    return this.#mapper.counts
  }

  /** Counts rows of which no record is made. */
  skip(rows: number): void {
    this.#place.row += rows
  }

  /** Maps a row that was read from this text or, without one, from the place that `where` knows. */
  map(row: JsonObject, text: string | undefined, where?: RecordLocator): MappedRow {
    this.#row = row
    this.#text = text
    this.#begin(where)
    return this.#mapper.map(row, this.#place)
  }

  /** Maps a row of CSV, as `map` does. */
  mapCells(cells: readonly string[], where: RecordLocator): MappedRow {
    this.#row = undefined
    this.#cells = cells
    this.#text = undefined
    this.#begin(where)
    return this.#mapper.mapCells(cells, this.#place)
  }

  #begin(where: RecordLocator | undefined): void {
    this.#where = where
    this.#place.row++
    this.#progress[1] = (this.#progress[1] ?? 0) + 1
  }

  #rowAtHand(): JsonObject {
    this.#row ??= rowOfCells(this.#header, this.#cells)
    return this.#row
  }

  /** What produced the value at a pointer into the record that was mapped last. */
  originOf(pointer: string): ValueOrigin | undefined {
    return this.#mapper.originOf(this.#rowAtHand(), this.#place, pointer)
  }

  #sha256(): string {
    return hash('sha256', this.#text ?? this.#where?.rawText?.() ?? JSON.stringify(asJson(this.#rowAtHand())))
  }
}

/** The row of a text; undefined if it is not one, so that no record can be made of it. */
export function readRow(text: string): JsonObject | undefined {
  try {
    const row = parseVerbatim(text)
    return isPlainObject(row) ? row : undefined
  } catch {
    return undefined
  }
}
