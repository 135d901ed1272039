import { NOT_UTF8, type RowIssue } from '../record.ts'
import type { LeafCheck, ValueCheck } from './checks.ts'
import type { RawValues } from './encodings.ts'
import type { Dictionary, LeafBatch } from './data-page.ts'
import type { ColumnLeaf } from './tree.ts'
import { type LeafValue, type ValueReader, areUtf8, countOf, isUtf8At, valueReader, visitOutside } from './values.ts'

/** Receives the issues of a leaf. Rows count from 0. */
export type LeafReport = {
  readonly say: (issue: RowIssue, row: number, order: readonly number[]) => void
  /**
   * Counts the same issues again for each of these rows. Their places are not needed because enough were reported
   * before.
   */
  readonly sayAgain: (
    issues: readonly RowIssue[],
    rows: { readonly start: number; readonly end: number },
    times: number,
  ) => void
}

/** An issue of one value, or of an entry without a value. */
type SaidIssue = { readonly issue: RowIssue; readonly order: readonly number[] }

/** The levels that all entries of a batch share; `areAllBad`: they share one value, which does not pass. */
type SameEntries = { readonly def: number; readonly rep: number; readonly areAllBad: boolean }

/** More places of one finding are never shown. */
const MOST_SAID = 128

/** Checks the entries of one leaf, batch by batch. A dictionary value is checked once for the whole dictionary. */
export class LeafChecker {
  /** Rows begun so far. */
  rows = 0
  readonly #leaf: ColumnLeaf
  readonly #check: LeafCheck
  readonly #values: ValueCheck | undefined
  readonly #reader: ValueReader
  readonly #report: LeafReport
  readonly #indices: Int32Array
  readonly #asks: Uint8Array
  #dictionary: Dictionary | undefined
  #verdicts = new Uint8Array(0)
  #isDictionaryFine = true
  /** The values of the current batch that do not pass, in order. */
  #bad: number[] = []

  constructor(leaf: ColumnLeaf, check: LeafCheck, report: LeafReport) {
    this.#leaf = leaf
    this.#check = check
    this.#reader = valueReader(leaf)
    this.#values = check.values
    this.#report = report
    this.#indices = new Int32Array(leaf.rep)
    this.#asks = Uint8Array.from({ length: leaf.def + 1 }, (_, def) => Number((check.levels[def] ?? []).length > 0))
  }

  take(batch: LeafBatch): void {
    const { def, rep, values } = batch
    const areAllBad = values.kind === 'repeated' && !this.#passesAt(values.dictionary, values.index)
    this.#findBad(batch)
    if (typeof def === 'number' && typeof rep === 'number' && (areAllBad || this.#asks[def] === 1))
      this.#walkRun(batch, { def, rep, areAllBad })
    else if (areAllBad || this.#bad.length > 0 || this.#isAsked(def)) this.#walk(batch, areAllBad)
    else this.#pass(batch)
  }

  #isAsked(def: LeafBatch['def']): boolean {
    const asks = this.#asks
    if (typeof def === 'number') return asks[def] === 1
    for (let at = 0; at < def.length; at++) if (asks[def[at] ?? 0] === 1) return true
    return false
  }

  #findBad({ values }: LeafBatch): void {
    this.#bad = []
    if (values.kind === 'plain') this.#findInPlain(values.raw, this.#bad)
    else if (values.kind === 'indices') {
      this.#know(values.dictionary)
      if (this.#isDictionaryFine) return
      const { indices } = values
      for (let at = 0; at < indices.length; at++) if (this.#verdicts[indices[at] ?? 0] === 1) this.#bad.push(at)
    }
  }

  #findInPlain(raw: RawValues, bad: number[]): void {
    const check = this.#values
    const reader = this.#reader
    if (reader.isText && raw.kind === 'bytes' && !areUtf8(raw)) {
      for (let at = 0, count = countOf(raw); at < count; at++) if (!this.#passes(raw, at)) bad.push(at)
      return
    }
    if (check === undefined || (reader.isText && check.isAnyText)) return
    const visit = (at: number) => void (check.passes(reader.valueAt(raw, at)) || bad.push(at))
    visitOutside(raw, this.#storedRange(check), visit)
  }

  /** The range as stored in the file. */
  #storedRange({ range }: ValueCheck) {
    const { scale } = this.#reader
    if (range === undefined || scale === undefined) return NOWHERE
    return { low: range.low * scale, high: range.high * scale }
  }

  #passes(raw: RawValues, at: number): boolean {
    const { isText, valueAt } = this.#reader
    if (isText && raw.kind === 'bytes' && !isUtf8At(raw, at)) return false
    const check = this.#values
    return check === undefined || (isText && check.isAnyText) || check.passes(valueAt(raw, at))
  }

  #passesAt(dictionary: Dictionary, index: number): boolean {
    this.#know(dictionary)
    return this.#verdicts[index] !== 1
  }

  #know(dictionary: Dictionary): void {
    if (this.#dictionary === dictionary) return
    this.#dictionary = dictionary
    this.#verdicts = new Uint8Array(dictionary.count)
    const bad: number[] = []
    this.#findInPlain(dictionary.raw, bad)
    for (const at of bad) this.#verdicts[at] = 1
    this.#isDictionaryFine = bad.length === 0
  }

  /** For a batch without issues: counts the rows, and the items of the last row, which may continue. */
  #pass({ entries, rep }: LeafBatch): void {
    const indices = this.#indices
    if (typeof rep === 'number') {
      if (rep === 0) this.#beginRow(entries)
      else this.#nextItem(rep, entries)
      return
    }
    let lastStart = -1
    for (let at = 0; at < entries; at++) {
      if (rep[at] !== 0) continue
      lastStart = at
      this.rows++
    }
    if (lastStart >= 0) indices.fill(0)
    for (let at = lastStart + 1; at < entries; at++) this.#nextItem(rep[at] ?? 0, 1)
  }

  #beginRow(rows = 1): void {
    this.rows += rows
    this.#indices.fill(0)
  }

  #nextItem(rep: number, items: number): void {
    this.#indices[rep - 1] = (this.#indices[rep - 1] ?? 0) + items
    this.#indices.fill(0, rep)
  }

  #walk({ entries, def, rep, values }: LeafBatch, areAllBad: boolean): void {
    const bad = this.#bad
    let [value, next] = [0, 0]
    for (let at = 0; at < entries; at++) {
      const [level, repetition] = [
        typeof def === 'number' ? def : (def[at] ?? 0),
        typeof rep === 'number' ? rep : (rep[at] ?? 0),
      ]
      if (repetition === 0) this.#beginRow()
      else this.#nextItem(repetition, 1)
      if (this.#asks[level] === 1) this.#sayLevel(level, repetition, this.#report.say)
      if (level !== this.#leaf.def) continue
      if (areAllBad || bad[next] === value) {
        next++
        this.#sayValue(values, value, this.#report.say)
      }
      value++
    }
  }

  /** For many entries with the same issue: reports it only as often as its places can be shown. */
  #walkRun(batch: LeafBatch, { def, rep, areAllBad }: SameEntries): void {
    if (batch.values.kind !== 'repeated' && def === this.#leaf.def) return this.#walk(batch, false)
    const shown = Math.min(batch.entries, MOST_SAID)
    this.#walk({ ...batch, entries: shown }, areAllBad)
    const left = batch.entries - shown
    if (left === 0) return
    const said: SaidIssue[] = []
    const note = (issue: RowIssue, _row: number, order: readonly number[]) => void said.push({ issue, order })
    if (this.#asks[def] === 1) this.#sayLevel(def, rep, note)
    if (areAllBad) this.#sayValue(batch.values, 0, note)
    const start = rep === 0 ? this.rows : this.rows - 1
    const end = rep === 0 ? start + left : this.rows
    this.#report.sayAgain(
      said.map(({ issue }) => issue),
      { start, end },
      left,
    )
    if (rep === 0) this.#beginRow(left)
    else this.#nextItem(rep, left)
  }

  #sayLevel(def: number, rep: number, say: LeafReport['say']): void {
    const row = this.rows - 1
    for (const level of this.#check.levels[def] ?? []) {
      if (rep <= level.rep) level.say(this.#indices, (issue, order) => say(issue, row, order))
    }
  }

  #sayValue(values: LeafBatch['values'], at: number, say: LeafReport['say']): void {
    const row = this.rows - 1
    const [raw, index] = placeOf(values, at)
    if (raw === undefined) return
    if (this.#reader.isText && raw.kind === 'bytes' && !isUtf8At(raw, index)) {
      const hint = this.#leaf.annotation === undefined ? BYTES_HINT : undefined
      say({ ...NOT_UTF8, path: this.#check.path, hint }, row, [])
      return
    }
    const value: LeafValue = this.#reader.valueAt(raw, index)
    this.#values?.say(value, this.#indices, (issue, order) => say(issue, row, order))
  }
}

/** Old writers don't say whether such a column holds strings. */
const BYTES_HINT = 'the column has bytes without a type: write text as string (pyarrow.string(), StringType of Spark)'

/** A range that contains no number. */
const NOWHERE = { low: Infinity, high: -Infinity }

function placeOf(values: LeafBatch['values'], at: number): readonly [RawValues | undefined, number] {
  switch (values.kind) {
    case 'plain':
      return [values.raw, at]
    case 'indices':
      return [values.dictionary.raw, values.indices[at] ?? 0]
    case 'repeated':
      return [values.dictionary.raw, values.index]
    case 'none':
      return [undefined, 0]
    default:
      return values satisfies never
  }
}
