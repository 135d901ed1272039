import { Problem } from '../base/problem.ts'
import { isPastComplete } from '../steps/earlier/overtaken.ts'
import { survey } from '../steps/earlier/survey.ts'
import type { Inputs } from '../steps/inputs.ts'
import { publicationName } from '../steps/plan/publication-name.ts'
import { howToRevert } from '../steps/revert/how-to-revert.ts'
import type { Sought } from '../steps/target.ts'
import type { Ending } from './ending.ts'
import type { Nothing } from './prepare.ts'
import type { Tools } from './tools.ts'

/** There is nothing to publish. That no pattern matched anything `if-no-files-found` judges; an empty share is as good as any. */
export async function noFiles({ kind, sought }: Nothing, inputs: Inputs, tools: Tools): Promise<Ending> {
  if (kind === 'no files') return noMatch(inputs, tools)
  tools.say.info('No file is of this share: there is nothing to publish')
  if (inputs.mode !== 'validate') await warnOfRowsLeft(sought, inputs, tools)
  return { kind: 'no files', verdict: { fails: false } }
}

function noMatch({ ifNoFilesFound, patterns }: Inputs, { say }: Tools): Ending {
  const text = `No file matches "glob": ${patterns.map((pattern) => JSON.stringify(pattern)).join(', ')}`
  switch (ifNoFilesFound) {
    case 'error':
      return { kind: 'no files', verdict: { fails: true, why: text } }
    case 'warn':
      say.warning(text)
      return { kind: 'no files', verdict: { fails: false } }
    case 'ignore':
      say.info(text)
      return { kind: 'no files', verdict: { fails: false } }
    default:
      return ifNoFilesFound satisfies never
  }
}

/** What is to be replaced can't be: a batch needs a file. Its rows stay until somebody takes them back. */
async function warnOfRowsLeft(sought: Sought | undefined, inputs: Inputs, tools: Tools): Promise<void> {
  if (inputs.replayPredecessors.kind !== 'previous' || sought?.kind !== 'there') return
  try {
    for (const id of await holdersLeft(sought, inputs, tools)) {
      tools.say.warning(
        `Batch ${id} of this share stays in the dataset: its files are gone, and a share without files replaces nothing. To take it back: ${howToRevert(id)}`,
      )
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    tools.say.warning(`${error.message}. Whether rows of this share are still in the dataset was not seen`)
  }
}

async function holdersLeft({ target }: Sought & { readonly kind: 'there' }, inputs: Inputs, tools: Tools) {
  const { held } = await survey({ dataset: target.dataset.id, repositoryId: tools.run.repositoryId }, tools)
  const name = publicationName(inputs)
  const left = held.filter(({ standing, mark }) => isPastComplete(standing) && mark.publication === name)
  return new Set(left.map(({ holder }) => holder))
}
