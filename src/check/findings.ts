import type { Log } from '../github/runner.ts'
import { type Duplicate, findDuplicates } from './duplicates.ts'
import { type SchemaSource, compileSource } from './schema-source.ts'
import type { CheckedFile } from '../files/read.ts'
import type { FileFindings } from '../formats/results.ts'
import type { RowKeys } from '../formats/keys.ts'
import type { Finding, PlacedIssue } from '../formats/tally.ts'
import type { FormatName, RecordShape } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import { type RowPlace, withIndex } from '../formats/record.ts'
import { count } from '../lib/text.ts'
import { checkColumns, checkHeader } from '../schema/columns.ts'
import type { CompiledSchema } from '../schema/compile.ts'
import { type Issue, issueOf } from '../schema/rules.ts'

/** Where in a file something was found; `file` if it concerns the file as a whole, such as its columns. */
export type FindingPlace = RowPlace | { readonly kind: 'file' }

export type Occurrence = Pick<PlacedIssue, 'issue'> & { readonly place: FindingPlace }

/** One distinct problem of a file, how often it was found, and where first. */
export type FileFinding = Omit<Finding, 'first'> & { readonly first: readonly Occurrence[] }

/** What validation found in one file. */
export type ValidatedFile = {
  readonly path: string
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  /** Of these, the rows that the platform is expected to reject; the others are stored with a value lost or changed. */
  readonly rejectedRows: number
  /** Of these, the rows of which a mapping made no record, because they cannot be read. Absent without a mapping. */
  readonly unreadRows?: number
  readonly findings: readonly FileFinding[]
}

/** Files whose rows were checked, what was found in each, and the schema. */
export type CheckedRows = {
  readonly files: readonly CheckedFile[]
  readonly checks: readonly FileFindings[]
  readonly source: SchemaSource
  /** Names that may be data are shown. */
  readonly showValues: boolean
}

/** Combines the findings in the rows and columns of each file with those that only all files together show. */
export function examine({ files, checks, source, showValues }: CheckedRows, log: Log): readonly ValidatedFile[] {
  const schema = compileSource(source)
  for (const note of schema.notes) log.info(`Schema ${JSON.stringify(schema.title)}: ${note}`)
  const looked = files.flatMap((file, index) => {
    const found = checks[index]
    const placed = FORMATS[file.format].placedBy
    return found === undefined ? [] : [{ path: file.path, placed, ...found }]
  })
  const repeated = findDuplicateIds(looked, log, keyWordsOf(schema))
  return looked.map(({ path, rows, badRows, rejectedRows, findings, converted }, index) => {
    const columns = findInColumns(files[index], { schema, showValues })
    // Columns that do not fit make every row wrong.
    const isUnfit = columns.some(({ level }) => level === 'error')
    const isRejected = columns.some(({ fate }) => fate === 'rejected' || fate === 'fails-batch')
    const all = [...columns, ...withoutRepeats(columns, findings), ...(repeated[index] ?? [])]
    const counts = { rows, badRows: isUnfit ? rows : badRows, rejectedRows: isRejected ? rows : rejectedRows }
    const unread = converted === undefined ? {} : { unreadRows: rows - converted.rows }
    return { path, ...counts, ...unread, findings: all }
  })
}

/** Checks the columns of a file against the schema: a CSV header, or a Parquet footer. */
function findInColumns(file: CheckedFile | undefined, against: ColumnRules): readonly FileFinding[] {
  const issues: Issue[] = []
  const report = (issue: Issue) => void issues.push(issue)
  // The columns of mapped records are not known.
  const isOwn = file !== undefined && file.mapping === undefined
  const place = isOwn ? checkShape(file.shape, against, report) : WHOLE_FILE
  return issues.map((issue) => {
    const { at: _, ...shown } = issue
    const { code, level, fate, path } = shown
    return { code, level, fate, path, count: 1, first: [{ issue: shown, place }] }
  })
}

/** Selects the check by the format of the shape, so that their types match. */
function checkShape<N extends FormatName>(
  shape: RecordShape<N>,
  against: ColumnRules,
  report: (issue: Issue) => void,
): FindingPlace {
  return COLUMN_CHECKS[shape.format](against, shape, report)
}

type ColumnRules = Pick<CheckedRows, 'showValues'> & { readonly schema: CompiledSchema }

type ColumnCheck<N extends FormatName> = (
  against: ColumnRules,
  shape: RecordShape<N>,
  report: (issue: Issue) => void,
) => FindingPlace

const WHOLE_FILE: FindingPlace = { kind: 'file' }

/**
 * Checks the columns of each format against the schema. @returns where a file has them: a header is in the first line
 */
const COLUMN_CHECKS: { readonly [N in FormatName]: ColumnCheck<N> } = {
  json: () => WHOLE_FILE,
  parquet: ({ schema, showValues }, shape, report) => {
    const columns = shape.columns.map(({ meaning, ...column }) => ({ ...column, type: meaning }))
    checkColumns(schema, { columns, showValues }, report)
    return WHOLE_FILE
  },
  csv: ({ schema, showValues }, { header }, report) => {
    checkHeader(schema, { header, showValues }, report)
    return { kind: 'text', line: 1, column: 1 }
  },
}

/** Drops findings in rows that repeat one of a column. A column's path has no `*` for the items of a list. */
function withoutRepeats(columns: readonly FileFinding[], findings: readonly FileFinding[]): readonly FileFinding[] {
  const key = ({ code, path }: FileFinding) => `${code} ${path.replaceAll('/*', '')}`
  const reported = new Set(columns.map(key))
  // Every unknown name in a row is that of a column. If names are hidden, the two differ in the places that they show.
  const hasUnknown = columns.some(({ code }) => code === 'unknown-field')
  return findings.filter((finding) => !reported.has(key(finding)) && !(hasUnknown && finding.code === 'unknown-field'))
}

/** The keys of a file's rows. */
export type KeyedFile = { readonly path: string; readonly placed: RowPlace['kind']; readonly keys: RowKeys }

/** The key that identifies rows, and the words that report a repeated one. */
type KeyWords = {
  readonly code: 'duplicate-id' | 'duplicate-primary-key'
  readonly path: string
  readonly rows: string
  readonly key: string
  readonly incomplete: string
}

const EVENT_IDS: KeyWords = {
  code: 'duplicate-id',
  path: '/_id',
  rows: 'event',
  key: '_id',
  incomplete: 'Only the first five million events were compared by _id',
}

export function keyWordsOf({ relational }: Pick<CompiledSchema, 'relational'>): KeyWords {
  if (relational === undefined) return EVENT_IDS
  const path = relational.key.length === 1 ? `/${relational.key[0]}` : ''
  return {
    code: 'duplicate-primary-key',
    path,
    rows: 'row',
    key: 'primary key',
    incomplete: 'Only the first five million rows were compared by their primary key',
  }
}

/** Finds rows that share a key, over all files together. @returns the findings of each file. */
export function findDuplicateIds(
  files: readonly KeyedFile[],
  log: Log,
  words: KeyWords = EVENT_IDS,
): readonly (readonly FileFinding[])[] {
  const { shown, counts, isComplete } = findDuplicates(files.map(({ keys }) => keys))
  const total = counts.reduce((sum, found) => sum + found, 0)
  if (!isComplete) log.warning(words.incomplete)
  if (total > shown.length) {
    const many = count(total, words.rows)
    log.warning(`${many} share their ${words.key} with another ${words.rows}; ${shown.length} of them are listed`)
  }
  const shownIn = Map.groupBy(shown, ({ file }) => file)
  return files.map((_, index) => {
    const here = shownIn.get(index)
    if (here === undefined) return []
    const first = here.map((duplicate) => occurrenceOf(duplicate, files, words))
    const { code, path } = words
    return [{ code, level: 'warning', fate: 'kept', path, count: counts[index] ?? 0, first }]
  })
}

function occurrenceOf(
  { file, place, index, first }: Duplicate,
  files: readonly KeyedFile[],
  { code, path, key }: KeyWords,
): Occurrence {
  const before = files[first.file]
  const record = first.index === undefined ? '' : ` (record [${first.index}])`
  const where = `${before?.placed === 'row' ? 'row' : 'line'} ${first.place}${record} of ${JSON.stringify(before?.path ?? '')}`
  const issue = issueOf(code, { path, expected: `a unique ${key}`, received: `the ${key} of ${where}` })
  if (files[file]?.placed === 'row') return { issue, place: { kind: 'row', row: place } }
  return { issue, place: withIndex({ kind: 'text', line: place, column: 1 }, index) }
}
