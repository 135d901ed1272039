import { count, formatNumber } from '../lib/text.ts'
import type { FileFinding, Occurrence, ValidatedFile } from '../check/findings.ts'
import type { RowPlace } from '../formats/record.ts'
import type { Rejection } from '../publish/rejected/diagnose.ts'
import { issueText } from '../schema/rules.ts'
import { explain } from '../publish/rejected/explain.ts'

/** A row that the platform rejected, without anything that readers of this run's report are not allowed to see. */
export type ReportedRejection = Omit<Rejection, 'quoted'> & {
  /** The platform's message, which may contain values of the row; undefined if those must not be shown. */
  readonly message: string | undefined
  /** The validation finding for the same field, if there was one. */
  readonly finding: Occurrence | undefined
}

/** `/points, from "Points": expected an integer, found a string; and 311 more, in 200 files in total`. */
export function findingText(placed: Occurrence, times = 1, files = 1): string {
  const { issue, place } = placed
  const more = times > 1 ? `; and ${formatNumber(times - 1)} more${filesText(files)}` : ''
  const from = issue.from === undefined ? '' : `, from ${JSON.stringify(issue.from)}`
  return `${fieldText(issue.path, place)}${from}: ${issueText(issue)}${more}`
}

function filesText(files: number): string {
  return files > 1 ? `, in ${count(files, 'file')} in total` : ''
}

/** The same mistake in every file that has it: the finding of the first one, with the count of all. */
export type SharedFinding = {
  readonly path: string
  readonly finding: FileFinding
  readonly files: number
  /** The recorded places of all files, in file order. */
  readonly places: readonly PlacedOccurrence[]
}

export type PlacedOccurrence = { readonly path: string; readonly placed: Occurrence }

/** Joins equal findings of all files: an export writes the same mistake into each of its files, and it is reported once. */
export function joinFiles(examined: readonly ValidatedFile[]): readonly SharedFinding[] {
  const all = examined.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
  const alike = Map.groupBy(all, ({ finding: { code, level, fate, path } }) =>
    JSON.stringify([code, level, fate, path]),
  )
  return Array.from(alike.values()).flatMap((same) => {
    const [first] = same
    if (first === undefined) return []
    const total = same.reduce((sum, { finding }) => sum + finding.count, 0)
    const files = new Set(same.map(({ path }) => path)).size
    const places = same.flatMap(({ path, finding }) => finding.first.map((placed) => ({ path, placed })))
    return [{ path: first.path, finding: { ...first.finding, count: total }, files, places }]
  })
}

/** Rows that were rejected for the same reason at the same field: the first of them, with the count of all. */
export type SharedRejection = { readonly first: ReportedRejection; readonly rows: number }

/**
 * Joins rejections of the same reason and field, so that one mistake in many rows is reported once. A rejection whose place
 * is known represents the others.
 */
export function joinRejections(rejections: readonly ReportedRejection[]): readonly SharedRejection[] {
  const alike = Map.groupBy(rejections, ({ code, pointer }) => JSON.stringify([code, pointer]))
  return Array.from(alike.values()).flatMap((same) => {
    const first = same.find(({ found }) => found.kind === 'found') ?? same[0]
    return first === undefined ? [] : [{ first, rows: same.length }]
  })
}

/** Says why the platform rejected a row: by the validation finding, if any, and the platform's message, if it can be shown. */
export function rejectionText({ code, pointer, message, finding }: ReportedRejection, place: RowPlace): string {
  const why = message ?? explain(code)?.cause ?? ''
  const because = why === '' ? '' : `: ${why}`
  if (finding !== undefined) return `${findingText(finding)}; rejected by the platform (${code})${because}`
  return `${fieldText(pointer, place)}: rejected by the platform (${code})${because}`
}

function fieldText(pointer: string, place: Occurrence['place']): string {
  return `${pointer === '' ? 'the record' : pointer}${rowText(place)}`
}

function rowText(place: Occurrence['place']): string {
  if (place.kind === 'row') return ` (row ${place.row})`
  return place.kind === 'text' && place.index !== undefined ? ` (record [${place.index}])` : ''
}

/** The validation findings, matched with the rows that the platform rejected. */
export type MatchedFindings = {
  readonly findingFor: (rejection: Rejection) => Occurrence | undefined
  /** The findings without those that the platform confirmed at every place. */
  readonly unconfirmed: readonly ValidatedFile[]
}

/** Matches findings with rejections. A problem that both report appears once, as a rejection. */
export function matchFindings(examined: readonly ValidatedFile[], rejections: readonly Rejection[]): MatchedFindings {
  const found = new Map(examined.flatMap(({ path, findings }) => findings.flatMap(({ first }) => keysOf(path, first))))
  const confirmed = new Set(rejections.map(rejectionKey))
  const unconfirmed = examined.map((file) => ({
    ...file,
    findings: file.findings.filter(
      ({ count: times, first }) =>
        times > first.length || keysOf(file.path, first).some(([key]) => !confirmed.has(key)),
    ),
  }))
  return { findingFor: (rejection) => found.get(rejectionKey(rejection)), unconfirmed }
}

function keysOf(file: string, placed: readonly Occurrence[]): readonly (readonly [key: string, Occurrence])[] {
  return placed.map((one) => [placeKey(file, one.place, one.issue.path), one])
}

/** Empty for a row that was not located: it matches no finding. */
function rejectionKey({ found, pointer }: Rejection): string {
  return found.kind === 'found' ? placeKey(found.file, found.place, pointer) : ''
}

/** Leaves out the column, which the two sides count differently in lists, and names that only one side hides. */
function placeKey(file: string, place: Occurrence['place'], pointer: string): string {
  const at = place.kind === 'text' ? place.line : place.kind === 'row' ? place.row : 0
  return JSON.stringify([file, place.kind, at, pointer.replace(/\/key \d+(?=\/|$)/g, '/*')])
}
