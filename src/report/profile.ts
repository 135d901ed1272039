import { formatDuration } from '../lib/text.ts'
import { stateOf } from '../platform/batch-state.ts'
import type { Tags } from '../platform/records.ts'
import { profileState, profileTagsOf } from '../publish/profile/tags.ts'
import { holdsRows, replacedBy } from './effects.ts'
import { cell, code, details } from './markdown.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'

const YES = '✅'
const NO = '❌'
const UNKNOWN = '❔ not checked:'

/**
 * Explains what success means for Real-Time Customer Profile, which ingests rows asynchronously: which of its conditions
 * hold, and which older rows stay there. Collapsed if every condition holds and nothing else needs attention. Empty for a
 * dataset that is not used with Profile.
 */
export function profileSection(report: RunReport): readonly string[] {
  const { dataset, isUpsert, batches } = report
  if (dataset === undefined) return []
  const state = profileState(profileTagsOf(dataset.tags))
  const isMeant = state.isForProfile || state.isForUpsert || isUpsert
  if (!isMeant) return []
  const usual = batches.some(holdsRows) ? [IN_THE_LAKE, conditionList(report)] : []
  const more = [...enableLines(report), ...leftoverLines(report)]
  if (usual.length + more.length === 0) return []
  const isAsUsual = more.length === 0 && !/❌|❔|⚠️/u.test(usual.join(''))
  return isAsUsual
    ? [details('Profile ingests these rows asynchronously', usual.join('\n\n'))]
    : ['#### Profile', ...usual, ...more]
}

const IN_THE_LAKE =
  'The rows are in the data lake. Real-Time Customer Profile ingests them from there asynchronously, and does not report the result here.'

function conditionList({ dataset, schema }: RunReport): string {
  const tags = dataset?.tags ?? {}
  const { isForProfile, isForIdentity, isForUpsert } = profileState(profileTagsOf(tags))
  const mark = (holds: boolean) => (holds ? YES : NO)
  const lines = [
    `${schema === undefined ? UNKNOWN : mark(schema.isUnion)} the schema is enabled for Profile (\`union\`)`,
    `${mark(isForProfile)} the dataset is enabled for Profile (\`unifiedProfile\`)`,
    `${mark(isForIdentity)} and for identities (\`unifiedIdentity\`)`,
    isForUpsert ? CHANGES : REPLACES,
    ...flagLines(tags),
  ]
  return lines.map((line) => `- ${line}`).join('\n')
}

const CHANGES = '✅ records update profiles (`isUpsert`)'
const REPLACES = '▫️ each record overwrites the earlier one from this dataset (no `isUpsert`)'

/** Only users report this effect, and one of Adobe's samples contradicts it: it deserves a warning, no more. */
function flagLines(tags: Tags): readonly string[] {
  const set = tags['acp_granular_plugin_validation_flags'] ?? []
  if (!set.includes('profile:disabled')) return []
  return [
    `⚠️ the flag ${code(set.join(', '))} is set; users report that rows of a dataset with this flag never reach Profile`,
  ]
}

function enableLines({ enabled }: RunReport): readonly string[] {
  if (enabled?.kind !== 'enabled') return []
  const off = enabled.offMs === 0 ? '' : ` Profile was off for ${formatDuration(enabled.offMs)}.`
  const caught = `⚠️ Batches in progress during that time, whose rows may never reach Profile: ${cell(enabled.caught.join(', '))}.`
  return [`This run enabled the dataset for profile updates.${off}`, ...(enabled.caught.length === 0 ? [] : [caught])]
}

/**
 * True if a revert removed rows that may stay in Profile. A failed batch had no rows to remove, and a requested removal from
 * Profile has its own note.
 */
function wasTakenOut({ outcome }: ReportedBatch): boolean {
  if (outcome?.kind !== 'reverted' || outcome.profileRemoval !== undefined) return false
  const { isGone, heldRows } = stateOf(outcome)
  return !isGone || heldRows
}

/**
 * Says which removed rows stay in Profile and what to do about them, for log and summary. Replacing and reverting change
 * only the data lake. Empty if the dataset is not enabled for Profile, or if nothing was removed.
 */
export function leftoverLines({ dataset, batches, schema }: RunReport): readonly string[] {
  if (dataset === undefined || !profileState(profileTagsOf(dataset.tags)).isForProfile) return []
  const hasTakenOut = batches.some((batch) => wasTakenOut(batch) || replacedBy(batch).length > 0)
  if (!hasTakenOut) return []
  if (schema === undefined) return [ANYTHING_STAYS]
  return [schema.behaviour === 'time-series' ? EVENTS_STAY : RECORDS_STAY]
}

const ANYTHING_STAYS =
  'Profile still contains what was removed from the data lake. For records, publish older or corrected values; for events, run the revert with "revert-profile: true".'

const RECORDS_STAY =
  'Profile still contains what was removed from the data lake: it replaces fragments of record data only with newer ones of the same identity. To correct profiles, publish records with the older or corrected values.'
const EVENTS_STAY =
  'Events that were removed from the data lake stay in Profile: "mode: revert" with their "batch-id" and "revert-profile: true" removes them there, also for a batch that was replaced or reverted before.'
