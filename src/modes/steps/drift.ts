import type { RunContext } from './run.ts'
import { type SchemaSource, compileSource, glanceAtSchema } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { jsonReader } from '../../lib/json-reader.ts'
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

function isConnected({ auth, orgId, sandbox }: Inputs): boolean {
  return auth.kind !== 'none' && auth.clientId !== '' && orgId !== '' && sandbox !== ''
}

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
