import { isObject, parseJson } from '../json.ts'
import type { Mode } from '../settings.ts'
import { readTextBlocks } from './read-text-blocks.ts'
import { refuseEmpty } from './file-refused.ts'
import type { RowSink } from './row-sink.ts'
import type { StoredFile } from './stored-file.ts'

/** The line ends that Spark's JSON reader splits at by default. */
const LINE_END = /\r\n|\n|\r/

/** Batch ingestion troubleshooting guide: without `isMultiLineJson`, each line holds exactly one object. */
export async function readJsonLines(file: StoredFile, mode: Mode, sink: RowSink): Promise<void> {
  const readLine = mode === 'strict' ? readStrictly : readLeniently
  let isBlank = true
  for await (const block of readTextBlocks(file)) {
    for (const line of block.split(LINE_END)) {
      if (line.trim() === '') continue
      isBlank = false
      readLine(line, sink)
    }
  }
  if (isBlank) refuseEmpty(file)
}

// An array on a line counts as corrupt here: Spark would split it into rows, but no document says that promotion does.
function readStrictly(line: string, sink: RowSink): void {
  const value = parseJson(line)
  if (isObject(value)) sink.record(value)
  else sink.corrupt(line)
}

// An Adobe tutorial uploads an array with one record per line, without the flag, and reports every row.
function readLeniently(line: string, sink: RowSink): void {
  const bare = line.replace(/^\uFEFF/, '').trim()
  if (['', '[', ']', ','].includes(bare)) return
  const value = parseJson(bare) ?? parseJson(bare.replace(/^\[/, '').replace(/,$/, '').replace(/\]$/, ''))
  const rows: readonly unknown[] = Array.isArray(value) ? value : [value]
  for (const row of rows) {
    if (isObject(row)) sink.record(row)
    else sink.corrupt(line)
  }
}
