import type { Context } from '../context.ts'
import { inputProblem } from '../inputs/problem.ts'
import { runBoth } from '../lib/async.ts'
import { Problem, messageOf } from '../lib/errors.ts'
import { jsonReader } from '../lib/json-reader.ts'
import { DeadlinePassed, withDeadline } from '../lib/time.ts'
import { GLANCE_MOST_MS } from '../platform/limits.ts'
import { VIEW_SCHEMAS } from '../platform/permissions.ts'
import { type CompiledSchema, compileSchema } from '../schema/compile.ts'

/** A schema and its identity descriptors, as the registry returns them: plain data that can be passed to a thread. */
export type SchemaSource = {
  readonly schema: unknown
  /** Undefined where they could not be read. */
  readonly descriptors: unknown
  /**
   * For a schema that was stored with its descriptors: whether its dataset, or otherwise the schema itself, is enabled
   * for Profile.
   */
  readonly isForProfile?: boolean
}

/** What a report shows of a schema. */
export type SchemaFact = Pick<CompiledSchema, 'title' | 'behaviour' | 'isUnion' | 'entity'> & {
  readonly isRelational?: true
}

export function schemaFact({ title, behaviour, isUnion, entity, relational }: CompiledSchema): SchemaFact {
  return { title, behaviour, isUnion, entity, ...(relational === undefined ? {} : { isRelational: true }) }
}

/** @throws Problem when a relational schema lacks the descriptors that identify its rows, or they could not be read */
export function requireDescriptors(source: SchemaSource): void {
  const { relational, title } = compileSource(source)
  if (relational === undefined || relational.missing?.length === 0) return
  const why = relational.missing?.join('; ') ?? 'its descriptors could not be read'
  throw new Problem(`Cannot validate rows of the relational schema ${JSON.stringify(title)}: ${why}`, {
    remedy:
      relational.missing === undefined
        ? 'Give the role the permission "View Schemas", or store the schema with its descriptors: {"schema": …, "descriptors": …}.'
        : 'Relational data needs a primary key and a version, and time-series data a timestamp: add the descriptors to the schema (Schema Registry, "Descriptors endpoint").',
  })
}

/** A schema as a file of the workspace holds it. */
export type StoredSchema = { readonly path: string; readonly text: string }

/** @throws Problem about the input when there is no such file, or it cannot be read */
export async function readStoredSchema(path: string, { workspace }: Context): Promise<StoredSchema> {
  const text = await workspace.read(path).catch((error: unknown) => {
    throw error instanceof Problem ? unreadableFile(path, error) : error
  })
  return { path, text }
}

/**
 * The content of a file that the command "schema" writes: what validation needs, and where it is from.
 *
 * `descriptors` is null where the role could not read them, `isForProfile` null where no dataset was named.
 */
export type SchemaBundle = {
  readonly schema: unknown
  readonly descriptors: unknown
  readonly meta: {
    /** ISO 8601. */
    readonly stored: string
    readonly sandbox: string
    readonly dataset: string | null
    readonly isForProfile: boolean | null
  }
}

/** An `xed-full` schema alone, or a {@link SchemaBundle}. @throws Problem when it isn't JSON or holds no schema. */
export function storedSchema({ path, text }: StoredSchema): SchemaSource {
  try {
    return refuseUnusable(sourceIn(JSON.parse(withoutMark(text))))
  } catch (cause) {
    if (!(cause instanceof SyntaxError) && !(cause instanceof Problem)) throw cause
    const why = cause instanceof SyntaxError ? notJson(text) : 'it is not an object schema with properties'
    throw new Problem(`Cannot read the schema in ${JSON.stringify(path)}: ${why}`, {
      remedy:
        'Store it with the command "schema" and its option --output, or store the answer of the Schema Registry to "Accept: application/vnd.adobe.xed-full+json; version=1".',
      cause,
    })
  }
}

/** RFC 8259, 8.1: a byte-order mark may be ignored. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '')
}

/** Windows PowerShell writes UTF-16 into a file to which it redirects output. */
function notJson(text: string): string {
  return text.startsWith('\ufffd\ufffd') && text.includes('\0') ? 'it is UTF-16, and JSON is UTF-8' : 'it is not JSON'
}

function sourceIn(value: unknown): SchemaSource {
  const file = jsonReader(value, 'schema-file')
  const schema = file.get('schema').value()
  // A schema alone has `properties`, and no member `schema`.
  if (schema === undefined || file.get('properties').value() !== undefined)
    return { schema: value, descriptors: undefined }
  const descriptors = file.get('descriptors').value() ?? undefined
  if (descriptors === undefined) return { schema, descriptors }
  const isForProfile = file.get('meta').get('isForProfile').boolean() ?? compileSchema(schema, descriptors).isUnion
  return { schema, descriptors, isForProfile }
}

function unreadableFile(path: string, cause: Problem): Problem {
  const why = `allowed: a readable file of the workspace. ${cause.message}`
  return inputProblem([`"schema-file" is ${JSON.stringify(path)}; ${why}`], {
    remedy: 'Fix the path under "with:", and check out the repository in an earlier step.',
    cause,
  })
}

/** A dataset, by its id or by the name that it will have, and the `$id` of its schema. */
export type SchemaHolder = {
  readonly dataset: string
  readonly schemaId: string | undefined
  /** The input that needs the schema, whatever "validation" is. */
  readonly neededBy?: 'mapping' | 'upsert' | undefined
}

/**
 * Reads the dataset's schema, and its identities if that is allowed. @throws Problem naming the permission and
 * alternatives.
 */
export async function registeredSchema(
  { dataset, schemaId: id, neededBy }: SchemaHolder,
  context: Context,
): Promise<SchemaSource> {
  const fail = (why: string, cause?: Problem) => unreadableSchema({ what: id ?? dataset, why, neededBy }, cause)
  if (id === undefined) throw fail('the dataset has no schema')
  const readSchema = async (signal: AbortSignal) => {
    const found = await context.platform.schemas.schema(id, signal).catch((error: unknown) => {
      signal.throwIfAborted()
      throw error instanceof Problem ? fail(error.message, error) : error
    })
    if (found.kind === 'missing') throw fail('the Schema Registry of this sandbox does not contain it')
    return found.record
  }
  const both = await runBoth(readSchema, (signal) => readDescriptors(id, { ...context, signal }), context.signal)
  const [schema, descriptors] = both
  return refuseUnusable({ schema, descriptors })
}

/**
 * Reads a schema on which nothing depends: the request has a short time limit, and never ends the run.
 *
 * @returns why the schema could not be read
 */
export async function glanceAtSchema(
  id: string,
  { withDescriptors }: { readonly withDescriptors: boolean },
  { platform, clock, signal }: Context,
): Promise<SchemaSource | string> {
  try {
    return await withDeadline({ silenceMs: GLANCE_MOST_MS, clock, signal }, async (limited) => {
      const found = await platform.schemas.schema(id, limited)
      if (found.kind === 'missing') return `the Schema Registry of this sandbox does not contain ${JSON.stringify(id)}`
      const list = withDescriptors ? await platform.schemas.descriptors(id, limited) : undefined
      return refuseUnusable({ schema: found.record, descriptors: list?.kind === 'found' ? list.record : undefined })
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DeadlinePassed)
      return `the Schema Registry gave no usable answer within ${GLANCE_MOST_MS / 1000} seconds`
    if (error instanceof Problem) return messageOf(error)
    throw error
  }
}

/** Throws here, where `validation: warn` can still go on without the schema. */
function refuseUnusable(source: SchemaSource): SchemaSource {
  void compileSource(source)
  return source
}

export function compileSource({ schema, descriptors }: SchemaSource): CompiledSchema {
  return compileSchema(schema, descriptors)
}

async function readDescriptors(id: string, { platform, signal }: Context): Promise<unknown> {
  const found = await platform.schemas.descriptors(id, signal).catch(() => undefined)
  signal.throwIfAborted()
  return found?.kind === 'found' ? found.record : undefined
}

type UnreadableSchema = Pick<SchemaHolder, 'neededBy'> & { readonly what: string; readonly why: string }

function unreadableSchema({ what, why, neededBy }: UnreadableSchema, cause?: Problem): Problem {
  return new Problem(`Cannot read the schema ${JSON.stringify(what)}: ${why}`, {
    // What a role cannot see looks missing.
    remedy: (cause?.remedy ?? VIEW_SCHEMAS) + waysRound(neededBy),
    cause,
  })
}

/** None for profile updates: they depend on what the registry holds now. */
function waysRound(neededBy: SchemaHolder['neededBy']): string {
  if (neededBy === 'upsert') return ''
  const stored = '"schema-file" with a stored copy of the schema'
  return neededBy === 'mapping' ? ` Alternative: ${stored}.` : ` Alternatives: ${stored}, or "validation: off".`
}
