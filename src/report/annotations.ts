import type { FileFinding, Occurrence, ValidatedFile } from '../check/findings.ts'
import type { AnnotationPlace } from '../github/runner.ts'
import { count } from '../lib/text.ts'
import { findingText, joinFiles, joinRejections, rejectionText } from './findings.ts'
import { driftText } from './drift.ts'
import type { RunReport } from './run-report.ts'

export type Annotation = { readonly level: 'error' | 'warning'; readonly text: string; readonly place: AnnotationPlace }

/** The runner shows no more of each level for a step, and the step needs one error for itself. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 9

/**
 * First each reason for which the platform rejected rows, at the line of the first. Then one annotation for each distinct problem that
 * it did not confirm, at its first place, with how often it occurs in all files: errors before warnings, and of one level the most
 * frequent first. At last the files that must not be sent.
 */
export function annotations(report: RunReport): readonly Annotation[] {
  const rejected = annotateRejections(report)
  const warnings = MOST_WARNINGS - (report.drift === undefined ? 0 : 1)
  const found = annotateFindings(report.unconfirmed, { errors: MOST_ERRORS - rejected.length, warnings })
  return [...rejected, ...found, ...annotateDrift(report), ...annotateRefusals(report)]
}

/** At the file of the stored schema. */
function annotateDrift({ drift }: RunReport): readonly Annotation[] {
  return drift === undefined
    ? []
    : [{ level: 'warning', text: driftText(drift), place: { file: drift.file, title: 'schema-drift' } }]
}

/** Rows that are rejected for the same reason at the same field are one annotation, at the first of them. */
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

/** The few that the runner would show; all of them stand in the message of the failure. */
const MOST_REFUSED = 5

function annotateRefusals({ stop }: RunReport): readonly Annotation[] {
  if (stop?.kind !== 'refused-files') return []
  return stop.refusals
    .slice(0, MOST_REFUSED)
    .map(({ path, reason, place }) => ({ level: 'error', text: `The file ${reason}`, place: { file: path, ...place } }))
}
