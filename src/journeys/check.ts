import { Problem } from '../base/problem.ts'
import type { Inputs } from '../steps/inputs.ts'
import type { FoundFile } from '../steps/discover.ts'
import { examine } from '../steps/examine.ts'
import { judgeRows } from '../steps/examine/judge-rows.ts'
import { compiled, registeredSchema, storedSchema, type SchemaSource } from '../steps/examine/schema.ts'
import { sumKnown } from '../steps/plan.ts'
import { preflight, type CheckedFile, type Preflight } from '../steps/preflight.ts'
import type { Sought } from '../steps/target.ts'
import { requireUpsert } from '../steps/upsert/conditions.ts'
import { profileState, profileTagsOf } from '../steps/upsert/profile-tags.ts'
import type { Tools } from './tools.ts'

export type Checking = {
  readonly inputs: Inputs
  /** Undefined where a stored schema is checked against, and nobody is asked. */
  readonly sought: Sought | undefined
}

/** Files that may be sent. */
export type Ready = {
  readonly files: readonly CheckedFile[]
  /** Undefined where nobody counted them. */
  readonly rows: number | undefined
}

/**
 * Reads all files, and checks their rows against their schema, as `validation` wants it, and what profile updates rest on.
 *
 * @throws InvalidFiles, InvalidRecords when they must not be sent; Problem when there is no schema to check them with, or
 * profile updates can't be published so.
 */
export async function check(found: readonly FoundFile[], { inputs, sought }: Checking, tools: Tools): Promise<Ready> {
  const source = await sourceOf({ inputs, sought }, tools)
  if (source !== undefined) noteSchema(source, tools)
  const { files, checks } = await read(found, { inputs, sought, source }, tools)
  tools.logbook.note({ files })
  const examined =
    checks === undefined || source === undefined ? undefined : examine({ files, checks, source }, tools.say)
  tools.logbook.note({ examined })
  const rows = sumKnown(files.map((file, index) => file.rows ?? examined?.[index]?.rows))
  if (source !== undefined && inputs.upsert !== 'false' && sought !== undefined) {
    const tags = inputs.upsert === 'true' && sought.kind === 'there' ? sought.target.dataset.tags : undefined
    const schema = compiled(inputs.schemaFile === '' ? source : await registeredSchema(holderOf(sought), tools))
    requireUpsert({ tags, schema, files, examined, rows }, tools.say)
  }
  if (examined !== undefined) judgeRows(examined, inputs, tools.say)
  return { files, rows }
}

type Reading = Checking & { readonly source: SchemaSource | undefined }

async function read(
  found: readonly FoundFile[],
  { inputs, sought, source }: Reading,
  tools: Tools,
): Promise<Preflight> {
  if (source === undefined || inputs.validation === 'off') {
    return await preflight(found, inputs, { ...tools, checker: undefined })
  }
  const isCsv = found[0]?.format === 'csv'
  const forProfile = inputs.upsert !== 'false' || isForProfile(sought)
  await using checker = tools.openChecker({ source, showValues: inputs.showValues, isForProfile: forProfile, isCsv })
  return await preflight(found, inputs, { ...tools, checker })
}

/** Read once in a run. Profile updates can't go on without it, whatever `validation` says. */
async function sourceOf({ inputs, sought }: Checking, tools: Tools): Promise<SchemaSource | undefined> {
  if (inputs.validation === 'off' && inputs.upsert === 'false') return undefined
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
