import { converts, type ColumnType } from './conversions.ts'
import type { CompiledSchema } from './compile.ts'
import type { Field } from './field.ts'
import { issueOf, type Issue, type Report } from './issue.ts'
import { missingColumns } from './missing-columns.ts'
import { pointer } from './pointer.ts'
import { stepInto, type Step } from './step-into.ts'
import { suggester } from './suggest.ts'

/** A leaf column of a Parquet file: its path as the footer spells it, with `list.element` and `key_value.key`. */
export type Column = {
  readonly path: readonly string[]
  readonly type: ColumnType
  readonly repetition: 'required' | 'optional' | 'repeated'
}

/**
 * Whether the columns of a Parquet file fit the schema: a subset of its fields, in the same hierarchy ("Batch ingestion:
 * ingest Parquet files"), each of a type that converts. Paths of issues are those of the schema.
 */
export function checkColumns(schema: CompiledSchema, columns: readonly Column[], report: Report): void {
  const said = new Set<string>()
  const located = columns.map((column) => ({ column, found: locate(schema.root, column) }))
  for (const { column, found } of located) {
    const issue = found.issue ?? leafIssue(found, column)
    // One for a group that the schema does not have, not one for each of its columns.
    const key = `${issue?.code} ${issue?.path}`
    if (issue !== undefined && !said.has(key)) report(issue)
    said.add(key)
  }
  for (const { found } of repeated(located)) report(duplicate(found.path))
  const leaves = located.map(({ found }) => found.path)
  for (const issue of missingColumns(schema.root, leaves)) report(issue)
}

type Located = { readonly column: Column; readonly found: Found }

function repeated(located: readonly Located[]): readonly Located[] {
  const keys = located.map(({ column }) => pointer(column.path))
  return located.filter((_, at) => keys.indexOf(keys[at] ?? '') < at)
}

type Found = {
  readonly path: readonly string[]
  readonly field: Field
  readonly issue: Issue | undefined
}

/** Follows the column into the schema as far as it goes. */
function locate(root: Field, { path, repetition }: Column): Found {
  let field = root
  let rest = path
  const way: string[] = []
  while (rest.length > 0) {
    const step: Step = stepInto(field, rest)
    if (step.name !== undefined) way.push(step.name)
    if (step.kind === 'stopped') return { path: way, field, issue: stopIssue(step, way, field) }
    field = step.field
    rest = step.rest
  }
  // A field that is repeated by itself is a list, too.
  if (repetition === 'repeated' && field.kind === 'array') field = field.items
  return { path: way, field, issue: undefined }
}

function stopIssue({ name }: Step, way: readonly string[], field: Field): Issue {
  const path = pointer(way)
  if (field.kind !== 'object' || name === undefined) {
    return issueOf('type-mismatch', { path, expected: wordsOf(field), received: 'a group of columns' })
  }
  const hint = suggester(field)(name)
  const words = { path, expected: 'a field of the schema', received: 'a column' }
  return issueOf('unknown-field', hint === undefined ? words : { ...words, hint })
}

function leafIssue({ path, field }: Found, { type }: Column): Issue | undefined {
  const expected = wordsOf(field)
  if (!converts(type, field.kind)) {
    return issueOf('type-mismatch', { path: pointer(path), expected, received: `a column of type ${type}` })
  }
  if (type !== 'other') return undefined
  return issueOf('column-type', { path: pointer(path), expected, received: 'a column of an unusual type' })
}

/** `a column that becomes date-time`, `an array`. */
function wordsOf({ kind }: Field): string {
  if (kind === 'array' || kind === 'object') return `an ${kind}`
  return kind === 'map' ? 'a map' : `a column that becomes ${kind}`
}

function duplicate(path: readonly string[]): Issue {
  return issueOf('column-duplicate', { path: pointer(path), expected: 'each column once', received: 'a second one' })
}
