import type { FileFinding, Occurrence, ValidatedFile } from '../check/findings.ts'
import type { AnnotationPlace } from '../github/runner.ts'
import { count } from '../lib/text.ts'
import { findingText, joinFiles, joinRejections, rejectionText } from './findings.ts'
import { driftText } from './drift.ts'
import type { RunReport } from './run-report.ts'

export type Annotation = { readonly level: 'error' | 'warning'; readonly text: string; readonly place: AnnotationPlace }

/** The runner shows at most 10 annotations of each level for a step. The step needs one of the errors for itself. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 9

/**
 * Returns one annotation for each reason why the platform rejected rows, at the first rejected row. Then come the distinct
 * problems that the platform did not confirm, each at its first place with its count over all files: errors before warnings,
 * the most frequent first within a level. Schema drift and the refused files come last.
 */
export function annotations(report: RunReport): readonly Annotation[] {
  const rejected = annotateRejections(report)
  const warnings = MOST_WARNINGS - (report.drift === undefined ? 0 : 1)
  const found = annotateFindings(report.unconfirmed, { errors: MOST_ERRORS - rejected.length, warnings })
  return [...rejected, ...found, ...annotateDrift(report), ...annotateRefusals(report)]
}

/** Places the annotation at the file of the stored schema. */
function annotateDrift({ drift }: RunReport): readonly Annotation[] {
  return drift === undefined
    ? []
    : [{ level: 'warning', text: driftText(drift), place: { file: drift.file, title: 'schema-drift' } }]
}

/** Rows rejected for the same reason at the same field share one annotation, at the first of them. */
function annotateRejections({ batches }: RunReport): readonly Annotation[] {
  const rejections = batches.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  const kinds = joinRejections(rejections).flatMap(({ first, rows }) =>
    first.found.kind === 'found' ? [{ first, at: first.found, others: rows - 1 }] : [],
  )
  return kinds.slice(0, MOST_ERRORS).map(({ first, at: { file, place }, others }): Annotation => {
    const more = others === 0 ? '' : ` (and ${count(others, 'more row')})`
    return { level: 'error', text: rejectionText(first, place) + more, place: placeOf(file, place, first.code) }
  })
}

type Most = { readonly errors: number; readonly warnings: number }

function annotateFindings(examined: readonly ValidatedFile[], most: Most): readonly Annotation[] {
  const byCount = joinFiles(examined).toSorted((a, b) => b.finding.count - a.finding.count)
  const shown = (level: FileFinding['level'], atMost: number) =>
    byCount.filter(({ finding }) => finding.level === level).slice(0, atMost)
  return [...shown('error', most.errors), ...shown('warning', most.warnings)].flatMap(({ path, finding, files }) => {
    const { level, code } = finding
    const [first] = finding.first
    if (first === undefined) return []
    return [{ level, text: findingText(first, finding.count, files), place: placeOf(path, first.place, code) }]
  })
}

function placeOf(file: string, place: Occurrence['place'], title: string): AnnotationPlace {
  return place.kind === 'text' ? { file, title, line: place.line, column: place.column } : { file, title }
}

/** The runner shows only a few annotations; the failure message lists all refused files. */
const MOST_REFUSED = 5

function annotateRefusals({ stop }: RunReport): readonly Annotation[] {
  if (stop?.kind !== 'refused-files') return []
  return stop.refusals
    .slice(0, MOST_REFUSED)
    .map(({ path, reason, place }) => ({ level: 'error', text: `The file ${reason}`, place: { file: path, ...place } }))
}
