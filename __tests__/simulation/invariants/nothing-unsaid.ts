import type { Told } from '../play.ts'
import type { Played } from '../run-step.ts'
import { makerOf, saidBy, wasCompleted, type Invariant } from './reading.ts'

/** Nothing stays in `loading` that a warning, an error or the post phase doesn't name; what may be there is named in a note. */
export const openBatchesAreSaid: Invariant = (told) =>
  told.truth
    .filter(({ stage }) => stage === 'loading')
    .flatMap(({ id, externalId }) =>
      told.runs.some((run) => warnsOf(run).some((text) => text.includes(id) || text.includes(externalId)))
        ? []
        : [`${id} (${externalId}) stays in "loading", and nobody says so`],
    )

function isSaidAloud(level: string): boolean {
  return level === 'warning' || level === 'error'
}

function warnsOf({ recording }: Played): readonly string[] {
  return recording.log.flatMap(({ level, phase, text }) =>
    isSaidAloud(level) || (level === 'info' && (phase === 'post' || text.includes('was created twice'))) ? [text] : [],
  )
}

/**
 * A main phase that comes to its own end takes back what it did not complete, or says what it could not. One that is
 * cancelled may be in the middle of COMPLETE, after which nothing is taken back.
 */
export const endedRunsTidyUp: Invariant = (told) =>
  told.runs
    .filter(({ how, cancelledAtMs }) => how === 'ended' && cancelledAtMs === undefined)
    .flatMap((run) =>
      run.atEnd
        .filter((batch) => batch.stage === 'loading' && makerOf(batch, told) === run)
        .filter(
          ({ id, externalId }) => !leavesUnsettled(run).some((text) => text.includes(id) || text.includes(externalId)),
        )
        .map(({ id }) => `${run.name} ends, and its ${id} is still in "loading"`),
    )

/** An externalId is shown only of a batch that was looked for in vain. */
function leavesUnsettled({ recording }: Played): readonly string[] {
  return recording.log.flatMap(({ level, phase, text }) =>
    phase === 'main' && (level === 'warning' || text.includes('externalId')) ? [text] : [],
  )
}

/** Whatever may hold rows is named in the log of the run that completed it. */
export const completedBatchesAreNamed: Invariant = (told) =>
  told.truth.flatMap((batch) => {
    const maker = makerOf(batch, told)
    if (maker === undefined || !wasCompleted(batch) || saidBy(maker).includes(batch.id)) return []
    return [`${batch.id} was completed by ${maker.name}, whose log doesn't name it`]
  })

/** Tokens and secrets appear in no log, not even debug. */
export const secretsAreHidden: Invariant = ({ runs }: Told) =>
  runs.flatMap(({ name, recording }) =>
    recording.log.some(({ text }) => Array.from(recording.masks).some((secret) => text.includes(secret)))
      ? [`${name} shows a secret`]
      : [],
  )
