/** Batch ingestion overview: 1,500 files and 100 GB a batch; newer guardrails allow more, older tenants may not. */
export const MOST_FILES = 1_500
export const MOST_BYTES = 100_000_000_000
/** API guide: above 256 MB a file goes by the large-file calls. */
export const MOST_BYTES_WHOLE = 256_000_000
/** Of files that are packed or split: enough that requests cost nothing, few enough that a slow line sends one in time. */
export const MOST_BYTES_PART = 128_000_000
