import { Problem } from '../../base/problem.ts'
import type { TagsBefore } from '../../ledger.ts'
import type { DatasetRecord } from '../../platform/dataset-record.ts'
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
  { id, version }: DatasetRecord,
  before: TagsBefore,
  tools: RestoreTools,
): Promise<Off | 'changed meanwhile'> {
  const { datasets, say, clock } = tools
  // The last word of a runner that is lost from here on.
  say.info(`Switching Profile off and on again for dataset "${id}". ${howToRestore(before)}`)
  const changes = changesTo(PROFILE_OFF, before)
  const startMs = clock.now()
  const changed = await datasets.changeTags(id, { changes, ifVersion: version }, neverEnding())
  if (changed === 'missing') throw new Problem('it is gone', { remedy: 'Somebody deleted it while this ran.' })
  const now = await look(id, tools)
  if (changed === 'other version' && now?.version !== version)
    return isOff(now) ? { sinceMs: startMs } : 'changed meanwhile'
  if (isOff(now)) return { sinceMs: now?.updatedMs ?? startMs }
  // A version that is the same and is called another, or a change that doesn't show: once more, without it.
  await datasets.changeTags(id, { changes }, neverEnding())
  if (!isOff(await look(id, tools))) {
    say.warning(
      `Dataset "${id}" never read as switched off, so whether updates take effect can't be told: look at a profile after this publish`,
    )
  }
  return { sinceMs: startMs }
}

async function look(id: DatasetRecord['id'], { datasets }: RestoreTools): Promise<DatasetRecord | undefined> {
  const found = await datasets.read(id, neverEnding()).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  return found?.kind === 'found' ? found.record : undefined
}

function isOff(record: DatasetRecord | undefined): boolean {
  return record !== undefined && !profileState(profileTagsOf(record.tags)).isForProfile
}
