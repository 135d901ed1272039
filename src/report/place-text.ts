import type { Place } from '../steps/examine/finding.ts'
import { code } from './markdown.ts'

/** `data/a.jsonl:7`, `data/a.parquet row 7`, or the file alone. */
export function placeText(file: string, place: Place | undefined): string {
  if (place?.kind === 'text') return code(`${file}:${place.line}`)
  return place?.kind === 'row' ? `${code(file)} row ${place.row.toLocaleString('en-US')}` : code(file)
}
