import type { Occurrence } from '../check/findings.ts'
import { Cancelled, Problem } from '../lib/errors.ts'
import { count } from '../lib/text.ts'
import { type BatchFact, type RunEnd, type RunFacts, type RunOutcome, runOutcome } from './facts.ts'
import { brief, cell } from './markdown.ts'
import { outputs } from './outputs.ts'

const VERDICTS: Readonly<Record<RunOutcome, string>> = {
  published: 'Published',
  submitted: 'Submitted',
  skipped: 'Skipped, since the dataset holds this content already',
  validated: 'Checked, and nothing wrong that would stop a publish',
  planned: 'Planned, and nothing was sent',
  aborted: 'Aborted',
  reverted: 'Reverted',
  'partially-published': 'Partially published',
  'no-files': 'Nothing to publish',
  'timed-out': 'Timed out while waiting',
  cancelled: 'Cancelled',
  invalid: 'Not published',
  failed: 'Failed',
}

/** A verdict, and why it is that; empty where the verdict says it all. */
type Verdict = { readonly outcome: RunOutcome; readonly text: string; readonly why: string }

function verdict(facts: RunFacts, ending: RunEnd): Verdict {
  const outcome = runOutcome(ending, facts)
  const why = whyOf(ending)
  // "Cannot publish …; nothing was sent" is a verdict.
  if (outcome === 'invalid' && why !== '') return { outcome, text: why, why: '' }
  return { outcome, text: textOf(outcome, facts), why }
}

/** A revert that isn't over is no publish that isn't. */
function textOf(outcome: RunOutcome, { runInfo }: RunFacts): string {
  const isRevert = runInfo?.given.some(({ name, value }) => name === 'mode' && value === 'revert') ?? false
  if (isRevert && outcome === 'submitted') return 'Revert accepted'
  if (isRevert && outcome === 'timed-out') return 'Timed out while waiting for the revert'
  return VERDICTS[outcome]
}

function whyOf(ending: RunEnd): string {
  if (ending.kind !== 'stopped') return ending.verdict.fails ? brief(ending.verdict.why) : ''
  const { error } = ending
  if (error instanceof Cancelled) return ''
  if (!(error instanceof Problem)) return `something unforeseen happened (${nameOf(error)})`
  const [first = ''] = error.message.split('\n')
  // The first line of a message of several ends where a list begins.
  return brief(first.replace(/:$/, ''))
}

/** The message of an error that nobody foresaw may quote data. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}

/** Rows that the platform took and rejected, as far as it counted. What was there before this run was not written by it. */
function rowsText(facts: RunFacts, ending: RunEnd): readonly string[] {
  const { 'records-written': written, 'records-failed': failed } = outputs(facts, ending)
  const isOld = runOutcome(ending, facts) === 'skipped'
  return [
    ...(written === '' ? [] : [`${count(Number(written), 'row')}${isOld ? '' : ' written'}`]),
    ...(failed === '' || failed === '0' ? [] : [`${count(Number(failed), 'row')} rejected`]),
  ]
}

/** A name in one line among others. */
const LONGEST_NAME = 200
/** The output `batch-ids` has all of them. */
const MOST_IDS = 5

/** The verdict in one line that a person can paste into a ticket. */
export function closingLine(facts: RunFacts, ending: RunEnd): string {
  const { outcome, text, why } = verdict(facts, ending)
  const { batches, dataset, found } = facts
  const what = [
    ...(found.length > 0 ? [count(found.length, 'file') + (outcome === 'invalid' ? ' found' : '')] : []),
    ...rowsText(facts, ending),
    ...(dataset === undefined ? [] : [`dataset ${JSON.stringify(brief(dataset.name, LONGEST_NAME))} (${dataset.id})`]),
    ...batchesText(batches),
  ]
  return [text, what.join(', '), why].filter((part) => part !== '').join(': ')
}

function batchesText(batches: readonly BatchFact[]): readonly string[] {
  if (batches.length === 0) return []
  const ids = batches.slice(0, MOST_IDS).map(({ id }) => id)
  const more = batches.length - ids.length
  return [`${batches.length === 1 ? 'batch' : 'batches'} ${ids.join(', ')}${more > 0 ? ` and ${more} more` : ''}`]
}

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
export function headline(facts: RunFacts, ending: RunEnd): string {
  const { outcome, text, why } = verdict(facts, ending)
  const told = why === '' ? rowsText(facts, ending).join(', ') : firstSentence(why, ending)
  return `### ${SYMBOLS[outcome]} ${cell(told === '' ? text : `${text}: ${told}`)}`
}

/** A message of ours is one sentence; the reason of a verdict may go on with what remains to be done. */
function firstSentence(why: string, { kind }: RunEnd): string {
  return kind === 'stopped' ? why : why.replace(/\. .*$/s, '')
}

/** `expected an integer, found text "…" (did you mean …?)`. */
export function wrong({ issue: { expected, received, hint } }: Occurrence): string {
  return `expected ${expected}, found ${received}${hint === undefined ? '' : ` (${hint})`}`
}

/** `/points: expected an integer, found text "…"; and 311 more`. */
export function sentence(placed: Occurrence, times = 1): string {
  const { issue, place } = placed
  const where = issue.path === '' ? 'the record' : issue.path
  const row = place.kind === 'row' ? ` (row ${place.row})` : ''
  const more = times > 1 ? `; and ${(times - 1).toLocaleString('en-US')} more` : ''
  return `${where}${row}: ${wrong(placed)}${more}`
}

/** What a person can do about a run that failed; empty where it did not, was cancelled, or stopped for what nobody foresaw. */
export function remedy(ending: RunEnd): string {
  if (ending.kind === 'stopped') return ending.error instanceof Problem ? ending.error.remedy : ''
  if (!ending.verdict.fails) return ''
  return ending.kind === 'no files' ? NO_FILES : (ending.verdict.remedy ?? '')
}

const NO_FILES =
  'Check out the repository in a step before this one, and see that the files are in it at this commit: patterns start at the workspace, and tell upper from lower case. Where there need not be any: "if-no-files-found: warn".'
