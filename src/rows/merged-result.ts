import type { SliceResult } from './check-slice.ts'
import { joined, NOTHING, type Extent } from './extent.ts'
import { placeAt, type RowPlace } from './row.ts'
import { Tally, type Finding } from './tally.ts'

export type FileFindings = {
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  readonly findings: readonly Finding[]
}

/** The results of a file's slices, one behind the other. */
export class MergedResult {
  #rows = 0
  #badRows = 0
  #extent = NOTHING
  #tally = new Tally()

  append({ rows, badRows, extent, findings }: SliceResult): void {
    const [before, rowsBefore] = [this.#extent, this.#rows]
    this.#tally.add(findings, (place) => behind({ extent: before, rows: rowsBefore }, place))
    this.#rows += rows
    this.#badRows += badRows
    this.#extent = joined(before, extent)
  }

  findings(): FileFindings {
    return { rows: this.#rows, badRows: this.#badRows, findings: this.#tally.findings() }
  }
}

function behind(before: { readonly extent: Extent; readonly rows: number }, place: RowPlace): RowPlace {
  if (place.kind === 'row') return { kind: 'row', row: before.rows + place.row }
  return placeAt(joined(before.extent, { lines: place.line - 1, columns: place.column - 1 }))
}
