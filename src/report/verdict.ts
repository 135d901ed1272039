import { Cancelled } from '../base/cancelled.ts'
import { Problem } from '../base/problem.ts'
import { runOutcome, type Ending, type RunOutcome } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { brief } from './brief.ts'

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
export type Verdict = { readonly outcome: RunOutcome; readonly text: string; readonly why: string }

export function verdict(facts: Facts, ending: Ending): Verdict {
  const outcome = runOutcome(ending, facts)
  const why = whyOf(ending)
  // "Cannot publish …; nothing was sent" is a verdict.
  if (outcome === 'invalid' && why !== '') return { outcome, text: why, why: '' }
  return { outcome, text: textOf(outcome, facts), why }
}

/** A revert that isn't over is no publish that isn't. */
function textOf(outcome: RunOutcome, { errand }: Facts): string {
  const isRevert = errand?.given.some(({ name, value }) => name === 'mode' && value === 'revert') ?? false
  if (isRevert && outcome === 'submitted') return 'Revert accepted'
  if (isRevert && outcome === 'timed-out') return 'Timed out while waiting for the revert'
  return VERDICTS[outcome]
}

function whyOf(ending: Ending): string {
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
