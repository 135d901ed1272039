import type { FileRecords } from '../../rows/summarise.ts'
import type { FoundFile } from '../discover.ts'
import { refuse, type Refusal } from '../refusals.ts'

/** A file whose records were counted. */
type Looked = { readonly file: FoundFile; readonly records: FileRecords }

/**
 * Files that travel as they are must suit the one `isMultiLineJson` of their batch. A reader of multi-line JSON takes one
 * array or object a file: of JSON Lines, or of objects one after another, it would see the first alone.
 *
 * @throws InvalidFiles naming each file that one setting for all would misread.
 */
export function refuseMixedLines(files: readonly Looked[]): void {
  const several = files.filter(({ records }) => records.shape.kind === 'documents' && records.rows !== 1)
  refuse(several.map(({ file }) => misread(file.path, 'holds several objects that span lines, not one array')))
  const lines = files.filter(({ records }) => !records.multiLine)
  if (lines.length === files.length) return
  refuse(lines.map(({ file }) => misread(file.path, 'holds one object a line, beside files whose records span lines')))
}

function misread(path: string, reason: string): Refusal {
  return {
    path,
    reason,
    remedy: 'Set "multiline-json: convert", or publish files of one kind with a step of their own.',
  }
}
