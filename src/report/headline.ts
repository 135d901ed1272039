import { InvalidRecords, countErrors } from '../check/judge.ts'
import { InvalidFiles, type FileRefusal } from '../files/refusal.ts'
import { sumKnown } from '../files/plan.ts'
import { Cancelled, Problem, nameOf } from '../lib/errors.ts'
import { TimeOver } from '../platform/http/errors.ts'
import { count, joinFirst, shorten } from '../lib/text.ts'
import { worstOf } from '../platform/batch-state.ts'
import type { Counts } from '../platform/records.ts'
import { type BatchFact, type RunEnd, type RunFacts, batchIdsOf } from './facts.ts'
import { replacedBy } from './effects.ts'

/** The value of the output `outcome`. */
type RunOutcome =
  | 'cancelled'
  | 'failed'
  | 'timed-out'
  | 'partially-published'
  | 'submitted'
  | 'published'
  | 'skipped'
  | 'invalid'
  | 'no-files'
  | 'aborted'
  | 'reverted'
  | 'validated'
  | 'planned'

/** Why a run could not go on. */
export type Stop =
  | { readonly kind: 'cancelled'; readonly message: string }
  | {
      readonly kind: 'refused-files'
      readonly message: string
      readonly remedy: string
      readonly refusals: readonly FileRefusal[]
    }
  | { readonly kind: 'refused-rows' | 'time-over' | 'problem'; readonly message: string; readonly remedy: string }
  /** An unexpected error. `trace` appears only in the log; it quotes data only if values can be shown. */
  | { readonly kind: 'unexpected'; readonly name: string; readonly trace: string }

/** Totals over all files and batches; undefined unless each of them is known. */
type Totals = Counts & Readonly<Record<'files' | 'bytes', number | undefined>>

/** How a run ended, and the texts that describe it as a whole. */
export type RunVerdict = {
  readonly outcome: RunOutcome
  /** The step ends with exit code 1. */
  readonly fails: boolean
  /** Undefined if the run reached a verdict. */
  readonly stop: Stop | undefined
  /** The worst of the batches' last statuses; empty if there is none. */
  readonly status: string
  readonly totals: Totals
  /** The reason for the verdict; empty if the verdict needs none. */
  readonly why: string
  /** The first line of the summary: the verdict with its reason or the number of rows. */
  readonly headline: { readonly symbol: string; readonly text: string }
  /** Details that the headline omits: files, rows, dataset, batches. */
  readonly details: string
  /** The verdict in one line, ready to paste into a ticket. */
  readonly closingLine: string
  /** What the user can do about a failed run; empty if it succeeded, was cancelled, or hit an unexpected error. */
  readonly remedy: string
  /** Ids of completed batches; the platform continues to ingest them, however the run ended. */
  readonly completed: readonly string[]
  /** The error message in the log of a step that fails. */
  readonly failure: string
}

export function judgeRun(facts: RunFacts, end: RunEnd): RunVerdict {
  const stop = end.kind === 'stopped' ? stopFor(end.error, facts.runInfo?.showValues ?? false) : undefined
  const fails = end.kind === 'stopped' || end.verdict.fails
  const outcome = outcomeOf(end, stop, facts.batches)
  const words =
    end.kind === 'examined' && !fails ? { verdict: end.words, why: '' } : wordsFor(outcome, reasonOf(end, stop), facts)
  const said = { ...words, outcome, totals: totalsOf(facts, end) }
  const closingLine = closingLineOf(said, facts)
  const remedy = remedyFor(end, stop)
  const completed = facts.batches.filter(({ isCompleted }) => isCompleted).map(({ id }) => id)
  return {
    outcome,
    fails,
    stop,
    status: worstOf(facts.batches.map(({ status }) => status)),
    totals: said.totals,
    why: said.why,
    headline: { symbol: symbolOf(outcome, facts), text: headlineOf(said, facts) },
    details: detailTexts(said, facts, { withRows: said.why !== '' }).join(', '),
    closingLine,
    remedy,
    completed,
    failure: stop === undefined ? failureText(closingLine, remedy) : stopText(stop) + continuesText(completed),
  }
}

function stopFor(error: unknown, showValues: boolean): Stop {
  if (error instanceof Cancelled) return { kind: 'cancelled', message: error.message }
  if (!(error instanceof Problem)) return { kind: 'unexpected', name: nameOf(error), trace: traceOf(error, showValues) }
  const { message, remedy } = error
  if (error instanceof InvalidFiles) return { kind: 'refused-files', message, remedy, refusals: error.refusals }
  if (error instanceof TimeOver) return { kind: 'time-over', message, remedy }
  return { kind: error instanceof InvalidRecords ? 'refused-rows' : 'problem', message, remedy }
}

const TRACE_LINES = 30
const TRACE_LINE_CHARACTERS = 400

/**
 * Returns what the log shows of an unexpected error. Its message may quote a row, so it is kept only if the operating system
 * wrote it or values can be shown. Of the stack only the frames are kept, because a library can put anything elsewhere.
 * Lines and their length are limited.
 */
function traceOf(error: unknown, showValues: boolean): string {
  const { message, stack = '' } = error instanceof Error ? error : { message: String(error) }
  const isPlain = showValues || (error instanceof Error && 'syscall' in error)
  const lines = stack.split('\n')
  const first = isPlain ? (stack === '' ? message : textBeforeFrames(lines)) : nameOf(error)
  const all = [...first.split('\n'), ...lines.filter(isFrame)]
  return all
    .slice(0, TRACE_LINES)
    .map((line) => shorten(line, TRACE_LINE_CHARACTERS))
    .join('\n')
}

function isFrame(line: string): boolean {
  return /^\s+at \S/.test(line)
}

function textBeforeFrames(lines: readonly string[]): string {
  return lines.slice(0, Math.max(1, lines.findIndex(isFrame))).join('\n')
}

/** With several batches, the first outcome of this list that occurs decides. */
const GRAVEST_FIRST = [
  'failed',
  'timed-out',
  'partially-published',
  'submitted',
  'published',
  'skipped',
  'reverted',
] as const

function outcomeOf(end: RunEnd, stop: Stop | undefined, batches: readonly BatchFact[]): RunOutcome {
  switch (end.kind) {
    case 'no-files':
    case 'aborted':
    case 'validated':
    case 'planned':
      return end.kind
    case 'examined':
      return end.verdict.fails ? 'invalid' : 'validated'
    case 'judged':
      return GRAVEST_FIRST.find((kind) => batches.some(({ outcome }) => outcome?.kind === kind)) ?? 'failed'
    case 'stopped':
      if (stop?.kind === 'cancelled') return 'cancelled'
      if (stop?.kind === 'time-over' && !batches.some(({ outcome }) => outcome?.kind === 'failed')) return 'timed-out'
      return stop?.kind === 'refused-files' || stop?.kind === 'refused-rows' ? 'invalid' : 'failed'
    default:
      return end satisfies never
  }
}

function totalsOf({ batches, found }: RunFacts, { kind }: RunEnd): Totals {
  const isKnown = found.length > 0 || kind === 'no-files'
  return {
    files: isKnown ? found.length : undefined,
    bytes: isKnown ? found.reduce((sum, { content }) => sum + content.size, 0) : undefined,
    read: sumOf(batches, 'read'),
    written: sumOf(batches, 'written'),
    failed: sumOf(batches, 'failed'),
  }
}

function sumOf(batches: readonly BatchFact[], name: keyof Counts): number | undefined {
  return batches.length === 0 ? undefined : sumKnown(batches.map((batch) => countsOf(batch)?.[name]))
}

/** The platform's counts for a batch; undefined if it has no outcome, or one without counts. */
export function countsOf({ outcome }: Pick<BatchFact, 'outcome'>): Counts | undefined {
  return outcome !== undefined && 'counts' in outcome ? outcome.counts : undefined
}

/** The symbol and words that present each outcome. */
const OUTCOMES: Readonly<Record<RunOutcome, { readonly symbol: string; readonly words: string }>> = {
  published: { symbol: '✅', words: 'Published' },
  submitted: { symbol: '📨', words: 'Submitted' },
  skipped: { symbol: '⏭️', words: 'Skipped: the dataset already holds this data' },
  validated: { symbol: '✅', words: 'Validation passed' },
  planned: { symbol: '📋', words: 'Plan only: nothing was changed' },
  aborted: { symbol: '↩️', words: 'Aborted' },
  reverted: { symbol: '↩️', words: 'Reverted' },
  'partially-published': { symbol: '⚠️', words: 'Partially published' },
  'no-files': { symbol: '⚪', words: 'Nothing to publish' },
  'timed-out': { symbol: '⌛', words: 'Timed out waiting for ingestion' },
  cancelled: { symbol: '🛑', words: 'Cancelled' },
  invalid: { symbol: '❌', words: 'Not published' },
  failed: { symbol: '❌', words: 'Failed' },
}

/** A verdict and its reason; `why` is empty if the verdict needs none. */
type VerdictWords = { readonly verdict: string; readonly why: string }

function wordsFor(outcome: RunOutcome, why: string, facts: RunFacts): VerdictWords {
  // "Cannot publish …; nothing was sent" is a verdict.
  if (outcome === 'invalid' && why !== '') return { verdict: why, why: '' }
  return { verdict: verdictText(outcome, facts), why }
}

/** A revert has its own words for outcomes that it shares with a publish run. */
function verdictText(outcome: RunOutcome, facts: RunFacts): string {
  const { runInfo } = facts
  const isRevert = runInfo?.given.some(({ name, value }) => name === 'mode' && value === 'revert') ?? false
  if (outcome === 'reverted' && isOutAlready(facts)) return 'Nothing to revert: none of its rows are in the dataset'
  if (isRevert && outcome === 'submitted') return 'Revert accepted'
  if (isRevert && outcome === 'timed-out') return 'Timed out waiting for the revert'
  if (outcome === 'validated' && isUnvalidated(facts)) return 'Files read, rows not validated'
  const errors = rowsWithErrors(facts)
  return errors === 0
    ? OUTCOMES[outcome].words
    : (wordsDespite(count(errors, 'row'))[outcome] ?? OUTCOMES[outcome].words)
}

/** True with `validation: off`, or with `warn` if the schema could not be read. A mapping reports its own errors even then. */
function isUnvalidated({ validated, runInfo, doctor }: RunFacts): boolean {
  if (doctor !== undefined) return false
  const isOff = runInfo?.given.some(({ name, value }) => name === 'validation' && value === 'off') ?? false
  return validated === undefined || (isOff && rowsWithErrors({ validated }) === 0)
}

/** Without this case a second revert would appear to have reverted something. */
function isOutAlready({ batches }: RunFacts): boolean {
  return batches.every(({ outcome }) => outcome?.kind === 'reverted' && outcome.wasOut === true)
}

/** Words for outcomes that would look clean although the run continued despite rows with errors. */
function wordsDespite(rows: string): Partial<Record<RunOutcome, string>> {
  return {
    published: `Published with errors in ${rows}`,
    submitted: `Submitted with errors in ${rows}`,
    validated: `Validation found errors in ${rows}, which would not stop a publish run`,
    planned: `Plan only, nothing was changed: validation found errors in ${rows}`,
  }
}

function symbolOf(outcome: RunOutcome, facts: RunFacts): string {
  if (outcome === 'validated' && isUnvalidated(facts)) return OUTCOMES['no-files'].symbol
  const isDespite = rowsWithErrors(facts) > 0 && wordsDespite('')[outcome] !== undefined
  return isDespite ? OUTCOMES['partially-published'].symbol : OUTCOMES[outcome].symbol
}

function rowsWithErrors({ validated = [] }: Pick<RunFacts, 'validated'>): number {
  const { rejectedRows, changedRows } = countErrors(validated)
  return rejectedRows + changedRows
}

function reasonOf(end: RunEnd, stop: Stop | undefined): string {
  if (end.kind !== 'stopped') return end.verdict.fails ? shorten(end.verdict.why) : ''
  if (stop === undefined || stop.kind === 'cancelled') return ''
  if (stop.kind === 'unexpected') return `unexpected error (${stop.name})`
  const [first = ''] = stop.message.split('\n')
  // The first line of a message of several ends where a list begins.
  return shorten(first.replace(/:$/, ''))
}

type Said = VerdictWords & { readonly outcome: RunOutcome; readonly totals: Totals }

function headlineOf(said: Said, { batches }: RunFacts): string {
  const { outcome, verdict, why } = said
  if (outcome === 'skipped') return 'No change: the dataset already holds this data'
  const hasReplaced = batches.some((batch) => replacedBy(batch).length > 0)
  const named = verdict === OUTCOMES.published.words && hasReplaced ? 'Replaced the earlier data' : verdict
  const more = why === '' ? rowTexts(said).join(', ') : why
  return more === '' ? named : `${named}: ${more}`
}

/** Characters of a dataset name in the closing line. */
const LONGEST_NAME = 200

function closingLineOf(said: Said, facts: RunFacts): string {
  const { verdict, why } = said
  const reason = why === '' ? verdict : `${verdict}: ${why}`
  const details = detailTexts(said, facts, { withRows: true }).join(', ')
  if (details === '') return reason
  return `${reason}${reason.includes(': ') ? '; ' : ': '}${details}`
}

function detailTexts(
  said: Said,
  { batches, dataset, found }: RunFacts,
  { withRows }: { readonly withRows: boolean },
): readonly string[] {
  return [
    ...(found.length > 0 ? [count(found.length, 'file') + (said.outcome === 'invalid' ? ' found' : '')] : []),
    ...(withRows ? rowTexts(said) : []),
    ...(dataset === undefined
      ? []
      : [`dataset ${JSON.stringify(shorten(dataset.name, LONGEST_NAME))} (${dataset.id})`]),
    ...batchTexts(batches),
  ]
}

/** Rows that the platform wrote and rejected, if it counted them. A skipped run did not write the rows, so it omits "written". */
function rowTexts({ outcome, totals: { written, failed } }: Said): readonly string[] {
  return [
    ...(written === undefined ? [] : [`${count(written, 'row')}${outcome === 'skipped' ? '' : ' written'}`]),
    ...(failed === undefined || failed === 0 ? [] : [`${count(failed, 'row')} rejected`]),
  ]
}

/** The output `batch-ids` has all of them. */
const MOST_IDS = 5

function batchTexts(batches: readonly BatchFact[]): readonly string[] {
  if (batches.length === 0) return []
  const ids = batchIdsOf(batches)
  return [`${ids.length === 1 ? 'batch' : 'batches'} ${joinFirst(ids, MOST_IDS)}`]
}

function remedyFor(end: RunEnd, stop: Stop | undefined): string {
  if (end.kind === 'stopped') return stop !== undefined && 'remedy' in stop ? stop.remedy : ''
  if (!end.verdict.fails) return ''
  return end.kind === 'no-files' ? NO_FILES : (end.verdict.remedy ?? '')
}

const NO_FILES =
  'Check out the repository in an earlier step, and check that the files exist at this commit. Patterns are relative to the workspace and case-sensitive. If a run without files is fine, set "if-no-files-found: warn".'

function stopText(stop: Stop): string {
  switch (stop.kind) {
    case 'cancelled':
      return failureText(stop.message, 'To finish, run the job again.')
    case 'unexpected':
      return `Unexpected error (please report it): ${stop.trace}`
    case 'refused-files':
    case 'refused-rows':
    case 'time-over':
    case 'problem':
      return failureText(stop.message, stop.remedy)
    default:
      return stop satisfies never
  }
}

/** Puts what failed on the first line and the remedy on the second. A list in the message comes last. */
function failureText(message: string, remedy: string): string {
  const [first = '', ...list] = message.split('\n')
  const [only] = list
  const isOne = list.length === 1 && first.endsWith(':') && only !== undefined
  const lines = isOne ? [`${first} ${only.replace(/^- /, '')}`, remedy] : [first.replace(/:$/, ''), remedy, ...list]
  return lines.filter((part) => part !== '').join('\n')
}

export const CONTINUES = 'The platform continues to ingest what was completed, or may have been'

function continuesText(completed: readonly string[]): string {
  return completed.length === 0 ? '' : `\n${CONTINUES}: ${completed.join(', ')}`
}
