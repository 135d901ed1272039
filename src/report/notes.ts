import { ROWS_DROPPED } from '../platform/records.ts'
import type { Diagnosis, Rejection } from '../publish/rejected/diagnose.ts'
import type { BatchFact } from './facts.ts'
import type { RunVerdict } from './headline.ts'

/** The notes of a batch that appear nowhere else in the report, each once. */
export function newNotes(
  { outcome, diagnosis }: Pick<BatchFact, 'outcome' | 'diagnosis'>,
  { why }: Pick<RunVerdict, 'why'>,
): readonly string[] {
  const explained = new Set(diagnosis?.reasons.map(({ code }) => code))
  const isTold = (note: string) => why !== '' && why.includes(firstSentence(note))
  return [...new Set(outcome?.notes)].filter(
    (note) => !isTold(note) && !codesBefore(note).some((code) => explained.has(code)),
  )
}

/** A number or sign before a period does not end a sentence: so short a text would match almost any verdict. */
function firstSentence(note: string): string {
  return note.split(/(?<=\p{L}{2}|[")'])\. /u, 1)[0] ?? note
}

type Explained = Pick<BatchFact, 'outcome'> & {
  readonly diagnosis:
    (Pick<Diagnosis, 'reasons'> & { readonly rejections: readonly Pick<Rejection, 'code' | 'found'>[] }) | undefined
}

/** The platform's messages for codes that no annotation explains, without a code that only counts others. */
export function codeLines({ outcome, diagnosis }: Explained): readonly string[] {
  const reasons = diagnosis?.reasons ?? []
  const located = new Set(diagnosis?.rejections.filter(({ found }) => found.kind === 'found').map(({ code }) => code))
  const counts = (code: string) => code === ROWS_DROPPED && reasons.length > 1
  const hidden = reasons
    .filter(({ code, explanation }) => (explanation === undefined || !located.has(code)) && !counts(code))
    .map(({ code }) => code)
  return [...new Set(outcome?.notes)].filter((note) => codesBefore(note).some((code) => hidden.includes(code)))
}

/** Every possible code of a note. The code ends at a colon, but may contain colons itself. */
function codesBefore(note: string): readonly string[] {
  const start = note.slice(0, LONGEST_CODE)
  return Array.from(start.matchAll(/: /g), ({ index }) => start.slice(0, index))
}

/** Characters of a code and its colon; longer codes are cut when they are read. */
const LONGEST_CODE = 202
