import { Problem } from '../../base/problem.ts'
import { ranked } from '../../base/nearest.ts'
import type { BatchId } from '../../platform/ids.ts'
import type { Held, Survey } from '../earlier/survey.ts'
import { statusKind } from '../watch/status.ts'

/** Which publication's last publish is meant, and by which run. */
export type Asking = { readonly publication: string; readonly runId: number }

/**
 * The last publish of a publication: all batches that ever succeeded with the one `gh_publish` that the highest run brought,
 * reverted ones included, so that a re-run finds the same one again and takes back no more.
 *
 * @throws Problem when there is none, something is in work, or a later run than this one brought it.
 */
export function lastPublish({ publication, runId }: Asking, { held }: Survey): readonly Held[] {
  const own = held.filter(({ mark }) => mark.publication === publication)
  const busy = own.filter(({ standing }) => standing === 'in work' || standing === 'stalled')
  if (busy.length > 0) throw unsettled(publication, busy)
  const [last] = own.filter(hadSucceeded).toSorted(latestFirst)
  if (last === undefined) throw nothing(publication, held)
  if (last.mark.runId > runId) throw later(last)
  return own.filter((one) => hadSucceeded(one) && one.mark.publish === last.mark.publish)
}

/** Its rows were in the dataset once; `deleted` is what becomes of an inactive batch later. */
function hadSucceeded({ standing, record: { status } }: Held): boolean {
  const kind = statusKind(status)
  return standing === 'active' || kind === 'withdrawn' || kind === 'moved out' || status === 'deleted'
}

/** By the run that brought it, then the attempt; within one attempt the younger batch. */
function latestFirst(a: Held, b: Held): number {
  const created = (b.record.createdMs ?? 0) - (a.record.createdMs ?? 0)
  return b.mark.runId - a.mark.runId || b.mark.attempt - a.mark.attempt || created
}

function unsettled(publication: string, busy: readonly Held[]): Problem {
  const ids: readonly BatchId[] = busy.map(({ record }) => record.id)
  return new Problem(
    `Cannot revert the last publish of ${JSON.stringify(publication)}: still in work: ${ids.join(', ')}`,
    {
      remedy: 'Run again when that is settled: only then is it known which publish is the last.',
    },
  )
}

function nothing(publication: string, held: readonly Held[]): Problem {
  const names = ranked(
    publication,
    held.map(({ mark }) => mark.publication),
  )
  const others = names.map((name) => JSON.stringify(name)).join(', ')
  return new Problem(
    `Cannot revert the last publish of ${JSON.stringify(publication)}: this repository never published it`,
    {
      remedy:
        others === ''
          ? 'Nothing of this repository was ever published into this dataset.'
          : `Check "publication", or "glob" where it has no name. The nearest in this dataset: ${others}.`,
    },
  )
}

function later({ mark, record }: Held): Problem {
  return new Problem(
    `Cannot revert batch "${record.id}": a later run published it (${mark.run}), and this run must not undo it`,
    {
      remedy: 'Start a new run instead of running this one again.',
    },
  )
}
