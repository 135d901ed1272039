import type { BatchFact, Facts } from '../journeys/logbook.ts'
import { cell, code, some } from './markdown.ts'

type Note = { readonly note: string; readonly ids: readonly string[] }

/** What there is to say of batches beside their numbers; what is said of several is said once. */
export function batchNotes({ batches }: Facts, most: number): readonly string[] {
  const said = batches.flatMap((batch) => [...new Set(notesOf(batch))].map((note) => ({ id: batch.id, note })))
  const notes = Array.from(
    Map.groupBy(said, ({ note }) => note),
    ([note, of]) => ({ note, ids: of.map(({ id }) => id) }),
  )
  if (notes.length === 0) return []
  const line = ({ note, ids }: Note) => `- ${whose(ids, note, batches)}${cell(note)}`
  return [some(notes, { most, noun: 'notes, in the report' }, (shown) => shown.map(line).join('\n'))]
}

/** The platform's own codes stand in the table that explains them, where they were looked into. */
function notesOf({ outcome, diagnosis }: BatchFact): readonly string[] {
  const explained = diagnosis?.reasons.map((reason) => `${reason.code}: `) ?? []
  return (outcome?.notes ?? []).filter((note) => !explained.some((start) => note.startsWith(start)))
}

const MOST_IDS = 5

/** Nothing where it is said of all, or says so itself. */
function whose(ids: readonly string[], note: string, batches: readonly BatchFact[]): string {
  if (ids.length === batches.length || ids.every((id) => note.includes(id))) return ''
  const more = ids.length > MOST_IDS ? ` and ${ids.length - MOST_IDS} more` : ''
  return `${ids.slice(0, MOST_IDS).map(code).join(', ')}${more}: `
}
