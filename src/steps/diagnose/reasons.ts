import type { BatchError } from '../../platform/batch-record.ts'
import { explain, type Explanation } from './explain.ts'
import type { RejectedRow } from './rejected-row.ts'

/** Everything that the platform says under one code. */
export type Reason = {
  readonly code: string
  /** The platform's own words of the batch; empty where only rows have the code. */
  readonly texts: readonly string[]
  /** Rows that have it, as the platform counted; undefined where it didn't. */
  readonly rows: number | undefined
  /** Rows of `rejections` that have it. */
  readonly sampled: number
  /** Undefined for a code that no document explains. */
  readonly explanation: Explanation | undefined
}

/** Codes in the order in which the batch names them, then those that only rows name. */
export function reasonsOf(errors: readonly BatchError[], rows: readonly RejectedRow[]): readonly Reason[] {
  const known = new Set(errors.map(({ code }) => code))
  const sampled = countCodes(rows, known)
  return [...new Set([...known, ...sampled.keys()])].map((code) => {
    const said = errors.filter((error) => error.code === code)
    return {
      code,
      texts: [...new Set(said.map(({ description }) => description).filter((text) => text !== ''))],
      rows: rowsOf(said),
      sampled: sampled.get(code) ?? 0,
      explanation: explain(code),
    }
  })
}

/** Where a row says 1401, its batch says INGEST-1401-400 (guide "Error diagnostics"). */
export function batchCode(code: string, known: ReadonlySet<string>): string {
  const long = `INGEST-${code}-400`
  return !known.has(code) && known.has(long) ? long : code
}

/** A row counts once for each code, however many of its fields have it. */
function countCodes(rows: readonly RejectedRow[], known: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { errors } of rows) {
    for (const code of new Set(errors.map((error) => batchCode(error.code, known)))) {
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  }
  return counts
}

/** The same error may stand in the batch and in what belongs to it. */
function rowsOf(errors: readonly BatchError[]): number | undefined {
  const distinct = new Map(errors.map((error) => [`${error.recordCount} ${error.description}`, error.recordCount]))
  const counts = [...distinct.values()].filter((count) => count !== undefined)
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0)
}
