import type { Tools } from '../context.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { noFiles } from './no-files.ts'
import { prepare, findOrPlanDataset } from './prepare.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: validate`: finds, reads and checks the files, and sends nothing. Any event may do that. */
export async function validate(inputs: Inputs, tools: Tools): Promise<RunEnd> {
  const find = async () => (inputs.schemaFile === '' ? await findOrPlanDataset(inputs, tools) : undefined)
  const prepared = await prepare(inputs, find, tools)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, tools)
  return { kind: 'validated', verdict: { fails: false } }
}
