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
  /** Of CSV. */
  readonly header: readonly string[] | undefined
  /** What its records are sent under. */
  readonly name: string
  readonly nowMs: number
  /** See {@link Mapper}; its second element counts rows. */
  readonly progress?: Int32Array | undefined
}

/** Maps rows one after another, and knows the number of each: the same record of the same row, whenever it is made. */
export class RowMapper {
  readonly #mapper: Mapper
  readonly #progress: Int32Array
  /** One for all rows: of one for each, referred to from here, V8 expects that they last, and collects them late. */
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

  /** Of rows of which no record is made. */
  skip(rows: number): void {
    this.#place.row += rows
  }

  /** A row as it was read of this text, or, without one, as `where` knows it. */
  map(row: JsonObject, text: string | undefined, where?: RecordLocator): MappedRow {
    this.#row = row
    this.#text = text
    this.#begin(where)
    return this.#mapper.map(row, this.#place)
  }

  /** As `map` does, a row of CSV. */
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

  /** What made a place of the record that was mapped last. */
  originOf(pointer: string): ValueOrigin | undefined {
    return this.#mapper.originOf(this.#rowAtHand(), this.#place, pointer)
  }

  #sha256(): string {
    return hash('sha256', this.#text ?? this.#where?.rawText?.() ?? JSON.stringify(asJson(this.#rowAtHand())))
  }
}

/** Undefined for a text that is no row, of which no record can be made. */
export function readRow(text: string): JsonObject | undefined {
  try {
    const row = parseVerbatim(text)
    return isPlainObject(row) ? row : undefined
  } catch {
    return undefined
  }
}
