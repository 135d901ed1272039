/** `strict` refuses whatever the documents call wrong; `lenient` takes what Adobe's own examples do against them. */
export type Mode = 'strict' | 'lenient'

/** The documents disagree about success codes and bodies: the guides, the OpenAPI files, the screens of the tutorials. */
export type Dialect = 'docs' | 'oas' | 'lab'

export type ReplayIdStyle = 'plain' | 'dollar' | 'braces'

/** Whatever no document settles, or a test wants otherwise. Times are in milliseconds, sizes in bytes. */
export type Settings = {
  readonly mode: Mode
  readonly dialect: Dialect
  readonly tokenLifeSeconds: number
  /** How long a completed batch reads `loaded`, then `staging`, then `staged`. */
  readonly loadedMs: number
  readonly stagingMs: number
  readonly stagedMs: number
  /** A completed batch reads `status` for `forMs` more before it settles: a retrying, stalled or unheard-of status. */
  readonly hold: { readonly status: string; readonly forMs: number } | undefined
  readonly abandonAfterMs: number
  readonly deletedAfterMs: number
  /** `undefined`: what the mode says. */
  readonly maxPutBytes: number | undefined
  readonly maxChunkBytes: number | undefined
  readonly maxFiles: number
  readonly maxBatchBytes: number
  readonly maxBatchesPerMinute: number
  /** Bodies shorter than this are hashed while they arrive. */
  readonly hashBelowBytes: number
  /** Accepted rows that are kept of one batch, for looking at. */
  readonly maxKeptRows: number
  /** How long after its creation, and after COMPLETE, the catalogue doesn't know of it yet. */
  readonly catalogueLagMs: { readonly created: number; readonly completed: number }
  /** How long after its creation a dataset is not listed, or not read by its id; how many reads of a changed one show it as before. */
  readonly datasetLag: { readonly listedMs: number; readonly readMs: number; readonly staleReads: number }
  /** The most that one page of the Schema Registry holds. */
  readonly schemasPerPage: number
  /** How many reads of a reverted or replaced batch still say `success`. */
  readonly staleReads: number
  readonly batchWithoutFiles: 'fails' | 'succeeds'
  readonly replay: {
    readonly honoured: boolean
    readonly idStyles: readonly ReplayIdStyle[]
    /** What becomes of an id in another style: dropped without a word, when absent; `echoed` shows it and replaces nothing. */
    readonly otherStyles?: 'dropped' | 'echoed' | 400 | 422
    readonly secondSuccessor: 'accepted' | 'refused'
    readonly predecessorsOfFailed: 'kept' | 'lost'
  }
  /** OpenAPI: unique in the organization. What a second batch of one external id is answered is written nowhere. */
  readonly duplicateExternalId: 'accepted' | 'refused'
  readonly createAnswer: 'full' | 'without-tags-and-replay'
  readonly tags: 'arrays' | 'scalars'
  readonly statusCase: 'lower' | 'capitalised' | 'upper'
  readonly statusWords: 'success-failed' | 'active-failure'
  readonly metrics: 'present' | 'missing'
  /** What Data Access and Catalog show of the files of a batch: `{batch}-1` with its rows and bytes, or `{batch}-DE1` without, as seen on the platform. */
  readonly fileEntries: 'counted' | 'bare'
  /** Whether batches of the import API go into relational datasets, of which no document speaks. */
  readonly relationalBatches: 'refused' | 'accepted'
  /** Where the organization's Profile runs: routes, headers and answers of its system jobs differ. */
  readonly cloud: 'azure' | 'aws'
  /** How long such a job reads `NEW`, then is at work, and how it ends. */
  readonly systemJobs: {
    readonly newMs: number
    readonly runMs: number
    readonly end: 'success' | 'failure' | 'never'
  }
  /** Links as the gateway writes them: our own URL, with the port that a real link carries, or on a regional host. */
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
  // Schema Registry guide: at most 300 entries in one answer.
  schemasPerPage: 300,
  // A published measurement: after REVERT two reads still said `success`.
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

/** API guide: above 256 MB a file must come in pieces; older guides say 512 MB. */
export function maxPutBytes(settings: Settings): number {
  return settings.maxPutBytes ?? (settings.mode === 'strict' ? 256 * MiB : 512 * MiB)
}

/** The OpenAPI file says 512,000,000 bytes a piece; the gateway in front of it says 256 MB. */
export function maxChunkBytes(settings: Settings): number {
  return settings.maxChunkBytes ?? (settings.mode === 'strict' ? 256 * MiB : 512_000_000)
}
