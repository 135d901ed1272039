import { Problem } from '../../base/problem.ts'
import type { TagsBefore } from '../../ledger.ts'
import type { DatasetRecord } from '../../platform/dataset-record.ts'
import type { TagChanges } from '../../platform/datasets.ts'
import type { DatasetId } from '../../platform/ids.ts'
import { PROFILE_OFF, profileState, profileTagsOf, type ProfileTags } from './profile-tags.ts'
import { changesTo, howToRestore, neverEnding, type RestoreTools } from './restore-tags.ts'

/** Since when Profile is off, by the platform's clock where it tells; milliseconds since the epoch. */
export type Off = { readonly sinceMs: number }

/** Only Profile that is on without upsert has to go off first. */
export function needsSwitch(tags: ProfileTags): boolean {
  const { isForProfile, isForUpsert } = profileState(tags)
  return isForProfile && !isForUpsert
}

/**
 * Switches Profile off, and looks whether it is: a 200 is no proof. The change is bound to the version that was read, so
 * that an attempt which comes late, or after somebody else's change, does nothing.
 */
export async function switchOff(
  record: DatasetRecord,
  before: TagsBefore,
  tools: RestoreTools,
): Promise<Off | 'changed meanwhile'> {
  const { id, version } = record
  // The last word of a runner that is lost from here on.
  tools.say.info(`Switching Profile off and on again for dataset "${id}". ${howToRestore(before)}`)
  // Only a tag that is there: one that came by this would stay behind a runner that is lost from here on.
  const { unifiedIdentity } = before
  const off = changesTo({ ...PROFILE_OFF, ...(unifiedIdentity === undefined ? { unifiedIdentity } : {}) }, before)
  const startMs = tools.clock.now()
  if ((await change(id, { changes: off, ifVersion: version }, tools)) === 'done') {
    return await confirmOff(id, { changes: off, ifVersion: version }, { startMs, tools })
  }
  const now = await lookForOther(record, tools)
  if (now.version !== version) return isOff(now) ? { sinceMs: startMs } : 'changed meanwhile'
  // The version is the same, and is called something else there.
  await change(id, { changes: off }, tools)
  return await confirmOff(id, { changes: off }, { startMs, tools })
}

async function change(
  id: DatasetId,
  changes: TagChanges,
  { datasets }: RestoreTools,
): Promise<'done' | 'other version'> {
  const changed = await datasets.changeTags(id, changes, neverEnding())
  if (changed === 'missing') throw new Problem('it is gone', { remedy: 'Somebody deleted it while this ran.' })
  return changed
}

/**
 * Where it doesn't read as off, the change was not made, or the read lags: once more, then. Bound to the same version that
 * does nothing where the first was made, and its refusal says so.
 */
async function confirmOff(
  id: DatasetId,
  again: TagChanges,
  { startMs, tools }: { readonly startMs: number; readonly tools: RestoreTools },
): Promise<Off> {
  const now = await look(id, tools)
  if (isOff(now)) return { sinceMs: now?.updatedMs ?? startMs }
  if ((await change(id, again, tools)) === 'done' && !isOff(await look(id, tools))) {
    tools.say.warning(
      `Dataset "${id}" never read as switched off, so whether updates take effect can't be told: look at a profile after this publish`,
    )
  }
  return { sinceMs: startMs }
}

/** A read may lag behind somebody else's change, and behind an attempt of ours whose answer got lost. */
const LOOK_AFTER_MS = [0, 1_000, 2_000, 4_000]

/** @throws Problem where it can't be read: that it is off can't be excluded then, and the tags have to be put back. */
async function lookForOther({ id, version }: DatasetRecord, tools: RestoreTools): Promise<DatasetRecord> {
  let now: DatasetRecord | undefined
  for (const pauseMs of LOOK_AFTER_MS) {
    await tools.clock.sleep(pauseMs, neverEnding())
    now = (await look(id, tools)) ?? now
    if (now !== undefined && now.version !== version) return now
  }
  if (now !== undefined) return now
  throw new Problem('it was changed by somebody else, and it can not be read', {
    remedy: 'Run again in a few minutes.',
  })
}

async function look(id: DatasetId, { datasets }: RestoreTools): Promise<DatasetRecord | undefined> {
  const found = await datasets.read(id, neverEnding()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  return found?.kind === 'found' ? found.record : undefined
}

function isOff(record: DatasetRecord | undefined): boolean {
  return record !== undefined && !profileState(profileTagsOf(record.tags)).isForProfile
}
