import type { Context } from '../context.ts'
import type { DatasetNaming } from '../inputs/values.ts'
import { poll } from '../lib/async.ts'
import { Problem } from '../lib/errors.ts'
import { rankBySimilarity } from '../lib/similar-names.ts'
import type { ListedDataset } from '../platform/datasets.ts'
import type { DatasetId } from '../platform/ids.ts'
import {
  DATASET_LOOKS_AFTER_MS,
  DATASET_MOST_ATTEMPTS,
  LISTED_DATASET_LOOKS_AFTER_MS,
  REFUSED_DATASET_LOOKS_AFTER_MS,
} from '../platform/limits.ts'
import type { DatasetRecord, LookUp, Tags } from '../platform/records.ts'
import type { ListedSchema } from '../platform/schemas.ts'
import { PROFILE_TAGS } from './profile/tags.ts'

/** The result of looking up a name. `nearest`: similar names in the sandbox, the most likely first. */
export type NamedDataset =
  { readonly kind: 'found'; readonly id: DatasetId } | { readonly kind: 'missing'; readonly nearest: readonly string[] }

/**
 * Looks a dataset up by its exact name. A dataset that the platform manages is found only if no other has the name; it is
 * refused when it is read.
 *
 * @throws Problem when several datasets have the name.
 */
export async function findDataset(name: string, { platform, signal }: Context): Promise<NamedDataset> {
  const filtered = withName(name, await platform.datasets.list(name, signal))
  // The full list decides, not the platform's filter. It also gives similar names for a misspelled one.
  const all = filtered.length > 0 ? filtered : await platform.datasets.list(undefined, signal)
  const found = withName(name, all)
  const own = found.filter(({ isManaged }) => !isManaged)
  if (own.length > 1) throw ambiguousName(name, own)
  const [one = found[0]] = own
  if (one !== undefined) return { kind: 'found', id: one.id }
  const others = all.filter(({ isManaged }) => !isManaged).map((other) => other.name)
  return { kind: 'missing', nearest: rankBySimilarity(name, others) }
}

function withName(name: string, listed: readonly ListedDataset[]): readonly ListedDataset[] {
  return listed.filter((dataset) => dataset.name === name)
}

function ambiguousName(name: string, datasets: readonly Pick<ListedDataset, 'id'>[]): Problem {
  const ids = datasets.map(({ id }) => id).join(', ')
  return new Problem(
    `Cannot tell which dataset is meant: ${datasets.length} are named ${JSON.stringify(name)}: ${ids}`,
    {
      remedy:
        'Nothing was sent. Set "dataset" to the id of the right one. Before you delete another, check that it contains no rows.',
    },
  )
}

/** A dataset that does not exist yet. */
export type NewDataset = {
  readonly name: string
  /** `$id` of its schema. */
  readonly schemaId: string
  /** Enable it for Profile, with records that update profiles instead of replacing fragments. */
  readonly isForUpsert: boolean
}

/** `isOurs`: the platform confirmed that this run created it; otherwise another job may have. */
type CreatedDataset = { readonly id: DatasetId; readonly isOurs: boolean }

/**
 * Creates a dataset once. After a lost response it looks the dataset up by name before it tries again. After the creation
 * it looks the name up once more, because another job may have created the same dataset at the same moment.
 *
 * @throws Problem when two datasets now have the name, or no list shows the new one yet; nothing was sent then.
 */
export async function createDataset(newDataset: NewDataset, context: Context): Promise<CreatedDataset> {
  const created = await createOnce(newDataset, context)
  const { id } = created
  const { name } = newDataset
  const found = await poll(
    () => findDataset(name, context),
    { isDone: isFound, pauses: DATASET_LOOKS_AFTER_MS },
    context,
  )
  if (found.kind === 'found' && found.id === id) return created
  if (found.kind === 'found') throw otherDatasetProblem(name, id, found.id)
  throw new Problem(
    `Cannot continue: dataset "${id}" was created as ${JSON.stringify(name)}, but no list shows it yet`,
    {
      remedy: 'Nothing was sent. Run the job again in a few minutes, when the dataset can be found by its name.',
      isPassing: true,
    },
  )
}

async function createOnce(newDataset: NewDataset, context: Context): Promise<CreatedDataset> {
  const { platform, signal, log } = context
  const { name, schemaId, isForUpsert } = newDataset
  const tags: Tags = isForUpsert ? PROFILE_TAGS : {}
  // The files were validated since the last lookup, which can take long.
  const sooner = await findDataset(name, context)
  if (sooner.kind === 'found') return { id: sooner.id, isOurs: false }
  for (let attempt = 1; ; attempt++) {
    try {
      const id = await platform.datasets.create({ name, schemaId, tags }, signal)
      log.info(`Created dataset ${JSON.stringify(name)} (${id})`)
      return { id, isOurs: true }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof Problem)) throw error
      const id = await findLate(name, error, context)
      if (id !== undefined) return { id, isOurs: false }
      if (attempt === DATASET_MOST_ATTEMPTS || !error.isPassing) throw error
    }
  }
}

/**
 * Looks for the dataset after a failed creation. The response may have been lost or unreadable, or another job may have
 * created the dataset first. Lists may lag.
 */
async function findLate(name: string, error: Problem, context: Context): Promise<DatasetId | undefined> {
  const pauses = error.mayHaveActed || error.isPassing ? DATASET_LOOKS_AFTER_MS : REFUSED_DATASET_LOOKS_AFTER_MS
  const found = await poll(() => findDataset(name, context), { isDone: isFound, pauses }, context)
  if (found.kind === 'missing') return undefined
  context.log.info(`Found dataset ${JSON.stringify(name)} (${found.id}) after an unconfirmed creation`)
  return found.id
}

function isFound({ kind }: { readonly kind: 'found' | 'missing' }): boolean {
  return kind === 'found'
}

function otherDatasetProblem(name: string, ours: DatasetId, theirs: DatasetId): Problem {
  return new Problem(
    `Cannot continue: ${JSON.stringify(name)} is now dataset "${theirs}", and this run created "${ours}"`,
    {
      remedy: `Nothing was sent. "${ours}" is empty: delete it, and run the job again.`,
    },
  )
}

/**
 * Finds the `$id` of a schema by `$id`, `meta:altId` or exact title. A `$id` is returned unchecked: reading the schema
 * later shows whether it exists.
 *
 * @throws Problem when no schema matches, or several do.
 */
export async function findSchema(text: string, { platform, signal }: Context): Promise<string> {
  if (text.startsWith('https://')) return text
  const all = await platform.schemas.list(signal)
  const found = all.filter(({ altId, title }) => altId === text || title === text)
  const [one] = found
  if (one === undefined) throw missingSchema(text, all)
  if (found.length > 1) throw ambiguousTitle(text, found)
  return one.id
}

function missingSchema(text: string, all: readonly ListedSchema[]): Problem {
  const nearest = rankBySimilarity(
    text,
    all.flatMap(({ title, altId }) => [title, altId]),
  )
  const meant = nearest.length === 0 ? '' : ` Similar: ${nearest.map((name) => JSON.stringify(name)).join(', ')}.`
  return new Problem(`Cannot find the schema ${JSON.stringify(text)} among the ${all.length} schemas of this sandbox`, {
    remedy: `Set "schema" to the $id, the meta:altId or the exact title of a schema of this sandbox.${meant}`,
  })
}

function ambiguousTitle(text: string, found: readonly ListedSchema[]): Problem {
  const ids = found.map(({ id }) => id).join(', ')
  return new Problem(
    `Cannot tell which schema is meant: ${found.length} have the title ${JSON.stringify(text)}: ${ids}`,
    {
      remedy: 'Set "schema" to the $id of the right one.',
    },
  )
}

/** Reads a dataset that a list shows, so it should exist. @returns `missing` if it still can't be read after 15 s. */
async function readListed(id: DatasetId, context: Context): Promise<LookUp<DatasetRecord>> {
  const read = () => context.platform.datasets.read(id, context.signal)
  return poll(read, { isDone: isFound, pauses: LISTED_DATASET_LOOKS_AFTER_MS }, context)
}

/** The dataset that the files are published into. */
export type Target = {
  readonly dataset: DatasetRecord
  readonly sandbox: string
  /** This run created the dataset. */
  readonly isNew?: true
}

/** The dataset for the files: an existing one, or one to create after the files passed validation. */
export type Destination =
  | { readonly kind: 'exists'; readonly target: Target }
  | { readonly kind: 'planned'; readonly newDataset: NewDataset; readonly sandbox: string }

export type TargetRequest = {
  readonly dataset: DatasetNaming
  readonly sandbox: string
  /** `$id`, `meta:altId` or title; empty: the dataset must exist. */
  readonly schema: string
  readonly upsert: 'false' | 'true' | 'enable'
  /** Receives the id of an existing dataset as soon as it is known, before the dataset is read. */
  readonly whenKnown?: (id: DatasetId) => void
}

type TargetPlace = Pick<TargetRequest, 'dataset' | 'sandbox' | 'whenKnown'>

/** @throws Problem when the dataset can't be read, or customers can't write to it. */
export async function findTarget(wanted: TargetPlace, context: Context): Promise<Target> {
  return findExisting(wanted, '', context)
}

/** `hint`: an addition to the remedy if no dataset has the name. */
async function findExisting(
  { dataset, sandbox, whenKnown }: TargetPlace,
  hint: string,
  context: Context,
): Promise<Target> {
  if (dataset.kind === 'id') {
    whenKnown?.(dataset.id)
    return readTarget(dataset.id, sandbox, context)
  }
  const found = await findDataset(dataset.name, context)
  if (found.kind === 'missing')
    throw unknownNameProblem(`named ${JSON.stringify(dataset.name)} in sandbox "${sandbox}"`, found.nearest, hint)
  whenKnown?.(found.id)
  return readNamed({ id: found.id, name: dataset.name }, sandbox, context)
}

const CREATES = ' To create the dataset, set "schema".'

/** Like {@link findTarget}, but plans to create a missing dataset if a schema is given. Changes nothing itself. */
export async function findOrPlanTarget(wanted: TargetRequest, context: Context): Promise<Destination> {
  const { dataset, sandbox, schema, upsert } = wanted
  if (schema === '' || dataset.kind === 'id')
    return { kind: 'exists', target: await findExisting(wanted, CREATES, context) }
  const schemaId = await findSchema(schema, context)
  const { name } = dataset
  const found = await findDataset(name, context)
  if (found.kind === 'missing') {
    return { kind: 'planned', newDataset: { name, schemaId, isForUpsert: upsert !== 'false' }, sandbox }
  }
  wanted.whenKnown?.(found.id)
  const target = await readNamed({ id: found.id, name }, sandbox, context)
  refuseOtherSchema(target.dataset, schemaId)
  return { kind: 'exists', target }
}

/** Creates the dataset if it does not exist. @throws Problem when another dataset with its name appeared. */
export async function createIfPlanned(found: Destination, context: Context): Promise<Target> {
  if (found.kind === 'exists') return found.target
  const { id, isOurs } = await createDataset(found.newDataset, context)
  const target = await readNamed({ id, name: found.newDataset.name }, found.sandbox, context)
  refuseOtherSchema(target.dataset, found.newDataset.schemaId)
  return isOurs ? { ...target, isNew: true } : target
}

async function readTarget(id: DatasetId, sandbox: string, { platform, signal }: Context): Promise<Target> {
  const found = await platform.datasets.read(id, signal)
  if (found.kind === 'missing') throw unknownIdProblem(id, sandbox, found.requestId)
  return acceptDataset(found.record, sandbox)
}

type ListedUnderName = { readonly id: DatasetId; readonly name: string }

/** Reads a dataset that a list shows under this name. The list may lag behind a deletion or a renaming. */
async function readNamed({ id, name }: ListedUnderName, sandbox: string, context: Context): Promise<Target> {
  const found = await readListed(id, context)
  if (found.kind === 'missing')
    throw changingDataset(id, `it is listed, and the platform answers 404${requestSuffix(found.requestId)}`)
  if (found.record.name !== name)
    throw changingDataset(id, `it is listed as ${JSON.stringify(name)}, and named ${JSON.stringify(found.record.name)}`)
  return acceptDataset(found.record, sandbox)
}

function acceptDataset(dataset: DatasetRecord, sandbox: string): Target {
  refuseManaged(dataset)
  refuseStoredAsJson(dataset)
  return { dataset, sandbox }
}

function changingDataset(id: DatasetId, why: string): Problem {
  return new Problem(`Cannot use dataset "${id}": ${why}`, {
    remedy: 'Nothing was sent. Run the job again in a few minutes: the dataset is being renamed or deleted.',
    isPassing: true,
  })
}

function requestSuffix(id: string | undefined): string {
  return id === undefined ? '' : ` (request ${id})`
}

function unknownIdProblem(id: DatasetId, sandbox: string, requestId: string | undefined): Problem {
  return new Problem(
    `Cannot find dataset "${id}" in sandbox "${sandbox}": the platform answered 404${requestSuffix(requestId)}`,
    {
      remedy: 'Check that "dataset" is the id of a dataset, and that it is in the sandbox that "sandbox" names.',
    },
  )
}

function unknownNameProblem(what: string, nearest: readonly string[], hint: string): Problem {
  const list = nearest.map((other) => JSON.stringify(other)).join(', ')
  const meant = nearest.length === 0 ? 'The sandbox has no datasets of your organization.' : `Similar names: ${list}.`
  return new Problem(`Cannot find a dataset ${what}`, {
    remedy: `${meant} Check "dataset" and "sandbox"; an id has 24 hexadecimal digits.${hint}`,
  })
}

function refuseManaged({ id, name, isManaged }: DatasetRecord): void {
  if (!isManaged) return
  throw new Problem(`Cannot use dataset "${id}" (${JSON.stringify(name)}): it is managed by the platform`, {
    remedy: 'Choose a dataset that your organization created.',
  })
}

function refuseStoredAsJson({ id, name, storedFormat }: DatasetRecord): void {
  if (storedFormat !== 'json') return
  throw new Problem(`Cannot use dataset "${id}" (${JSON.stringify(name)}): it stores its data as JSON`, {
    remedy:
      'The platform refuses batches for this kind of dataset (ERR-BI-106). Create a new dataset with "parquet" as its file format.',
  })
}

function refuseOtherSchema({ id, name, schemaId }: DatasetRecord, wanted: string): void {
  if (schemaId === wanted) return
  throw new Problem(
    `Cannot use dataset "${id}" (${JSON.stringify(name)}): its schema is "${schemaId ?? 'unknown'}", and "schema" names "${wanted}"`,
    { remedy: 'Remove "schema" or correct it: the schema of a dataset never changes.' },
  )
}
