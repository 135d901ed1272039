import type { Inputs } from '../steps/inputs.ts'
import { findTarget, seekTarget, type Sought, type Target } from '../steps/target.ts'
import type { Tools } from './tools.ts'

/** Looks for the dataset, or for the schema of one that is still to be created, and says which it is. */
export async function seek(inputs: Inputs, tools: Tools): Promise<Sought> {
  const sought = await seekTarget(inputs, tools)
  if (sought.kind === 'to create') {
    const { name, schemaId } = sought.prospect
    tools.say.info(
      `There is no dataset ${JSON.stringify(name)} in sandbox "${inputs.sandbox}" yet; its schema is ${schemaId}`,
    )
    return sought
  }
  say(sought.target, tools)
  return sought
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
