import type { Place } from '../github/runner.ts'
import type { Finding, Placed } from '../steps/examine/finding.ts'
import type { Examined } from '../steps/examine.ts'

export type Annotation = { readonly level: 'error' | 'warning'; readonly text: string; readonly place: Place }

/** The runner shows no more of each level for a step, and the step needs one error for itself. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 9

/**
 * One annotation for each distinct problem of a file, at its first place, with how often it occurs. The gravest come
 * first: errors before warnings, and of one level the most frequent.
 */
export function annotations(examined: readonly Examined[]): readonly Annotation[] {
  const all = examined.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
  const byCount = all.toSorted((a, b) => b.finding.count - a.finding.count)
  const shown = (level: Finding['level'], most: number) =>
    byCount.filter(({ finding }) => finding.level === level).slice(0, most)
  return [...shown('error', MOST_ERRORS), ...shown('warning', MOST_WARNINGS)].flatMap(({ path, finding }) => {
    const [first] = finding.first
    if (first === undefined) return []
    return [{ level: finding.level, text: sentence(first, finding.count), place: placeOf(path, first, finding) }]
  })
}

/** `/points: expected an integer, found text "…"; and 311 more`. */
export function sentence({ issue, place }: Placed, count = 1): string {
  const where = issue.path === '' ? 'the record' : issue.path
  const row = place.kind === 'row' ? ` (row ${place.row})` : ''
  const hint = issue.hint === undefined ? '' : ` (${issue.hint})`
  const more = count > 1 ? `; and ${(count - 1).toLocaleString('en-US')} more` : ''
  return `${where}${row}: expected ${issue.expected}, found ${issue.received}${hint}${more}`
}

function placeOf(file: string, { place }: Placed, { code }: Finding): Place {
  if (place.kind !== 'text') return { file, title: code }
  return { file, title: code, line: place.line, column: place.column }
}
