import { count, formatNumber } from '../lib/text.ts'
import type { FileFinding, Occurrence, ValidatedFile } from '../check/findings.ts'
import type { RowPlace } from '../formats/record.ts'
import type { Rejection } from '../publish/rejected/diagnose.ts'
import { issueText } from '../schema/rules.ts'
import { explain } from '../publish/rejected/explain.ts'

/** A row that the platform rejected, as it may be shown to anybody who may see this run's report. */
export type ReportedRejection = Omit<Rejection, 'quoted'> & {
  /** The platform's own words, which may hold values of the row; undefined where those must not be shown. */
  readonly message: string | undefined
  /** What the check of the rows had said of the same field before. */
  readonly finding: Occurrence | undefined
}

/** `/points, from "Points": expected an integer, found a string; and 311 more, in 200 files together`. */
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
  /** In all files, in their order, as far as they are kept. */
  readonly places: readonly PlacedOccurrence[]
}

export type PlacedOccurrence = { readonly path: string; readonly placed: Occurrence }

/** One export writes the same mistake into all of its files: it is one problem, told once. */
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

/** One mistake of an export is rejected in every row that has it: it is one problem, told once. Those whose place is known come first. */
export function joinRejections(rejections: readonly ReportedRejection[]): readonly SharedRejection[] {
  const alike = Map.groupBy(rejections, ({ code, pointer }) => JSON.stringify([code, pointer]))
  return Array.from(alike.values()).flatMap((same) => {
    const first = same.find(({ found }) => found.kind === 'found') ?? same[0]
    return first === undefined ? [] : [{ first, rows: same.length }]
  })
}

/** Why the platform rejected a row: as the check had said it, where it did, and in the platform's words where they may be shown. */
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

/** What the check of the rows found, beside what the platform rejected. */
export type MatchedFindings = {
  readonly findingFor: (rejection: Rejection) => Occurrence | undefined
  /** The findings without those that the platform confirmed at every place. */
  readonly unconfirmed: readonly ValidatedFile[]
}

/** A problem that both sides name is told once, as the platform's. */
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

/** What has no place of its own is like nothing. */
function rejectionKey({ found, pointer }: Rejection): string {
  return found.kind === 'found' ? placeKey(found.file, found.place, pointer) : ''
}

/** Both sides name the line of the field; the columns of a list are counted differently, hidden names on one side alone. */
function placeKey(file: string, place: Occurrence['place'], pointer: string): string {
  const at = place.kind === 'text' ? place.line : place.kind === 'row' ? place.row : 0
  return JSON.stringify([file, place.kind, at, pointer.replace(/\/key \d+(?=\/|$)/g, '/*')])
}
