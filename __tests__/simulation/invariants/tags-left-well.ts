import type { Told } from '../play.ts'
import { ASKED_FOR, otherTagsIn, profileTagsIn, sayTags } from '../truth.ts'
import type { Played } from '../run-step.ts'
import { makerOf, type Invariant } from './reading.ts'

/**
 * When all is over the two tags of every dataset are as they were, as asked for, or as a stranger set them: never off by
 * us. But for a run that says how to put them back, when all that its post step tried was struck.
 */
export const tagsAreLeftWell: Invariant = (told) =>
  told.datasets.flatMap(({ id, record }) => {
    const now = sayTags(profileTagsIn(record))
    const isKnown = allowedTags(id, told).includes(now)
    return isKnown || told.runs.some((run) => couldNotRestore(run, id)) ? [] : [`the tags of ${id} are left as ${now}`]
  })

function allowedTags(id: string, { datasetsBefore, deeds }: Told): readonly string[] {
  const before = datasetsBefore.find((dataset) => dataset.id === id)?.record
  const strangers = deeds.flatMap((deed) =>
    deed.kind === 'changes a dataset' && deed.who === 'stranger' && deed.dataset === id ? [deed.tags] : [],
  )
  return [profileTagsIn(before), ASKED_FOR, ...strangers].map(sayTags)
}

function couldNotRestore(run: Played, id: string): boolean {
  const { all, struck } = run.postAttempts
  const isSaid = run.recording.log.some(
    ({ level, text }) => (level === 'warning' || level === 'error') && text.includes(howToPutBack(id)),
  )
  return isSaid && struck === all
}

function howToPutBack(id: string): string {
  return `To restore them: PATCH /data/foundation/catalog/dataSets/${id}`
}

/** Every other tag is as it was, or as a stranger set it. */
export const otherTagsAreKept: Invariant = ({ datasets, datasetsBefore, story }) =>
  datasets.flatMap(({ id, record }) => {
    const before = datasetsBefore.find((dataset) => dataset.id === id)
    if (before === undefined) return []
    const wanted = otherTagsIn(before.record)
    const now = otherTagsIn(record)
    const strangers = story.strangers.some(({ kind }) => kind === 'sets a tag') ? ['team'] : []
    const changed = [...new Set([...Object.keys(wanted), ...Object.keys(now)])].filter(
      (tag) => !strangers.includes(tag) && JSON.stringify(now[tag]) !== JSON.stringify(wanted[tag]),
    )
    const isKept = strangers.every((tag) => !(tag in wanted) || tag in now)
    return changed.length === 0 && isKept
      ? []
      : [`of the other tags of ${id} these are not as before: ${changed.join(', ')}`]
  })

/** What is published for Profile is completed only while the tags are ready, as far as a look just before could tell. */
export const upsertsAreReady: Invariant = (told) =>
  told.deeds.flatMap((deed, index) => {
    if (deed.kind !== 'completes' || deed.isReadyForUpsert) return []
    const batch = told.truth.find(({ id }) => id === deed.batch)
    const maker = batch === undefined ? undefined : makerOf(batch, told)
    if (batch === undefined || maker === undefined || maker.plan.upsert === 'false') return []
    const earlier = told.deeds.slice(0, index).filter((one) => 'dataset' in one && one.dataset === batch.dataset)
    const looked = earlier.findLastIndex(({ kind, who }) => kind === 'reads a dataset' && who === maker.name)
    const changed = earlier.findLastIndex(({ kind }) => kind === 'changes a dataset')
    const mayBeStale = (told.story.settings.datasetLag?.staleReads ?? 0) > 0
    return changed > looked || (mayBeStale && changed >= 0)
      ? []
      : [`${maker.name} completes ${batch.id} for Profile, and the tags are not ready`]
  })
