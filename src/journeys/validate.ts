import { discover } from '../steps/discover.ts'
import type { Inputs } from '../steps/inputs.ts'
import { preflight } from '../steps/preflight.ts'
import { check } from './check.ts'
import type { Ending } from './ending.ts'
import { noFiles } from './no-files.ts'
import { seek } from './seek.ts'
import type { Tools } from './tools.ts'

/** `mode: validate`: finds, reads and checks the files, and sends nothing. Any event may do that. */
export async function validate(inputs: Inputs, tools: Tools): Promise<Ending> {
  const sought = inputs.schemaFile === '' ? await seek(inputs, tools) : undefined
  const found = await discover(inputs, tools)
  tools.logbook.note({ found })
  if (found.length === 0) return noFiles(inputs, tools.say)
  const files = await preflight(found, inputs, tools)
  tools.logbook.note({ files })
  await check(files, { inputs, sought }, tools)
  return { kind: 'validated', verdict: { fails: false } }
}
