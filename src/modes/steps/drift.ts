import type { RunContext } from './run.ts'
import { type SchemaSource, compileSource } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem, messageOf } from '../../lib/errors.ts'
import { jsonReader } from '../../lib/json-reader.ts'
import { DeadlinePassed, withDeadline } from '../../lib/time.ts'
import type { SchemaDrift } from '../../report/facts.ts'
import { DRIFT_MOST_MS } from '../../platform/limits.ts'
import { compareSchemas } from '../../schema/drift.ts'

/** Compares a stored schema with that of the registry, where the run has a connection. Never fails the run. */
export async function compareWithRegistry(stored: SchemaSource, inputs: Inputs, context: RunContext): Promise<void> {
  if (!isConnected(inputs)) return
  const { id } = compileSource(stored)
  const { log, recorder } = context
  const current = await readCurrent(id, context)
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

/** @returns why it could not be read */
async function readCurrent(id: string, context: RunContext): Promise<SchemaSource | string> {
  const { platform, clock, signal } = context
  try {
    return await withDeadline({ silenceMs: DRIFT_MOST_MS, clock, signal }, async (limited) => {
      const found = await platform.schemas.schema(id, limited)
      if (found.kind === 'missing') return `the registry of this sandbox does not contain ${JSON.stringify(id)}`
      const descriptors = await platform.schemas.descriptors(id, limited)
      const current = {
        schema: found.record,
        descriptors: descriptors.kind === 'found' ? descriptors.record : undefined,
      }
      void compileSource(current)
      return current
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DeadlinePassed) return `it did not answer within ${DRIFT_MOST_MS / 1000} seconds`
    if (error instanceof Problem) return messageOf(error)
    throw error
  }
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
