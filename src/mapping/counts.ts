import { count } from '../lib/text.ts'
import type { CompiledMapping } from './compile.ts'

/** The counters of each mapping. */
export const COUNT = { values: 0, nulls: 1, errors: 2, ambiguousDates: 3, emptyParts: 4 } as const

export const COUNTERS = 5

/** Appends, after the counters of the mappings, the number of rows for which no mapping gave a value. */
export function withEmptyRecords(counts: Float64Array, rows: number): Float64Array<ArrayBuffer> {
  const all = new Float64Array(counts.length + 1)
  all.set(counts)
  all[counts.length] = rows
  return all
}

export function emptyRecords({ entries }: Pick<CompiledMapping, 'entries'>, counts: Float64Array): number {
  return counts[entries.length * COUNTERS] ?? 0
}

export type MappingCounts = Readonly<Record<keyof typeof COUNT, number>> & {
  readonly mapping: number
  readonly source: string
  readonly target: string
}

/** Adds the counts of another thread, or of another part of the file. */
export function addMappingCounts(total: Float64Array, more: Float64Array): void {
  for (const [at, found] of more.entries()) total[at] = (total[at] ?? 0) + found
}

export function mappingCounts({ entries }: CompiledMapping, counts: Float64Array): readonly MappingCounts[] {
  return entries.map(({ number, source, target }, at) => {
    const of = (name: keyof typeof COUNT) => counts[at * COUNTERS + COUNT[name]] ?? 0
    return {
      mapping: number,
      source,
      target: target.text,
      values: of('values'),
      nulls: of('nulls'),
      errors: of('errors'),
      ambiguousDates: of('ambiguousDates'),
      emptyParts: of('emptyParts'),
    }
  })
}

/** Notes about the rows that deserve a second look: one text for each mapping. */
export function countNotes(counts: readonly MappingCounts[]): readonly string[] {
  return counts.flatMap((one) => {
    const { ambiguousDates, emptyParts } = one
    const where = whereOf(one)
    const notes: string[] = []
    if (ambiguousDates > 0) {
      const dates = `${count(ambiguousDates, 'date')} like 03/05/2024 or 03052024`
      notes.push(`${where}: read ${dates} as month, then day. If the day comes first, use date() with a pattern`)
    }
    if (emptyParts > 0) {
      const rows = `concat() joined an empty value in ${count(emptyParts, 'row')}`
      notes.push(`${where}: ${rows}: different people can get the same identity. Guard it with iif()`)
    }
    return notes
  })
}

/** Mappings without a value in any row. If the rows name their own fields, a name may be misspelled. */
export function unfilledNotes(counts: readonly MappingCounts[]): readonly string[] {
  const unfilled = counts.filter(({ values, nulls, errors }) => values + errors === 0 && nulls > 0)
  return unfilled.map((one) => `${whereOf(one)}: no row has a value`)
}

function whereOf({ mapping, target }: MappingCounts): string {
  return `mapping ${mapping} (→ ${target})`
}
