import { formatDuration } from '../base/words.ts'
import type { Facts } from '../journeys/logbook.ts'
import { profileState, profileTagsOf } from '../steps/upsert/profile-tags.ts'
import type { Tags } from '../platform/dataset-record.ts'
import { cell } from './markdown.ts'

const YES = '✅'
const NO = '❌'
const UNKNOWN = '❔ not looked at:'

/**
 * What success means for Real-Time Customer Profile, which takes rows by itself and later: which of its conditions hold, and
 * what of older rows stays there. Nothing where the dataset was never meant for it.
 */
export function profileLines(facts: Facts): readonly string[] {
  const { dataset, isUpsert, batches } = facts
  if (dataset === undefined) return []
  const state = profileState(profileTagsOf(dataset.tags))
  const isMeant = state.isForProfile || state.isForUpsert || isUpsert
  const isIn = batches.some(({ outcome }) => outcome !== undefined && IN_THE_LAKE.has(outcome.kind))
  if (!isMeant) return []
  if (!isIn) return [...switched(facts), ...remains(facts)]
  return [
    '**Profile.** Success means that the rows are in the data lake. Real-Time Customer Profile takes them by itself, later, and says nothing here.',
    conditions(facts),
    ...switched(facts),
    ...remains(facts),
  ]
}

const IN_THE_LAKE: ReadonlySet<string> = new Set(['published', 'partially-published', 'skipped', 'failed'])

function conditions({ dataset, schema }: Facts): string {
  const tags = dataset?.tags ?? {}
  const { isForProfile, isForIdentity, isForUpsert } = profileState(profileTagsOf(tags))
  const mark = (holds: boolean) => (holds ? YES : NO)
  const lines = [
    `${schema === undefined ? UNKNOWN : mark(schema.isUnion)} the schema takes part in Profile (\`union\`)`,
    `${mark(isForProfile)} the dataset is enabled for Profile (\`unifiedProfile\`)`,
    `${mark(isForIdentity)} and for identities (\`unifiedIdentity\`)`,
    isForUpsert ? CHANGES : REPLACES,
    ...flags(tags),
  ]
  return lines.map((line) => `- ${line}`).join('\n')
}

const CHANGES = '✅ records change profiles (`isUpsert`)'
const REPLACES = '▫️ records replace what this dataset said before (no `isUpsert`)'

/** Reported by users alone, and contradicted by a sample of Adobe's: worth a word, no more. */
function flags(tags: Tags): readonly string[] {
  const set = tags['acp_granular_plugin_validation_flags'] ?? []
  if (!set.includes('profile:disabled')) return []
  return [`⚠️ the flag \`${cell(set.join(', '))}\` is set; users report that such rows never reach Profile`]
}

function switched({ enabled }: Facts): readonly string[] {
  if (enabled?.kind !== 'enabled') return []
  const off = enabled.offMs === 0 ? '' : ` Profile was off for ${formatDuration(enabled.offMs)} meanwhile.`
  const caught =
    enabled.caught.length === 0
      ? ''
      : ` In work in that time, so that their rows may never reach Profile: ${enabled.caught.map((id) => `\`${id}\``).join(', ')}.`
  return [`This run enabled the dataset for profile updates.${off}${caught}`]
}

/** Replaying and reverting change the data lake alone. */
function remains({ batches, schema }: Facts): readonly string[] {
  const hasTakenOut = batches.some(({ replaced, outcome }) => {
    const isIn = outcome !== undefined && IN_THE_LAKE.has(outcome.kind)
    return outcome?.kind === 'reverted' || (isIn && replaced.length > 0)
  })
  if (!hasTakenOut || schema?.behaviour === 'time-series') return []
  return [
    'What was taken out of the data lake stays in Profile: fragments of record data are replaced there by newer ones of the same identity, and this does not remove them.',
  ]
}
