import { brokenJson } from './json/places.ts'
import type { JsonLine, LineSink } from './json/records.ts'
import type { Slice } from './format.ts'
import { FORMATS, type FileToRead, fileSlices, readSlice } from './formats.ts'
import type { Buffers } from './slices.ts'
import { type Finding, KeyList, type RowKeys, Tally } from './tally.ts'
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
  placeAt,
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
  /** Takes the slice's bytes: they may be gone afterwards. @throws the signal's reason */
  check(slice: Slice, signal: AbortSignal): Promise<SliceResult>
}

export type CheckTools = { readonly checker: SliceChecker; readonly signal: AbortSignal }

/**
 * Checks every record of a file and says what was found, in the order of the file, whoever checked what and when. Memory
 * stays at some slices for each thread, however large the file. Returns or throws when nothing is under way any more.
 */
export async function checkFile(file: FileToRead, { checker, signal }: CheckTools): Promise<FileFindings> {
  const merged = new FileResult(FORMATS[file.shape.format].placedBy)
  const running: ReturnType<SliceChecker['check']>[] = []
  try {
    for await (const slice of fileSlices({ ...file, buffers: checker.buffers })) {
      const result = checker.check(slice, signal)
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

  /** `placedBy` says what places count: lines of a text, or rows. */
  constructor(placedBy: RowPlace['kind']) {
    this.#placedBy = placedBy
  }

  append({ rows, badRows, rejectedRows, extent, findings, keys }: SliceResult): void {
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

function moveBehind(before: { readonly extent: Extent; readonly rows: number }, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: before.rows + place.row }
  return placeAt(joinExtents(before.extent, { lines: place.line - 1, columns: place.column - 1 }))
}

/** What was found in a slice; places count from where it begins. */
export type SliceResult = {
  /** Records, those that can't be read among them. */
  readonly rows: number
  /** Records with at least one error. */
  readonly badRows: number
  readonly rejectedRows: number
  readonly extent: Extent
  readonly findings: readonly Finding[]
  readonly keys: RowKeys
}

/** Every record of a slice, in order. Throws what the check throws, but a SyntaxError, which makes a record corrupt. */
export async function checkSlice(slice: Slice, check: RowCheck): Promise<SliceResult> {
  const inspector = new Inspector(check)
  const extent = await readSlice(slice, inspector)
  return inspector.result(extent)
}

/** A check that knows most of the records that it has nothing to say of by their bytes. */
export type ScanCheck = RowCheck & {
  /** What `text` would return for a record that it surely says nothing of; false where that is in doubt. */
  readonly scan?: (line: JsonLine) => RowKey | false
}

/** Asks the check about every record and counts what it says. One object for all rows: nothing is made for one in order. */
class Inspector implements LineSink {
  #check: ScanCheck
  #tally = new Tally()
  #keys = new KeyList()
  #rows = 0
  #badRows = 0
  #rejectedRows = 0
  #isBad = false
  #isRejected = false
  #where: RecordLocator | undefined

  constructor(check: ScanCheck) {
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

  result(extent: Extent): SliceResult {
    return {
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
  return start.kind === 'row' ? start : placeAt(joinExtents({ lines: start.line - 1, columns: start.column - 1 }, at))
}
