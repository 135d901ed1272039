import { statusOf } from '../batches/batches.ts'
import { consolidate } from '../batches/consolidate.ts'
import { holdSet } from '../mapping/held-set.ts'
import { readMappingSet } from '../mapping/mapping-set.ts'
import { hexId } from '../ids.ts'
import type { Faults } from '../faults/faults.ts'
import type { JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'
import type { RequestLog, SeenRequest } from './request-log.ts'
import { seedState } from '../seed.ts'
import { makeDataset, type DatasetWish } from '../seed/make-dataset.ts'
import type { Settings } from '../settings.ts'
import type { Batch, Dataset, ProfileFragment, SystemJob, Upload } from '../state.ts'

type SeenFile = {
  readonly name: string
  readonly size: number
  /** The hash of a whole PUT body. For a file sent in chunks, each range has its own. */
  readonly sha256: string | undefined
  readonly how: 'whole' | 'pieces'
  readonly finished: boolean
  readonly ranges: readonly { readonly start: number; readonly end: number; readonly sha256: string | undefined }[]
}

export type SeenBatch = Pick<
  Batch,
  'id' | 'datasetId' | 'sandbox' | 'externalId' | 'created' | 'tags' | 'diagnostics' | 'thresholdPercent'
> & {
  /** The true state of the batch, whatever Catalog shows under the settings. */
  readonly stage: Batch['phase']['kind']
  readonly status: string
  readonly inputFormat: JsonObject
  readonly predecessors: readonly string[]
  readonly files: readonly SeenFile[]
  readonly errors: Batch['harvest']['errors']
  readonly metrics: Batch['harvest']['metrics']
}

/** What tests and people can inspect and change without going through the platform's API. */
export type Inspection = {
  requests(): readonly SeenRequest[]
  batches(): Promise<readonly SeenBatch[]>
  /** The stored bytes of an upload. */
  file(batchId: string, name: string): Promise<Uint8Array | undefined>
  /** Accepted rows of a successful batch, up to `maxKeptRows`. */
  rows(batchId: string): Promise<readonly unknown[]>
  /** The rows of a dataset's active batches, in the order in which the batches were created. */
  datasetRows(datasetId: string): Promise<readonly unknown[]>
  profile(): Promise<readonly ProfileFragment[]>
  /** Jobs that remove data from Profile, oldest first. */
  systemJobs(): Promise<readonly SystemJob[]>
  dataset(datasetId: string): JsonObject | undefined
  /** All datasets, even those that lists do not show yet. */
  datasets(): readonly Dataset[]
  settings(): Settings
  change(settings: Partial<Settings>): void
  /** Consolidates batches of a dataset into one, as the platform does; returns its id. */
  consolidate(batchIds: readonly string[]): Promise<string>
  revokeTokens(): void
  addSchema(schema: JsonObject & { readonly $id: string }): void
  addDescriptor(descriptor: JsonObject & { readonly '@id': string }): void
  /** Adds a mapping set from a create body of Data Prep, without checking schema or expressions; returns its id. */
  addMappingSet(body: JsonObject, sandbox?: string): string
  addDataset(dataset: Dataset): void
  /** For hundreds of datasets at once; returns their ids. */
  addDatasets(wishes: readonly DatasetWish[]): readonly string[]
  /** Restores the seeded state: no batches, requests or faults, and the initial settings. */
  reset(): Promise<void>
}

export type Inspected = {
  readonly platform: Platform
  readonly settings: { current: Settings }
  readonly faults: Faults
  readonly log: RequestLog
  readonly settled: () => Promise<void>
}

export function createInspection(inspected: Inspected): Inspection {
  return { ...looks(inspected), ...changes(inspected), ...additions(inspected) }
}

type Additions = 'addSchema' | 'addDescriptor' | 'addMappingSet' | 'addDataset' | 'addDatasets'
type Changes = 'change' | 'consolidate' | 'revokeTokens' | 'reset'

function looks({ platform, settings, log, settled }: Inspected): Omit<Inspection, Changes | Additions> {
  const { state } = platform
  const byAge = async () => {
    await settled()
    return [...state.batches.values()].toSorted((one, other) => one.created - other.created)
  }
  return {
    requests: () => log.list(),
    batches: async () => (await byAge()).map((batch) => seenBatch(platform, batch)),
    file: async (batchId, name) => {
      const upload = state.batches.get(batchId)?.uploads.get(name)
      return await upload?.stored.read(0, upload.size)
    },
    rows: async (batchId) => (await byAge()).find(({ id }) => id === batchId)?.harvest.rows ?? [],
    datasetRows: async (id) =>
      (await byAge()).filter((batch) => isActiveIn(id, batch)).flatMap((batch) => batch.harvest.rows),
    profile: async () => {
      await settled()
      return [...state.profile.values()]
    },
    systemJobs: async () => {
      await settled()
      return [...state.systemJobs.values()]
    },
    dataset: (id) => state.datasets.get(id)?.record,
    datasets: () => [...state.datasets.values()],
    settings: () => settings.current,
  }
}

function changes(inspected: Inspected): Pick<Inspection, Changes> {
  const { platform, settings, settled } = inspected
  const { state } = platform
  const atStart = settings.current
  return {
    change: (wanted) => {
      settings.current = { ...settings.current, ...wanted }
    },
    consolidate: async (ids) => {
      await settled()
      return consolidate(platform, ids)
    },
    revokeTokens: () => state.tokens.clear(),
    reset: async () => {
      await settled()
      settings.current = atStart
      await reset(inspected)
    },
  }
}

function additions({ platform }: Inspected): Pick<Inspection, Additions> {
  const { state, random } = platform
  const addDataset = (dataset: Dataset) => void state.datasets.set(dataset.id, dataset)
  return {
    addSchema: (schema) => void state.schemas.set(schema.$id, schema),
    addDescriptor: (descriptor) => void state.descriptors.set(descriptor['@id'], descriptor),
    addMappingSet: (body, sandbox = 'dev') =>
      holdSet(platform, readMappingSet(body), { sandbox, clientId: 'emulator' }).id,
    addDataset,
    addDatasets: (wishes) => {
      const made = wishes.map((wish) => makeDataset(hexId(24, random), wish))
      for (const dataset of made) addDataset(dataset)
      return made.map(({ id }) => id)
    },
  }
}

function isActiveIn(datasetId: string, batch: Batch): boolean {
  return batch.datasetId === datasetId && batch.phase.kind === 'success'
}

async function reset({ platform, faults, log }: Inspected): Promise<void> {
  const uploads = [...platform.state.batches.values()].flatMap((batch) => [...batch.uploads.values()])
  for (const map of Object.values(platform.state)) map.clear()
  seedState(platform.state)
  faults.clear()
  log.clear()
  for (const { stored } of uploads) await stored.remove()
}

function seenBatch(platform: Platform, batch: Batch): SeenBatch {
  const { id, datasetId, sandbox, externalId, created, tags, diagnostics, thresholdPercent } = batch
  return {
    id,
    datasetId,
    sandbox,
    externalId,
    created,
    tags,
    diagnostics,
    thresholdPercent,
    stage: batch.phase.kind,
    status: statusOf(batch, platform),
    inputFormat: batch.input.shown,
    predecessors: batch.replay.predecessors,
    files: [...batch.uploads.values()].map(seenFile),
    errors: batch.harvest.errors,
    metrics: batch.harvest.metrics,
  }
}

function seenFile({ name, size, sha256, how, finished, pieces }: Upload): SeenFile {
  return { name, size, sha256, how, finished, ranges: pieces }
}
