/** `strict` refuses everything that the documents forbid; `lenient` accepts the deviations of Adobe's own examples. */
export type Mode = 'strict' | 'lenient'

/** Guides, OpenAPI files and tutorial screenshots disagree about success codes and bodies. */
export type Dialect = 'docs' | 'oas' | 'lab'

export type ReplayIdStyle = 'plain' | 'dollar' | 'braces'

/** Behavior that no document settles, or that a test needs to change. Times are in milliseconds, sizes in bytes. */
export type Settings = {
  readonly mode: Mode
  readonly dialect: Dialect
  readonly tokenLifeSeconds: number
  /** How long a completed batch is `loaded`, then `staging`, then `staged`. */
  readonly loadedMs: number
  readonly stagingMs: number
  readonly stagedMs: number
  /** Then, a completed batch has `status` for `forMs` before it finishes: a retrying, stalled or unknown status. */
  readonly hold: { readonly status: string; readonly forMs: number } | undefined
  readonly abandonAfterMs: number
  readonly deletedAfterMs: number
  /** `undefined`: the limit of the mode. */
  readonly maxPutBytes: number | undefined
  readonly maxChunkBytes: number | undefined
  readonly maxFiles: number
  readonly maxBatchBytes: number
  readonly maxBatchesPerMinute: number
  /** Bodies shorter than this are hashed while they arrive. */
  readonly hashBelowBytes: number
  /** How many accepted rows of a batch are kept for inspection. */
  readonly maxKeptRows: number
  /** How long after the creation of a batch, and after its COMPLETE, Catalog doesn't know of it yet. */
  readonly catalogueLagMs: { readonly created: number; readonly completed: number }
  /** How long a new dataset is missing from lists and from reads; how many reads of a changed one show the old record. */
  readonly datasetLag: { readonly listedMs: number; readonly readMs: number; readonly staleReads: number }
  /** The most that one page of the Schema Registry holds. */
  readonly schemasPerPage: number
  /** How many reads of a reverted or replaced batch still show `success`. */
  readonly staleReads: number
  readonly batchWithoutFiles: 'fails' | 'succeeds'
  readonly replay: {
    readonly honoured: boolean
    readonly idStyles: readonly ReplayIdStyle[]
    /** For an id in another style: `dropped` (default) ignores it silently; `echoed` shows it but replaces nothing. */
    readonly otherStyles?: 'dropped' | 'echoed' | 400 | 422
    readonly secondSuccessor: 'accepted' | 'refused'
    readonly predecessorsOfFailed: 'kept' | 'lost'
  }
  /** OpenAPI: unique in the organization. The answer to a second batch with the same external id is undocumented. */
  readonly duplicateExternalId: 'accepted' | 'refused'
  readonly createAnswer: 'full' | 'without-tags-and-replay'
  readonly tags: 'arrays' | 'scalars'
  readonly statusCase: 'lower' | 'capitalised' | 'upper'
  readonly statusWords: 'success-failed' | 'active-failure'
  readonly metrics: 'present' | 'missing'
  /** A batch's files in Data Access and Catalog: `{batch}-1` with rows and bytes, or `{batch}-DE1` without (as seen live). */
  readonly fileEntries: 'counted' | 'bare'
  /** Whether relational datasets accept batches of the import API, which is undocumented. */
  readonly relationalBatches: 'refused' | 'accepted'
  /** Where the organization's Profile runs: routes, headers and answers of its system jobs differ. */
  readonly cloud: 'azure' | 'aws'
  /** How long a Profile system job is `NEW`, then runs, and how it ends. */
  readonly systemJobs: {
    readonly newMs: number
    readonly runMs: number
    readonly end: 'success' | 'failure' | 'never'
  }
  /** The form of links: our own URL, one with the port that a real link has, or one on a regional host. */
  readonly links: 'own' | 'port-443' | 'foreign-host'
}

const MiB = 1 << 20

export const defaultSettings: Settings = {
  mode: 'strict',
  dialect: 'docs',
  tokenLifeSeconds: 86_399,
  loadedMs: 200,
  stagingMs: 500,
  stagedMs: 100,
  hold: undefined,
  abandonAfterMs: 24 * 3_600_000,
  deletedAfterMs: 7 * 24 * 3_600_000,
  maxPutBytes: undefined,
  maxChunkBytes: undefined,
  // Ingestion guardrails: 25,000 files and 1 TB are the hard limits of a batch.
  maxFiles: 25_000,
  maxBatchBytes: 1_099_511_627_776,
  maxBatchesPerMinute: 2_000,
  hashBelowBytes: 64 * MiB,
  maxKeptRows: 200_000,
  catalogueLagMs: { created: 0, completed: 0 },
  datasetLag: { listedMs: 0, readMs: 0, staleReads: 0 },
  // Schema Registry guide: at most 300 entries per answer.
  schemasPerPage: 300,
  // A published measurement: after REVERT, two reads still showed `success`.
  staleReads: 2,
  batchWithoutFiles: 'fails',
  replay: {
    honoured: true,
    idStyles: ['plain', 'dollar', 'braces'],
    secondSuccessor: 'refused',
    predecessorsOfFailed: 'kept',
  },
  duplicateExternalId: 'accepted',
  createAnswer: 'full',
  tags: 'arrays',
  statusCase: 'lower',
  statusWords: 'success-failed',
  metrics: 'present',
  fileEntries: 'counted',
  relationalBatches: 'refused',
  cloud: 'azure',
  systemJobs: { newMs: 100, runMs: 500, end: 'success' },
  links: 'own',
}

/** API guide: a file above 256 MB must be sent in chunks; older guides say 512 MB. */
export function maxPutBytes(settings: Settings): number {
  return settings.maxPutBytes ?? (settings.mode === 'strict' ? 256 * MiB : 512 * MiB)
}

/** The OpenAPI file allows 512,000,000 bytes per chunk; the gateway in front of it allows 256 MB. */
export function maxChunkBytes(settings: Settings): number {
  return settings.maxChunkBytes ?? (settings.mode === 'strict' ? 256 * MiB : 512_000_000)
}
