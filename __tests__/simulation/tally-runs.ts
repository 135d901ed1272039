import { outcomeOf, saidBy } from './invariants/reading.ts'
import type { Played } from './run-step.ts'

/** What was decided on the way shows in what a run says. */
const DECISIONS: Readonly<Record<string, RegExp>> = {
  'sent beside nothing': /^Opened batch \S+$/m,
  'sent to replace': /^Opened batch .*to replace/m,
  skipped: /^Nothing to send/m,
  'waited for what was in work': /^Waiting for what is in work/m,
  'aborted leftovers': /left open$/m,
  'started over': /^Starting over before COMPLETE/m,
  'gave up starting over': /^Cannot publish: others published into this dataset/m,
  'warned of other content': /^Other content of this publication stays/m,
  'guard a': /while batches without a name of their own are active/,
  'guard b': /this run must not undo it/,
  'several publishes refused': /"previous" must mean one publish/,
  'consolidation refused': /has consolidated what is to be replaced/,
  'ids not active': /these batches are not active/,
  'named a rival': /at the same moment/,
  'predecessor left': /was to be replaced, and is still active/,
  'orphan looked for': /looking whether the batch exists/,
  'replay misunderstood': /did not understand the predecessors/,
  'went by pieces': /it goes by pieces/,
  'tags enabled': /^Enabled dataset/m,
  'Profile was off': /Profile was off for/,
  'batches caught while off': /were in work while Profile was off/,
  'not enabled: batches in work': /batches are in work/,
  'tags put back': /^The tags of dataset .* are what they were before/m,
  'tags left alone': /were changed by somebody else/,
  'tags not put back': /PROFILE MAY BE OFF/,
  'not ready before COMPLETE': /^Cannot complete the publish/m,
  'dataset created': /^Created dataset/m,
  'dataset found after a lost creation': /after a creation that was not confirmed/,
  'namesakes refused': /^Cannot tell which dataset/m,
  'dataset not listed in time': /and no list shows it yet/,
  'nothing to take back': /^Cannot revert the last publish/m,
  'taken back already': /It was taken back already/,
  packed: /to send in 1 file$/m,
  'shards: none of the files': /^No file is of this share/m,
  'shards: rows left of an empty one': /of this share stays in the dataset/,
  'shards: cut otherwise': /was shared out otherwise/,
  'shards: saw other files': /not all shares of this run are cut out of the same files/,
  'rejected rows found': /rejected rows? that could be read, [1-9]/,
  'left open': /is left open/,
  'post: completed': /was completed and is/,
}

export function tallyRuns(runs: readonly Played[]): ReadonlyMap<string, number> {
  const tally = new Map<string, number>()
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)
  for (const run of runs) {
    count(`outcome: ${run.how === 'killed' ? 'killed' : outcomeOf(run)}`)
    for (const [name, said] of Object.entries(DECISIONS)) if (said.test(saidBy(run))) count(`decision: ${name}`)
  }
  return tally
}
