import { createHash } from 'node:crypto'
import type { RecordLocator } from '../formats/record.ts'
import type { CompiledMapping } from '../mapping/compile.ts'
import { type MappedRow, type MappedRowPlace, Mapper } from '../mapping/mapper.ts'
import type { ValueOrigin } from '../mapping/origin.ts'
import { type JsonObject, isPlainObject, parseLossless } from '../schema/json.ts'
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
  #rows: number
  #row: JsonObject = {}
  #place: MappedRowPlace = { row: 0, sha256: () => '' }

  constructor({ mapping, header, name, nowMs, progress = new Int32Array(2) }: MappedFile, rowsBefore: number) {
    this.#mapper = new Mapper(mapping, { header, nowMs, remoteName: name, progress })
    this.#progress = progress
    this.#rows = rowsBefore
  }

  get counts(): Float64Array<ArrayBuffer> {
    return this.#mapper.counts
  }

  /** Of rows of which no record is made. */
  skip(rows: number): void {
    this.#rows += rows
  }

  /** A row as it was read of this text, or, without one, as `where` knows it. */
  map(row: JsonObject, text: string | undefined, where?: RecordLocator): MappedRow {
    this.#rows++
    this.#progress[1] = (this.#progress[1] ?? 0) + 1
    const sha256 = () => sha256Of(text ?? where?.rawText?.() ?? JSON.stringify(asJson(row)))
    this.#row = row
    this.#place = { row: this.#rows, sha256 }
    return this.#mapper.map(row, this.#place)
  }

  /** What made a place of the record that was mapped last. */
  originOf(pointer: string): ValueOrigin | undefined {
    return this.#mapper.originOf(this.#row, this.#place, pointer)
  }
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Undefined for a text that is no row, of which no record can be made. */
export function readRow(text: string): JsonObject | undefined {
  try {
    const row = parseLossless(text)
    return isPlainObject(row) ? row : undefined
  } catch {
    return undefined
  }
}
