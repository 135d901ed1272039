import { count } from '../base/words.ts'
import { runOutcome, type Ending, type RunOutcome } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { outputs } from './outputs.ts'

const VERDICTS: Readonly<Record<RunOutcome, string>> = {
  published: 'Published',
  submitted: 'Submitted',
  skipped: 'Skipped',
  validated: 'Checked, and nothing wrong that would stop a publish',
  aborted: 'Aborted',
  reverted: 'Reverted',
  'partially-published': 'Partially published',
  'no-files': 'Nothing to publish',
  'timed-out': 'Timed out while waiting',
  cancelled: 'Cancelled',
  invalid: 'Not published: files or rows must not be sent',
  failed: 'Failed',
}

/** The verdict in one line that a person can paste into a ticket. */
export function closingLine(facts: Facts, ending: Ending): string {
  const verdict = VERDICTS[runOutcome(ending, facts)]
  const { batches, dataset, found } = facts
  const { 'records-written': written, 'records-failed': failed } = outputs(facts, ending)
  const what = [
    ...(found.length > 0 ? [count(found.length, 'file')] : []),
    ...(written === '' ? [] : [`${count(Number(written), 'row')} written`]),
    ...(failed === '' || failed === '0' ? [] : [`${count(Number(failed), 'row')} rejected`]),
    ...(dataset === undefined ? [] : [`dataset ${JSON.stringify(dataset.name)} (${dataset.id})`]),
    ...(batches.length > 0
      ? [`${batches.length === 1 ? 'batch' : 'batches'} ${batches.map(({ id }) => id).join(', ')}`]
      : []),
  ]
  return [verdict, what.join(', '), why(ending)].filter((part) => part !== '').join(': ')
}

function why(ending: Ending): string {
  if (ending.kind !== 'stopped') return ending.verdict.fails ? ending.verdict.why : ''
  const [first = ''] = (ending.error instanceof Error ? ending.error.message : String(ending.error)).split('\n')
  // The first line of a message of several ends where a list begins.
  return first.replace(/:$/, '')
}
