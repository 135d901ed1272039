import { type RunContext, runPhase } from './run.ts'
import { FORMATS } from '../../formats/formats.ts'
import { type NamedSet, isAllEmpty, noteMapping, planMapping, readNamedSet } from './mapping.ts'
import { compareWithRegistry, requireSameRows } from './drift.ts'
import { noteClass, refuseUndocumented } from './relational.ts'
import { showRecords } from './records.ts'
import { type ValidatedFile, examine } from '../../check/findings.ts'
import { judgeRows } from '../../check/judge.ts'
import { findFlatRows, findWrappedRecords } from '../../check/proposal.ts'
import {
  type SchemaHolder,
  type SchemaSource,
  type StoredSchema,
  compileSource,
  readStoredSchema,
  registeredSchema,
  requireDescriptors,
  schemaFact,
  storedSchema,
} from '../../check/schema-source.ts'
import { type FoundFile, discover, takeShard, unmatchedHint } from '../../files/discover.ts'
import { filesHash, sumKnown } from '../../files/plan.ts'
import { type CheckedFile, type Preflight, preflight } from '../../files/read.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import type { PatternMatch } from '../../github/workspace.ts'
import { createHeadStart } from '../../lib/async.ts'
import { Problem } from '../../lib/errors.ts'
import { mayBeOneFile } from '../../lib/text.ts'
import type { RowCount } from '../../publish/request.ts'
import type { Destination } from '../../publish/dataset.ts'
import { requireUpsert } from '../../publish/profile/upsert-conditions.ts'
import { profileState, profileTagsOf } from '../../publish/profile/tags.ts'

/** `isToBeMapped`: files are read as if a mapping set converted their rows, although there is none yet. */
export type ReadingInputs = Inputs & { readonly isToBeMapped?: boolean }

type CheckRequest = {
  readonly inputs: ReadingInputs
  /** Undefined if rows are validated by a stored schema, without asking the platform. */
  readonly destination: Destination | undefined
  /** From the input `schema-file`; undefined if it is not given. */
  readonly stored: StoredSchema | undefined
  /** From the input `mapping`. */
  readonly named: NamedSet | undefined
}

/** Files that can be sent. */
type Ready = {
  readonly files: readonly CheckedFile[]
  /** One for each file. */
  readonly rowCounts: readonly RowCount[]
}

/**
 * Reads all files, validates their rows as `validation` asks, and checks the conditions of profile updates.
 *
 * @throws InvalidFiles, InvalidRecords when they must not be sent; Problem when there is no schema to validate them
 * with, or when they do not meet the conditions of profile updates
 */
async function checkFiles(found: readonly FoundFile[], request: CheckRequest, context: RunContext): Promise<Ready> {
  const { inputs, destination, stored } = request
  const source = await sourceOf(request, context)
  const wasAsked = needsSchema(inputs) && stored === undefined
  const ofDataset = await noteClass({ inputs, destination, source, wasAsked }, context)
  refuseUndocumented(inputs, context)
  if (source !== undefined && destination !== undefined && ofDataset !== undefined) {
    const { schemaId: id } = schemaHolderOf(destination, inputs)
    requireSameRows(inputs, { stored: source, id, ofDataset }, context)
  }
  const { files, checks, isEmpty } = await readFiles(found, { ...request, source }, context)
  context.recorder.note({ files })
  const examined =
    checks === undefined || source === undefined
      ? undefined
      : examine({ files, checks, source, showValues: inputs.showValues }, context.log)
  context.recorder.note({ validated: examined })
  const rowCounts = files.map((file, index): RowCount => {
    const looked = examined?.[index]
    return { sent: file.rows ?? looked?.rows, rejected: looked?.rejectedRows ?? 0 }
  })
  const rows = sumKnown(rowCounts.map(({ sent }) => sent))
  if (source !== undefined && inputs.upsert !== 'false' && destination !== undefined) {
    const tags = inputs.upsert === 'true' && destination.kind === 'exists' ? destination.target.dataset.tags : undefined
    const schema = compileSource(
      inputs.schemaFile === '' ? source : await registeredSchema(schemaHolderOf(destination, inputs), context),
    )
    // Without validation, the run did not look for identities.
    const checked = inputs.validation === 'off' ? undefined : examined
    requireUpsert({ tags, schema, files, examined: checked, rows }, context.log)
  }
  if (inputs.mode === 'validate' || inputs.mode === 'plan')
    await showRecords({ files, showValues: inputs.showValues }, context)
  if (examined !== undefined && source !== undefined)
    await judge({ files, examined, source, isEmpty }, request, context)
  return { files, rowCounts }
}

type Examined = Pick<Ready, 'files'> & {
  readonly examined: readonly ValidatedFile[]
  readonly source: SchemaSource
  readonly isEmpty: boolean
}

/** Before rows with errors stop the run, finds out whether they lack a mapping. @throws InvalidRecords */
async function judge(seen: Examined, { inputs, destination }: CheckRequest, context: RunContext): Promise<void> {
  const forProfile = inputs.upsert !== 'false' || isForProfile(destination, seen.source)
  const { isEmpty } = seen
  const question = { ...seen, showValues: inputs.showValues, isForProfile: forProfile }
  const flat = inputs.mapping === undefined ? await findFlatRows(question) : undefined
  context.recorder.note({ proposal: flat?.proposal })
  const advice = flat?.advice ?? (await findWrappedRecords(seen.files, seen.examined))
  judgeRows(seen.examined, { ...inputs, advice, isEmpty }, context.log)
}

type ReadingPlan = CheckRequest & { readonly source: SchemaSource | undefined }

async function readFiles(
  found: readonly FoundFile[],
  { inputs, destination, source, named }: ReadingPlan,
  context: RunContext,
): Promise<Preflight & { readonly isEmpty: boolean }> {
  const isChecked = inputs.validation !== 'off'
  if (source === undefined || !checksRows(inputs)) {
    return {
      ...(await preflight(found, { ...inputs, checker: undefined, mapping: undefined }, context)),
      isEmpty: false,
    }
  }
  const isUpsert = inputs.upsert !== 'false'
  const forProfile = isUpsert || isForProfile(destination, source)
  const targets = { source, isForProfile: forProfile, isUpsert }
  const mapping = named === undefined ? undefined : planMapping(named, targets, context)
  await using checker = context.openChecker({
    source,
    showValues: inputs.showValues,
    isForProfile: forProfile,
    isUntyped: FORMATS[found[0]?.format ?? 'json'].isUntyped,
    mapping: mapping && { plan: mapping.plan, isChecked },
  })
  const read = await preflight(found, { ...inputs, checker, mapping }, context)
  if (mapping === undefined) return { ...read, isEmpty: false }
  noteMapping(mapping, read, context)
  return { ...read, isEmpty: isAllEmpty(mapping, read) }
}

/** Runs before any request: a path that leads nowhere is a mistake, and stops the run whatever `validation` is. */
async function readSchemaFile(inputs: Inputs, context: RunContext): Promise<StoredSchema | undefined> {
  return inputs.schemaFile === '' ? undefined : await readStoredSchema(inputs.schemaFile, context)
}

function needsSchema({ validation, upsert, mapping }: Inputs): boolean {
  return validation !== 'off' || upsert !== 'false' || mapping !== undefined
}

/** Reads the schema, once in a run. Profile updates and mappings need it, whatever `validation` is. */
async function sourceOf(
  { inputs, destination, stored }: CheckRequest,
  context: RunContext,
): Promise<SchemaSource | undefined> {
  if (!needsSchema(inputs)) return undefined
  try {
    const source =
      stored !== undefined
        ? await openStored(stored, inputs, context)
        : destination && (await registeredSchema(schemaHolderOf(destination, inputs), context))
    // Facts of the schema count even if rows cannot be validated by it.
    if (source !== undefined) noteSchema(source, context)
    if (source !== undefined) requireDescriptors(source)
    return source
  } catch (error) {
    const isNeeded = inputs.validation === 'error' || userOf(inputs) !== undefined
    if (isNeeded || !(error instanceof Problem)) throw error
    context.log.warning(`${error.message}. The rows are not validated`)
    return undefined
  }
}

/** Logs that identities are not validated, if the stored schema has no descriptors. */
async function openStored(stored: StoredSchema, inputs: Inputs, context: RunContext): Promise<SchemaSource> {
  const source = storedSchema(stored)
  if (source.descriptors === undefined) {
    context.log.info(
      `${JSON.stringify(stored.path)} holds no identity descriptors: identities are not validated. The command "schema" stores them too`,
    )
  }
  if (inputs.mode === 'validate') await compareWithRegistry(source, inputs, context)
  return source
}

export function schemaHolderOf(destination: Destination, inputs: Inputs): SchemaHolder {
  const neededBy = userOf(inputs)
  if (destination.kind === 'planned')
    return { dataset: destination.newDataset.name, schemaId: destination.newDataset.schemaId, neededBy }
  const { id, schemaId } = destination.target.dataset
  return { dataset: id, schemaId, neededBy }
}

/** The input that needs the schema, whether or not rows are validated. */
function userOf({ upsert, mapping }: Inputs): SchemaHolder['neededBy'] {
  if (upsert !== 'false') return 'upsert'
  return mapping === undefined ? undefined : 'mapping'
}

function noteSchema(source: SchemaSource, { recorder }: RunContext): void {
  recorder.note({ source, schema: schemaFact(compileSource(source)) })
}

/**
 * If the platform is not asked for the dataset, the stored schema tells whether it was stored for a Profile dataset.
 */
function isForProfile(destination: Destination | undefined, source: SchemaSource | undefined): boolean {
  if (source !== undefined && compileSource(source).relational !== undefined) return false
  if (destination === undefined) return source?.isForProfile ?? false
  return destination.kind === 'exists' && profileState(profileTagsOf(destination.target.dataset.tags)).isForProfile
}

/** Files that can be sent, and their destination. */
export type PreparedFiles<S> = Ready & {
  readonly kind: 'ready'
  readonly destination: S
  /** The tag `gh_files`. */
  readonly filesHash: string
}

/** Why there is nothing to publish: no pattern matched anything, or the wanted shard has no file. */
export type NothingToPublish = {
  readonly kind: 'no-files' | 'empty-shard'
  readonly destination: Destination | undefined
  /** The hash of the files of all shards together. */
  readonly filesHash: string
  /** What each pattern without a match most likely meant, by pattern. */
  readonly hints: ReadonlyMap<string, string>
}

/**
 * Does everything that comes before a decision: finds the dataset by `find`, finds the files, and validates their rows.
 */
export async function prepare<S extends Destination | undefined>(
  inputs: ReadingInputs,
  find: () => Promise<S>,
  context: RunContext,
): Promise<PreparedFiles<S> | NothingToPublish> {
  const { recorder, workspace } = context
  await using threads = new AsyncDisposableStack()
  const search = await runPhase('Find dataset and files', context, async () => {
    const stored = await readSchemaFile(inputs, context)
    const named = await readNamedSet(inputs, context)
    // While the platform responds, the file search runs, and the threads that will check the rows start.
    await using ahead = createHeadStart<readonly PatternMatch[]>(context)
    ahead.begin(async (signal) => {
      const matches = await workspace.find(inputs.patterns, signal)
      if (checksRows(inputs)) threads.use(context.startThreads(bytesToRead(matches, inputs)))
      return matches
    })
    const destination = await find()
    const matches = ahead.take(Infinity)
    const all = await discover({ ...inputs, matches }, context)
    const found = takeShard(all, inputs.shard, context.log)
    recorder.note({ found })
    refuseOverwriting(all, inputs)
    refuseOwnFiles(all, inputs)
    const hints = new Map((await matches)?.map((match) => [match.pattern, unmatchedHint(match)]))
    return { stored, named, destination, all, found, hints }
  })
  const { stored, named, destination, all, found, hints } = search
  if (found.length === 0) {
    return { kind: all.length === 0 ? 'no-files' : 'empty-shard', destination, filesHash: filesHash(all), hints }
  }
  const ready = await runPhase('Validate files', context, () =>
    checkFiles(found, { inputs, destination, stored, named }, context),
  )
  return { kind: 'ready', destination, filesHash: filesHash(all), ...ready }
}

/** Whether rows are to be checked, if there is a schema to check them by. */
function checksRows({ validation, mapping }: Inputs): boolean {
  return validation !== 'off' || mapping !== undefined
}

/** An estimate: which of the files belong to the shard is not known yet. */
function bytesToRead(matches: readonly PatternMatch[], { shard }: Inputs): number {
  const bytes = matches.flatMap(({ files }) => files.map(({ content }) => content.size))
  return bytes.reduce((sum, size) => sum + size, 0) / (shard?.of ?? 1)
}

/** Runs before anything is sent: afterwards it would be too late for the file. */
function refuseOverwriting(found: readonly FoundFile[], { rejectedRowsPath }: Inputs): void {
  if (rejectedRowsPath === '' || !found.some(({ path }) => mayBeOneFile(path, rejectedRowsPath))) return
  throw new Problem(`Cannot write the rejected rows to ${JSON.stringify(rejectedRowsPath)}: it is a file to publish`, {
    remedy: 'Choose a "rejected-rows-path" that "glob" does not match, whatever its case.',
  })
}

/** A pattern for the data may also match the mapping set or the schema, which are not data. */
function refuseOwnFiles(found: readonly FoundFile[], { mapping, schemaFile }: Inputs): void {
  const own = [
    { what: 'the mapping set', path: mapping?.kind === 'file' ? mapping.path : '' },
    { what: 'the schema', path: schemaFile },
  ]
  for (const { what, path } of own) {
    const taken = path === '' ? undefined : found.find((file) => mayBeOneFile(file.path, path))
    if (taken === undefined) continue
    throw new Problem(`Cannot publish ${JSON.stringify(taken.path)}: it is ${what} of this step`, {
      remedy: `Exclude it in "glob", with a line "!${taken.path}".`,
    })
  }
}
