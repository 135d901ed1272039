import { baseText, diffHeadline, diffNotes, keyText } from '../diff/describe.ts'
import type { ChangedField, RowDiff, RowSample } from '../diff/row-diff.ts'
import { formatNumber } from '../lib/text.ts'
import { cell, code, drawFirst, table } from './markdown.ts'
import type { RunReport } from './run-report.ts'

/** Shows what changes, row by row, or why the rows could not be compared. Empty if no comparison was requested. */
export function diffSection({ diff }: Pick<RunReport, 'diff'>, most: number): readonly string[] {
  if (diff === undefined) return []
  if (diff.kind === 'absent') return [TITLE, `Rows were not compared: ${cell(diff.reason)}.`]
  const notes = diffNotes(diff)
  return [
    TITLE,
    `${cell(diffHeadline(diff))}.`,
    table(['Added:', 'Changed:', 'Removed:', 'Unchanged:'], [countCells(diff)]),
    `Compared with ${cell(baseText(diff.base))}, ${cell(keyText(diff.key))}.`,
    ...fieldTable(diff.fields, most),
    ...sampleTable(diff.samples),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${cell(note)}`).join('\n')]),
  ]
}

const TITLE = '#### Rows that change'

function countCells({ added, changed, removed, unchanged }: RowDiff): readonly string[] {
  return [added, changed, removed, unchanged].map(formatNumber)
}

function fieldTable(fields: readonly ChangedField[], most: number): readonly string[] {
  if (fields.length === 0) return []
  const rowOf = ({ path, rows }: ChangedField) => [path === '' ? 'others' : code(path), formatNumber(rows)]
  const draw = (shown: readonly ChangedField[]) => table(['Changed field', 'Rows:'], shown.map(rowOf))
  return [drawFirst(fields, { most, noun: 'fields' }, draw)]
}

function sampleTable(samples: readonly RowSample[]): readonly string[] {
  if (samples.length === 0) return []
  const rowOf = ({ change, file, line }: RowSample) => [change, code(file), formatNumber(line)]
  return [table(['First rows', 'File', 'Line:'], samples.map(rowOf))]
}
