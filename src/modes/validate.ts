import type { RunContext } from './steps/run.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { noFiles } from './steps/no-files.ts'
import { prepare, findOrPlanDataset } from './steps/prepare.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: validate`: finds, reads and checks the files, and sends nothing. Any event may do that. */
export async function validate(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const find = async () => (inputs.schemaFile === '' ? await findOrPlanDataset(inputs, context) : undefined)
  const prepared = await prepare(inputs, find, context)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, context)
  return { kind: 'validated', verdict: { fails: false } }
}
