import { Problem } from '../base/problem.ts'
import type { Inputs } from '../steps/inputs.ts'
import { findTarget, seekTarget, type Sought, type Target } from '../steps/target.ts'
import type { Tools } from './tools.ts'

/** Looks for the dataset, or for the schema of one that is still to be created, and says which it is. */
export async function seek(inputs: Inputs, tools: Tools): Promise<Sought> {
  const sought = await seekTarget(inputs, tools)
  if (sought.kind === 'to create') {
    const { name, schemaId } = sought.prospect
    refuseToReplace(inputs, name)
    tools.say.info(
      `There is no dataset ${JSON.stringify(name)} in sandbox "${inputs.sandbox}" yet; its schema is ${schemaId}`,
    )
    return sought
  }
  say(sought.target, tools)
  return sought
}

/** Before the dataset is created: afterwards the batches would be found to be of another one. */
function refuseToReplace({ replayPredecessors: asked }: Inputs, name: string): void {
  if (asked.kind !== 'ids') return
  throw new Problem(`Cannot replace ${asked.ids.join(', ')}: there is no dataset ${JSON.stringify(name)} yet`, {
    remedy: 'Check "dataset", or leave "replay-predecessors" out.',
  })
}

/** Finds the dataset, which must be there, and says which it is. */
export async function locate(inputs: Inputs, tools: Tools): Promise<Target> {
  const target = await findTarget(inputs, tools)
  say(target, tools)
  return target
}

function say({ dataset, sandbox }: Target, tools: Tools): void {
  tools.logbook.note({ dataset })
  tools.say.info(`Dataset ${JSON.stringify(dataset.name)} (${dataset.id}) in sandbox "${sandbox}"`)
}
