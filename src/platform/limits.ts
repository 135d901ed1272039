/**
 * What the platform allows, how long it takes, and how often it is asked: every time and size that is a fact of it, or our
 * policy towards it, each once. A source is the title of a document, "measured", or "ours" with the reason.
 *
 * A list named `…_LOOKS_AFTER_MS` is the pause before each look.
 */

// Requests

/** Ours: six, with pauses that double up to 30 s, outlast a restart of a gateway. */
export const HTTP_MOST_ATTEMPTS = 6
/** Data Access API reference: the gateway ends a request after about 60 s; what is silent for longer is lost. */
export const HTTP_SILENCE_MS = 90_000
/** Ours: a host that is there answers a connection at once. */
export const HTTP_CONNECT_MS = 10_000
/** Ours: no answer that we ask for is near this, and one that is must not fill the memory. */
export const HTTP_MOST_RESPONSE_BYTES = 64_000_000
/** Ours: everything waits for a token, so that it must soon be clear that there is none. */
export const TOKEN_MOST_ATTEMPTS = 4
/** Ours: a token is renewed this long before it ends, or at half its life if that is shorter. */
export const TOKEN_MARGIN_MS = 300_000
/** Developer Console, "Server to Server": longer than any token lives; the retired JWT exchange said milliseconds. */
export const TOKEN_MOST_SECONDS = 10_000_000

/** Ours: what a gateway or a service says of a failure stands at the beginning; the rest of a longer answer is not read. */
export const FAILURE_MOST_BYTES = 1_000_000
/** Ours: longer than the attempts for a token take together, with every pause that they may be asked for. */
export const TOKEN_MOST_MS = 1_800_000

/** Ours: the date of an answer has whole seconds, and may be as old as a slow answer; more than that is a wrong clock. */
export const CLOCK_SKEW_MOST_MS = 60_000

// All waiting of a run

/** Ours: beyond "timeout-minutes", in all, for looks that the verdict rests on: what became of a batch, who else published. */
export const WAIT_GRACE_MS = 30_000
/** Ours: beside "timeout-minutes", in all, for what must be put right however a run ends: open batches, tags of a dataset. */
export const SETTLING_MOST_MS = 120_000

// Lists

/** Catalog Service API: the largest page. */
export const PAGE_ENTRIES = 100
/** Ours: a list that changes under the reader as often is changed by a crowd. */
export const LIST_MOST_STARTS = 5
/** Ours: more than any dataset, batch or sandbox has; a list that goes on beyond it has no end. */
export const LIST_MOST_ENTRIES = 100_000
/** Ours: so many pages come within it, and a silence and its retries; a list that takes longer is not worth the wait. */
export const LIST_MOST_MS = 600_000
/** Ours: more than any sandbox holds; beyond it the cursor of the Schema Registry leads nowhere. */
export const SCHEMAS_MOST_PAGES = 1_000

// What a batch carries

/** Ours: the month in which what is Adobe's in this file was last compared with Adobe's documents; docs/limits.md shows it. */
export const LIMITS_AS_OF = 'November 2026'

/** Of one batch. Files count as they are uploaded. */
export type BatchLimits = { readonly files: number; readonly bytes: number }

/** "Guardrails for Data Ingestion", in force since 2026-08-18: what has more is uploaded, and fails at ingestion. */
export const BATCH_MOST: BatchLimits = { files: 25_000, bytes: 1_000_000_000_000 }
/** "Guardrails for Data Ingestion", 2026: advised is less than this. */
export const BATCH_ADVISED: BatchLimits = { files: 10_000, bytes: 100_000_000_000 }
/** Where earlier versions of the action cut a publish into batches (Adobe's limits before 2026-08-18): datasets hold their parts. */
export const EARLIER_BATCH_MOST: readonly BatchLimits[] = [{ files: 1_500, bytes: 100_000_000_000 }]
/** Batch ingestion API guide: the gateway takes 256 MB in one request; above that a file goes by the large-file calls. */
export const WHOLE_FILE_MOST_BYTES = 256_000_000
/** Ours, for what is packed or split: enough that requests cost nothing, few enough that a slow line sends one in time. */
export const PART_MOST_BYTES = 128_000_000
/** Ours: more files travel packed. As many requests are soon made, and a part is a file that people can look for. */
export const UNPACKED_MOST_FILES = 100
/** Batch ingestion API: a URL has at most 2,000 characters; host, route and ids take up to 400 of them. */
export const ENCODED_NAME_MOST_CHARACTERS = 1_600
/** Ours: one folder or file must leave room for the others in a URL. */
export const NAME_SEGMENT_MOST_CHARACTERS = 200
/** "Guardrails for Data Ingestion", 2026: advised are fewer records than this in a batch; more are taken, slowly. */
export const UPSERT_ROW_LIMIT = 2_000_000

// Batches a day

/** "Guardrails for Data Ingestion", "Default guardrails for Real-Time Customer Profile data", 2026: profile and event batches of a sandbox; soft. */
export const PROFILE_BATCHES_A_DAY = 90
/** "Default guardrails for Real-Time Customer Profile data", 2026: batches of one dimension entity; soft. */
export const DIMENSION_BATCHES_A_DAY = 4
/** Ours: from this share on, somebody should look. */
export const BUDGET_WARNING_SHARE = 0.8
/** Ours: ten times what is advised, and ten pages; a sandbox that has more is warned of anyway. */
export const BUDGET_MOST_ENTRIES = 1_000
/** Ours: nothing depends on the count but a line to read. */
export const BUDGET_MOST_MS = 20_000

// Upload

/** Ours: such a file is never cut into chunks, so it may be in doubt as often as anything else. */
export const SMALL_FILE_BYTES = 8 << 20
/** Ours: a larger file that is in doubt twice goes by chunks. */
export const LARGE_FILE_MOST_DOUBTS = 2
/** Ours: no gateway refuses less than this. */
export const CHUNK_LEAST_BYTES = 1 << 20
/** Ours: so large is the first chunk, which tells how fast the line is before much is at stake. */
export const CHUNK_FIRST_BYTES = 8 << 20
/** Data Access API reference: an answer must be there after about 60 s. Chunks aim at a third of that. */
export const CHUNK_TARGET_MS = 20_000
/** As above: a file goes whole where two thirds of that will do. */
export const WHOLE_FILE_TARGET_MS = 40_000
/** Ours: doubts in a row that bring nothing forward. */
export const CHUNK_MOST_DOUBTS = 6
/** Ours; doubled with each doubt. */
export const CHUNK_PAUSE_MS = 500
/** Ours: whatever is wrong with the chunks of a file is hardly fixed by a third start. */
export const CHUNKED_FILE_MOST_STARTS = 2
/** Ours: files acknowledged whole that are asked for before it shows whether HEAD knows of such files at all. */
export const ARRIVAL_FIRST_ASKED = 5
/** Ours: in what is smaller, the time is that of the answer, not of the line. */
export const PACE_LEAST_BYTES = 1 << 20
/** Ours: a connection that breaks sooner was not too slow. */
export const PACE_LEAST_MS = 5_000

// Making a batch, and giving it up

/** Ours: creations of one batch whose answers may get lost. */
export const CREATE_MOST_ATTEMPTS = 3
/** Ours: the catalogue may know later of a batch whose creation is in doubt. */
export const CREATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 10_000]
/** Ours: a new batch may not be in the catalogue yet, and what it replaces is to be seen before anything is sent. */
export const CREATED_LAG_MS = 60_000
/** Measured: the runner leaves 7.5 s between its first and its second signal. */
export const ABORT_SILENCE_MS = 3_500
/** Ours: within what is left of that. */
export const ABORT_LOOK_MS = 1_500
/** Ours: a silent platform must not hold up what the post step can do without it. */
export const POST_LOOK_MS = 3_000
/** Ours: the catalogue may go on saying `loading` after an ABORT; longer with each look. */
export const ABORT_LAG_MS = 1_000

// Waiting for a batch

/** Ours: the pause before the second look; it grows with the age of a batch, by a tenth of it. */
export const POLL_FIRST_PAUSE_MS = 2_000
/** Ours: so that an end is noticed within a tenth of the time it took. */
export const POLL_AGE_DIVISOR = 10
/** Ours: a batch that was completed may not be in the catalogue yet. */
export const COMPLETED_LAG_MS = 120_000
/** Ours: retries are exhausted, and only Adobe can act; sometimes it soon does. */
export const STALLED_WAIT_MS = 600_000
/** Measured: metrics and errors may be written a moment after the status. */
export const CONFIRM_PAUSE_MS = 1_000
/** Ours: one look is taken also when there is no time at all. */
export const LOOK_LEAST_MS = 1_000
/** Ours: looks in a row that got no answer, each with its own retries. */
export const WAIT_MOST_ERRORS = 40
/** Ours: looks in a row that were refused, or answered by what can't be read, of what was never seen; fewer, or for less than two minutes, are an accident on the way. */
export const WAIT_MOST_REFUSALS = 5
/** Ours: one replica of the catalogue may be behind another; so many looks in a row that find nothing are no accident. */
export const VANISHED_LEAST_MISSES = 3
/** Ours: only a comparison depends on what is read back, so that nobody should wait for it long. */
export const READ_BACK_MOST_MS = 120_000
/** Ours: what is looked at when a batch has settled, counts and files, also where no time is left; the verdict rests on it. */
export const SETTLED_LEAST_MS = 10_000

// What a dataset holds

/** Ours: what is younger is listed whatever its status, known or not; what is older only where its status matters. */
export const RECENT_BATCHES_MS = 7 * 24 * 3_600_000
/** Ours: a list of batches that was asked for longer ago is read anew before anything is decided; others lag by more. */
export const FIRST_LIST_MOST_MS = 10_000
/** Ours: no more than a slow answer or two may lie between the look before COMPLETE and COMPLETE. */
export const LAST_LOOK_MOST_MS = 3_000
/** Ours: a chain of consolidations that is longer is a ring. */
export const CONSOLIDATION_MOST_LINKS = 20
/** Ours: more batches than the platform puts together in one; what names more parts has no end. */
export const CONSOLIDATION_MOST_PARTS = 2_000
/** Ours: a batch that the platform has just made may not be in the catalogue yet, though another names it. */
export const CONSOLIDATED_LOOKS_AFTER_MS = [0, 2_000, 5_000, 15_000]
/** Ours: one look may miss a part of a consolidated batch; the record of most parts is deleted by now. */
export const PART_LOOKS_AFTER_MS = [0, 0]
/** Ours: a list that lags behind a look at one of its batches is waited for so long; in stories it lagged for 45 s. */
export const LIST_LAG_MOST_MS = 120_000
/** Ours, between looks at such a list; within {@link IN_WORK_MOST_LOOKS}. */
export const LIST_LAG_PAUSE_MS = 8_000
/** Ours: a batch that somebody names is there, as a rule, and one replica of the catalogue may be behind another. */
export const NAMED_LOOKS_AFTER_MS = [0, 1_000, 2_000]
/** Measured: after a replay or a revert the first reads may still say `success`. */
export const STALE_LOOKS_AFTER_MS = [0, 1_000, 1_000, 1_000]
/** Ours: what is in progress is waited for, and something else may begin meanwhile, but not for ever. */
export const IN_WORK_MOST_LOOKS = 20
/** Ours: how long an open batch may be one whose COMPLETE the catalogue does not show yet. */
export const COMPLETE_LAG_MS = 30_000
/** Ours, between looks at such a batch. */
export const COMPLETE_LAG_PAUSE_MS = 3_000
/** Ours: before COMPLETE everything may start over; after that many times something is wrong with the workflow. */
export const PUBLISH_MOST_RESTARTS = 3
/** Ours; longer each time: whoever was faster is still at work, and the catalogue may lag. */
export const RESTART_PAUSE_MS = 2_000

// Taking rows out

/** Ours: how long a predecessor may take to become inactive. */
export const PREDECESSOR_MOST_MS = 600_000
/** Measured: the first reads may still say `success`, and a run that has no time left must not take those for the truth. */
export const PREDECESSOR_LEAST_MS = 10_000
/** Ours: a 428 says that the state has changed, and a lost answer that it may have. */
export const REVERT_MOST_ATTEMPTS = 3
/** Ours: the catalogue may show a changed state a little later. */
export const REVERT_MOST_LOOKS = 14
/** Ours, between those looks. */
export const REVERT_PAUSE_MS = 2_000

// Taking events out of Profile

/** "Profile system jobs endpoint": the largest page of the list of jobs. */
export const SYSTEM_JOBS_PAGE_ENTRIES = 100
/** Ours: jobs are rare, and one of a batch that matters is among the latest thousand. */
export const SYSTEM_JOBS_MOST_PAGES = 10

// Datasets

/** Ours: creations of one dataset. */
export const DATASET_MOST_ATTEMPTS = 3
/** Ours: a list may lag behind what was written. */
export const DATASET_LOOKS_AFTER_MS = [2_000, 3_000, 5_000, 10_000, 20_000]
/** Ours: after a plain refusal, which may be one because another job was faster. */
export const REFUSED_DATASET_LOOKS_AFTER_MS = [0, 2_000, 3_000, 5_000]
/** Ours: a look-up by id may lag behind the list. */
export const LISTED_DATASET_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000, 8_000]

/** "Dataset expiration endpoint": this tag holds the moment in epoch milliseconds, and is there while an expiration is set. */
export const EXPIRATION_TAG = 'adobe/hygiene/ttl'
/** Ours: so near an end, somebody should look. As of November 2026. */
export const EXPIRATION_WARNING_MS = 7 * 86_400_000

// Tags that decide about Profile

/** Ours: a read may lag behind a change of somebody else, or of ours whose answer got lost. */
export const CHANGED_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 4_000]
/** Ours: a change that was answered may not be read at once. */
export const WRITTEN_TAGS_LOOKS_AFTER_MS = [0, 1_000, 2_000, 3_000, 5_000, 10_000]
/** Ours: somebody else changed the dataset in the moment between look and change. */
export const ENABLE_MOST_STARTS = 3
/** Ours: nobody comes after the post step. */
export const RESTORE_MOST_ATTEMPTS = 3
/** Ours, after a refusal; longer each time. */
export const RESTORE_PAUSE_MS = 1_000

// Why rows were rejected

/** "Error diagnostics" guide: they are kept for 30 days. */
export const DIAGNOSTICS_KEPT_MS = 30 * 86_400_000
/** Ours: of a batch that settled earlier than this they are there, or they never will be. */
export const DIAGNOSTICS_LATE_MS = 600_000
/** Ours: nothing depends on them but the words of a report, so that nobody should wait for them long. */
export const DIAGNOSTICS_MOST_ATTEMPTS = 3
/** Ours, for the same reason: between looks while they may come late. */
export const DIAGNOSTICS_PAUSES_MS = [1_000, 3_000, 6_000, 9_000]
/** Ours: whatever the looks themselves take, none begins later. */
export const DIAGNOSTICS_LAST_LOOK_MS = 20_000
/** Ours, for what one batch keeps. */
export const DIAGNOSTICS_MOST_READ_MS = 60_000
/** Ours, for all batches of a run: outputs and summary are written afterwards. */
export const DIAGNOSTICS_MOST_MS = 120_000
/** Ours: of a file that may be larger, only so much is held at once. */
export const DIAGNOSTICS_CHUNK_BYTES = 4 * 1024 * 1024
/** Ours: more than anyone corrects by hand; more than that has a cause that the first of them show. */
export const DIAGNOSTICS_MOST_ROWS = 10_000
/** Ours, since each of them holds a row at least: a list of diagnostics is read no further. */
export const DIAGNOSTICS_MOST_FILES = 10_000
/** Ours: so much of the files' lines is held. */
export const DIAGNOSTICS_MOST_CHARACTERS = 16 * 1024 * 1024
/** Ours: no record of the platform comes near it. */
export const DIAGNOSTICS_MOST_LINE_BYTES = 16 * 1024 * 1024
/** Ours, for a look at the registry that nothing depends on: a laptop may be offline, and a role may not read schemas. */
export const GLANCE_MOST_MS = 15_000
