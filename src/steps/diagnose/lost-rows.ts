import type { BatchRecord } from '../../platform/batch-record.ts'

/** Rows were dropped, and their diagnostics say which (guide "Error diagnostics"). */
const SEE_DIAGNOSTICS = 'INGEST-1212-400'

/** How many rows the platform says it rejected, at least: 1 where it says that there are some, and no number. */
export function lostRows({ counts, errors }: BatchRecord): number {
  const known = [counts.failed ?? 0, ...errors.map(({ recordCount }) => recordCount ?? 0)]
  return Math.max(...known, errors.some(({ code }) => code === SEE_DIAGNOSTICS) ? 1 : 0)
}
