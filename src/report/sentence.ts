import type { Placed } from '../steps/examine/finding.ts'
import { wrong } from './wrong.ts'

/** `/points: expected an integer, found text "…"; and 311 more`. */
export function sentence(placed: Placed, count = 1): string {
  const { issue, place } = placed
  const where = issue.path === '' ? 'the record' : issue.path
  const row = place.kind === 'row' ? ` (row ${place.row})` : ''
  const more = count > 1 ? `; and ${(count - 1).toLocaleString('en-US')} more` : ''
  return `${where}${row}: ${wrong(placed)}${more}`
}
