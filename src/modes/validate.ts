import type { RunContext } from './steps/run.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { compareRows } from './steps/diff.ts'
import { noFiles } from './steps/no-files.ts'
import { findOrGlance } from './steps/find.ts'
import { prepare } from './steps/prepare.ts'
import type { RunEnd } from '../report/facts.ts'

/** `mode: validate`: finds, reads and validates the files, and sends nothing. Any event can run it. */
export async function validate(inputs: Inputs, context: RunContext): Promise<RunEnd> {
  const prepared = await prepare(inputs, () => findOrGlance(inputs, context), context)
  if (prepared.kind !== 'ready') return noFiles(prepared, inputs, context)
  // Other events change nothing that a reviewer looks at.
  if (context.github.run.event.pullRequest !== undefined) {
    const { destination, files } = prepared
    const target = destination?.kind === 'exists' ? destination.target : undefined
    await compareRows({ inputs, files, target }, context)
  }
  return { kind: 'validated', verdict: { fails: false } }
}
