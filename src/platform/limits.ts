/**
 * Platform limits, typical durations and polling policy: every time and size that is a fact of the platform, or our policy
 * towards it, defined once. A source is the title of a document, "measured", or "ours" with the reason.
 *
 * A list named `…_LOOKS_AFTER_MS` is the pause before each look.
 */

// Requests

/** Ours: six, with pauses that double up to 30 s, outlast a restart of a gateway. */
export const HTTP_MOST_ATTEMPTS = 6
/** Data Access API reference: the gateway ends a request after about 60 s; a request that is silent for longer is lost. */
export const HTTP_SILENCE_MS = 90_000
/** Ours: a reachable host accepts a connection at once. */
export const HTTP_CONNECT_MS = 10_000
/** Ours: no response that we request comes near this, and a larger one must not fill the memory. */
export const HTTP_MOST_RESPONSE_BYTES = 64_000_000
/** Ours: every request waits for a token, so the run must soon find out that it gets none. */
export const TOKEN_MOST_ATTEMPTS = 4
/** Ours: a token is renewed this long before it expires, or at half its life if that is shorter. */
export const TOKEN_MARGIN_MS = 300_000
/** Developer Console, "Server to Server": longer than any token lives; the retired JWT exchange gave milliseconds. */
export const TOKEN_MOST_SECONDS = 10_000_000

/** Ours: the error message of a gateway or a service is at the beginning; the rest of a longer response is not read. */
export const FAILURE_MOST_BYTES = 1_000_000
/** Ours: longer than all attempts for a token take together, with every pause that the server can ask for. */
export const TOKEN_MOST_MS = 1_800_000

/** Ours: the date of a response has whole seconds, and is as old as a slow response; a larger difference is a wrong clock. */
export const CLOCK_SKEW_MOST_MS = 60_000

// Waiting during a run

/** Ours: extra time beyond "timeout-minutes", in all, for reads that the verdict depends on: the state of a batch, other publishers. */
export const WAIT_GRACE_MS = 30_000
/** Ours: extra time beyond "timeout-minutes", in all, for cleanup after any run: open batches, tags of a dataset. */
export const CLEANUP_MOST_MS = 120_000

// Lists

/** Catalog Service API: the largest page. */
export const PAGE_ENTRIES = 100
/** Ours: a list that changes this often while it is read has too many writers to be read at all. */
export const LIST_MOST_STARTS = 5
/** Ours: more entries than any dataset, batch or sandbox has; a list that continues beyond it never ends. */
export const LIST_MOST_ENTRIES = 100_000
/** Ours: enough for that many pages, and for a silent request with its retries; a slower list is not worth the wait. */
export const LIST_MOST_MS = 600_000
/** Ours: more schemas than any sandbox holds; a cursor of the Schema Registry that leads beyond it never ends. */
export const SCHEMAS_MOST_PAGES = 1_000

// What a batch can hold

/** Ours: the month in which Adobe's values in this file were last compared with Adobe's documents; docs/limits.md shows it. */
export const LIMITS_AS_OF = 'November 2026'

/** Limits of one batch. Files count as they are uploaded. */
export type BatchLimits = { readonly files: number; readonly bytes: number }

/** "Guardrails for Data Ingestion", in force since 2026-08-18: a larger batch can be uploaded, but fails at ingestion. */
export const BATCH_MOST: BatchLimits = { files: 25_000, bytes: 1_000_000_000_000 }
/** "Guardrails for Data Ingestion", 2026: batches should stay below this. */
export const BATCH_ADVISED: BatchLimits = { files: 10_000, bytes: 100_000_000_000 }
/** Where earlier versions of the action split a publication into batches (Adobe's limits before 2026-08-18): datasets hold those batches. */
export const EARLIER_BATCH_MOST: readonly BatchLimits[] = [{ files: 1_500, bytes: 100_000_000_000 }]
/** Batch ingestion API guide: the gateway takes 256 MB in one request; a larger file needs the large-file calls. */
export const WHOLE_FILE_MOST_BYTES = 256_000_000
/** Ours, for packed or split files: large enough that requests cost nothing, small enough that a slow line sends one in time. */
export const PART_MOST_BYTES = 128_000_000
/** Ours: more files are packed. Up to this number the requests are quick, and people can look for a part by its file. */
export const UNPACKED_MOST_FILES = 100
/** Batch ingestion API: a URL has at most 2,000 characters; host, route and ids take up to 400 of them. */
export const ENCODED_NAME_MOST_CHARACTERS = 1_600
/** Ours: one folder or file must leave room for the others in a URL. */
export const NAME_SEGMENT_MOST_CHARACTERS = 200
/** "Guardrails for Data Ingestion", 2026: a batch should have fewer records than this; the platform accepts more, slowly. */
export const UPSERT_ROW_LIMIT = 2_000_000

// Batches a day

/** "Guardrails for Data Ingestion", "Default guardrails for Real-Time Customer Profile data", 2026: profile and event batches in a sandbox; soft. */
export const PROFILE_BATCHES_A_DAY = 90
/** "Default guardrails for Real-Time Customer Profile data", 2026: batches for one dimension entity; soft. */
export const DIMENSION_BATCHES_A_DAY = 4
/** Ours: the action warns from this share of the limit on. */
export const BUDGET_WARNING_SHARE = 0.8
/** Ours: ten times the advised number, and ten pages; a sandbox that has more gets the warning anyway. */
export const BUDGET_MOST_ENTRIES = 1_000
/** Ours: only a log line depends on the count. */
export const BUDGET_MOST_MS = 20_000

// Upload

/** Ours: a file this small is never sent in chunks, so it can be in doubt as often as any other request. */
export const SMALL_FILE_BYTES = 8 << 20
/** Ours: a larger file that is in doubt twice is sent in chunks. */
export const LARGE_FILE_MOST_DOUBTS = 2
/** Ours: no gateway refuses less than this. */
export const CHUNK_LEAST_BYTES = 1 << 20
/** Ours: size of the first chunk, which measures the speed of the line before much is at stake. */
export const CHUNK_FIRST_BYTES = 8 << 20
/** Data Access API reference: a response must arrive within about 60 s. Chunks aim at a third of that. */
export const CHUNK_TARGET_MS = 20_000
/** As above: a file is sent whole if two thirds of that suffice. */
export const WHOLE_FILE_TARGET_MS = 40_000
/** Ours: doubts in a row after which no more bytes were stored. */
export const CHUNK_MOST_DOUBTS = 6
/** Ours; doubles with each doubt. */
export const CHUNK_PAUSE_MS = 500
/** Ours: a third start hardly fixes chunks that failed twice. */
export const CHUNKED_FILE_MOST_STARTS = 2
/** Ours: how many files acknowledged whole are checked first, to learn whether HEAD knows such files at all. */
export const ARRIVAL_FIRST_ASKED = 5
/** Ours: below this size, the time measures the response and not the line. */
export const PACE_LEAST_BYTES = 1 << 20
/** Ours: a connection that breaks sooner did not fail because the line was too slow. */
export const PACE_LEAST_MS = 5_000

// Creating and aborting a batch

/** Ours: attempts to create one batch when responses get lost. */
export const CREATE_MOST_ATTEMPTS = 3
/** Ours: the catalogue may list a batch late when its creation is in doubt. */
export const CREATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 10_000]
/** Ours: a new batch may not be in the catalogue yet, and the run must see what it replaces before it sends anything. */
export const CREATED_LAG_MS = 60_000
/** Measured: the runner leaves 7.5 s between its first and its second signal. */
export const ABORT_SILENCE_MS = 3_500
/** Ours: fits in what is left of that time. */
export const ABORT_LOOK_MS = 1_500
/** Ours: a silent platform must not delay the cleanup that the post step can do without it. */
export const POST_LOOK_MS = 3_000
/** Ours: the catalogue may still report `loading` after an ABORT; grows with each look. */
export const ABORT_LAG_MS = 1_000

// Waiting for a batch

/** Ours: the pause before the second look; it grows by a tenth of the age of the batch. */
export const POLL_FIRST_PAUSE_MS = 2_000
/** Ours: the end of a batch is noticed within a tenth of the time it took. */
export const POLL_AGE_DIVISOR = 10
/** Ours: the catalogue may not show a completed batch yet. */
export const COMPLETED_LAG_MS = 120_000
/** Ours: retries are exhausted and only Adobe can act; sometimes Adobe soon does. */
export const STALLED_WAIT_MS = 600_000
/** Measured: the platform may write metrics and errors a moment after the status. */
export const CONFIRM_PAUSE_MS = 1_000
/** Ours: one look is taken even when no time is left. */
export const LOOK_LEAST_MS = 1_000
/** Ours: failed looks in a row, each with its own retries. */
export const WAIT_MOST_ERRORS = 40
/** Ours: refused or unreadable responses in a row for a batch that was never seen; fewer, or for less than two minutes, are a glitch. */
export const WAIT_MOST_REFUSALS = 5
/** Ours: one replica of the catalogue may lag behind another; this many looks in a row that find nothing are no glitch. */
export const VANISHED_LEAST_MISSES = 3
/** Ours: only a comparison depends on what is read back, so it is not worth a long wait. */
export const READ_BACK_MOST_MS = 120_000
/** Ours: for counts and files of a finished batch, even when no time is left; the verdict depends on them. */
export const FINISHED_LEAST_MS = 10_000

// What a dataset holds

/** Ours: younger batches are listed whatever their status, known or not; older ones only if their status matters. */
export const RECENT_BATCHES_MS = 7 * 24 * 3_600_000
/** Ours: an older list of batches is read again before any decision; the catalogue can lag by more. */
export const FIRST_LIST_MOST_MS = 10_000
/** Ours: between the look before COMPLETE and COMPLETE there is time for a slow response or two at most. */
export const LAST_LOOK_MOST_MS = 3_000
/** Ours: a longer chain of consolidations is a ring. */
export const CONSOLIDATION_MOST_LINKS = 20
/** Ours: more batches than the platform consolidates into one; a batch that names more parts has no end. */
export const CONSOLIDATION_MOST_PARTS = 2_000
/** Ours: the catalogue may not list a batch that the platform has just made, though another batch names it. */
export const CONSOLIDATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 15_000]
/** Ours: one look may miss a part of a consolidated batch; the platform has deleted the records of most parts by now. */
export const PART_LOOKS_AFTER_MS = [0, 0]
/** Ours: how long to wait for a list that lags behind a look at one of its batches; in stories it lagged for 45 s. */
export const LIST_LAG_MOST_MS = 120_000
/** Ours, between looks at such a list; within {@link IN_WORK_MOST_LOOKS}. */
export const LIST_LAG_PAUSE_MS = 8_000
/** Ours: a batch that another record names usually exists, and one replica of the catalogue may lag behind another. */
export const NAMED_LOOKS_AFTER_MS = [0, 1_000, 2_000]
/** Measured: after a replay or a revert the first reads may still say `success`. */
export const STALE_LOOKS_AFTER_MS = [0, 1_000, 1_000, 1_000]
/** Ours: the run waits for batches in progress, and for others that begin meanwhile, but not for ever. */
export const IN_WORK_MOST_LOOKS = 20
/** Ours: how long a batch that looks open may have a COMPLETE that the catalogue does not show yet. */
export const COMPLETE_LAG_MS = 30_000
/** Ours, between looks at such a batch. */
export const COMPLETE_LAG_PAUSE_MS = 3_000
/** Ours: before COMPLETE everything can start over; after this many restarts the workflow has a fault. */
export const PUBLISH_MOST_RESTARTS = 3
/** Ours; grows each time: the faster run is still at work, and the catalogue may lag. */
export const RESTART_PAUSE_MS = 2_000

// Removing rows

/** Ours: how long a predecessor may take to become inactive. */
export const PREDECESSOR_MOST_MS = 600_000
/** Measured: the first reads may still say `success`, and a run without time left must not believe them. */
export const PREDECESSOR_LEAST_MS = 10_000
/** Ours: a 428 means that the state has changed, and a lost response means that it may have. */
export const REVERT_MOST_ATTEMPTS = 3
/** Ours: the catalogue may show a changed state late. */
export const REVERT_MOST_LOOKS = 14
/** Ours, between those looks. */
export const REVERT_PAUSE_MS = 2_000

// Removing events from Profile

/** "Profile system jobs endpoint": the largest page of the list of jobs. */
export const SYSTEM_JOBS_PAGE_ENTRIES = 100
/** Ours: jobs are rare, so a job that matters is among the latest thousand. */
export const SYSTEM_JOBS_MOST_PAGES = 10

// Datasets

/** Ours: attempts to create one dataset. */
export const DATASET_MOST_ATTEMPTS = 3
/** Ours: a list may lag behind a write. */
export const DATASET_LOOKS_AFTER_MS = [2_000, 3_000, 5_000, 10_000, 20_000]
/** Ours: after a plain refusal, which can mean that another job was faster. */
export const REFUSED_DATASET_LOOKS_AFTER_MS = [0, 2_000, 3_000, 5_000]
/** Ours: a look-up by id may lag behind the list. */
export const LISTED_DATASET_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000, 8_000]

/** "Dataset expiration endpoint": this tag holds the time in epoch milliseconds, and exists while an expiration is set. */
export const EXPIRATION_TAG = 'adobe/hygiene/ttl'
/** Ours: the action warns of an expiration this near. As of November 2026. */
export const EXPIRATION_WARNING_MS = 7 * 86_400_000

// Tags that control Profile

/** Ours: a read may lag behind a change by another writer, or behind a change of ours whose response got lost. */
export const CHANGED_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000]
/** Ours: a read may not show an acknowledged change at once. */
export const WRITTEN_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 3_000, 5_000, 10_000]
/** Ours: another writer changed the dataset between our look and our change. */
export const ENABLE_MOST_STARTS = 3
/** Ours: no later step can repeat what the post step fails to do. */
export const RESTORE_MOST_ATTEMPTS = 3
/** Ours, after a refusal; grows each time. */
export const RESTORE_PAUSE_MS = 1_000

// Why rows were rejected

/** "Error diagnostics" guide: the platform keeps them for 30 days. */
export const DIAGNOSTICS_KEPT_MS = 30 * 86_400_000
/** Ours: a batch that finished earlier than this has its diagnostics by now, or never will. */
export const DIAGNOSTICS_LATE_MS = 600_000
/** Ours: only the words of a report depend on them, so they are not worth a long wait. */
export const DIAGNOSTICS_MOST_ATTEMPTS = 3
/** Ours, for the same reason: between looks while diagnostics may still arrive. */
export const DIAGNOSTICS_PAUSES_MS = [1_000, 3_000, 6_000, 9_000]
/** Ours: no look begins later, however long the looks themselves take. */
export const DIAGNOSTICS_LAST_LOOK_MS = 20_000
/** Ours, for the diagnostics of one batch. */
export const DIAGNOSTICS_MOST_READ_MS = 60_000
/** Ours, for all batches of a run: outputs and summary are written afterwards. */
export const DIAGNOSTICS_MOST_MS = 120_000
/** Ours: a larger file is held in memory only in parts of this size. */
export const DIAGNOSTICS_CHUNK_BYTES = 4 * 1024 * 1024
/** Ours: more rows than anyone corrects by hand; if there are more, the first ones show the cause. */
export const DIAGNOSTICS_MOST_ROWS = 10_000
/** Ours: each file holds at least one row, so a list of diagnostics is read no further. */
export const DIAGNOSTICS_MOST_FILES = 10_000
/** Ours: how much of the files' lines is held in memory. */
export const DIAGNOSTICS_MOST_CHARACTERS = 16 * 1024 * 1024
/** Ours: no record of the platform comes near this length. */
export const DIAGNOSTICS_MOST_LINE_BYTES = 16 * 1024 * 1024
/** Ours, for a registry look-up that nothing depends on: a laptop may be offline, and a role may not read schemas. */
export const GLANCE_MOST_MS = 15_000
