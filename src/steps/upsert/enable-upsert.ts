import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import { formatDuration } from '../../base/words.ts'
import type { TagsBefore } from '../../ledger.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { batchesInWork, type BusyTools } from './busy-batches.ts'
import { caughtSince } from './caught-since.ts'
import { isReadyForUpsert, PROFILE_TAGS, profileTagsOf } from './profile-tags.ts'
import { changesTo, howToRestore, neverEnding, readsSoon, restoreTags, type Restored } from './restore-tags.ts'
import type { RestoreTools } from './restore-tags.ts'
import { needsSwitch, switchOff } from './switch-off.ts'
import { readDataset } from './read-dataset.ts'

export type EnableTools = RestoreTools & BusyTools & { readonly clock: Clock }

/** What was done to have a dataset take profile updates. */
export type Enabled =
  | { readonly kind: 'was enabled' }
  | {
      readonly kind: 'enabled'
      /** How long Profile took nothing, in milliseconds; 0 where it was off before. */
      readonly offMs: number
      /** Batches that were in work meanwhile: their rows may never reach Profile. */
      readonly caught: readonly BatchId[]
    }

/** Somebody else changed the dataset in the moment between look and change. */
const MOST_STARTS = 3

/**
 * Enables a dataset for profile updates, by the sequence of "Enable a dataset for profile updates using APIs":
 *
 * | tags now                        | changes                                                        |
 * |---------------------------------|----------------------------------------------------------------|
 * | all that is asked for           | none                                                           |
 * | Profile on, without upsert      | off, then on with upsert: in between nothing reaches Profile    |
 * | anything else                   | on with upsert                                                 |
 *
 * The tags are remembered before the first change, and put back when anything goes wrong, here or in the post step. A
 * signal is held off until they are as asked for, or as before; it fires for whoever comes next.
 *
 * @throws Problem when a batch of the dataset is in work, or the platform doesn't take or keep the tags.
 */
export async function enableUpsert(id: DatasetId, tools: EnableTools): Promise<Enabled> {
  for (let start = 1; start <= MOST_STARTS; start++) {
    const enabled = await enableOnce(id, tools)
    if (enabled !== 'changed meanwhile') return enabled
    tools.say.info(`Dataset "${id}" was changed by somebody else in this moment; looking again`)
  }
  throw new Problem(`Cannot enable dataset "${id}" for profile updates: others change it all the time`, {
    remedy: 'Nothing was sent or changed. Keep runs for one dataset apart with "concurrency:" in the workflow.',
  })
}

async function enableOnce(id: DatasetId, tools: EnableTools): Promise<Enabled | 'changed meanwhile'> {
  const { signal, clock, say, tagMemory } = tools
  if (isReadyForUpsert(profileTagsOf((await readDataset(id, signal, tools)).tags))) return { kind: 'was enabled' }
  await refuseInWork(id, tools)
  // Once more after that, which may have taken long: what is changed is what was looked at.
  const record = await readDataset(id, signal, tools)
  const now = profileTagsOf(record.tags)
  if (isReadyForUpsert(now)) return { kind: 'was enabled' }
  const before: Before = { dataset: id, ...now }
  const startMs = clock.now()
  tagMemory.remember(before)
  const off = needsSwitch(now)
  try {
    const switched = off ? await switchOff(record, before, tools) : { sinceMs: startMs }
    if (switched === 'changed meanwhile') {
      tagMemory.forget()
      return switched
    }
    await tools.datasets.changeTags(id, { changes: changesTo(PROFILE_TAGS, before) }, neverEnding())
    const offMs = off ? clock.now() - startMs : 0
    if (!(await readsSoon(id, isReadyForUpsert, tools))) throw notKept()
    tagMemory.forget()
    say.info(
      `Enabled dataset "${id}" for profile updates${off ? `; Profile was off for ${formatDuration(offMs)}` : ''}`,
    )
    return { kind: 'enabled', offMs, caught: off ? await caughtSince(id, switched.sinceMs, tools) : [] }
  } catch (error) {
    throw await undone(error, { before, startMs, off }, tools)
  }
}

type Before = TagsBefore & { readonly dataset: DatasetId }

/** A 200 is no proof: a real platform has answered one and done nothing. */
function notKept(): Problem {
  return new Problem('the platform took the tags, and they read otherwise', {
    remedy: 'Look at the dataset in the Experience Platform user interface.',
  })
}

type Undoing = { readonly before: Before; readonly startMs: number; readonly off: boolean }

async function undone(error: unknown, { before, startMs, off }: Undoing, tools: EnableTools): Promise<unknown> {
  if (!(error instanceof Problem)) return error
  const { dataset: id } = before
  const restored = await restoreTags(before, tools)
  const offText = off ? ` Profile may have been off for ${formatDuration(tools.clock.now() - startMs)}.` : ''
  if (off) await caughtSince(id, startMs, tools)
  const reason = error.message.replace(/^Cannot /, 'cannot ')
  return new Problem(`Cannot enable dataset "${id}" for profile updates: ${reason}`, {
    remedy: `Nothing was sent. ${stateOf(restored, before)}${offText}\n${error.remedy}`,
    cause: error,
  })
}

function stateOf(restored: Restored, before: TagsBefore): string {
  if (restored !== 'not restored') return `The tags of the dataset are ${restored}.`
  return `The tags could not be put back, and PROFILE MAY BE OFF for this dataset. ${howToRestore(before)}`
}

async function refuseInWork(id: DatasetId, tools: EnableTools): Promise<void> {
  const busy = await batchesInWork(id, tools)
  if (busy.length === 0) return
  throw new Problem(`Cannot enable dataset "${id}" for profile updates: batches are in work: ${busy.join(', ')}`, {
    remedy:
      'Nothing was sent or changed. What is ingested while Profile is switched over may never reach it: run again when they are settled. One that is "stalled" only Adobe can end.',
  })
}
