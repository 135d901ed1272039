import { batchOf, datasetOf, runInfoOf, factsOf, spansOf } from '../../../support/report/facts.ts'
import type { Situation } from './situation.ts'

const NOBODY_COUNTED = {
  rows: undefined,
  bytes: undefined,
  openedMs: undefined,
  completedMs: undefined,
  finishedMs: undefined,
}
const MARK = 'was published by "members" of acme/loyalty-data (https://github.com/acme/loyalty-data/actions/runs/998).'
const AGAIN = 'The next run with the same data publishes it again.'

function taken(id: string, number: number) {
  const notes = ['The rows were removed from the dataset.', `Batch ${id} ${MARK}`, AGAIN]
  const outcome = { kind: 'reverted', status: 'inactive', notes } as const
  return batchOf(id, { ...NOBODY_COUNTED, part: { number, of: 2 }, isCompleted: false, status: 'inactive', outcome })
}

export const reverted: Situation = {
  facts: factsOf({
    runInfo: runInfoOf({ mode: 'revert', 'batch-id': 'previous', publication: 'members', glob: '' }),
    dataset: datasetOf({ tags: { unifiedProfile: ['enabled:true'] } }),
    batches: [taken('01JNDQP2D3VTPCSYSB1SJWH08A', 1), taken('01JNDQP2D3VTPCSYSB1SJWH08B', 2)],
    spans: spansOf([
      ['Revert', 31_000],
      ['Revert', 28_400],
    ]),
  }),
  end: { kind: 'judged', verdict: { fails: false } },
}
