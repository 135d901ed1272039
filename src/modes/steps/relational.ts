import type { RunContext } from './run.ts'
import { type SchemaSource, compileSource, glanceAtSchema, schemaFact } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { Problem } from '../../lib/errors.ts'
import type { Destination } from '../../publish/dataset.ts'
import { namesClass } from '../../schema/compile.ts'

/** Where rows are to go, and what of its schema was read so far. */
type KnownSchema = {
  readonly inputs: Inputs
  /** Undefined where nobody is asked. */
  readonly destination: Destination | undefined
  /** What rows are validated by; undefined where they are not. */
  readonly source: SchemaSource | undefined
  /** The registry was asked for the schema of the dataset, whatever it answered. */
  readonly wasAsked: boolean
}

/** @throws Problem where a publish run would take a way that no document describes, and nobody asked for it. */
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
 * Only the class of its schema tells that a dataset is relational, so that a publish run reads it even if nothing else
 * needs it. A role that may not read schemas can publish with `validation: off`, and goes on. A stored schema can be another
 * one than that of the dataset, or not say what it is.
 *
 * @returns the schema of the dataset, or why it could not be read, where nothing else reads it
 */
export async function noteClass(
  { inputs, destination, source, wasAsked }: KnownSchema,
  context: RunContext,
): Promise<SchemaSource | string | undefined> {
  if (inputs.mode === 'validate' || destination === undefined) return undefined
  if (wasAsked) {
    noteUnknownClass(context)
    return undefined
  }
  const id = schemaIdOf(destination)
  const isKnown = source !== undefined && namesClass(source.schema) && compileSource(source).id === id
  return id === undefined || isKnown ? undefined : await noteSchemaClass(id, context)
}

/** Why the schema could not be read is told where its rows were to be validated. */
function noteUnknownClass({ recorder, log }: RunContext): void {
  if (recorder.facts().schema === undefined) noteUnknown('its schema could not be read', { recorder, log })
}

function noteUnknown(why: string, { recorder, log }: Pick<RunContext, 'recorder' | 'log'>): void {
  recorder.note({ isClassUnknown: true })
  log.info(`Cannot tell whether the dataset is relational: ${why}`)
}

/** For what becomes of the rows, too: no document says how those of relational data are counted. */
export async function noteSchemaClass(id: string, context: RunContext): Promise<SchemaSource | string> {
  const found = await glanceAtSchema(id, { withDescriptors: false }, context)
  if (typeof found === 'string') noteUnknown(found, context)
  else context.recorder.note({ schema: schemaFact(compileSource(found)) })
  return found
}

function schemaIdOf(destination: Destination): string | undefined {
  return destination.kind === 'planned' ? destination.newDataset.schemaId : destination.target.dataset.schemaId
}
