import type { RowCheck, RowIssue } from './record.ts'
import type { Slice } from './format.ts'

/** Where a slice stands. */
export type SliceSpot = {
  /** What its file is called where it is sent. */
  readonly name: string
  /** Rows of the file before it; known only where slices are converted one after another. */
  readonly rowsBefore: number
}

/** What makes other records of rows, which are sent in their place. */
export type RowConversion = {
  /** A record depends on the number of its row: no slice can begin before all before it are done. */
  readonly isInOrder: boolean
  /** A row may take any time to be converted: whoever waits for it must be able to stop it. */
  readonly isSlow: boolean
  /** For one slice. */
  begin(slice: Slice, spot: SliceSpot): SliceConversion
}

/** Makes the records of one slice, and checks them. */
export type SliceConversion = RowCheck & {
  /** A record that can't be read: nothing is made of it. */
  corrupt(issue: RowIssue, rows: number): RowIssue
  /** An issue of the record at hand, with the place and the column of what it was made of. */
  trace(issue: RowIssue): RowIssue
  readonly lines: MadeLines
  /** What it has counted, as whoever made it reads it. */
  readonly counts: Float64Array<ArrayBuffer>
}

/** What was made of the rows so far; lines of text, or whatever the one who writes them down can read. */
export type MadeLines = {
  /** Records among it. */
  readonly rows: number
  /** Somebody should take it. */
  readonly isFull: boolean
  /** All since the last call, in a buffer of its own that may be handed over. */
  take(): Uint8Array<ArrayBuffer>
}

/** Records that were made of the rows of a slice, or of a file. */
export type ConvertedRows = {
  /** Of all rows of the slice, those among them that were written already. */
  readonly rows: number
  readonly counts: Float64Array<ArrayBuffer>
}

/** Of a string so long bytes are made: many short ones cost more, and a long one does not stay where V8 makes new ones cheaply. */
const STRING_LENGTH = 1 << 14

/** What a thread holds at most of one slice, but for one line that is longer: a few bytes of a file may become any number. */
const MOST_BYTES = 4 * 1024 * 1024

/** Memory that nothing is written into is not taken. */
const ROOM_BYTES = MOST_BYTES + 3 * STRING_LENGTH

const ENCODER = new TextEncoder()

/** JSON Lines on their way out, in one buffer: many that are left behind would be given back late. */
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

  /** All since the last call, in a buffer of their own that may be handed over. */
  take(): Uint8Array<ArrayBuffer> {
    this.#encode()
    const taken = this.#bytes.subarray(0, this.#used)
    this.#bytes = new Uint8Array(0)
    this.#used = 0
    return taken
  }

  #encode(): void {
    if (this.#text === '') return
    // A character takes at most three bytes of UTF-8 for each unit.
    const most = this.#used + 3 * this.#text.length
    if (most > this.#bytes.length) this.#enlarge(Math.max(most, ROOM_BYTES))
    this.#used += ENCODER.encodeInto(this.#text, this.#bytes.subarray(this.#used)).written
    this.#text = ''
  }

  #enlarge(length: number): void {
    this.#bytes = new Uint8Array(this.#bytes.buffer.transfer(length))
  }
}
