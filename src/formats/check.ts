import { raceAbort } from '../lib/async.ts'
import type { RowConversion, SliceConversion, SliceSpot } from './conversion.ts'
import { brokenJson } from './json/places.ts'
import type { JsonLine, LineSink } from './json/records.ts'
import type { Slice } from './format.ts'
import { FORMATS, type FileToRead, fileSlices, readSlice } from './formats.ts'
import type { ColumnCheckOf, ColumnChecks } from './parquet/checks.ts'
import { type ParquetLayout, checkColumns } from './parquet/columns.ts'
import { bytesFrom } from './parquet/format.ts'
import type { ByteSource } from './parquet/pages.ts'
import { type FileFindings, FileResult, type RecordsResult, type SliceResult } from './results.ts'
import type { Buffers } from './slices.ts'
import { KeyList, type QuotedKey } from './keys.ts'
import { type KnownFindings, Tally } from './tally.ts'
import {
  type Extent,
  type RowIssue,
  type ReportIssue,
  type RowCheck,
  type RowKey,
  type RowPlace,
  type RecordLocator,
  joinExtents,
  placeAt,
  withIndex,
} from './record.ts'

/** Checks slices, in this thread or in others. The result for a slice depends on nothing but the slice. */
export type SliceChecker = AsyncDisposable & {
  /** How many slices of a file it checks at once; 0 if each slice needs the results of the earlier ones. */
  readonly width: number
  /** The buffers to make slices in; the buffers of checked slices return here. */
  readonly buffers: Buffers
  /**
   * Takes over the slice's bytes, which may be gone afterwards. `read` reads other bytes of its file.
   * @throws the signal's reason
   */
  check(slice: Slice, tools: SliceTools): Promise<SliceResult>
}

export type SliceTools = {
  readonly read: ByteSource
  readonly signal: AbortSignal
  readonly spot: SliceSpot
  /** Takes the lines made from the slice, in order; the caller must await it. */
  readonly write: WriteLines
}

/** The bytes may be gone when the promise resolves. */
export type WriteLines = (lines: Uint8Array<ArrayBuffer>) => Promise<void>

export type CheckTools = {
  readonly checker: SliceChecker
  readonly signal: AbortSignal
  /**
   * Set when rows are converted to records: the name under which the file is sent, and the writer that takes the
   * records.
   */
  readonly sending?: { readonly name: string; readonly write: WriteLines } | undefined
}

/**
 * Checks every record of a file and returns the findings in the order of the file, whichever thread checked a slice,
 * and whenever. Memory stays at a few slices per thread, however large the file. Returns or throws only when no work is
 * running.
 */
export async function checkFile(file: FileToRead, { checker, signal, sending }: CheckTools): Promise<FileFindings> {
  const merged = new FileResult(FORMATS[file.shape.format].placedBy)
  const running: RunningSlice[] = []
  const over = new AbortController()
  const { name, write: take } = sending ?? { name: '', write: async () => undefined }
  const write: WriteLines = async (lines) => {
    await take(lines)
    // Freed at once: this thread has little other work, so its garbage collector would free them late.
    lines.buffer.transfer(0)
  }
  try {
    for await (const slice of fileSlices({ ...file, buffers: checker.buffers })) {
      const last = running.at(-1)
      const turn = last === undefined ? Promise.resolve() : last.merged.promise
      const spot = { name, rowsBefore: merged.rows }
      const inTurn: WriteLines = (lines) => raceAbort(turn, over.signal).then(() => write(lines))
      const result = checker.check(slice, { read: bytesFrom(file.content), signal, spot, write: inTurn })
      // It may reject while an earlier slice is still awaited.
      result.catch(() => undefined)
      running.push({ result, merged: Promise.withResolvers() })
      if (running.length > checker.width) await mergeFirst()
    }
    while (running.length > 0) await mergeFirst()
  } finally {
    // After one slice failed, the turns that the others wait for never come.
    over.abort(new Error('Nobody takes these lines any more'))
    await Promise.allSettled(running.map(({ result }) => result))
  }
  return merged.findings()

  async function mergeFirst() {
    const [first] = running
    if (first === undefined) return
    const found = await first.result
    void running.shift()
    if (found.kind === 'records' && found.lines !== undefined) await write(found.lines)
    merged.append(found)
    first.merged.resolve()
  }
}

/** `merged` resolves when all lines made from the slice are written. */
type RunningSlice = {
  readonly result: ReturnType<SliceChecker['check']>
  readonly merged: PromiseWithResolvers<void>
}

/** Checks the columns of a slice if both the slice and the check have columns, otherwise every record. */
export async function checkSlice(
  slice: Slice,
  check: QuickCheck,
  { read, spot, write }: Omit<SliceTools, 'signal'>,
): Promise<SliceResult> {
  if (check.conversion !== undefined) {
    const conversion = check.conversion.begin(slice, spot)
    const inspector = new Inspector(conversion, { conversion, write })
    const found = inspector.result(await readSlice(slice, inspector, read))
    const { lines, counts } = conversion
    return { ...found, converted: { rows: lines.rows, counts }, lines: lines.take() }
  }
  if (slice.format !== 'parquet' || check.columns === undefined) return await checkRecords(slice, check, read)
  const { layout } = slice
  return { kind: 'columns', layout, columns: await checkColumns(layout, columnChecks(layout, check), read) }
}

/**
 * Checks every record of a slice, in order. Rethrows errors of the check, except SyntaxError, which makes a record
 * corrupt.
 */
export async function checkRecords(
  slice: Slice,
  check: RowCheck,
  read: ByteSource = readNothing,
): Promise<RecordsResult> {
  const inspector = new Inspector(check)
  const extent = await readSlice(slice, inspector, read)
  return inspector.result(extent)
}

/** The byte source for a slice that holds all of its bytes. */
export async function readNothing(): Promise<never> {
  throw new Error('The slice holds all of its bytes')
}

type KnownChecks = { readonly file: number; readonly checks: ColumnChecks }

const KNOWN = new WeakMap<QuickCheck, KnownChecks>()

/** Made once for all row groups of a file. */
function columnChecks({ file, tree }: ParquetLayout, check: QuickCheck): ColumnChecks {
  const known = KNOWN.get(check)
  if (known?.file === file) return known.checks
  const checks = check.columns?.(tree) ?? { leaves: [], walks: [], key: undefined, size: undefined }
  KNOWN.set(check, { file, checks })
  return checks
}

/** A check that doesn't have to read every record. */
export type QuickCheck = RowCheck & {
  /** Checking a row may take any time, so the caller must be able to stop it. */
  readonly isSlow?: boolean | undefined
  /** For columnar files: the checks of each column, which report what `value` would report of the records. */
  readonly columns?: ColumnCheckOf | undefined
  /** For records that `text` need not read: recognises the result from their bytes. */
  readonly scan?: LineScan | undefined
  /** Set when rows are converted to records: makes the records and checks them instead of the rows. */
  readonly conversion?: RowConversion | undefined
}

/** Recognises records by their bytes. */
export type LineScan = {
  /** The position of the line feed after the record that begins at `start`; negative if `text` has to decide. */
  recognise(buffer: Buffer, start: number): number
  /** The position of the key that `text` would return for the last recognised record; always the same object. */
  key(): QuotedKey | undefined
  /** The findings that `text` would report for the last recognised record. */
  readonly notes: KnownFindings & { startOf(index: number): number }
}

type Converting = { readonly conversion: SliceConversion; readonly write: WriteLines }

/**
 * Runs the check on every record and counts its findings. One object serves all rows: a valid row allocates nothing.
 */
class Inspector implements LineSink {
  readonly cells: LineSink['cells']
  readonly counted: LineSink['counted']
  readonly typedValues: LineSink['typedValues']
  #check: QuickCheck
  #tally = new Tally()
  #keys = new KeyList()
  #rows = 0
  #badRows = 0
  #rejectedRows = 0
  #isBad = false
  #isRejected = false
  #where: RecordLocator | undefined
  #converting: Converting | undefined

  constructor(check: QuickCheck, converting?: Converting) {
    this.#check = check
    this.#converting = converting
    this.typedValues = check.typedValues
    if (check.cells !== undefined) this.cells = this.#takeCells
    if (check.ignoresCells) this.counted = (where) => this.#begin(where)
  }

  takeLine(line: JsonLine): number {
    const { scan } = this.#check
    if (scan === undefined) return -1
    const end = scan.recognise(line.buffer, line.start)
    if (end < 0 || (scan.notes.length > 0 && !this.#countNotes(scan.notes, line))) return -1
    this.#begin(line)
    const key = scan.key()
    if (key !== undefined) this.#keys.addQuoted(key, line.number)
    return end
  }

  #countNotes(notes: LineScan['notes'], line: JsonLine): boolean {
    return this.#tally.countAll(notes, (index) => line.placeOfByte(notes.startOf(index)))
  }

  text(text: string, where: RecordLocator): void {
    this.#begin(where)
    try {
      this.#keep(this.#check.text(text, this.#report), where)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      this.#countMalformed(text, where)
    }
  }

  value(value: Readonly<Record<string, unknown>>, where: RecordLocator): void {
    this.#begin(where)
    this.#keep(this.#check.value(value, this.#report, where), where)
  }

  #takeCells = (cells: readonly string[], where: RecordLocator): void => {
    this.#begin(where)
    this.#keep(this.#check.cells?.(cells, this.#report, where), where)
  }

  pause(): Promise<void> | undefined {
    if (this.#converting === undefined) return undefined
    const { conversion, write } = this.#converting
    return conversion.lines.isFull ? write(conversion.lines.take()) : undefined
  }

  corrupt(issue: RowIssue, where: RecordLocator, rows = 1): void {
    this.#begin(where)
    this.#report(this.#converting?.conversion.corrupt(issue, rows) ?? issue)
    this.#rows += rows - 1
    this.#badRows += rows - 1
    if (this.#isRejected) this.#rejectedRows += rows - 1
  }

  result(extent: Extent): RecordsResult {
    return {
      kind: 'records',
      rows: this.#rows,
      badRows: this.#badRows,
      rejectedRows: this.#rejectedRows,
      extent,
      findings: this.#tally.findings(),
      keys: this.#keys.take(),
    }
  }

  #begin(where: RecordLocator): void {
    this.#where = where
    this.#rows++
    this.#isBad = false
    this.#isRejected = false
  }

  #keep(key: RowKey, where: RecordLocator): void {
    if (key === undefined) return
    const place = where.placeOf('')
    if (place.kind === 'row') this.#keys.add(key, place.row)
    else this.#keys.add(key, place.line, place.index)
  }

  #report: ReportIssue = (issue) => {
    const where = this.#where
    if (where === undefined) return
    this.#blame(issue)
    this.#tally.count(issue, () => {
      const traced = this.#converting?.conversion.trace(issue) ?? issue
      const { at = traced.path } = traced
      return { issue: withoutAt(traced), place: where.placeOf(at) }
    })
  }

  #blame({ level, fate }: RowIssue): void {
    if (level !== 'error') return
    if (!this.#isBad) this.#badRows++
    this.#isBad = true
    if (fate === 'changed' || this.#isRejected) return
    this.#isRejected = true
    this.#rejectedRows++
  }

  #countMalformed(text: string, where: RecordLocator): void {
    this.#blame(MALFORMED)
    this.#converting?.conversion.corrupt(MALFORMED, 1)
    this.#tally.count(MALFORMED, () => {
      // A record's place is its first character; whitespace before it doesn't count.
      const { issue, at } = brokenJson(text.replace(/^[ \t\r\n]+/, ''))
      return { issue, place: placeBehind(where.placeOf(''), at) }
    })
  }
}

function withoutAt(issue: RowIssue): RowIssue {
  const { at, ...shown } = issue
  return at === undefined ? issue : shown
}

const MALFORMED: RowIssue = {
  code: 'corrupt-record',
  level: 'error',
  fate: 'rejected',
  path: '',
  expected: 'JSON',
  received: 'something else',
}

function placeBehind(start: RowPlace, at: Extent): RowPlace {
  if (start.kind === 'row') return start
  const behind = joinExtents({ lines: start.line - 1, columns: start.column - 1 }, at)
  return withIndex(placeAt(behind), start.index)
}
