import type { Inputs } from '../steps/inputs.ts'
import { examine } from '../steps/examine.ts'
import { judgeRows } from '../steps/examine/judge-rows.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import { registeredSchema, storedSchema, type SchemaSource } from '../steps/examine/schema.ts'
import type { Target } from '../steps/target.ts'
import { Problem } from '../base/problem.ts'
import type { Tools } from './tools.ts'

/**
 * Checks the rows of all files against their schema, as `validation` wants it.
 *
 * @throws InvalidRecords when they must not be sent; Problem when there is no schema to check them with.
 */
export async function check(
  files: readonly CheckedFile[],
  { inputs, target }: { readonly inputs: Inputs; readonly target: Target | undefined },
  tools: Tools,
): Promise<void> {
  if (inputs.validation === 'off') return
  const source = await sourceOf(inputs, target, tools)
  if (source === undefined) return
  const setup = {
    source,
    showValues: inputs.showValues,
    isForProfile: isForProfile(target),
    isCsv: files[0]?.format === 'csv',
  }
  const examined = await examine(files, { setup, inputs }, tools)
  tools.logbook.note({ examined })
  judgeRows(examined, inputs, tools.say)
}

async function sourceOf(inputs: Inputs, target: Target | undefined, tools: Tools): Promise<SchemaSource | undefined> {
  try {
    if (inputs.schemaFile !== '') return await storedSchema(inputs.schemaFile, tools)
    return target === undefined ? undefined : await registeredSchema(target, tools)
  } catch (error) {
    if (inputs.validation === 'error' || !(error instanceof Problem)) throw error
    tools.say.warning(`${error.message}. The rows are not checked`)
    return undefined
  }
}

/** The tags of a dataset that is enabled for Real-Time Customer Profile. */
function isForProfile(target: Target | undefined): boolean {
  const tags = target?.dataset.tags['unifiedProfile'] ?? []
  return tags.some((tag) => tag.replaceAll(' ', '').toLowerCase() === 'enabled:true')
}
