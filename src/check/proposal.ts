import type { ValidatedFile } from './findings.ts'
import { type SchemaSource, compileSource } from './schema-source.ts'
import type { CheckedFile } from '../files/read.ts'
import type { RowSink } from '../formats/record.ts'
import { fileSlices, readSlice } from '../formats/formats.ts'
import { RecordTooLong } from '../formats/slices.ts'
import { bytesFrom } from '../formats/parquet/format.ts'
import { Problem } from '../lib/errors.ts'
import { type MappingSuggestion, suggestMapping } from '../mapping/suggest.ts'
import { delimiterHint, hiddenColumn, isFlatSchema } from '../schema/columns.ts'
import { isPlainName } from '../schema/walk.ts'

/** A mapping set that would turn the rows of a file into records of the schema, by the names of its columns. */
export type MappingProposal = MappingSuggestion & {
  /** The file whose columns were read. */
  readonly file: string
}

/** The advice for flat rows that do not fit a nested schema. */
export type FlatRows = {
  /** Undefined where the names of the columns may be data, and must not be shown. */
  readonly proposal: MappingProposal | undefined
  /** What the user can do about it. */
  readonly advice: string
}

export type FlatRowsQuestion = {
  readonly files: readonly CheckedFile[]
  readonly examined: readonly ValidatedFile[]
  readonly source: SchemaSource
  /** Names that may be data are shown. */
  readonly showValues: boolean
  readonly isForProfile: boolean
}

/** Undefined if the rows are nested like the schema, or have no errors of this kind. */
export async function findFlatRows(question: FlatRowsQuestion): Promise<FlatRows | undefined> {
  const { files, examined, source, showValues, isForProfile } = question
  const schema = compileSource(source)
  if (isFlatSchema(schema)) return undefined
  for (const [index, file] of files.entries()) {
    if (!isUnfit(examined[index])) continue
    const names = await columnsOf(file)
    if (names === undefined || isHalfKnown(names, schema.root.fields)) continue
    const hint = file.format === 'csv' ? delimiterHint(names) : undefined
    if (hint !== undefined)
      return { proposal: undefined, advice: `The header of ${JSON.stringify(file.path)} is a single column: ${hint}.` }
    const columns = shownColumns(names, file, showValues)
    if (columns.length === 0) return { proposal: undefined, advice: adviceOf(HIDDEN) }
    const suggestion = suggestMapping({ columns, schema, isForProfile })
    const hidden = names.flatMap((name, at) => (columns.includes(name) ? [] : [hiddenColumn(at)]))
    const unmatched = [...suggestion.unmatched, ...hidden]
    return { proposal: { ...suggestion, unmatched, file: file.path }, advice: adviceOf(PROPOSED) }
  }
  return undefined
}

/** What to do with an export that is one object around the list of its records; undefined for anything else. */
export async function findWrappedRecords(
  files: readonly CheckedFile[],
  examined: readonly ValidatedFile[],
): Promise<string | undefined> {
  for (const [index, file] of files.entries()) {
    if (file.shape.format !== 'json' || examined[index]?.rows !== 1 || !isUnfit(examined[index])) continue
    const name = nameOfList(await firstRecordOf(file))
    if (name === undefined) continue
    const example = isPlainName(name) ? `, for example with jq -c '.["${name}"][]'` : ''
    return `${JSON.stringify(file.path)} is one object around a list, and records are objects in an array, or one per line. Write the list alone${example}.`
  }
  return undefined
}

/** Proposes a mapping set on request, so every column name is shown. @throws Problem for rows that are not flat */
export async function proposeMapping(file: CheckedFile, source: SchemaSource): Promise<MappingProposal> {
  const columns = await columnsOf(file)
  if (columns === undefined || columns.length === 0) {
    throw new Problem(`Cannot propose a mapping set for ${JSON.stringify(file.path)}: its rows are not flat`, {
      remedy:
        'A mapping set is proposed for CSV, and for JSON and Parquet whose rows have no objects and lists in them.',
    })
  }
  const named = [...new Set(columns.filter((name) => name !== ''))].slice(0, MOST_COLUMNS)
  const schema = compileSource(source)
  const isForProfile = source.isForProfile ?? schema.isUnion
  return { ...suggestMapping({ columns: named, schema, isForProfile }), file: file.path }
}

const PROPOSED = 'The report and the job summary propose a mapping set to copy, correct and commit.'
const HIDDEN =
  'The names of the columns may be data: with "show-values: true", the report proposes a mapping set for them.'

function adviceOf(more: string): string {
  return `The rows are flat, and the schema is nested: set "mapping" to a mapping set (docs/csv-and-mapping.md). ${more}`
}

/** Whether the schema lacks some of its columns, or of the names at the root of its rows. */
function isUnfit(examined: ValidatedFile | undefined): boolean {
  return (examined?.findings ?? []).some(
    ({ code, path }) => code === 'schema-nested' || (code === 'unknown-field' && path.lastIndexOf('/') === 0),
  )
}

/** Whether at least half of the names fit: such a record does not have another shape. */
function isHalfKnown(names: readonly string[], fields: ReadonlyMap<string, unknown>): boolean {
  return 2 * names.filter((name) => fields.has(name)).length >= names.length
}

/** As many columns as anyone maps by hand. */
const MOST_COLUMNS = 2_000

/** The header of a CSV file is shown whole or not at all, since it may be a row. */
function shownColumns(names: readonly string[], { format }: CheckedFile, showValues: boolean): readonly string[] {
  const isShown = (name: string) => name !== '' && (showValues || isPlainName(name))
  if (format === 'csv' && !names.every(isShown)) return []
  return [...new Set(names.filter(isShown))].slice(0, MOST_COLUMNS)
}

/** The columns of a file whose rows are flat, as far as its first row shows. */
async function columnsOf(file: CheckedFile): Promise<readonly string[] | undefined> {
  const { shape } = file
  switch (shape.format) {
    case 'csv':
      return shape.header
    case 'parquet':
      return shape.columns.every(({ path }) => path.length === 1)
        ? shape.columns.flatMap(({ path }) => path)
        : undefined
    case 'json':
      return flatNames(await firstRecordOf(file))
    default:
      return shape satisfies never
  }
}

/** A first record is nearly always within this. */
const SLICE = { bytes: 1 << 16, longestRecord: 1 << 24 }

/** The text of the first record; undefined if there is none, or it is too long. */
async function firstRecordOf({ source, shape }: CheckedFile): Promise<string | undefined> {
  const sink = new FirstRecord()
  try {
    for await (const slice of fileSlices({ content: source, shape, sliceSize: SLICE })) {
      await readSlice(slice, sink, bytesFrom(source))
      break
    }
  } catch (error) {
    // The proposal is optional, and a record this long gets none.
    if (!(error instanceof RecordTooLong)) throw error
  }
  return sink.record
}

class FirstRecord implements RowSink {
  record: string | undefined

  text(text: string): void {
    this.record ??= text
  }

  value(): void {}

  corrupt(): void {
    this.record ??= ''
  }
}

/** The name of the only member that is a list of objects. */
function nameOfList(text: string | undefined): string | undefined {
  const record = parsed(text ?? '')
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined
  const isRecords = (value: unknown) =>
    Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null)
  const lists = Object.entries(record).filter(([, value]) => isRecords(value))
  return lists.length === 1 ? lists[0]?.[0] : undefined
}

/** The names of a flat record; undefined if it is not an object, or contains objects or lists. */
function flatNames(text: string | undefined): readonly string[] | undefined {
  const record = parsed(text ?? '')
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return undefined
  const values: readonly unknown[] = Object.values(record)
  return values.some((value) => typeof value === 'object' && value !== null) ? undefined : Object.keys(record)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
