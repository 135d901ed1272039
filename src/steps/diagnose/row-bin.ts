import type { Clock } from '../../base/clock.ts'
import { count } from '../../base/words.ts'
import { noteOf } from './note-of.ts'
import type { RejectedRow } from './rejected-row.ts'

export type Gathered = {
  readonly rows: readonly RejectedRow[]
  /** These are all that the platform keeps; else a sample, or as many as are read. */
  readonly isWhole: boolean
  readonly notes: readonly string[]
}

/** More than anyone corrects by hand; more than that has a cause that the first of them show. */
const MOST_ROWS = 10_000
/** In characters of the files' lines. */
const MOST_CHARACTERS = 16 * 1024 * 1024
const LONGEST_MS = 60_000

/** Takes rejected rows, as many as there is room and time for, and remembers what kept others out. */
export class RowBin {
  readonly rows: RejectedRow[] = []
  #clock: Clock
  #endMs: number
  #characters = 0
  #isFull = false
  #file = ''
  #share = 0
  #unread = 0
  #notes = new Map<string, string>()

  constructor(clock: Clock) {
    this.#clock = clock
    this.#endMs = clock.now() + LONGEST_MS
  }

  /** A file from which as many rows may come as from each of those that are left. */
  begin(file: string, filesLeft: number): void {
    this.#file = file
    this.#share = this.rows.length + Math.ceil((MOST_ROWS - this.rows.length) / filesLeft)
    this.#unread = 0
  }

  /** Counts the line. */
  hasRoomFor(line: string): boolean {
    this.#characters += line.length
    if (this.rows.length >= this.#share) this.#isFull = true
    return !this.isOver() && this.rows.length < this.#share
  }

  isOver(): boolean {
    const isOver =
      this.rows.length >= MOST_ROWS || this.#characters > MOST_CHARACTERS || this.#clock.now() > this.#endMs
    if (isOver) this.#isFull = true
    return isOver
  }

  add(row: RejectedRow | undefined): void {
    if (row === undefined) this.#unread++
    else this.rows.push(row)
  }

  end(): void {
    if (this.#unread === 0) return
    const what = `${count(this.#unread, 'line')} of the diagnostics in ${JSON.stringify(this.#file)}`
    this.#notes.set(this.#file, `${what} could not be read as rejected rows.`)
  }

  /** What keeps one file from being read keeps no other. @throws the signal's reason */
  async attempt(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      signal.throwIfAborted()
      const { text, remedy } = noteOf('The rejected rows could not all be read', error)
      // A refusal is the same for every file, but for the id of its request.
      if (!this.#notes.has(remedy)) this.#notes.set(remedy, text)
    }
  }

  gathered(isWhole: boolean): Gathered {
    return { rows: this.rows, isWhole: isWhole && !this.#isFull, notes: [...this.#notes.values()] }
  }
}
