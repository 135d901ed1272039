import { isObject, parseJson } from '../json.ts'
import type { Mode } from '../settings.ts'
import { refuseEmpty } from './file-refused.ts'
import type { RowSink } from './row-sink.ts'
import { splitJson } from './split-json.ts'
import type { StoredFile } from './stored-file.ts'

/**
 * Batch ingestion troubleshooting guide: with `isMultiLineJson`, objects can span lines and are wrapped in an array. A
 * single object without an array is accepted too. Several objects, or extra or missing commas, only in lenient mode.
 */
export async function readJsonDocuments(file: StoredFile, mode: Mode, sink: RowSink): Promise<void> {
  let opening: string | undefined
  let isSound = true
  const last = await splitJson(file, ({ punctuation, text }) => {
    const isInPlace = mode === 'lenient' || mayStandBefore(punctuation, opening)
    opening ??= punctuation
    const value = isInPlace ? parseJson(text) : undefined
    if (isObject(value)) return sink.record(value)
    isSound = false
    sink.corrupt(text)
  })
  if (opening === undefined && last === '') refuseEmpty(file)
  // One error is enough: a broken value often hides the end of the array, too.
  if (mode === 'strict' && isSound && last !== ending(opening)) sink.corrupt(last)
}

function mayStandBefore(punctuation: string, opening: string | undefined): boolean {
  return opening === undefined ? ['', '['].includes(punctuation) : opening === '[' && punctuation === ','
}

function ending(opening: string | undefined): string {
  if (opening === undefined) return '[]'
  return opening === '[' ? ']' : ''
}
