import { Problem } from '../base/problem.ts'
import type { Inputs } from '../steps/inputs.ts'
import { examine, type Examined } from '../steps/examine.ts'
import { judgeRows } from '../steps/examine/judge-rows.ts'
import { compiled, registeredSchema, storedSchema, type SchemaSource } from '../steps/examine/schema.ts'
import { sumKnown } from '../steps/plan.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import type { Sought } from '../steps/target.ts'
import { requireUpsert } from '../steps/upsert/conditions.ts'
import { profileState, profileTagsOf } from '../steps/upsert/profile-tags.ts'
import type { Tools } from './tools.ts'

export type Checking = {
  readonly inputs: Inputs
  /** Undefined where a stored schema is checked against, and nobody is asked. */
  readonly sought: Sought | undefined
}

/**
 * Checks the rows of all files against their schema, as `validation` wants it, and what profile updates rest on.
 *
 * @returns how many rows there are, where they were counted.
 * @throws InvalidRecords when they must not be sent; Problem when there is no schema to check them with, or profile updates
 * can't be published so.
 */
export async function check(
  files: readonly CheckedFile[],
  { inputs, sought }: Checking,
  tools: Tools,
): Promise<number | undefined> {
  const source = await sourceOf({ inputs, sought }, tools)
  if (source !== undefined) noteSchema(source, tools)
  const examined =
    source === undefined || inputs.validation === 'off'
      ? undefined
      : await examineAll(files, { inputs, sought, source }, tools)
  tools.logbook.note({ examined })
  const rows = sumKnown(files.map((file, index) => file.rows ?? examined?.[index]?.rows))
  if (source !== undefined && inputs.upsert !== 'false' && sought !== undefined) {
    const tags = inputs.upsert === 'true' && sought.kind === 'there' ? sought.target.dataset.tags : undefined
    const schema = compiled(inputs.schemaFile === '' ? source : await registeredSchema(holderOf(sought), tools))
    requireUpsert({ tags, schema, files, examined, rows }, tools.say)
  }
  if (examined !== undefined) judgeRows(examined, inputs, tools.say)
  return rows
}

function examineAll(
  files: readonly CheckedFile[],
  { inputs, sought, source }: Checking & { readonly source: SchemaSource },
  tools: Tools,
): Promise<readonly Examined[]> {
  const setup = {
    source,
    showValues: inputs.showValues,
    isForProfile: inputs.upsert !== 'false' || isForProfile(sought),
    isCsv: files[0]?.format === 'csv',
  }
  return examine(files, { setup, inputs }, tools)
}

export function looksAtRows({ validation, upsert }: Inputs): boolean {
  return validation !== 'off' || upsert !== 'false'
}

/** Read once in a run. Profile updates can't go on without it, whatever `validation` says. */
async function sourceOf({ inputs, sought }: Checking, tools: Tools): Promise<SchemaSource | undefined> {
  if (!looksAtRows(inputs)) return undefined
  try {
    if (inputs.schemaFile !== '') return await storedSchema(inputs.schemaFile, tools)
    return sought === undefined ? undefined : await registeredSchema(holderOf(sought), tools)
  } catch (error) {
    const isNeeded = inputs.validation === 'error' || inputs.upsert !== 'false'
    if (isNeeded || !(error instanceof Problem)) throw error
    tools.say.warning(`${error.message}. The rows are not checked`)
    return undefined
  }
}

function holderOf(sought: Sought) {
  if (sought.kind === 'to create') return { dataset: sought.prospect.name, schemaId: sought.prospect.schemaId }
  const { id, schemaId } = sought.target.dataset
  return { dataset: id, schemaId }
}

function noteSchema(source: SchemaSource, { logbook }: Tools): void {
  const { title, behaviour, isUnion } = compiled(source)
  logbook.note({ schema: { title, behaviour, isUnion } })
}

function isForProfile(sought: Sought | undefined): boolean {
  return sought?.kind === 'there' && profileState(profileTagsOf(sought.target.dataset.tags)).isForProfile
}
