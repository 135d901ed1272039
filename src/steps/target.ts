import type { Clock } from '../base/clock.ts'
import { Problem } from '../base/problem.ts'
import type { DatasetRecord } from '../platform/dataset-record.ts'
import type { DatasetsApi } from '../platform/datasets.ts'
import type { DatasetId } from '../platform/ids.ts'
import type { SchemasApi } from '../platform/schemas.ts'
import type { Say } from './discover.ts'
import type { DatasetNaming } from './inputs/dataset.ts'
import { createDataset, type Prospect } from './target/create-dataset.ts'
import { findDataset } from './target/find-dataset.ts'
import { findSchema } from './target/find-schema.ts'
import { readListed } from './target/read-listed.ts'

/** The dataset that the files go into. */
export type Target = { readonly dataset: DatasetRecord; readonly sandbox: string }

/** Where the files are to go: a dataset, or one that is created once the files are found to be good. */
export type Sought =
  | { readonly kind: 'there'; readonly target: Target }
  | { readonly kind: 'to create'; readonly prospect: Prospect; readonly sandbox: string }

export type Wanted = {
  readonly dataset: DatasetNaming
  readonly sandbox: string
  /** `$id`, `meta:altId` or title; empty: the dataset must be there. */
  readonly schema: string
  readonly upsert: 'false' | 'true' | 'enable'
}

export type TargetTools = {
  readonly datasets: DatasetsApi
  readonly schemas: SchemasApi
  readonly clock: Clock
  readonly say: Say
  readonly signal: AbortSignal
}

/** @throws Problem when the dataset can't be read or isn't one that a customer may write to. */
export async function findTarget(wanted: Pick<Wanted, 'dataset' | 'sandbox'>, tools: TargetTools): Promise<Target> {
  return findOrSay(wanted, '', tools)
}

/** `hint`: what else can be done where nothing has the name. */
async function findOrSay(
  { dataset, sandbox }: Pick<Wanted, 'dataset' | 'sandbox'>,
  hint: string,
  tools: TargetTools,
): Promise<Target> {
  if (dataset.kind === 'id') return readTarget(dataset.id, sandbox, tools)
  const found = await findDataset(dataset.name, tools)
  if (found.kind === 'missing')
    throw unknownName(`named ${JSON.stringify(dataset.name)} in sandbox "${sandbox}"`, found.nearest, hint)
  return readNamed({ id: found.id, name: dataset.name }, sandbox, tools)
}

const CREATES = ' With "schema" the dataset is created.'

/** As {@link findTarget}; a dataset that there is none of may be created where a schema is given. Changes nothing itself. */
export async function seekTarget(wanted: Wanted, tools: TargetTools): Promise<Sought> {
  const { dataset, sandbox, schema, upsert } = wanted
  if (schema === '' || dataset.kind === 'id') return { kind: 'there', target: await findOrSay(wanted, CREATES, tools) }
  const schemaId = await findSchema(schema, tools)
  const { name } = dataset
  const found = await findDataset(name, tools)
  if (found.kind === 'missing') {
    return { kind: 'to create', prospect: { name, schemaId, isForUpsert: upsert !== 'false' }, sandbox }
  }
  const target = await readNamed({ id: found.id, name }, sandbox, tools)
  refuseOtherSchema(target.dataset, schemaId)
  return { kind: 'there', target }
}

/** Creates the dataset where there is none. @throws Problem when another of its name came into being. */
export async function settleTarget(sought: Sought, tools: TargetTools): Promise<Target> {
  if (sought.kind === 'there') return sought.target
  const id = await createDataset(sought.prospect, tools)
  const target = await readNamed({ id, name: sought.prospect.name }, sought.sandbox, tools)
  refuseOtherSchema(target.dataset, sought.prospect.schemaId)
  return target
}

async function readTarget(id: DatasetId, sandbox: string, { datasets, signal }: TargetTools): Promise<Target> {
  const found = await datasets.read(id, signal)
  if (found.kind === 'missing') throw unknownId(id, sandbox, found.requestId)
  return accept(found.record, sandbox)
}

type Listed = { readonly id: DatasetId; readonly name: string }

/** Of a dataset that a list shows under this name: the list may lag behind a deletion or a new name. */
async function readNamed({ id, name }: Listed, sandbox: string, tools: TargetTools): Promise<Target> {
  const found = await readListed(id, tools)
  if (found.kind === 'missing')
    throw unlike(id, `it is listed, and the platform answers 404${request(found.requestId)}`)
  if (found.record.name !== name)
    throw unlike(id, `it is listed as ${JSON.stringify(name)}, and named ${JSON.stringify(found.record.name)}`)
  return accept(found.record, sandbox)
}

function accept(dataset: DatasetRecord, sandbox: string): Target {
  refuseManaged(dataset)
  refuseStoredAsJson(dataset)
  return { dataset, sandbox }
}

function unlike(id: DatasetId, why: string): Problem {
  return new Problem(`Cannot use dataset "${id}": ${why}`, {
    remedy: 'Nothing was sent. Run again in a few minutes; somebody is renaming or deleting it.',
    isPassing: true,
  })
}

function request(id: string | undefined): string {
  return id === undefined ? '' : ` (request ${id})`
}

function unknownId(id: DatasetId, sandbox: string, requestId: string | undefined): Problem {
  return new Problem(
    `Cannot find dataset "${id}" in sandbox "${sandbox}": the platform answered 404${request(requestId)}`,
    {
      remedy: 'Check that "dataset" is the id of a dataset, and that it is in the sandbox that "sandbox" names.',
    },
  )
}

function unknownName(what: string, nearest: readonly string[], hint: string): Problem {
  const list = nearest.map((other) => JSON.stringify(other)).join(', ')
  const meant = nearest.length === 0 ? 'The sandbox holds no dataset of yours.' : `The nearest names: ${list}.`
  return new Problem(`Cannot find a dataset ${what}`, {
    remedy: `${meant} Check "dataset" and "sandbox"; an id has 24 hexadecimal digits.${hint}`,
  })
}

function refuseManaged({ id, name, isManaged }: DatasetRecord): void {
  if (!isManaged) return
  throw new Problem(`Cannot use dataset "${id}" (${JSON.stringify(name)}): the platform manages it itself`, {
    remedy: 'Choose a dataset that your organization made.',
  })
}

function refuseStoredAsJson({ id, name, storedFormat }: DatasetRecord): void {
  if (storedFormat !== 'json') return
  throw new Problem(`Cannot use dataset "${id}" (${JSON.stringify(name)}): it stores its data as JSON`, {
    remedy:
      'The platform refuses batches for such a dataset (ERR-BI-106). Create it anew with "parquet" as its file format.',
  })
}

function refuseOtherSchema({ id, name, schemaId }: DatasetRecord, wanted: string): void {
  if (schemaId === wanted) return
  throw new Problem(
    `Cannot use dataset "${id}" (${JSON.stringify(name)}): its schema is "${schemaId ?? 'unknown'}", and "schema" names "${wanted}"`,
    { remedy: 'Leave "schema" out, or correct it: the schema of a dataset never changes.' },
  )
}
