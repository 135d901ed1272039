import type { Told } from '../play.ts'
import type { Invariant } from './reading.ts'

const REMOVED = /^Profile removed the events of batch (\S+) \(/

/** What a run says that Profile has removed is not in Profile. */
export const removedIsOutOfProfile: Invariant = (told) =>
  told.runs.flatMap((run) =>
    run.recording.log.flatMap(({ text }) => {
      const [, batch = ''] = REMOVED.exec(text) ?? []
      return told.profileBatches.includes(batch)
        ? [`${run.name} says that Profile removed ${batch}, whose rows are there`]
        : []
    }),
  )

/** Profile is asked only where the input asks for it, and once for each batch. */
export const removalsAreAskedFor: Invariant = ({ story, systemJobs }: Told) => {
  if (!story.themes.profileRemoval && systemJobs.length > 0) return [`Profile was asked to remove ${systemJobs.join()}`]
  const doubled = systemJobs.filter((batch, index) => systemJobs.indexOf(batch) < index)
  return doubled.map((batch) => `Profile was asked twice to remove ${batch}`)
}
