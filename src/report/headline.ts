import type { Ending, RunOutcome } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { cell } from './markdown.ts'
import { rowsText } from './rows-text.ts'
import { verdict } from './verdict.ts'

const SYMBOLS: Readonly<Record<RunOutcome, string>> = {
  published: '✅',
  submitted: '📨',
  skipped: '⏭️',
  validated: '✅',
  planned: '📋',
  aborted: '↩️',
  reverted: '↩️',
  'partially-published': '⚠️',
  'no-files': '⚪',
  'timed-out': '⌛',
  cancelled: '🛑',
  invalid: '❌',
  failed: '❌',
}

/** What a person reads first: the verdict and why, or how many rows; ids stand in the line for the ticket. */
export function headline(facts: Facts, ending: Ending): string {
  const { outcome, text, why } = verdict(facts, ending)
  const told = why === '' ? rowsText(facts, ending).join(', ') : firstSentence(why, ending)
  return `### ${SYMBOLS[outcome]} ${cell(told === '' ? text : `${text}: ${told}`)}`
}

/** A message of ours is one sentence; the reason of a verdict may go on with what remains to be done. */
function firstSentence(why: string, { kind }: Ending): string {
  return kind === 'stopped' ? why : why.replace(/\. .*$/s, '')
}
