import { ownValue } from '../lib/json-reader.ts'
import { shorten } from '../lib/text.ts'

/** What a rule does to a publish run: an error stops it under `validation: error`, a warning is only reported. */
type Level = 'error' | 'warning'

/**
 * What happens to a row that breaks a rule:
 *
 * | fate          | the platform                                                                                   |
 * |---------------|------------------------------------------------------------------------------------------------|
 * | `fails-batch` | refuses the file, and with it the batch, whatever `error-threshold` allows                     |
 * | `rejected`    | drops the row, or fails the batch if there are more of them than `error-threshold` allows      |
 * | `changed`     | takes the row, with a value lost or altered, or keeps it from Profile; also if no document     |
 * |               | says what happens: the row can't be relied on to be dropped                                    |
 * | `kept`        | takes the row as it is, as far as is known                                                     |
 */
type Fate = 'fails-batch' | 'rejected' | 'changed' | 'kept'

type Rule = {
  readonly line: string
  /** The text of an issue, if it is not `expected …, found …`. */
  readonly text?: string
} & ({ readonly level: 'error'; readonly fate: Exclude<Fate, 'kept'> } | { readonly level: 'warning' })

/**
 * Every rule, by its stable code. An error is what the platform is certain to refuse, or would silently change or drop.
 * A warning is what it may accept: batch ingestion checks types, enums, ranges and required fields, but no patterns,
 * and no formats other than those of dates, which must convert ("Data quality"). No document mentions lengths. `line`
 * is in the table of docs/validation.md.
 */
export const RULES = {
  'corrupt-record': {
    level: 'error',
    fate: 'rejected',
    line: 'The JSON or the CSV row of a record is malformed.',
  },
  'mapping-error': {
    level: 'error',
    fate: 'changed',
    line: 'A value cannot be computed or converted by the mapping: its field stays empty.',
  },
  'not-an-object': { level: 'error', fate: 'rejected', line: 'A record is not a JSON object.' },
  'unknown-field': {
    level: 'error',
    fate: 'changed',
    line: 'The schema defines no field or column of this name: its value would be lost.',
    text: 'the schema does not define this field',
  },
  'required-missing': {
    level: 'error',
    fate: 'rejected',
    line: 'A required field is missing, while the object around it is present.',
    text: 'this required field is missing',
  },
  'required-null': {
    level: 'error',
    fate: 'rejected',
    line: 'A required field is null.',
    text: 'this required field is null',
  },
  'type-mismatch': {
    level: 'error',
    fate: 'rejected',
    line: 'The type of a value cannot be converted to the type of its field.',
  },
  'integer-range': {
    level: 'error',
    fate: 'rejected',
    line: "A number is outside what the field's integer type can hold.",
  },
  'integer-fraction': {
    level: 'error',
    fate: 'changed',
    line: 'A number for an integer field has a fraction, which would be cut off.',
  },
  bounds: { level: 'error', fate: 'rejected', line: "A number is outside the field's minimum and maximum." },
  'number-format': { level: 'error', fate: 'rejected', line: 'A string for a number field is not a decimal number.' },
  'number-range': { level: 'error', fate: 'changed', line: 'A number is too large for a 64-bit floating-point field.' },
  'number-precision': {
    level: 'error',
    fate: 'changed',
    line: 'An integer has more digits than a 64-bit floating-point field keeps.',
  },
  'date-format': {
    level: 'error',
    fate: 'rejected',
    line: 'A string for a date field is not a calendar date as YYYY-MM-DD.',
  },
  'date-time-format': {
    level: 'error',
    fate: 'rejected',
    line: 'A string for a date-time field is not RFC 3339 with seconds and offset.',
  },
  enum: { level: 'error', fate: 'rejected', line: 'A value is not one of the values that the field allows.' },
  'identity-missing': {
    level: 'error',
    fate: 'changed',
    line: 'A record for Profile has no value for its primary identity.',
  },
  'identity-invalid': {
    level: 'error',
    fate: 'changed',
    line: 'The platform skips the primary identity of a record for Profile.',
  },
  'header-empty': {
    level: 'error',
    fate: 'fails-batch',
    line: 'A CSV header names no columns.',
    text: 'the CSV header names no columns',
  },
  'schema-nested': {
    level: 'error',
    fate: 'changed',
    line: 'A CSV file is published without a mapping into a schema that is not flat.',
    text: 'CSV needs a flat schema, and this one is nested',
  },
  'column-empty': {
    level: 'error',
    fate: 'changed',
    line: 'A CSV column has no name.',
    text: 'this column has no name',
  },
  'column-duplicate': {
    level: 'error',
    fate: 'changed',
    line: 'Two columns have the same name.',
    text: 'this column name occurs more than once',
  },
  'ragged-row': {
    level: 'error',
    fate: 'changed',
    line: 'A CSV row has more or fewer values than the header has columns.',
  },
  'null-value': {
    level: 'warning',
    line: 'A field is null; the platform asks to omit it.',
    text: 'null is not allowed; omit the field',
  },
  'required-defaulted': {
    level: 'warning',
    line: "A required field is missing or null, and the schema's default applies.",
    text: 'this required field is missing or null; the default of the schema applies',
  },
  'enum-deep': {
    level: 'warning',
    line: 'As "enum", but in an array, a map or deep in the record, where the platform may accept it.',
  },
  'not-finite': {
    level: 'warning',
    line: 'A number is NaN or infinite (Parquet): how the platform reads it is not documented.',
  },
  'integer-decimal': {
    level: 'warning',
    line: 'A whole number for an integer field is written as a decimal (1.0, 1e3).',
  },
  'integer-precision': {
    level: 'warning',
    line: 'A long integer has more digits than a reader of doubles keeps.',
  },
  'date-with-time': { level: 'warning', line: 'A date field holds a date-time.' },
  'epoch-seconds': { level: 'warning', line: 'An epoch time, read as milliseconds, looks like seconds.' },
  format: { level: 'warning', line: 'A string does not have the format of the schema (email, uri, …).' },
  pattern: { level: 'warning', line: 'A string does not match the pattern of its field.' },
  length: { level: 'warning', line: 'A string is shorter or longer than the schema allows.' },
  'deprecated-field': { level: 'warning', line: 'A deprecated field has a value.', text: 'this field is deprecated' },
  'map-key': { level: 'warning', line: 'A map has an empty key.', text: 'a key of this map is empty' },
  'duplicate-key': {
    level: 'warning',
    line: 'An object has the same key twice; readers keep the last value.',
    text: 'this key occurs twice; readers keep the last value',
  },
  'duplicate-key-row': {
    level: 'warning',
    line: 'Two rows have the same key: in Profile, the last one that is ingested wins.',
  },
  'duplicate-primary-key': {
    level: 'warning',
    line: 'Two rows of relational data have the same primary key: only the one with the highest version stays.',
  },
  'duplicate-id': { level: 'warning', line: 'Two events have the same _id.' },
  'identity-primary': { level: 'warning', line: 'The identityMap does not mark exactly one identity as primary.' },
  'identity-skipped': {
    level: 'warning',
    line: 'An identity of a record for Profile, other than the primary one, is one that the platform skips.',
  },
  'identity-many': { level: 'warning', line: 'A record for Profile has more than 20 identities.' },
  'oversize-record': { level: 'warning', line: 'A record is larger than Profile allows (100 kB, events 10 kB).' },
  'column-missing': {
    level: 'warning',
    line: 'A CSV file has no column for a field of the schema.',
    text: 'the file has no column for this field',
  },
  'column-blank': {
    level: 'warning',
    line: 'The name of a CSV column contains a space.',
    text: 'this column name contains a space',
  },
  'column-type': {
    level: 'warning',
    line: 'No document says how the platform reads this Parquet type.',
    text: 'no document says how the platform reads the type of this column',
  },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleCode = keyof typeof RULES

/** An issue at one place of a record. */
export type Issue = {
  readonly code: RuleCode
  readonly level: Level
  readonly fate: Fate
  /**
   * JSON pointer (RFC 6901) from the record; for a column, from the schema's root. Names that may be data are hidden.
   */
  readonly path: string
  /** The pointer with all names, for finding the place; omitted if it equals `path`. Never shown. */
  readonly at?: string
  readonly expected: string
  /** Never the value itself, unless values may be shown. */
  readonly received: string
  readonly hint?: string
}

export type Report = (issue: Issue) => void

type Words = Pick<Issue, 'path' | 'at' | 'expected' | 'received' | 'hint'>

/** `fate` is given if the file's format changes that of the rule. */
export function issueOf(code: RuleCode, words: Words, fate: Fate = fateOf(RULES[code])): Issue {
  const issue = { code, level: RULES[code].level, fate, ...words }
  const { path, at = path, expected, received } = words
  if (path.length + expected.length + received.length <= MOST_CHARACTERS) return issue
  return { ...issue, path: shorten(path), at, expected: shorten(expected), received: shorten(received) }
}

/** A key can have millions of characters, and the report keeps many issues. */
const MOST_CHARACTERS = 1_000

type WordedIssue = Pick<Issue, 'expected' | 'received'> & { readonly code: string; readonly hint?: string | undefined }

/** `expected an integer, found a string (did you mean …?)`, or the rule's own text. */
export function issueText({ code, expected, received, hint }: WordedIssue): string {
  const text = ownValue<Rule>(RULES, code)?.text ?? `expected ${expected}, found ${received}`
  return hint === undefined ? text : `${text} (${hint})`
}

function fateOf(rule: Rule): Fate {
  return rule.level === 'error' ? rule.fate : 'kept'
}
