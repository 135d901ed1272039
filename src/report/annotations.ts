import type { FileFinding, FindingPlace, Occurrence, ValidatedFile } from '../check/findings.ts'
import type { RowPlace } from '../formats/record.ts'
import type { Place } from '../github/runner.ts'
import type { Rejection } from '../publish/rejected/diagnose.ts'
import { explain } from '../publish/rejected/explain.ts'
import type { RunFacts } from './facts.ts'
import { code } from './markdown.ts'
import { sentence } from './verdict.ts'

/** What the check of the rows had said before the platform said the same. */
export type Foreseen = {
  /** Of the field that the platform rejected a row for. */
  readonly of: (rejection: Rejection) => Occurrence | undefined
  /** The findings without those that the platform confirmed at every place. */
  readonly unconfirmed: readonly ValidatedFile[]
}

export function foreseen({ examined = [], batches }: Partial<Pick<RunFacts, 'examined' | 'batches'>>): Foreseen {
  const said = new Map(examined.flatMap(({ path, findings }) => findings.flatMap(({ first }) => keyed(path, first))))
  const rejections = batches?.flatMap(({ diagnosis }) => diagnosis?.rejections ?? []) ?? []
  const confirmed = new Set(rejections.map(keyOf))
  const unconfirmed = examined.map((file) => ({
    ...file,
    findings: file.findings.filter(
      ({ count, first }) => count > first.length || keyed(file.path, first).some(([where]) => !confirmed.has(where)),
    ),
  }))
  return { of: (rejection) => said.get(keyOf(rejection)), unconfirmed }
}

function keyed(file: string, placed: readonly Occurrence[]): readonly (readonly [string, Occurrence])[] {
  return placed.map((one) => [key(file, one.place, one.issue.path), one])
}

/** What has no place of its own is like nothing. */
function keyOf({ found, pointer }: Rejection): string {
  return found.kind === 'found' ? key(found.file, found.place, pointer) : ''
}

type Where = { readonly kind: string; readonly line?: number; readonly row?: number }

/** Both sides name the line of the field; the columns of a list are counted differently. */
function key(file: string, { kind, line, row }: Where, pointer: string): string {
  return JSON.stringify([file, kind, line ?? row ?? 0, pointer])
}

type Telling = { readonly place: RowPlace; readonly showsValues: boolean }

/** Why the platform rejected a row: as the check had said it, where it did, and in the platform's words where they may be shown. */
function rejectedText(
  { code: rejectionCode, pointer, quoted }: Rejection,
  before: Occurrence | undefined,
  { place, showsValues }: Telling,
): string {
  const why = showsValues ? quoted.message : (explain(rejectionCode)?.cause ?? '')
  const because = why === '' ? '' : `: ${why}`
  if (before !== undefined) return `${sentence(before)}. The platform rejected the row (${rejectionCode})${because}`
  const row = place.kind === 'row' ? ` (row ${place.row})` : ''
  const where = pointer === '' ? 'the record' : pointer
  return `${where}${row}: the platform rejected the row (${rejectionCode})${because}`
}

export type Annotation = { readonly level: 'error' | 'warning'; readonly text: string; readonly place: Place }

/** The runner shows no more of each level for a step, and the step needs one error for itself. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 9

type Annotated = Pick<RunFacts, 'batches' | 'runInfo' | 'examined'>

/**
 * First the rows that the platform rejected, at their lines. Then one annotation for each distinct problem of a file that
 * it did not confirm, at its first place, with how often it occurs: errors before warnings, and of one level the most
 * frequent first.
 */
export function annotations(facts: Annotated): readonly Annotation[] {
  const before = foreseen(facts)
  const rejected = rejectedRows(facts, before)
  return [...rejected, ...ofFindings(before.unconfirmed, MOST_ERRORS - rejected.length)]
}

/** Every kind of rejection in a file comes before any comes twice. What the platform says of a row may hold its values. */
function rejectedRows({ batches, runInfo }: Annotated, before: Foreseen): readonly Annotation[] {
  const rejections = batches.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  const placed = rejections.flatMap((one) => (one.found.kind === 'found' ? [{ ...one, at: one.found }] : []))
  const kinds = Map.groupBy(placed, ({ at, code: rejectionCode, pointer }) =>
    JSON.stringify([at.file, rejectionCode, pointer]),
  )
  const firsts = new Set(Array.from(kinds.values(), ([first]) => first))
  const inTurn = [...placed.filter((one) => firsts.has(one)), ...placed.filter((one) => !firsts.has(one))]
  const showsValues = runInfo?.showValues ?? false
  return inTurn.slice(0, MOST_ERRORS).map((one) => {
    const { file, place } = one.at
    const at = place.kind === 'row' ? { file } : { file, line: place.line, column: place.column }
    const text = rejectedText(one, before.of(one), { place, showsValues })
    return { level: 'error', text, place: { ...at, title: one.code } }
  })
}

function ofFindings(examined: readonly ValidatedFile[], mostErrors: number): readonly Annotation[] {
  const all = examined.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
  const byCount = all.toSorted((a, b) => b.finding.count - a.finding.count)
  const shown = (level: FileFinding['level'], most: number) =>
    byCount.filter(({ finding }) => finding.level === level).slice(0, most)
  return [...shown('error', mostErrors), ...shown('warning', MOST_WARNINGS)].flatMap(({ path, finding }) => {
    const [first] = finding.first
    if (first === undefined) return []
    return [{ level: finding.level, text: sentence(first, finding.count), place: placeOf(path, first, finding) }]
  })
}

function placeOf(file: string, { place }: Occurrence, { code: ruleCode }: FileFinding): Place {
  if (place.kind !== 'text') return { file, title: ruleCode }
  return { file, title: ruleCode, line: place.line, column: place.column }
}

/** `data/a.jsonl:7`, `data/a.parquet row 7`, or the file alone. */
export function placeText(file: string, place: FindingPlace | undefined): string {
  if (place?.kind === 'text') return code(`${file}:${place.line}`)
  return place?.kind === 'row' ? `${code(file)} row ${place.row.toLocaleString('en-US')}` : code(file)
}
