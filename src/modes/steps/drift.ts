import type { RunContext } from './run.ts'
import { isConnected } from './find.ts'
import { type SchemaSource, compileSource, glanceAtSchema } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem } from '../../lib/errors.ts'
import { jsonReader } from '../../lib/json-reader.ts'
import { joinFirst } from '../../lib/text.ts'
import type { SchemaDrift } from '../../report/facts.ts'
import { compareSchemas } from '../../schema/drift.ts'

/** Compares a stored schema with that of the registry, where the run has a connection. Never fails the run. */
export async function compareWithRegistry(stored: SchemaSource, inputs: Inputs, context: RunContext): Promise<void> {
  if (!isConnected(inputs)) return
  const { id } = compileSource(stored)
  const { log, recorder } = context
  const current = await glanceAtSchema(id, { withDescriptors: true }, context)
  if (typeof current === 'string') {
    log.info(`The stored schema was not compared with the registry: ${current}`)
    return
  }
  const drift = driftOf(inputs.schemaFile, stored, current)
  recorder.note({ drift })
  if (drift === undefined) log.info('The stored schema and the registry agree on everything that is validated')
}

type StoredForDataset = {
  readonly stored: SchemaSource
  /** The `$id` that the dataset names. */
  readonly id: string | undefined
  /** The schema of the dataset that rows are sent to, or why it could not be read. */
  readonly ofDataset: SchemaSource | string
}

/**
 * Compares a stored schema that is not the dataset's own with that of the dataset. The platform would reject or drop
 * data that only the stored one allows, although validation found no error. Another sandbox has the same schema under
 * another `$id`, and it accepts the same rows.
 *
 * @throws Problem with `validation: error`; otherwise only warns
 */
export function requireSameRows(
  { schemaFile, validation }: Inputs,
  { stored, id, ofDataset }: StoredForDataset,
  { log }: RunContext,
): void {
  const before = compileSource(stored)
  if (before.id === '' || before.id === id) return
  const what = `${JSON.stringify(schemaFile)} holds the schema ${JSON.stringify(before.title)} (${before.id}), which is not the schema of the dataset`
  if (typeof ofDataset === 'string')
    return log.warning(`${what}. Rows that fit it may be rejected or changed; the two were not compared: ${ofDataset}`)
  const now = compileSource(ofDataset)
  const breaking = compareSchemas(before, now).flatMap(({ path, isBreaking }) => (isBreaking ? path : []))
  if (breaking.length === 0) return log.info(`${what}; rows that fit it fit both`)
  const fields = joinFirst(breaking, MOST_FIELDS)
  const text = `${what}, ${JSON.stringify(now.title)} (${now.id}). Rows that fit it can be rejected or changed at ${fields}`
  if (validation !== 'error') return log.warning(text)
  throw new Problem(`Cannot validate: ${text}`, {
    remedy:
      'Nothing was sent. Remove "schema-file", or store the schema of this dataset with the command "schema". To go on: "validation: warn".',
  })
}

const MOST_FIELDS = 5

function driftOf(file: string, stored: SchemaSource, current: SchemaSource): SchemaDrift | undefined {
  const fields = compareSchemas(compileSource(stored), compileSource(current))
  const [before, now] = [versionOf(stored), versionOf(current)]
  if (fields.length === 0) return undefined
  const isOlder = before.modifiedMs !== undefined && now.modifiedMs !== undefined && before.modifiedMs < now.modifiedMs
  return { file, isOlder, storedVersion: before.version, currentVersion: now.version, fields }
}

type Version = { readonly version: string; readonly modifiedMs: number | undefined }

/** Schema Registry API, a look-up: `version` counts changes, and the registry's metadata dates the last one. */
function versionOf({ schema }: SchemaSource): Version {
  const at = jsonReader(schema, 'schema')
  return {
    version: at.get('version').text() ?? '',
    modifiedMs: at.get('meta:registryMetadata').get('repo:lastModifiedDate').number(),
  }
}
