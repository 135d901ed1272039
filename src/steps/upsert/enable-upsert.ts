import type { Clock } from '../../base/clock.ts'
import { Problem } from '../../base/problem.ts'
import { formatDuration } from '../../base/words.ts'
import type { TagsBefore } from '../../ledger.ts'
import type { BatchId, DatasetId } from '../../platform/ids.ts'
import { batchesInWork, batchesSince, type BusyTools } from './busy-batches.ts'
import {
  isReadyForUpsert,
  PROFILE_OFF,
  PROFILE_TAGS,
  profileState,
  profileTagsOf,
  type ProfileTags,
} from './profile-tags.ts'
import { changesTo, howToRestore, neverEnding, restoreTags, type Restored, type RestoreTools } from './restore-tags.ts'

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
 * signal is held off until they are as asked for, or as before.
 *
 * @throws Problem when a batch of the dataset is in work, or the platform doesn't take or keep the tags.
 */
export async function enableUpsert(id: DatasetId, tools: EnableTools): Promise<Enabled> {
  const { signal, clock, say, tagMemory } = tools
  const now = await tagsNow(id, tools)
  if (isReadyForUpsert(now)) return { kind: 'was enabled' }
  await refuseInWork(id, tools)
  signal.throwIfAborted()
  const before = { dataset: id, ...now }
  const startMs = clock.now()
  tagMemory.remember(before)
  const isOff = await change(before, tools).catch((error: unknown) => undo(error, before, tools))
  tagMemory.forget()
  const offMs = isOff ? clock.now() - startMs : 0
  say.info(
    `Enabled dataset "${id}" for profile updates${isOff ? `; Profile was off for ${formatDuration(offMs)}` : ''}`,
  )
  signal.throwIfAborted()
  const caught = isOff ? await caughtSince(id, startMs, tools) : []
  return { kind: 'enabled', offMs, caught }
}

/** As they are now: it may be long since the dataset was first read. */
export async function tagsNow(
  id: DatasetId,
  { datasets, signal }: Pick<EnableTools, 'datasets' | 'signal'>,
): Promise<ProfileTags> {
  const found = await datasets.read(id, signal)
  if (found.kind === 'found') return profileTagsOf(found.record.tags)
  throw new Problem(`Cannot read dataset "${id}": it is gone`, { remedy: 'Somebody deleted it while this ran.' })
}

/** @returns whether Profile was off in between. */
async function change(before: TagsBefore & { readonly dataset: DatasetId }, tools: EnableTools): Promise<boolean> {
  const { datasets } = tools
  const { dataset: id } = before
  const { isForProfile, isForUpsert } = profileState(before)
  const isOnWithout = isForProfile && !isForUpsert
  if (isOnWithout) {
    // The last word of a runner that is lost from here on.
    tools.say.info(`Switching Profile off and on again for dataset "${id}". ${howToRestore(before)}`)
    await datasets.changeTags(id, changesTo(PROFILE_OFF, before), neverEnding())
  }
  await datasets.changeTags(id, changesTo(PROFILE_TAGS, before), neverEnding())
  await readBack(id, tools)
  return isOnWithout
}

/** A 200 is no proof (a real platform has answered one and done nothing), and the first reads may lag. */
const MOST_LOOKS = 4
const PAUSE_MS = 1_000

async function readBack(id: DatasetId, { datasets, clock }: EnableTools): Promise<void> {
  let seen: ProfileTags | undefined
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const found = await datasets.read(id, neverEnding())
    seen = found.kind === 'found' ? profileTagsOf(found.record.tags) : undefined
    if (seen !== undefined && isReadyForUpsert(seen)) return
    await clock.sleep(PAUSE_MS, neverEnding())
  }
  throw new Problem(`the platform took the tags, and they read ${JSON.stringify(seen ?? 'as none')}`, {
    remedy: 'Look at the dataset in the Experience Platform user interface.',
  })
}

async function undo(error: unknown, before: TagsBefore, tools: EnableTools): Promise<never> {
  if (!(error instanceof Problem)) throw error
  const restored = await restoreTags(before, tools)
  const reason = error.message.replace(/^Cannot /, 'cannot ')
  throw new Problem(`Cannot enable dataset "${before.dataset}" for profile updates: ${reason}`, {
    remedy: `Nothing was sent. ${stateOf(restored, before)}\n${error.remedy}`,
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
      'Nothing was sent or changed. What is ingested while Profile is switched over may never reach it: run again when they are settled.',
  })
}

/** Nobody can keep another job from completing a batch in this moment; it can only be said. */
async function caughtSince(id: DatasetId, sinceMs: number, tools: EnableTools): Promise<readonly BatchId[]> {
  const caught = await batchesSince(id, sinceMs, tools).catch((error: unknown) => {
    tools.signal.throwIfAborted()
    if (!(error instanceof Problem)) throw error
    tools.say.warning(`${error.message}. Whether other batches were in work while Profile was off was not seen`)
    return []
  })
  if (caught.length > 0) {
    tools.say.warning(
      `These batches were in work while Profile was off, so their rows may never reach it: ${caught.join(', ')}. ` +
        'They are in the data lake. To bring them to Profile, publish their content once more ("if-unchanged: publish" with "replay-predecessors: previous")',
    )
  }
  return caught
}
