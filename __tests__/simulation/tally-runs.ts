import { outcomeOf, saidBy } from './invariants/reading.ts'
import type { Played } from './run-step.ts'

/** What was decided on the way shows in what a run says. */
const DECISIONS: Readonly<Record<string, RegExp>> = {
  'sent beside nothing': /^Created batch (?!.*to replace)/m,
  'sent to replace': /^Created batch .*to replace/m,
  skipped: /^Skipped: the dataset already holds/m,
  'waited for what was in progress': /^Waiting for batches in progress/m,
  'aborted leftovers': /left open$/m,
  'started over': /^Starting over, nothing was completed/m,
  'gave up starting over': /^Cannot publish: others published into this dataset/m,
  'warned of other content': /^An earlier run of this publication is still active/m,
  'first guard': /but batches without a "publication" are active/,
  'second guard': /re-running this older run would/,
  'several publishes refused': /"previous" is ambiguous/,
  'consolidation refused': /has consolidated what is to be replaced/,
  'ids not active': /these batches are not active/,
  'named a rival': /at the same moment/,
  'predecessor left': /was to be replaced, but is still active/,
  'orphan looked for': /checking whether the batch exists/,
  'replay misunderstood': /did not accept the predecessors/,
  'went by pieces': /uploading it in chunks/,
  'tags enabled': /^Enabled dataset/m,
  'Profile was off': /Profile was off for/,
  'batches caught while off': /were in progress while Profile was off/,
  'not enabled: batches in progress': /batches are in progress/,
  'tags put back': /^Restored the tags of dataset/m,
  'tags left alone': /were changed by someone else/,
  'tags not put back': /PROFILE MAY BE OFF/,
  'not ready before COMPLETE': /^Cannot complete the batches/m,
  'dataset created': /^Created dataset/m,
  'dataset found after a lost creation': /after an unconfirmed creation/,
  'namesakes refused': /^Cannot tell which dataset/m,
  'dataset not listed in time': /but no list shows it yet/,
  'nothing to take back': /^Cannot revert the last publish/m,
  'taken back already': /It was taken back already/,
  packed: /^Created batch .*\(\d+ uploads?\)/m,
  'shards: none of the files': /^This shard has no files/m,
  'shards: rows left of an empty one': /of this shard stays in the dataset/,
  'shards: cut otherwise': /was divided into other shards/,
  'shards: saw other files': /not all shards of this run were made from the same files/,
  'rejected rows found': /rejected rows?, (?:\d+ )?located in your files/,
  'left open': /stays open/,
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
