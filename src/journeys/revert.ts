import type { BatchId } from '../platform/ids.ts'
import { admit } from '../steps/admit.ts'
import { survey } from '../steps/earlier/survey.ts'
import type { Inputs } from '../steps/inputs.ts'
import { defaultPublication } from '../steps/plan/tags.ts'
import { revertBatch, type Reverted } from '../steps/revert.ts'
import { chooseNamed, choosePublish, type Chosen } from '../steps/revert/choose-batches.ts'
import { lastPublish } from '../steps/revert/last-publish.ts'
import type { Target } from '../steps/target.ts'
import { jobVerdict } from '../steps/verify/job-verdict.ts'
import type { Outcome } from '../steps/verify.ts'
import type { Ending } from './ending.ts'
import { findBatch } from './find-batch.ts'
import { locate } from './seek.ts'
import type { Tools } from './tools.ts'

/** `mode: revert`: takes a successful batch, or the last publish of a publication, out of the dataset. */
export async function revert(inputs: Inputs, tools: Tools): Promise<Ending> {
  admit(tools.run.event, inputs.allowPullRequest)
  const target = await locate(inputs, tools)
  const chosen =
    inputs.batchId === 'previous' ? await previous(inputs, target, tools) : [await named(inputs, target, tools)]
  for (const one of chosen) tools.say.info(`To revert: batch ${one.holder}. ${warnings(one).join(' ')}`)
  const outcomes: Outcome[] = []
  for (const holder of new Set(chosen.map((one) => one.holder))) {
    const own = chosen.filter((one) => one.holder === holder)
    tools.logbook.batch({ id: holder, ...partOf(own) })
    const ended = await revertBatch(holder, { waits: inputs.wait }, tools)
    const outcome = outcomeOf(ended, holder, own)
    tools.logbook.batch({ id: holder, status: ended.status, outcome })
    outcomes.push(outcome)
  }
  return { kind: 'judged', verdict: jobVerdict(outcomes, { ...inputs, rowsSent: undefined }) }
}

async function previous(inputs: Inputs, { dataset }: Target, tools: Tools): Promise<readonly Chosen[]> {
  const { repositoryId, runId } = tools.run
  const publication = inputs.publication || defaultPublication(inputs.patterns)
  const seen = await survey({ dataset: dataset.id, repositoryId, withHistory: true }, tools)
  return choosePublish(lastPublish({ publication, runId: Number(runId) }, seen), seen)
}

async function named({ batchId }: Inputs, target: Target, tools: Tools): Promise<Chosen> {
  const record = await findBatch(batchId, target, tools)
  const chosen = await chooseNamed(record, tools)
  if (chosen.holder !== record.id) tools.logbook.forget(record.id)
  return chosen
}

/** Said before, and once more in the summary. */
function warnings({ record, holder, mark }: Chosen): readonly string[] {
  const { predecessors } = record.replay
  const whose = record.tags['gh_repository']?.[0] ?? 'a repository'
  return [
    mark === undefined
      ? 'It was not published by this action.'
      : `It was published by ${JSON.stringify(mark.publication)} of ${whose} (${mark.run}).`,
    ...(holder === record.id ? [] : [`It holds ${record.id}, which the platform has consolidated into it.`]),
    ...(predecessors.length === 0 ? [] : [`It replaced ${predecessors.join(', ')}, which do not come back.`]),
    'The next run with the same content publishes it again.',
  ]
}

function partOf(own: readonly Chosen[]) {
  const [one] = own
  return own.length === 1 && one?.mark !== undefined ? { part: one.mark.part } : {}
}

function outcomeOf({ kind, status }: Reverted, id: BatchId, own: readonly Chosen[]): Outcome {
  const notes = [...new Set(own.flatMap(warnings))]
  switch (kind) {
    case 'reverted':
      return {
        kind: 'reverted',
        status,
        notes: ['Its rows are out of the dataset.', ...notes],
      }
    case 'was reverted':
      return {
        kind: 'reverted',
        status,
        notes: ['It is out of the dataset already, reverted or replaced before; nothing was sent.', ...notes],
      }
    case 'accepted':
      return {
        kind: 'submitted',
        status,
        notes: ['The platform has accepted to revert it; that it did was not waited for.', ...notes],
      }
    case 'timed out':
      return {
        kind: 'timed-out',
        status,
        notes: [
          `The platform has accepted to revert batch ${id}, which still reads "${status}". Run this again to see what became of it.`,
          ...notes,
        ],
      }
    default:
      return kind satisfies never
  }
}
