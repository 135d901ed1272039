import type { IngestionMode } from './ingestion-mode.ts'
import { isRecord } from './is-record.ts'
import { parseJson } from './parse-json.ts'
import { refuseEmpty } from './refuse-empty.ts'
import type { RowSink } from './row-sink.ts'
import { splitJson } from './split-json.ts'
import type { StoredFile } from './stored-file.ts'

/**
 * Troubleshooting guide, "JSON": with `isMultiLineJson`, objects may span lines and are wrapped in an array. One object
 * without an array is taken too; several of them, or commas too many or too few, only in lenient mode.
 */
export async function readJsonDocuments(file: StoredFile, mode: IngestionMode, sink: RowSink): Promise<void> {
  let seen = ''
  let values = 0
  const last = await splitJson(file, ({ punctuation, text }) => {
    const isRegular =
      mode === 'lenient' || (values === 0 ? /^\[?$/.test(punctuation) : seen === '[' && punctuation === ',')
    if (values === 0) seen = punctuation
    values++
    const value = isRegular ? parseJson(text) : undefined
    if (isRecord(value)) sink.record(value)
    else sink.corrupt(text)
  })
  if (values === 0 && last === '') refuseEmpty(file)
  const ending = values === 0 ? '[]' : seen === '[' ? ']' : ''
  if (mode === 'strict' && last !== ending) sink.corrupt(last)
}
