import { ownValue } from '../../lib/json-reader.ts'
import { type BatchError, DUPLICATE } from '../../platform/records.ts'
import type { RejectedRow } from './read.ts'

/** The meaning of a platform code in plain words, and the remedy. */
export type Explanation = { readonly cause: string; readonly remedy: string }

/** Explains a code; undefined for a code that no document names, which is shown unexplained. */
export function explain(code: string): Explanation | undefined {
  return ownValue(BY_CODE, code) ?? BY_FAMILY.find(([family]) => family.test(code))?.[1]
}

/** Everything that the platform reports under one code. */
export type Reason = {
  readonly code: string
  /** The platform's messages for the batch; empty if only rows have the code. */
  readonly texts: readonly string[]
  /** The platform's count of rows with this code; undefined if it gave none. */
  readonly rows: number | undefined
  /** Rows of `rejections` with this code. */
  readonly sampled: number
  /** Undefined for a code that no document explains. */
  readonly explanation: Explanation | undefined
}

/** Codes in the order in which the batch names them, then those that only rows name. */
export function reasonsOf(errors: readonly BatchError[], rows: readonly RejectedRow[]): readonly Reason[] {
  const known = new Set(errors.map(({ code }) => code))
  const sampled = countCodes(rows, known)
  const byCode = Map.groupBy(errors, ({ code }) => code)
  return [...new Set([...known, ...sampled.keys()])].map((code) => {
    const said = byCode.get(code) ?? []
    return {
      code,
      texts: [...new Set(said.map(({ description }) => description).filter((text) => text !== ''))],
      rows: rowsOf(said),
      sampled: sampled.get(code) ?? 0,
      explanation: explain(code),
    }
  })
}

/** Converts the code of a row to that of its batch: 1401 becomes INGEST-1401-400 (guide "Error diagnostics"). */
export function batchCode(code: string, known: ReadonlySet<string>): string {
  const long = `INGEST-${code}-400`
  return !known.has(code) && known.has(long) ? long : code
}

/** Counts a row once for each code, however many of its fields have it. */
function countCodes(rows: readonly RejectedRow[], known: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { errors } of rows) {
    for (const code of new Set(errors.map((error) => batchCode(error.code, known)))) {
      counts.set(code, (counts.get(code) ?? 0) + 1)
    }
  }
  return counts
}

/** Sums the counts of distinct errors: the platform may list the same error several times. */
function rowsOf(errors: readonly BatchError[]): number | undefined {
  const distinct = new Map(errors.map((error) => [`${error.recordCount} ${error.description}`, error.recordCount]))
  const counts = [...distinct.values()].filter((count) => count !== undefined)
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0)
}

const CONVERSION: Explanation = {
  cause: 'A value cannot be converted to the type of its field in the schema.',
  remedy: 'Fix the value, or change the type of the field. "mode: validate" finds these values before they are sent.',
}

const CORRUPT: Explanation = {
  cause: 'A row is not valid JSON, or the file contains its records in another form than declared.',
  remedy: 'Fix the row: one complete JSON object per line, or an array with "multiline-json: convert".',
}

const UNWELL: Explanation = {
  cause: 'The platform had an internal error; the data may be valid.',
  remedy: 'Publish again. If it fails again, give the batch id to Adobe support.',
}

const MAPPING: Explanation = {
  cause: 'Data Prep could not map the row to the schema; the dataset uses a mapping set.',
  remedy: 'Check the mapping that the message names, or publish into a dataset without one.',
}

const CONSTRAINT: Explanation = {
  cause: 'A row violates a constraint of the schema. Adobe does not document this code further.',
  remedy: 'Compare the row with the schema and with the message of the platform.',
}

const IDENTITY: Explanation = {
  cause: 'Profile could not find the identity: it is unknown, or the rows have not reached Profile yet.',
  remedy:
    'Wait: Profile ingests rows asynchronously. If it does not change, check the namespace and value of the identity.',
}

const LABELS: Explanation = {
  cause: 'The labels of the dataset are missing, or someone else changed them at the same time.',
  remedy: 'Check the labels of the dataset in the Experience Platform UI, and run the job again.',
}

const METRICS: Explanation = {
  cause: 'A query for the metrics of the platform failed. It does not concern the rows.',
  remedy: 'Check the batch in the Experience Platform UI instead.',
}

const STREAMING: Explanation = {
  cause: 'A check of streaming ingestion refused the row; batches are not known to pass through it.',
  remedy: 'Check what else writes into this dataset, and fix what the message names.',
}

/**
 * Sources: "Batch ingestion troubleshooting guide", "Error diagnostics", "ETL integrations guide", and reports of Adobe
 * support and the community.
 */
const BY_CODE: Readonly<Record<string, Explanation>> = {
  '100': CONVERSION,
  '106': {
    cause: 'A file of the batch contains no data.',
    remedy: 'Check the tool that writes the file; omit the file while there is nothing to publish.',
  },
  '118': {
    cause: 'The first line of a CSV file is empty, so its columns have no names.',
    remedy: 'Start the file with a line of column names.',
  },
  '123': {
    cause: 'A list contains elements of another type than in the schema, for example objects instead of strings.',
    remedy: 'Write the elements in the type that the schema defines.',
  },
  '124': {
    cause: 'The platform cannot read the format of a date or time. A space instead of "T" is a known cause.',
    remedy: 'Write days as YYYY-MM-DD and times as YYYY-MM-DDThh:mm:ss with Z or an offset.',
  },
  [DUPLICATE]: {
    cause: 'The platform dropped this batch as a duplicate of one that it had ingested before.',
    remedy:
      'Check that the dataset holds the rows of this batch. Publish again only if it does not, or they may be there twice.',
  },
  '200': {
    cause: 'A file of a Parquet batch is not a complete Parquet file: it has another format or is truncated.',
    remedy: 'Compare the file with its source, and set "format" to its format.',
  },
  '405': {
    cause: 'A service of the platform refused the call.',
    remedy: 'Publish again. If it fails again, give the batch id to Adobe support.',
  },
  '1401': CORRUPT,
  'INGEST-1401-400': CORRUPT,
  '0070000017': UNWELL,
  unknown: UNWELL,
  'INGEST-1211-400': {
    cause: 'Rows could not be parsed, converted or validated, and error diagnostics were off for this batch.',
    remedy: 'Publish again: this action always requests diagnostics, and then reports which rows they were.',
  },
  'INGEST-1212-400': {
    cause: 'Rows were rejected; the other codes tell why.',
    remedy: 'Fix the rows, or accept some rejected rows with "error-threshold".',
  },
  'INGEST-1555-400': {
    cause: 'A required field is missing from a row, or is null.',
    remedy: 'Add the field to the row. "mode: validate" finds these rows before they are sent.',
  },
  'INGEST-1554-400': {
    cause: 'Validation of a row failed. Adobe does not document this code, which dataflows report, further.',
    remedy: 'Compare the row with the schema.',
  },
  'INGEST-1002-400': {
    cause: 'A file could not be ingested. Adobe does not document this code further.',
    remedy: 'Publish again. If it fails again, give the batch id to Adobe support.',
  },
  TypeCompatibilityException: {
    ...CONVERSION,
    cause: 'The type of a column cannot be converted to the type of its field, so every row is refused.',
  },
  'ERR-BI-104': {
    cause: 'The status of the batch did not allow the call.',
    remedy: 'Check the batch in the Experience Platform UI.',
  },
  'ERR-BI-106': {
    cause: 'The storage format of the dataset does not accept this batch.',
    remedy: 'Create a new dataset with "parquet" as its file format.',
  },
  'INGEST-1207-400': {
    cause: 'An event has no "_id".',
    remedy: 'Give each event a unique "_id" that stays the same when it is published again.',
  },
  'UPLIB-101003-400': {
    cause: 'An ECID is invalid, so Profile does not accept the row.',
    remedy: 'Fix the value: an ECID has exactly 38 digits, and each half of 19 is at most 9223372036854775807.',
  },
  'UPLIB-101722-400': {
    cause: 'The namespace code of an identity is invalid.',
    remedy: 'Fix the code. It must exist in your organization, and is case-sensitive.',
  },
  'UPAPI-038022-404': IDENTITY,
  'UPLIB-201001-404': {
    ...IDENTITY,
    cause: 'Profile knows the identity, but holds no data for it yet.',
  },
  'UPAPI-001025-422': {
    cause: 'The merge policy of a Profile lookup does not exist in this sandbox.',
    remedy: 'Check the merge policies of the sandbox in the Experience Platform UI.',
  },
  'UPLIB-101601-500': {
    cause: 'Profile is not ready: its cache can be stale for 15 minutes after a schema or dataset is enabled.',
    remedy: 'Wait 15 minutes, and run the job again.',
  },
  adobe_uis_export_status: {
    cause: 'Identity Service marked the batch "INVALID": a namespace that its rows use does not exist.',
    remedy: 'Create the namespace or fix its code, which is case-sensitive, and publish the rows again.',
  },
  timestampExpired: {
    cause: 'Events are older than the Profile retention: they are in the data lake, but not in Profile.',
    remedy: 'Nothing, if Profile does not need them. Otherwise, raise the retention of events in Profile first.',
  },
  'HYGN-3102-400': {
    cause: 'A request about the expiration of the dataset was refused.',
    remedy: 'Check the expiration of the dataset under Data Lifecycle in the Experience Platform UI.',
  },
  'PES-404': LABELS,
  'PES-409': LABELS,
  'XDM-1816-400': {
    cause: 'The schema has an identity descriptor on "identityMap", where none is allowed.',
    remedy: 'Remove the descriptor from the schema: the entries of "identityMap" name their namespaces themselves.',
  },
  'CONNECTOR-1001-500': {
    cause: 'A source connector failed while it copied data.',
    remedy: 'Check the dataflow in the Experience Platform UI; this action uses none.',
  },
  'CONNECTOR-3001-500': {
    cause: 'A source connector failed while it created a batch.',
    remedy: 'Check the dataflow in the Experience Platform UI; this action uses none.',
  },
  'CONNECTOR-2001-500': {
    cause: 'A source connector failed while it moved data into the dataset.',
    remedy: 'Check the dataflow in the Experience Platform UI; this action uses none.',
  },
}

const BY_FAMILY: readonly (readonly [family: RegExp, Explanation])[] = [
  [/^err-\d+$/, UNWELL],
  [/^(?:MAPPER|DPMAP)-/, MAPPING],
  [/^DCVS-/, STREAMING],
  // Release notes, September 2026: row codes of this form stand for constraints of the schema.
  [/^INGEST-\d{4}-400$/, CONSTRAINT],
  [/^INSGHT-100[0-3]$/, METRICS],
]
