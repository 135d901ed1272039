import { Cancelled } from '../base/cancelled.ts'
import type { Ending } from '../journeys/ending.ts'
import type { BatchFact, Facts } from '../journeys/logbook.ts'
import { code, some } from './markdown.ts'

/** What a cancel left of each batch; nothing for any other ending. */
export function cancelled({ batches }: Facts, ending: Ending, most: number): readonly string[] {
  if (ending.kind !== 'stopped' || !(ending.error instanceof Cancelled)) return []
  if (batches.length === 0) return ['Cancelled before any batch was created or changed: the dataset is as it was.']
  const list = (shown: readonly BatchFact[]) => shown.map((batch) => `- ${code(batch.id)} ${whatBecame(batch)}`)
  return [some(batches, { most, noun: 'batches' }, (shown) => ['What became of it:', ...list(shown)].join('\n'))]
}

function whatBecame({ status, isCompleted, outcome, openedMs }: BatchFact): string {
  if (outcome !== undefined) return 'had ended before.'
  if (isCompleted) return 'was completed, or may have been: the platform goes on with it. `mode: wait` follows it.'
  if (openedMs === undefined) return 'was there before this run, and what becomes of it was not seen. Run again to see.'
  if (status === 'aborted') return 'was aborted: nothing of it reached the dataset.'
  return 'could not be aborted in time: none of its rows is in the dataset, and the post step tries again.'
}
