import { count } from '../base/words.ts'
import type { Ending } from '../journeys/ending.ts'
import type { BatchFact, Facts } from '../journeys/logbook.ts'
import { brief } from './brief.ts'
import { rowsText } from './rows-text.ts'
import { verdict } from './verdict.ts'

/** A name in one line among others. */
const LONGEST_NAME = 200
/** The output `batch-ids` has all of them. */
const MOST_IDS = 5

/** The verdict in one line that a person can paste into a ticket. */
export function closingLine(facts: Facts, ending: Ending): string {
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
