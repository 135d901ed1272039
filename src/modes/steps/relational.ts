import type { RunContext } from './run.ts'
import { type SchemaSource, compileSource, glanceAtSchema, schemaFact } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem } from '../../lib/errors.ts'
import type { Destination } from '../../publish/dataset.ts'
import { namesClass } from '../../schema/compile.ts'

/** The destination of the rows, and what was read of its schema so far. */
type KnownSchema = {
  readonly inputs: Inputs
  /** Undefined where the platform is not asked. */
  readonly destination: Destination | undefined
  /** The schema that rows are validated by; undefined if they are not. */
  readonly source: SchemaSource | undefined
  /** The registry was asked for the schema of the dataset, whatever it answered. */
  readonly wasAsked: boolean
}

/** @throws Problem where a publish run would use an undocumented way that the workflow does not allow */
export function refuseUndocumented({ mode, allowUndocumented }: Inputs, context: RunContext): void {
  const { schema } = context.recorder.facts()
  if (schema?.isRelational !== true) return
  const what = `The schema ${JSON.stringify(schema.title)} is relational: Adobe documents no batch ingestion API for relational datasets, only sources, Data Distiller and uploads in the UI`
  if (mode !== 'publish' || allowUndocumented === 'relational') return context.log.warning(what)
  throw new Problem(`Cannot publish: ${what.charAt(0).toLowerCase()}${what.slice(1)}`, {
    remedy: 'Nothing was sent. To try it anyway, in a development sandbox first, set "allow-undocumented: relational".',
  })
}

/**
 * Only the class of its schema shows that a dataset is relational, so a publish run reads it even if nothing else needs
 * it. A role that is not allowed to read schemas can still publish with `validation: off`. A stored schema can be
 * another one than that of the dataset, or not name its class.
 *
 * @returns the schema of the dataset, or why it could not be read, if nothing else reads it
 */
export async function noteClass(
  { inputs, destination, source, wasAsked }: KnownSchema,
  context: RunContext,
): Promise<SchemaSource | string | undefined> {
  // A run that validates by the dataset's schema has asked for it, and nothing else depends on its class.
  const isRead = inputs.mode === 'validate' && inputs.schemaFile === ''
  if (isRead || destination === undefined) return undefined
  if (wasAsked) {
    noteUnknownClass(context)
    return undefined
  }
  const id = schemaIdOf(destination)
  const isKnown = source !== undefined && namesClass(source.schema) && compileSource(source).id === id
  return id === undefined || isKnown ? undefined : await noteSchemaClass(id, context)
}

/** The reason was already logged where the rows were to be validated. */
function noteUnknownClass({ recorder, log }: RunContext): void {
  if (recorder.facts().schema === undefined) noteUnknown('its schema could not be read', { recorder, log })
}

function noteUnknown(why: string, { recorder, log }: Pick<RunContext, 'recorder' | 'log'>): void {
  recorder.note({ isClassUnknown: true })
  log.info(`Cannot tell whether the dataset is relational: ${why}`)
}

/** Notes the class of the schema. Row counts depend on it too: no document says how relational rows are counted. */
export async function noteSchemaClass(id: string, context: RunContext): Promise<SchemaSource | string> {
  const found = await glanceAtSchema(id, { withDescriptors: false }, context)
  if (typeof found === 'string') noteUnknown(found, context)
  else context.recorder.note({ schema: schemaFact(compileSource(found)) })
  return found
}

function schemaIdOf(destination: Destination): string | undefined {
  return destination.kind === 'planned' ? destination.newDataset.schemaId : destination.target.dataset.schemaId
}
