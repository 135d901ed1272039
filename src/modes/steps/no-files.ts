import type { RunContext } from './run.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { slipHint } from '../../inputs/values.ts'
import { Problem } from '../../lib/errors.ts'
import { howToRevert } from '../../platform/batch-state.ts'
import type { NothingToPublish } from './prepare.ts'
import type { Target } from '../../publish/dataset.ts'
import { duplicateFault, isPastComplete } from '../../publish/published/compare.ts'
import { strayShards } from '../../publish/published/shards.ts'
import { NOTHING_PUBLISHED, type Published, findPublished } from '../../publish/published/find.ts'
import { publicationName } from '../../publish/tags.ts'
import type { RunEnd } from '../../report/facts.ts'

/**
 * Ends a run that has nothing to publish. If no pattern matches a file, `if-no-files-found` decides; an empty shard is
 * fine.
 *
 * @throws Problem when other shards of the run saw other files: files that are missing here may be in no shard
 */
export async function noFiles(nothing: NothingToPublish, inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const { kind, destination, filesHash, hints } = nothing
  if (kind === 'no-files' && inputs.shard === undefined) return noMatch(hints, inputs, context)
  if (kind === 'empty-shard') context.log.info('This shard has no files: nothing to publish')
  if (inputs.mode !== 'validate' && destination?.kind === 'exists')
    await checkOtherShards({ target: destination.target, filesHash }, inputs, context)
  return kind === 'no-files' ? noMatch(hints, inputs, context) : { kind: 'no-files', verdict: { fails: false } }
}

function noMatch(hints: NothingToPublish['hints'], { ifNoFilesFound, patterns }: Inputs, { log }: RunContext): RunEnd {
  const hinted = patterns.map((pattern) => ({ pattern, hint: hints.get(pattern) ?? slipHint(pattern) }))
  const told = hinted.map(({ pattern, hint }) => JSON.stringify(pattern) + hint)
  const text = `No file matches "glob": ${told.join(', ')}`
  switch (ifNoFilesFound) {
    case 'error':
      return { kind: 'no-files', verdict: { fails: true, why: text.replace(/^N/, 'n') } }
    case 'warn':
      log.warning(text)
      return { kind: 'no-files', verdict: { fails: false } }
    case 'ignore':
      // `ignore` is not meant for a slip in a pattern.
      if (hinted.some(({ hint }) => hint !== '')) log.warning(text)
      else log.info(text)
      return { kind: 'no-files', verdict: { fails: false } }
    default:
      return ifNoFilesFound satisfies never
  }
}

type EmptyShard = { readonly target: Target; readonly filesHash: string }

async function checkOtherShards(
  { target, filesHash: files }: EmptyShard,
  inputs: Inputs,
  context: RunContext,
): Promise<void> {
  const publication = publicationName(inputs)
  const { runId, attempt } = context.github.run
  const seen = await publishedOrNothing(target, context)
  const own = seen.batches.filter(({ provenance }) => provenance.publication === publication)
  const fault =
    strayShards({ publication, runId: Number(runId), attempt, filesHash: files }, seen) ?? duplicateFault(own)
  if (fault !== undefined)
    throw new Problem(`Cannot publish: this shard has no files, and ${fault.message}`, { remedy: fault.remedy })
  if (inputs.replayPredecessors.kind === 'previous') warnOfRowsLeft(seen, publication, context)
}

async function publishedOrNothing(target: Target, context: RunContext): Promise<Published> {
  try {
    return await findPublished({ dataset: target.dataset.id, repositoryId: context.github.run.repositoryId }, context)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    context.log.warning(
      `${error.message}. The action could not check whether this shard has rows in the dataset, and whether the others have the same files`,
    )
    return NOTHING_PUBLISHED
  }
}

/**
 * Warns of the shard's earlier batches: nothing can replace them, because a batch needs a file. Their rows stay until a
 * revert.
 */
function warnOfRowsLeft({ batches: held }: Published, publication: string, { log }: RunContext): void {
  const left = held.filter(({ state, provenance }) => isPastComplete(state) && provenance.publication === publication)
  for (const id of new Set(left.map(({ holder }) => holder))) {
    log.warning(
      `Batch ${id} of this shard stays in the dataset: its files no longer exist, and a shard without files replaces nothing. To revert it: ${howToRevert(id)}`,
    )
  }
}
