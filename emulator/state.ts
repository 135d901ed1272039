import type { BatchError } from './ingestion/ingest.ts'
import type { JsonObject } from './json.ts'
import type { MappingSet } from './mapping/mapping-set.ts'
import type { StoredBytes } from './uploads/storage.ts'

/** A member of the organization: a credential of the Developer Console. */
export type Credential = {
  readonly clientId: string
  /** At most two: a credential has a second secret during rotation. */
  readonly secrets: readonly string[]
  readonly scopes: readonly string[]
  /** Names of the sandboxes that the credential can use. */
  readonly sandboxes: readonly string[]
}

export type Sandbox = {
  readonly id: string
  readonly name: string
  readonly title: string
  readonly type: 'development' | 'production'
  readonly isDefault: boolean
}

export type Token = { readonly clientId: string; readonly expiresAt: number }

/** A dataset as Catalog shows it, without its id. */
export type Dataset = {
  readonly id: string
  readonly sandbox: string
  readonly record: JsonObject
  /** The tags request upsert, but were set in a way that has no effect in Profile. */
  readonly isUpsertInVain?: boolean
}

/** The old record of a changed dataset, which some reads still show. */
type Afterimage = { readonly record: JsonObject; readonly readsLeft: number }

export type Piece = {
  readonly start: number
  /** Inclusive. */ readonly end: number
  readonly sha256: string | undefined
}

export type Upload = {
  readonly name: string
  readonly how: 'whole' | 'pieces'
  /** A file sent in chunks counts only after its COMPLETE. */
  readonly finished: boolean
  readonly stored: StoredBytes
  readonly size: number
  readonly sha256: string | undefined
  readonly pieces: readonly Piece[]
}

export type Phase =
  | { readonly kind: 'loading' }
  | { readonly kind: 'promoting'; readonly since: number; readonly profileEnabled: boolean }
  | { readonly kind: 'success' | 'failed' | 'aborted' | 'abandoned' | 'deleted'; readonly since: number }
  | { readonly kind: 'inactive'; readonly since: number; readonly staleReads: number }

export type InputFormat = {
  readonly format: 'json' | 'csv' | 'parquet'
  readonly isMultiLineJson: boolean
  readonly csv: { readonly delimiter: string; readonly quote: string; readonly escape: string }
  /** As sent, or with the defaults. */
  readonly shown: JsonObject
}

export type Replay = { readonly predecessors: readonly string[]; readonly shown: JsonObject }

/** The result of a batch's promotion. */
export type Harvest = {
  readonly errors: readonly BatchError[]
  readonly metrics: Readonly<Record<string, number>> | undefined
  readonly rowErrors: readonly { readonly name: string; readonly records: readonly unknown[] }[]
  /** Accepted rows, up to `maxKeptRows`. */
  readonly rows: readonly unknown[]
}

export type Batch = {
  readonly id: string
  readonly datasetId: string
  readonly sandbox: string
  /** False for records that were created in Catalog, which take no uploads. */
  readonly takesUploads: boolean
  readonly externalId: string
  readonly created: number
  readonly createdBy: string
  readonly updated: number
  readonly changes: number
  readonly input: InputFormat
  readonly tags: JsonObject
  readonly replay: Replay
  readonly diagnostics: boolean
  readonly thresholdPercent: number
  readonly uploads: ReadonlyMap<string, Upload>
  readonly phase: Phase
  readonly started: number | undefined
  readonly completed: number | undefined
  readonly harvest: Harvest
  /** Values set by Catalog's own calls, which override those of the ingestion; empty for a batch of the ingestion. */
  readonly written: JsonObject
}

export type ProfileFragment = {
  readonly identity: string
  readonly datasetId: string
  readonly batchId: string
  readonly attributes: JsonObject
}

/** A job that removes a batch, or a whole dataset, from Profile. */
export type SystemJob = {
  readonly id: string
  readonly sandbox: string
  readonly datasetId: string
  /** Undefined: the whole dataset. */
  readonly batchId: string | undefined
  readonly created: number
  /** The job has removed the fragments. */
  readonly isDone: boolean
}

/** A mapping set after one PUT; `GET ?version=` can read each version. */
export type SetVersion = {
  readonly set: MappingSet
  readonly modified: number
  readonly modifiedBy: string
  readonly schemaId: string
  /** One id for each mapping. */
  readonly mappingIds: readonly string[]
}

/** A mapping set of Data Prep. */
export type HeldSet = {
  readonly id: string
  readonly sandbox: string
  readonly created: number
  readonly createdBy: string
  /** Version 0 first; never empty. */
  readonly versions: readonly [SetVersion, ...SetVersion[]]
}

export type State = {
  readonly credentials: Map<string, Credential>
  readonly sandboxes: Map<string, Sandbox>
  readonly tokens: Map<string, Token>
  readonly datasets: Map<string, Dataset>
  readonly afterimages: Map<string, Afterimage>
  /** By `$id`. */
  readonly schemas: Map<string, JsonObject>
  readonly descriptors: Map<string, JsonObject>
  readonly mappingSets: Map<string, HeldSet>
  readonly labels: Map<string, { readonly version: number; readonly body: JsonObject }>
  readonly batches: Map<string, Batch>
  /** Keyed by dataset and identity; events by dataset and `_id`. */
  readonly profile: Map<string, ProfileFragment>
  /** Ids of the batches that Profile received. */
  readonly profileBatches: Set<string>
  readonly systemJobs: Map<string, SystemJob>
}

export function emptyState(): State {
  return {
    credentials: new Map(),
    sandboxes: new Map(),
    tokens: new Map(),
    datasets: new Map(),
    afterimages: new Map(),
    schemas: new Map(),
    descriptors: new Map(),
    mappingSets: new Map(),
    labels: new Map(),
    batches: new Map(),
    profile: new Map(),
    profileBatches: new Set(),
    systemJobs: new Map(),
  }
}
