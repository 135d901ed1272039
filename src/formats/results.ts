import type { ConvertedRows } from './conversion.ts'
import type { ColumnsResult, ParquetLayout } from './parquet/columns.ts'
import { RowMarks } from './parquet/row-marks.ts'
import { KeyList, type RowKeys } from './keys.ts'
import { type Finding, OrderedTally, Tally } from './tally.ts'
import { type Extent, NOTHING, type RowPlace, joinExtents, moveBehind } from './record.ts'

export type FileFindings = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  /**
   * Of these, the rows that the platform is expected to reject. The others are ingested, with a value lost or altered.
   */
  readonly rejectedRows: number
  readonly findings: readonly Finding[]
  /** For `findDuplicates`, over all files. */
  readonly keys: RowKeys
  /** The records sent instead of the rows; undefined if the rows are sent unchanged. */
  readonly converted: ConvertedRows | undefined
}

/** The result of checking a slice. */
export type SliceResult = RecordsResult | ColumnsSliceResult

type ColumnsSliceResult = { readonly kind: 'columns'; readonly layout: ParquetLayout; readonly columns: ColumnsResult }

/** Places count from the start of the slice. */
export type RecordsResult = {
  readonly kind: 'records'
  /** The number of records, including those that can't be read. */
  readonly rows: number
  /** Records with at least one error. */
  readonly badRows: number
  readonly rejectedRows: number
  readonly extent: Extent
  readonly findings: readonly Finding[]
  readonly keys: RowKeys
  readonly converted?: ConvertedRows
  /** Converted lines that are not written yet. */
  readonly lines?: Uint8Array<ArrayBuffer>
}

/** Merges the results of a file's slices, in order. */
export class FileResult {
  #placedBy: RowPlace['kind']
  rows = 0
  #badRows = 0
  #rejectedRows = 0
  #extent = NOTHING
  #tally = new Tally()
  #keys = new KeyList()
  #converted: ConvertedRows | undefined
  /** For the current row group. */
  #ordered = new OrderedTally()
  #marks = { bad: new RowMarks(), rejected: new RowMarks() }

  /** `placedBy` is what places count: lines of text, or rows. */
  constructor(placedBy: RowPlace['kind']) {
    this.#placedBy = placedBy
  }

  append(result: SliceResult): void {
    if (result.kind === 'records') this.#appendRecords(result)
    else this.#appendColumns(result)
  }

  /** The parts of a row group have different columns of the same rows. */
  #appendColumns({ layout: { group, part, parts }, columns }: ColumnsSliceResult): void {
    const { bad, rejected } = this.#marks
    this.#ordered.add(columns.findings)
    bad.add(columns.bad)
    rejected.add(columns.rejected)
    this.#keys.append(columns.keys, this.rows, this.rows)
    if (part < parts - 1) return
    const counts = { rows: group.rows, badRows: bad.count(), rejectedRows: rejected.count() }
    const findings = this.#ordered.findings()
    this.#ordered = new OrderedTally()
    this.#marks = { bad: new RowMarks(), rejected: new RowMarks() }
    this.#appendRecords({ kind: 'records', ...counts, extent: NOTHING, findings, keys: new KeyList().take() })
  }

  #appendRecords({ rows, badRows, rejectedRows, extent, findings, keys, converted }: RecordsResult): void {
    const [before, rowsBefore] = [this.#extent, this.rows]
    this.#tally.add(findings, (place) => moveBehind({ extent: before, rows: rowsBefore }, place))
    this.#keys.append(keys, this.#placedBy === 'text' ? before.lines : rowsBefore, rowsBefore)
    this.rows += rows
    this.#badRows += badRows
    this.#rejectedRows += rejectedRows
    this.#extent = joinExtents(before, extent)
    if (converted !== undefined) this.#converted = addConverted(this.#converted, converted)
  }

  findings(): FileFindings {
    return {
      rows: this.rows,
      badRows: this.#badRows,
      rejectedRows: this.#rejectedRows,
      findings: this.#tally.findings(),
      keys: this.#keys.take(),
      converted: this.#converted,
    }
  }
}

function addConverted(before: ConvertedRows | undefined, more: ConvertedRows): ConvertedRows {
  const counts = more.counts.map((count, at) => count + (before?.counts[at] ?? 0))
  return { rows: more.rows + (before?.rows ?? 0), counts }
}
