import type { RowCheck, RowIssue } from './record.ts'
import type { Slice } from './format.ts'

/** Where a slice comes from. */
export type SliceSpot = {
  /** The name under which its file is sent. */
  readonly name: string
  /** The number of rows before it in the file; known only when slices are converted one after another. */
  readonly rowsBefore: number
}

/** Converts rows to records, which are sent instead of the rows. */
export type RowConversion = {
  /** Whether a record depends on its row number: then a slice can begin only when all slices before it are done. */
  readonly isInOrder: boolean
  /** Converting a row may take any time, so the caller must be able to stop it. */
  readonly isSlow: boolean
  /** Begins the conversion of one slice. */
  begin(slice: Slice, spot: SliceSpot): SliceConversion
}

/** Makes the records of one slice and checks them. */
export type SliceConversion = RowCheck & {
  /** Called for a record that can't be read; it is not converted. */
  corrupt(issue: RowIssue, rows: number): RowIssue
  /** Adds to an issue of the current record the place and the column that the record was made from. */
  trace(issue: RowIssue): RowIssue
  readonly lines: MadeLines
  /** Counters, in the layout that the conversion's maker defines. */
  readonly counts: Float64Array<ArrayBuffer>
}

/** The records made so far: lines of text, or any other bytes that the writer can read. */
export type MadeLines = {
  /** The number of records in it. */
  readonly rows: number
  /** Whether it is large enough to be taken. */
  readonly isFull: boolean
  /** All bytes since the last call, in a buffer of its own that can be transferred. */
  take(): Uint8Array<ArrayBuffer>
}

/** The records made from the rows of a slice or a file. */
export type ConvertedRows = {
  /** For all rows of the slice, including records that are already written. */
  readonly rows: number
  readonly counts: Float64Array<ArrayBuffer>
}

/**
 * Strings are encoded at this length: many short ones cost more, and a longer one leaves the part of the heap where V8
 * allocates cheaply.
 */
const STRING_LENGTH = 1 << 14

/**
 * The most that a thread holds of one slice, unless a single line is longer: a few bytes of a file can become any
 * number.
 */
const MOST_BYTES = 4 * 1024 * 1024

/** Generous, because the system provides memory only when it is written to. */
const ROOM_BYTES = MOST_BYTES + 3 * STRING_LENGTH

const ENCODER = new TextEncoder()

/** JSON Lines to be sent, in one buffer: many abandoned buffers would be freed late. */
export class LineBuffer implements MadeLines {
  rows = 0
  #text = ''
  #bytes = new Uint8Array(0)
  #used = 0

  add(line: string): void {
    this.rows++
    this.#text += `${line}\n`
    if (this.#text.length >= STRING_LENGTH) this.#encode()
  }

  get isFull(): boolean {
    return this.#used >= MOST_BYTES
  }

  /** All lines since the last call, in a buffer of their own that can be transferred. */
  take(): Uint8Array<ArrayBuffer> {
    this.#encode()
    const taken = this.#bytes.subarray(0, this.#used)
    this.#bytes = new Uint8Array(0)
    this.#used = 0
    return taken
  }

  #encode(): void {
    if (this.#text === '') return
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const most = this.#used + 3 * this.#text.length
    if (most > this.#bytes.length) this.#enlarge(Math.max(most, ROOM_BYTES))
    this.#used += ENCODER.encodeInto(this.#text, this.#bytes.subarray(this.#used)).written
    this.#text = ''
  }

  #enlarge(length: number): void {
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(length))
  }
}
