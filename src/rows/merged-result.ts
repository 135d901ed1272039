import type { SliceResult } from './inspector.ts'
import { joined, NOTHING, type Extent } from './extent.ts'
import { placeAt, type RowPlace } from './row.ts'
import { KeyList, type RowKeys } from './row-keys.ts'
import { Tally, type Finding } from './tally.ts'

export type FileFindings = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  readonly findings: readonly Finding[]
  /** For `findDuplicates`, over all files. */
  readonly keys: RowKeys
}

/** The results of a file's slices, one behind the other. */
export class MergedResult {
  #placed: RowPlace['kind']
  #rows = 0
  #badRows = 0
  #extent = NOTHING
  #tally = new Tally()
  #keys = new KeyList()

  /** `placed` says what places count: lines of a text, or rows. */
  constructor(placed: RowPlace['kind']) {
    this.#placed = placed
  }

  append({ rows, badRows, extent, findings, keys }: SliceResult): void {
    const [before, rowsBefore] = [this.#extent, this.#rows]
    this.#tally.add(findings, (place) => behind({ extent: before, rows: rowsBefore }, place))
    this.#keys.append(keys, this.#placed === 'text' ? before.lines : rowsBefore)
    this.#rows += rows
    this.#badRows += badRows
    this.#extent = joined(before, extent)
  }

  findings(): FileFindings {
    return { rows: this.#rows, badRows: this.#badRows, findings: this.#tally.findings(), keys: this.#keys.keys() }
  }
}

function behind(before: { readonly extent: Extent; readonly rows: number }, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: before.rows + place.row }
  return placeAt(joined(before.extent, { lines: place.line - 1, columns: place.column - 1 }))
}
