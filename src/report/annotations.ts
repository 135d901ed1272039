import type { Place } from '../github/runner.ts'
import type { Finding, Placed } from '../steps/examine/finding.ts'
import type { Examined } from '../steps/examine.ts'
import type { Facts } from '../journeys/logbook.ts'
import { foreseen, type Foreseen } from './foreseen.ts'
import { rejectedText } from './rejected-text.ts'
import { sentence } from './sentence.ts'

export type Annotation = { readonly level: 'error' | 'warning'; readonly text: string; readonly place: Place }

/** The runner shows no more of each level for a step, and the step needs one error for itself. */
const MOST_ERRORS = 9
const MOST_WARNINGS = 9

type Annotated = Pick<Facts, 'batches' | 'errand' | 'examined'>

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
function rejectedRows({ batches, errand }: Annotated, before: Foreseen): readonly Annotation[] {
  const rejections = batches.flatMap(({ diagnosis }) => diagnosis?.rejections ?? [])
  const placed = rejections.flatMap((one) => (one.found.kind === 'found' ? [{ ...one, at: one.found }] : []))
  const kinds = Map.groupBy(placed, ({ at, code, pointer }) => JSON.stringify([at.file, code, pointer]))
  const firsts = new Set(Array.from(kinds.values(), ([first]) => first))
  const inTurn = [...placed.filter((one) => firsts.has(one)), ...placed.filter((one) => !firsts.has(one))]
  const showsValues = errand?.showValues ?? false
  return inTurn.slice(0, MOST_ERRORS).map((one) => {
    const { file, place } = one.at
    const at = place.kind === 'row' ? { file } : { file, line: place.line, column: place.column }
    const text = rejectedText(one, before.of(one), { place, showsValues })
    return { level: 'error', text, place: { ...at, title: one.code } }
  })
}

function ofFindings(examined: readonly Examined[], mostErrors: number): readonly Annotation[] {
  const all = examined.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })))
  const byCount = all.toSorted((a, b) => b.finding.count - a.finding.count)
  const shown = (level: Finding['level'], most: number) =>
    byCount.filter(({ finding }) => finding.level === level).slice(0, most)
  return [...shown('error', mostErrors), ...shown('warning', MOST_WARNINGS)].flatMap(({ path, finding }) => {
    const [first] = finding.first
    if (first === undefined) return []
    return [{ level: finding.level, text: sentence(first, finding.count), place: placeOf(path, first, finding) }]
  })
}

function placeOf(file: string, { place }: Placed, { code }: Finding): Place {
  if (place.kind !== 'text') return { file, title: code }
  return { file, title: code, line: place.line, column: place.column }
}
