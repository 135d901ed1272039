import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CsvError, parse } from 'csv-parse'
import { FileRefused } from './file-refused.ts'
import { readChunks } from './read-chunks.ts'
import type { StoredFile } from './stored-file.ts'

export type CsvDialect = { readonly delimiter: string; readonly quote: string; readonly escape: string }

/** In characters. Without a limit, an unclosed quote would pull the rest of the file into memory. */
const LONGEST_ROW = 16 << 20

/**
 * Batch ingestion troubleshooting guide: after preliminary checks, CSV is promoted unchanged. Its rows are not converted
 * or validated, so none is ever rejected.
 */
export async function readCsv(file: StoredFile, dialect: CsvDialect, accept: (row: unknown) => void): Promise<void> {
  const parser = parse({ ...dialect, relax_column_count: true, relax_quotes: true, max_record_size: LONGEST_ROW })
  let header: readonly string[] | undefined
  try {
    await pipeline(Readable.from(readChunks(file)), parser, async (lines: AsyncIterable<readonly string[]>) => {
      for await (const line of lines) {
        if (header === undefined) header = columnsOf(line, file)
        else if (line.length > 1 || line[0] !== '') accept(asObject(header, line))
      }
    })
  } catch (error) {
    throw error instanceof CsvError ? unreadable(file, error) : error
  }
}

function columnsOf(line: readonly string[], file: StoredFile): readonly string[] {
  if (line.every((name) => name.trim() === '')) {
    throw new FileRefused({ code: '118', description: `CSV contains an empty header row: ${file.name}` })
  }
  return line
}

function asObject(header: readonly string[], line: readonly string[]): unknown {
  return Object.fromEntries(header.map((name, index) => [name, line[index] ?? '']))
}

/** No document says what happens to CSV that can't be parsed. */
function unreadable(file: StoredFile, cause: CsvError): FileRefused {
  return new FileRefused({ code: 'EMU-CSV', description: `Cannot read ${file.name} as CSV: ${cause.message}` }, cause)
}
