import { brokenJson } from './json/places.ts'
import type { JsonLine, LineSink } from './json/records.ts'
import type { Slice } from './format.ts'
import { FORMATS, type FileToRead, fileSlices, readSlice } from './formats.ts'
import type { ColumnCheckOf, ColumnChecks } from './parquet/checks.ts'
import { type ColumnsResult, type ParquetLayout, checkColumns } from './parquet/columns.ts'
import { bytesFrom } from './parquet/format.ts'
import type { ByteSource } from './parquet/pages.ts'
import { RowMarks } from './parquet/row-marks.ts'
import type { Buffers } from './slices.ts'
import { type Finding, KeyList, OrderedTally, type RowKeys, Tally } from './tally.ts'
import {
  type Extent,
  type RowIssue,
  NOTHING,
  type ReportIssue,
  type RowCheck,
  type RowKey,
  type RowPlace,
  type RecordLocator,
  joinExtents,
  moveBehind,
  placeAt,
  withIndex,
} from './record.ts'

export type FileFindings = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  /** Of these, the ones that the platform is expected to reject; the others land, with a value lost or altered. */
  readonly rejectedRows: number
  readonly findings: readonly Finding[]
  /** For `findDuplicates`, over all files. */
  readonly keys: RowKeys
}

/** Checks slices, here or in threads. What it finds in a slice depends on nothing but the slice. */
export type SliceChecker = AsyncDisposable & {
  /** How many slices it works on at once. */
  readonly width: number
  /** What slices are best made in: those that were checked come back to it. */
  readonly buffers: Buffers
  /** Takes the slice's bytes: they may be gone afterwards. `read` gives others of its file. @throws the signal's reason */
  check(slice: Slice, tools: SliceTools): Promise<SliceResult>
}

export type SliceTools = { readonly read: ByteSource; readonly signal: AbortSignal }

export type CheckTools = { readonly checker: SliceChecker; readonly signal: AbortSignal }

/**
 * Checks every record of a file and says what was found, in the order of the file, whoever checked what and when. Memory
 * stays at some slices for each thread, however large the file. Returns or throws when nothing is under way any more.
 */
export async function checkFile(file: FileToRead, { checker, signal }: CheckTools): Promise<FileFindings> {
  const merged = new FileResult(FORMATS[file.shape.format].placedBy)
  const running: ReturnType<SliceChecker['check']>[] = []
  const tools = { read: bytesFrom(file.content), signal }
  try {
    for await (const slice of fileSlices({ ...file, buffers: checker.buffers })) {
      const result = checker.check(slice, tools)
      // It may fail while an earlier one is waited for.
      result.catch(() => undefined)
      running.push(result)
      if (running.length > checker.width) await mergeFirst()
    }
    while (running.length > 0) await mergeFirst()
  } finally {
    await Promise.allSettled(running)
  }
  return merged.findings()

  async function mergeFirst() {
    const first = await running[0]
    void running.shift()
    if (first !== undefined) merged.append(first)
  }
}

/** The results of a file's slices, one behind the other. */
class FileResult {
  #placedBy: RowPlace['kind']
  #rows = 0
  #badRows = 0
  #rejectedRows = 0
  #extent = NOTHING
  #tally = new Tally()
  #keys = new KeyList()
  /** Of the row group at hand. */
  #ordered = new OrderedTally()
  #marks = { bad: new RowMarks(), rejected: new RowMarks() }

  /** `placedBy` says what places count: lines of a text, or rows. */
  constructor(placedBy: RowPlace['kind']) {
    this.#placedBy = placedBy
  }

  append(result: SliceResult): void {
    if (result.kind === 'records') this.#appendRecords(result)
    else this.#appendColumns(result)
  }

  /** The columns of one row group come in parts, which speak of the same rows. */
  #appendColumns({ layout: { group, part, parts }, columns }: ColumnsSliceResult): void {
    const { bad, rejected } = this.#marks
    this.#ordered.add(columns.findings)
    bad.add(columns.bad)
    rejected.add(columns.rejected)
    this.#keys.append(columns.keys, this.#rows)
    if (part < parts - 1) return
    const counts = { rows: group.rows, badRows: bad.count(), rejectedRows: rejected.count() }
    const findings = this.#ordered.findings()
    this.#ordered = new OrderedTally()
    this.#marks = { bad: new RowMarks(), rejected: new RowMarks() }
    this.#appendRecords({ kind: 'records', ...counts, extent: NOTHING, findings, keys: new KeyList().keys() })
  }

  #appendRecords({ rows, badRows, rejectedRows, extent, findings, keys }: RecordsResult): void {
    const [before, rowsBefore] = [this.#extent, this.#rows]
    this.#tally.add(findings, (place) => moveBehind({ extent: before, rows: rowsBefore }, place))
    this.#keys.append(keys, this.#placedBy === 'text' ? before.lines : rowsBefore)
    this.#rows += rows
    this.#badRows += badRows
    this.#rejectedRows += rejectedRows
    this.#extent = joinExtents(before, extent)
  }

  findings(): FileFindings {
    return {
      rows: this.#rows,
      badRows: this.#badRows,
      rejectedRows: this.#rejectedRows,
      findings: this.#tally.findings(),
      keys: this.#keys.keys(),
    }
  }
}

/** What was found in a slice. */
export type SliceResult = RecordsResult | ColumnsSliceResult

type ColumnsSliceResult = { readonly kind: 'columns'; readonly layout: ParquetLayout; readonly columns: ColumnsResult }

/** Places count from where the slice begins. */
type RecordsResult = {
  readonly kind: 'records'
  /** Records, those that can't be read among them. */
  readonly rows: number
  /** Records with at least one error. */
  readonly badRows: number
  readonly rejectedRows: number
  readonly extent: Extent
  readonly findings: readonly Finding[]
  readonly keys: RowKeys
}

/** Every column of a slice that has some, where the check knows columns; else every record. */
export async function checkSlice(slice: Slice, check: QuickCheck, read: ByteSource): Promise<SliceResult> {
  if (slice.format !== 'parquet' || check.columns === undefined) return await checkRecords(slice, check, read)
  const { layout } = slice
  return { kind: 'columns', layout, columns: await checkColumns(layout, columnChecks(layout, check), read) }
}

/** Every record of a slice, in order. Throws what the check throws, but a SyntaxError, which makes a record corrupt. */
export async function checkRecords(
  slice: Slice,
  check: RowCheck,
  read: ByteSource = readNothing,
): Promise<RecordsResult> {
  const inspector = new Inspector(check)
  const extent = await readSlice(slice, inspector, read)
  return inspector.result(extent)
}

/** For a slice that holds all of its bytes. */
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

/** A check that need not read every record. */
export type QuickCheck = RowCheck & {
  /** Where rows stand in columns: what is asked of each column, which says what `value` would say of the records. */
  readonly columns?: ColumnCheckOf | undefined
  /** By its bytes, what `text` would return for a record that it surely says nothing of; false where that is in doubt. */
  readonly scan?: (line: JsonLine) => RowKey | false
}

/** Asks the check about every record and counts what it says. One object for all rows: nothing is made for one in order. */
class Inspector implements LineSink {
  #check: QuickCheck
  #tally = new Tally()
  #keys = new KeyList()
  #rows = 0
  #badRows = 0
  #rejectedRows = 0
  #isBad = false
  #isRejected = false
  #where: RecordLocator | undefined

  constructor(check: QuickCheck) {
    this.#check = check
  }

  takeLine(line: JsonLine): boolean {
    const { scan } = this.#check
    const key = scan === undefined ? false : scan(line)
    if (key === false) return false
    this.#begin(line)
    this.#keep(key, line)
    return true
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
    this.#keep(this.#check.value(value, this.#report), where)
  }

  corrupt(issue: RowIssue, where: RecordLocator, rows = 1): void {
    this.#begin(where)
    this.#report(issue)
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
      keys: this.#keys.keys(),
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
    this.#keys.add(key, place.kind === 'row' ? place.row : place.line)
  }

  #report: ReportIssue = (issue) => {
    const where = this.#where
    if (where === undefined) return
    this.#blame(issue)
    const { at = issue.path } = issue
    this.#tally.count(issue, () => ({ issue: withoutAt(issue), place: where.placeOf(at) }))
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
    this.#tally.count(MALFORMED, () => {
      // The place of a record is that of its first character, blanks before it not counted.
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
