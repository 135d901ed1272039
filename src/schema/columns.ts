import { suggesterOf } from './kinds/object.ts'
import type { CompiledSchema } from './compile.ts'
import { ANY, type Field, type KindName, type ObjectField } from './field.ts'
import { pointer } from '../lib/json-pointer.ts'
import { CHANGE_TYPE } from './relational.ts'
import { type Issue, type Report, issueOf } from './rules.ts'
import { MOST_HINTS, isPlainName } from './walk.ts'

/** The column types in the platform's conversion matrix; `other` for types that it does not list. */
export type ColumnType =
  'string' | 'byte' | 'short' | 'integer' | 'long' | 'double' | 'boolean' | 'date' | 'date-time' | 'other'

/** A leaf column of a Parquet file: its path as in the footer, with `list.element` and `key_value.key`. */
export type Column = {
  readonly path: readonly string[]
  readonly type: ColumnType
  readonly repetition: 'required' | 'optional' | 'repeated'
  /** What makes its type unusual, and what to write instead. */
  readonly oddity?: { readonly is: string; readonly hint: string } | undefined
}

export type ColumnsToCheck = {
  readonly columns: readonly Column[]
  /** Show names that the schema does not have, although they may be data. */
  readonly showValues: boolean
}

/**
 * Checks whether the columns of a Parquet file fit the schema: a subset of its fields, in the same hierarchy ("Batch
 * ingestion: ingest Parquet files"), each of a type that converts. Paths of issues are paths in the schema.
 */
export function checkColumns(schema: CompiledSchema, { columns, showValues }: ColumnsToCheck, report: Report): void {
  const reported = new Set<string>()
  const words = { show: showValues ? (name: string) => name : groupShower(columns), suggest: limitedSuggester() }
  const located = columns.map((column) => ({ column, found: locate(schema.root, column, words) }))
  for (const { column, found } of located) {
    const issue = found.issue ?? leafIssue(found, column)
    // An unknown group is reported once, not for each of its columns.
    const key = `${issue?.code} ${issue?.path}`
    if (issue !== undefined && !reported.has(key)) report(issue)
    reported.add(key)
  }
  for (const { found } of repeatedColumns(located)) report(duplicateIssue(pointer(found.path)))
  const leaves = located.map(({ found }) => found.path)
  for (const issue of missingColumns(schema.root, leaves)) report(issue)
}

/** How to show a name that the schema does not have; `way` leads to it from the root of the file. */
type ShowName = (name: string, way: readonly string[]) => string

/**
 * Replaces a name that may be data by the number of the first column with it, so all columns of a group show the same.
 */
function groupShower(columns: readonly Column[]): ShowName {
  const firsts = new Map<string, number>()
  const note = (key: string, at: number) => void (firsts.has(key) || firsts.set(key, at))
  columns.forEach(({ path }, at) => path.forEach((_, depth) => note(pointer(path.slice(0, depth + 1)), at)))
  return (name, way) => (isPlainName(name) ? name : hiddenColumn(firsts.get(pointer(way)) ?? 0))
}

type Suggest = (object: ObjectField, name: string) => string | undefined

/** Hints for thousands of unknown columns would not be read. */
function limitedSuggester(): Suggest {
  let hints = 0
  return (object, name) => (hints++ < MOST_HINTS ? suggesterOf(object)(name) : undefined)
}

/** How to show names that the schema does not have, and what to suggest for them. */
type NameWords = { readonly show: ShowName; readonly suggest: Suggest }

/** Replaces a column name that may be data. */
export function hiddenColumn(at: number): string {
  return `column ${at + 1}`
}

type LocatedColumn = { readonly column: Column; readonly found: ColumnField }

function repeatedColumns(located: readonly LocatedColumn[]): readonly LocatedColumn[] {
  const seen = new Set<string>()
  return located.filter(({ column }) => !isFirst(pointer(column.path), seen))
}

/** Adds the name, and returns whether it is new. */
function isFirst(name: string, seen: Set<string>): boolean {
  const { size } = seen
  return seen.add(name).size > size
}

type ColumnField = {
  readonly path: readonly string[]
  readonly field: Field
  readonly issue: Issue | undefined
}

/** Follows the column into the schema as far as possible. */
function locate(root: Field, { path, repetition }: Column, { show, suggest }: NameWords): ColumnField {
  let field = root
  let rest = path
  const way: string[] = []
  while (rest.length > 0) {
    const step: Step = stepInto(field, rest)
    const { name } = step
    if (name !== undefined) way.push(isOwnName(name, field) ? name : show(name, wayTo(path, rest)))
    if (step.kind === 'stopped') return { path: way, field, issue: stopIssue(step, { way, field }, suggest) }
    field = step.field
    rest = step.rest
  }
  // A repeated field outside a list annotation is a list, too.
  if (repetition === 'repeated' && field.kind === 'array') field = field.items
  return { path: way, field, issue: undefined }
}

/** The path up to and including the first name of `rest`. */
function wayTo(path: readonly string[], rest: readonly string[]): readonly string[] {
  return path.slice(0, path.length - rest.length + 1)
}

/** `key` and `value` of a map are not names from the data either. */
function isOwnName(name: string, field: Field): boolean {
  return field.kind !== 'object' || field.fields.has(name)
}

/** One step of a column's path into the schema; `stopped` if the schema has no such field. */
type Step =
  | {
      readonly kind: 'went'
      readonly field: Field
      readonly name: string | undefined
      readonly rest: readonly string[]
    }
  | { readonly kind: 'stopped'; readonly name: string | undefined }

/**
 * Follows a name of the schema, or the names that Parquet puts between a list and its items or a map and its entries.
 */
function stepInto(field: Field, path: readonly string[]): Step {
  const [first = '', second] = path
  switch (field.kind) {
    case 'object': {
      const inner = field.fields.get(first)
      if (inner === undefined && field.isOpen) return { kind: 'went', field: ANY, name: first, rest: [] }
      if (inner === undefined) return { kind: 'stopped', name: first }
      return { kind: 'went', field: inner, name: first, rest: path.slice(1) }
    }
    case 'array':
      return { kind: 'went', field: field.items, name: undefined, rest: path.slice(listDepth(path, field.items)) }
    case 'map':
      if (second === 'key') return { kind: 'went', field: KEY, name: 'key', rest: path.slice(2) }
      if (second === 'value') return { kind: 'went', field: field.values, name: 'value', rest: path.slice(2) }
      return { kind: 'stopped', name: undefined }
    case 'any':
      return { kind: 'went', field, name: undefined, rest: [] }
    default:
      return { kind: 'stopped', name: undefined }
  }
}

const KEY: Field = {
  ...ANY,
  kind: 'string',
  format: undefined,
  pattern: undefined,
  minLength: 0,
  maxLength: Infinity,
}

/**
 * How many names of the path belong to the list itself. Parquet format, "Lists": three levels (`list.element`, in older
 * writers `bag.array_element`), two in the oldest (`array`, `…_tuple`; for items that are not groups, any name), none
 * if the field itself is repeated.
 */
function listDepth([first = '', second = '', ...more]: readonly string[], items: Field): number {
  if (/^(?:list|bag|array)$/.test(first) && /^(?:element|item|array_element|array)$/.test(second)) return 2
  const isLeaf = second === '' && more.length === 0 && items.kind !== 'object' && items.kind !== 'any'
  return isLeaf || /^(?:array|element|list)$|_tuple$/.test(first) ? 1 : 0
}

type Reached = { readonly way: readonly string[]; readonly field: Field }

function stopIssue({ name }: Step, { way, field }: Reached, suggest: Suggest): Issue {
  const path = pointer(way)
  if (field.kind !== 'object' || name === undefined) {
    return misfitIssue({ path, expected: expectedWords(field), received: 'a group of columns' })
  }
  return unknownIssue(path, suggest(field, name))
}

function leafIssue({ path, field }: ColumnField, { type, oddity }: Column): Issue | undefined {
  const expected = expectedWords(field)
  if (!converts(type, field.kind)) {
    return misfitIssue({ path: pointer(path), expected, received: `a column of type ${type}` })
  }
  if (type !== 'other') return undefined
  const received = oddity?.is ?? 'a column of an unusual type'
  return issueOf('column-type', { path: pointer(path), expected, received, ...(oddity && { hint: oddity.hint }) })
}

/** Batch ingestion overview, "Types": a mismatch fails the batch with a `TypeCompatibilityException`. */
function misfitIssue(words: Pick<Issue, 'path' | 'expected' | 'received'>): Issue {
  return issueOf('type-mismatch', words, 'fails-batch')
}

/** `a column for date-time`, `an array`. */
function expectedWords({ kind }: Field): string {
  if (kind === 'array' || kind === 'object') return `an ${kind}`
  return kind === 'map' ? 'a map' : `a column for ${kind}`
}

/**
 * Batch ingestion guide, "Data conversion matrix": whether a column's type converts. A 32-bit integer does not convert
 * to a date, but a 64-bit one does; a date converts to nothing else. The values themselves are checked separately.
 */
function converts(from: ColumnType, to: KindName): boolean {
  return CONVERSIONS[from].includes(to)
}

const NUMBERS = ['string', 'integer', 'number', 'any'] as const satisfies readonly KindName[]
const TIMES = ['date', 'date-time'] as const satisfies readonly KindName[]

const CONVERSIONS: Readonly<Record<ColumnType, readonly KindName[]>> = {
  string: [...NUMBERS, ...TIMES],
  byte: NUMBERS,
  short: NUMBERS,
  integer: NUMBERS,
  long: [...NUMBERS, ...TIMES],
  double: NUMBERS,
  boolean: ['boolean', 'any'],
  date: ['date', 'any'],
  'date-time': ['date-time', 'any'],
  other: [...NUMBERS, ...TIMES, 'boolean'],
}

type ColumnPaths = readonly (readonly string[])[]

/** Required fields without a column, at the root and in groups that have columns. `columns` are paths below `way`. */
function missingColumns(field: Field, columns: ColumnPaths, way: readonly string[] = []): readonly Issue[] {
  if (field.kind === 'array') return missingColumns(field.items, columns, way)
  const below = Map.groupBy(columns, ([first]) => first)
  const missingBelow = (name: string, inner: Field) => {
    const paths = (below.get(name) ?? []).map((path) => path.slice(1))
    return missingColumns(inner, paths, [...way, name])
  }
  if (field.kind === 'map') return missingBelow('value', field.values)
  if (field.kind !== 'object') return []
  const absent = [...field.required].filter((name) => !below.has(name))
  return [
    ...absent.map((name) => missingIssue(field.fields.get(name), [...way, name])),
    ...[...field.fields].flatMap(([name, inner]) => (below.has(name) ? missingBelow(name, inner) : [])),
  ]
}

function missingIssue(field: Field | undefined, path: readonly string[]): Issue {
  const code = field?.hasDefault === true ? 'required-defaulted' : 'required-missing'
  return issueOf(code, { path: pointer(path), expected: 'a column', received: 'nothing' })
}

export type HeaderToCheck = {
  readonly header: readonly string[]
  /** As in {@link ColumnsToCheck}: if a file has no header, its first row is taken for one. */
  readonly showValues: boolean
}

/**
 * Checks whether the header of a CSV file fits the schema, which must be flat: CSV is stored as it is ("Batch ingestion
 * troubleshooting", CSV), so no row is dropped because of its columns. In an ad-hoc schema all fields are in one
 * object, and columns are named by their last part.
 */
export function checkHeader(schema: CompiledSchema, { header, showValues }: HeaderToCheck, report: Report): void {
  const fields = flatFields(schema)
  if (fields === undefined) {
    report(issueOf('schema-nested', { ...NESTED, hint: delimiterHint(header) ?? NESTED.hint }))
    return
  }
  if (header.every((name) => name === '')) {
    report(issueOf('header-empty', { path: '', expected: 'the names of columns', received: 'an empty header' }))
    return
  }
  const suggester = limitedSuggester()
  const hint = delimiterHint(header)
  const suggest = (name: string) => hint ?? suggester(fields, name)
  const seen = new Set<string>()
  const arePlain = showValues || header.every(isPlainName)
  header.forEach((name, at) => {
    const isKnown = fields.fields.has(name)
    const path = pointer([isKnown || arePlain ? name : hiddenColumn(at)])
    const issue = nameIssue({ name, path }, !isFirst(name, seen), isKnown ? undefined : suggest)
    if (issue !== undefined) report(issue)
  })
  for (const [name, field] of fields.fields) {
    // In relational data this column belongs to the file, not the schema, and it has a default when absent.
    if (!seen.has(name) && (schema.relational === undefined || name !== CHANGE_TYPE))
      report(missingHeaderIssue(name, field, fields.required.has(name)))
  }
}

const NESTED = {
  path: '',
  expected: 'a flat schema',
  received: 'a schema with nested fields',
  hint: 'map the columns with a mapping set: docs/csv-and-mapping.md',
} as const

/** Whether a row without nested values can be a record of the schema. */
export function isFlatSchema(schema: CompiledSchema): boolean {
  return flatFields(schema) !== undefined
}

/** Undefined for a schema that is not flat. */
function flatFields({ root, behaviour, tenant }: CompiledSchema): ObjectField | undefined {
  const inner = tenant === undefined ? undefined : root.fields.get(tenant)
  const fields = behaviour === 'ad-hoc' && inner?.kind === 'object' ? inner : root
  return [...fields.fields.values()].every(isFlat) ? fields : undefined
}

function isFlat({ kind }: Field): boolean {
  return kind !== 'object' && kind !== 'array' && kind !== 'map'
}

/** A CSV header with a single name that contains a usual delimiter most likely uses that delimiter. */
export function delimiterHint([name = '', ...others]: readonly string[]): string | undefined {
  const [found] = others.length === 0 ? (/[;\t|,]/.exec(name) ?? []) : []
  if (found === undefined) return undefined
  const written = found === '\t' ? '\\t' : found
  return `are its values separated by "${written}"? Then set "csv-delimiter" to that character`
}

/** `suggest` is set if the schema does not have the name. */
function nameIssue(
  { name, path }: { readonly name: string; readonly path: string },
  isSecond: boolean,
  suggest: ((name: string) => string | undefined) | undefined,
): Issue | undefined {
  if (name === '') return issueOf('column-empty', { path, expected: 'the name of a column', received: 'nothing' })
  if (isSecond) return duplicateIssue(path)
  if (suggest !== undefined) return unknownIssue(path, suggest(name))
  if (!/\s/.test(name)) return undefined
  return issueOf('column-blank', { path, expected: 'a name without spaces', received: 'a name with a space' })
}

function missingHeaderIssue(name: string, field: Field, isRequired: boolean): Issue {
  const words = { path: pointer([name]), expected: 'a column', received: 'nothing' }
  return isRequired && !field.hasDefault
    ? issueOf('required-missing', words, 'changed')
    : issueOf('column-missing', words)
}

function unknownIssue(path: string, hint: string | undefined): Issue {
  const words = { path, expected: 'a field of the schema', received: 'a column' }
  return issueOf('unknown-field', hint === undefined ? words : { ...words, hint })
}

function duplicateIssue(path: string): Issue {
  return issueOf('column-duplicate', { path, expected: 'each column once', received: 'a second one' })
}
