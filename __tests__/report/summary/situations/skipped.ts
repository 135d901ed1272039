import { batchOf, countsOf, spansOf, factsOf } from '../../../support/report/facts.ts'
import { published } from './published.ts'
import type { Situation } from './situation.ts'

const NOT_OURS = { bytes: undefined, openedMs: undefined, completedMs: undefined, finishedMs: undefined }
const counts = countsOf({ read: 79_257, written: 79_257, failed: 0 })

/** The same content once more. */
export const skipped: Situation = {
  facts: factsOf({
    ...published.facts,
    batches: [
      batchOf('01JNDQ3V8W51BJK6Z6REW345AQ', {
        ...NOT_OURS,
        rows: 79_257,
        isCompleted: false,
        outcome: { kind: 'skipped', status: 'success', counts, notes: [] },
      }),
    ],
    spans: spansOf([
      ['Find dataset and files', 1_000],
      ['Validate files', 2_500],
      ['Check existing batches', 700],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
