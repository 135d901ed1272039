import { joined, NOTHING, type Extent } from '../../rows/extent.ts'
import type { CsvDialect } from '../../rows/csv.ts'
import { fileSlices } from '../../rows/file-slices.ts'
import { readSlice } from '../../rows/read-slice.ts'
import type { CheckedFile } from '../preflight.ts'
import { recordLayout } from '../preflight/record-layout.ts'
import type { Cargo } from './cargo.ts'
import { noteOf } from './note-of.ts'
import type { Origin } from './record-key.ts'
import type { RejectedRow } from './rejected-row.ts'
import { RowMatcher } from './row-matcher.ts'
import { settlePlaces, type FoundPlace } from './settle-places.ts'

export type Sought = {
  readonly rows: readonly RejectedRow[]
  /** As the rows' keys were made. */
  readonly origin: Origin
  readonly cargo: Cargo
  readonly dialect: CsvDialect
}

export type Located = {
  /** One for each row, in their order. */
  readonly places: readonly FoundPlace[]
  readonly notes: readonly string[]
}

/**
 * Finds rejected rows in the source files by what they hold, since no diagnostics number them. Every file is read once,
 * part by part; a file that can't be read becomes a note. @throws the signal's reason
 */
export async function locate({ rows, origin, cargo, dialect }: Sought, signal: AbortSignal): Promise<Located> {
  const matcher = new RowMatcher(rows, origin)
  const notes: string[] = []
  for (const file of rows.length === 0 ? [] : cargo.files) {
    try {
      await readFile(file, { matcher, dialect, signal })
    } catch (error) {
      signal.throwIfAborted()
      notes.push(noteOf(`The rejected rows could not be looked for in ${JSON.stringify(file.path)}`, error).text)
    }
  }
  return { places: settlePlaces(rows, matcher.wanted(), cargo), notes }
}

type Reading = { readonly matcher: RowMatcher; readonly dialect: CsvDialect; readonly signal: AbortSignal }

async function readFile(file: CheckedFile, { matcher, dialect, signal }: Reading): Promise<void> {
  let extent: Extent = NOTHING
  let rows = 0
  const layout = recordLayout(file.shape, dialect)
  for await (const slice of fileSlices({ content: file.source, layout })) {
    signal.throwIfAborted()
    matcher.begin({ file: file.path, extent, rows })
    extent = joined(extent, await readSlice(slice, matcher))
    // Rows of Parquet have no lines to be counted by.
    if (slice.layout.kind === 'parquet') rows += Number(slice.layout.metadata.num_rows)
  }
}
