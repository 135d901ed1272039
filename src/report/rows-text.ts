import { count } from '../base/words.ts'
import { runOutcome, type Ending } from '../journeys/ending.ts'
import type { Facts } from '../journeys/logbook.ts'
import { outputs } from './outputs.ts'

/** Rows that the platform took and rejected, as far as it counted. What was there before this run was not written by it. */
export function rowsText(facts: Facts, ending: Ending): readonly string[] {
  const { 'records-written': written, 'records-failed': failed } = outputs(facts, ending)
  const isOld = runOutcome(ending, facts) === 'skipped'
  return [
    ...(written === '' ? [] : [`${count(Number(written), 'row')}${isOld ? '' : ' written'}`]),
    ...(failed === '' || failed === '0' ? [] : [`${count(Number(failed), 'row')} rejected`]),
  ]
}
