import { type Context, cleanupContext } from '../../context.ts'
import type { TagsBefore } from '../../github/left-behind.ts'
import { poll } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import type { TagChange } from '../../platform/datasets.ts'
import { type DatasetId, isDatasetId } from '../../platform/ids.ts'
import { RESTORE_MOST_ATTEMPTS, RESTORE_PAUSE_MS, WRITTEN_TAGS_LOOKS_AFTER_MS } from '../../platform/limits.ts'
import {
  PROFILE_OFF,
  type ProfileTags,
  isHalfWay,
  isReadyForUpsert,
  profileState,
  profileTagsOf,
  sameTags,
} from './tags.ts'

/** `gone`: the dataset no longer exists. Only `not restored` needs further action. */
export type RestoreResult = 'as before' | 'as asked for' | 'changed by somebody else' | 'gone' | 'not restored'

const TAGS = ['unifiedProfile', 'unifiedIdentity'] as const

/**
 * Restores the tags of a dataset. Tags that someone else has changed since are left alone, and so are tags that are already
 * as requested. Reads may lag: for a dataset whose Profile was on, a read can prevent the restoration but never replace it,
 * so the old values are written even if they read as restored. Ignores the signal, so that nothing ends it half way.
 *
 * @returns their state now. Never throws for errors of the platform.
 */
export async function restoreTags(before: TagsBefore, context: Context): Promise<RestoreResult> {
  const { dataset: id } = before
  if (!isDatasetId(id)) return 'gone'
  try {
    const restored = await restore(id, before, cleanupContext(context))
    if (restored === 'as before') context.log.info(`Restored the tags of dataset "${id}"`)
    if (restored === 'changed by somebody else') {
      context.log.warning(`The tags of dataset "${id}" were changed by someone else and are not restored`)
    }
    context.state.tags.forget()
    return restored
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    context.log.warning(`${error.message}. ${howToRestore(before)}`)
    return 'not restored'
  }
}

/** Not a poll: each turn writes, depending on the earlier refusals. */
async function restore(
  id: DatasetId,
  before: TagsBefore,
  context: Context,
): Promise<Exclude<RestoreResult, 'not restored'>> {
  let refused: unknown
  for (let attempt = 1; attempt <= RESTORE_MOST_ATTEMPTS; attempt++) {
    const seen = await readTags(id, context)
    const kept = seen === undefined ? undefined : reasonToLeave(seen, before)
    if (kept !== undefined) return kept
    // Profile was not on: reading again loses nothing, while writing blindly could overwrite someone else's tags.
    if (seen === undefined && !profileState(before).isForProfile && attempt < RESTORE_MOST_ATTEMPTS) {
      await context.waits.budget.clock.sleep(attempt * RESTORE_PAUSE_MS, neverAborted())
      continue
    }
    // After a refusal, tries plain operations that are based on the tags just read.
    const changes = isRefusal(refused) ? tagChangesTo(before, seen ?? before) : restoringChanges(before)
    const changed = await context.platform.datasets
      .changeTags(id, { changes }, neverAborted())
      .catch((error: unknown) => {
        refused = error
        return 'refused' as const
      })
    if (changed === 'missing') return 'gone'
    if (await haveBeenRestored(id, { before, wasRefused: changed === 'refused', attempt }, context)) return 'as before'
  }
  throw (
    refused ?? new Problem(`Cannot restore the tags of dataset "${id}": the platform reports others`, { remedy: '' })
  )
}

type WriteAttempt = { readonly before: TagsBefore; readonly wasRefused: boolean; readonly attempt: number }

/**
 * Decides by reading the tags, because an uncertain change may have been made. A read may lag too: after a refused change
 * that would switch Profile on again, it is trusted only at the last attempt.
 */
async function haveBeenRestored(
  id: DatasetId,
  { before, wasRefused, attempt }: WriteAttempt,
  context: Context,
): Promise<boolean> {
  if (!wasRefused) return await readsSoon(id, (now) => sameTags(now, before), context)
  await context.waits.budget.clock.sleep(attempt * RESTORE_PAUSE_MS, neverAborted())
  const now = await readTags(id, context)
  const isBelieved = !profileState(before).isForProfile || attempt === RESTORE_MOST_ATTEMPTS
  return isBelieved && now !== undefined && sameTags(now, before)
}

/** @returns why writing the tags is unnecessary or wrong, if it is. */
function reasonToLeave(seen: ProfileTags, before: TagsBefore): Exclude<RestoreResult, 'not restored'> | undefined {
  if (isReadyForUpsert(seen)) return 'as asked for'
  if (profileState(before).isForProfile) {
    const isOn = profileState(seen).isForProfile
    return isOn && !isHalfWay(seen, before) ? 'changed by somebody else' : undefined
  }
  if (sameTags(seen, before)) return 'as before'
  return isHalfWay(seen, before) ? undefined : 'changed by somebody else'
}

/** `undefined` if they can't be read now, which does not prevent writing them. */
async function readTags(id: DatasetId, { platform }: Context): Promise<ProfileTags | undefined> {
  const found = await platform.datasets.read(id, neverAborted()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  return found?.kind === 'found' ? profileTagsOf(found.record.tags) : undefined
}

/** Whether the tags read as expected within the time that reads may lag. */
export async function readsSoon(
  id: DatasetId,
  isSo: (tags: ProfileTags) => boolean,
  context: Context,
): Promise<boolean> {
  const isDone = (seen: ProfileTags | undefined) => seen !== undefined && isSo(seen)
  const { waits } = context
  const pauses = WRITTEN_TAGS_LOOKS_AFTER_MS
  return isDone(await poll(() => readTags(id, context), { isDone, pauses }, { waits, signal: neverAborted() }))
}

/**
 * Restores both tags whatever they are now, so that no lagging read decides what to remove. RFC 6902: removing a missing
 * member is refused, and operations apply in order. So a tag that did not exist before is set first and then removed.
 */
function restoringChanges(before: TagsBefore): readonly TagChange[] {
  return TAGS.flatMap((tag) => {
    const back = { tag, values: before[tag] }
    return back.values === undefined ? [{ tag, values: PROFILE_OFF[tag] }, back] : [back]
  })
}

/** True if the change was not made and would be refused again. */
function isRefusal(error: unknown): boolean {
  return error instanceof Problem && !error.isPassing && !error.mayHaveActed
}

/** Removes only existing tags, because removing a missing one is refused. */
export function tagChangesTo(to: ProfileTags, now: ProfileTags): readonly TagChange[] {
  return TAGS.filter((tag) => to[tag] !== undefined || now[tag] !== undefined).map((tag) => ({ tag, values: to[tag] }))
}

/** The exact request, for users who have to restore the tags by hand. */
export function howToRestore(before: TagsBefore): string {
  const operations = restoringChanges(before).map(({ tag, values }) => {
    const path = `/tags/${tag}`
    return values === undefined ? { op: 'remove', path } : { op: 'add', path, value: values }
  })
  return `To restore them: PATCH /data/foundation/catalog/dataSets/${before.dataset} with content-type application/json-patch+json and ${JSON.stringify(operations)}`
}

/** Only the time limit or the runner's kill can end the work half way. After a kill, the post step continues it. */
export function neverAborted(): AbortSignal {
  return new AbortController().signal
}
