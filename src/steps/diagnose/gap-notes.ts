import { count } from '../../base/words.ts'
import type { Gathered } from './row-bin.ts'

/** Guide "Error diagnostics": they are kept for 30 days. */
const KEPT_MS = 30 * 86_400_000

type Expected = {
  /** Rows that were rejected, at least. */
  readonly lost: number
  /** Since the batch settled. */
  readonly ageMs: number
}

/** What is said of rejected rows that could not be looked at. */
export function gapNotes({ rows, isWhole, notes }: Gathered, { lost, ageMs }: Expected): readonly string[] {
  const isShort = !isWhole || rows.length < lost
  if (rows.length > 0) return isShort ? [shortNote(rows.length, lost)] : []
  if (lost === 0 || notes.length > 0) return []
  if (ageMs > KEPT_MS) {
    return ['Which rows were rejected is known no more: the platform keeps that for 30 days. Publish again to see it.']
  }
  return [
    'The platform has no record of which rows it rejected. Look at the batch in the Experience Platform user interface, or publish again.',
  ]
}

function shortNote(looked: number, lost: number): string {
  const rows = count(looked, 'rejected row')
  if (lost <= looked) return `Only ${rows} could be looked at; there may be others.`
  return `Only ${rows} of ${lost.toLocaleString('en-US')} could be looked at; the others are not listed.`
}
