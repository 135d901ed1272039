import { duplicateIds } from './duplicates.ts'
import type { Finding } from './finding.ts'
import type { SchemaSource } from './schema-source.ts'
import type { Say } from '../files/discover.ts'
import type { CheckedFile } from '../files/read.ts'
import type { FileFindings } from '../formats/check.ts'
import type { Inputs } from '../inputs/inputs.ts'
import { Problem } from '../lib/errors.ts'
import { count } from '../lib/text.ts'
import { checkColumns, checkHeader } from '../schema/check/columns.ts'
import { type CompiledSchema, compileSchema } from '../schema/compile.ts'
import type { Issue } from '../schema/rules.ts'

/** What the columns of a file say against the schema: a CSV header, a Parquet footer. */
function columnFindings(file: CheckedFile | undefined, schema: CompiledSchema): readonly Finding[] {
  const issues: Issue[] = []
  const report = (issue: Issue) => void issues.push(issue)
  const shape = file?.shape
  if (shape?.kind === 'csv') checkHeader(schema, shape.header, report)
  if (shape?.kind === 'parquet') {
    const columns = shape.columns.map(({ path, meaning, repetition }) => ({ path, type: meaning, repetition }))
    checkColumns(schema, columns, report)
  }
  // A header stands in the first line; a footer in none.
  const place = shape?.kind === 'csv' ? ({ kind: 'text', line: 1, column: 1 } as const) : ({ kind: 'file' } as const)
  return issues.map((issue) => ({
    code: issue.code,
    level: issue.level,
    path: issue.path,
    count: 1,
    first: [{ issue, place }],
  }))
}

/** What the check of one file found. */
export type Examined = {
  readonly path: string
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  readonly findings: readonly Finding[]
}

/** Files whose rows were checked, what was found in each, and the schema. */
export type Checked = {
  readonly files: readonly CheckedFile[]
  readonly checks: readonly FileFindings[]
  readonly source: SchemaSource
}

/** Puts together what the rows and the columns of each file say, and what only all files together do. */
export function examine({ files, checks, source }: Checked, say: Say): readonly Examined[] {
  const schema = compileSchema(source.schema, source.descriptors)
  for (const note of schema.notes) say.info(`Schema ${JSON.stringify(schema.title)}: ${note}`)
  const looked = files.flatMap((file, index) => {
    const found = checks[index]
    const placed = file.shape.kind === 'parquet' ? ('row' as const) : ('text' as const)
    return found === undefined ? [] : [{ path: file.path, placed, ...found }]
  })
  const again = duplicateIds(looked, say)
  return looked.map(({ path, rows, badRows, findings }, index) => {
    const columns = columnFindings(files[index], schema)
    // Columns that don't fit are wrong in every row.
    const isUnfit = columns.some(({ level }) => level === 'error')
    const all = [...columns, ...withoutThose(columns, findings), ...(again[index] ?? [])]
    return { path, rows, badRows: isUnfit ? rows : badRows, findings: all }
  })
}

/** What a column is wrong in is not said once more of its values. A column's path has no `*` for the items of a list. */
function withoutThose(columns: readonly Finding[], findings: readonly Finding[]): readonly Finding[] {
  const key = ({ code, path }: Finding) => `${code} ${path.replaceAll('/*', '')}`
  const said = new Set(columns.map(key))
  return findings.filter((finding) => !said.has(key(finding)))
}

export type Share = { readonly rows: number; readonly badRows: number; readonly errorThreshold: number }

/** What the platform will make of bad rows, by what was found here. */
export type Prediction = { readonly isAccepted: boolean; readonly text: string }

/** Error diagnostics guide: bad rows up to the threshold are dropped, more of them fail the whole batch. */
export function predict({ rows, badRows, errorThreshold }: Share): Prediction {
  const percent = rows === 0 ? 0 : (badRows / rows) * 100
  const share = `${count(badRows, 'bad row')} of ${count(rows, 'row')} (${shown(percent)} %)`
  if (badRows === 0) return { isAccepted: true, text: `No bad row in ${count(rows, 'row')}` }
  const isAccepted = percent <= errorThreshold
  const fate = isAccepted ? 'the platform would drop them' : 'the platform would fail the batch'
  return { isAccepted, text: `${share}, and "error-threshold" allows ${errorThreshold} %: ${fate}` }
}

/** Never 0 for something. */
function shown(percent: number): string {
  return percent < 0.01 ? 'below 0.01' : percent.toFixed(2).replace(/\.?0+$/, '')
}

/** Rows must not be sent; nothing was. */
export class InvalidRecords extends Problem {
  override readonly name = 'InvalidRecords'
}

/**
 * What findings do before a batch is created.
 *
 * | `validation` | errors                                                                                   |
 * |--------------|------------------------------------------------------------------------------------------|
 * | `error`      | stop; with `error-threshold` above 0 only when the share of bad rows is above it          |
 * | `warn`       | are said                                                                                 |
 *
 * @throws InvalidRecords
 */
export function judgeRows(
  examined: readonly Examined[],
  { validation, errorThreshold }: Pick<Inputs, 'validation' | 'errorThreshold'>,
  say: Say,
): void {
  const total = (of: (file: Examined) => number) => examined.reduce((sum, file) => sum + of(file), 0)
  const badRows = total((file) => file.badRows)
  const { isAccepted, text } = predict({ rows: total(({ rows }) => rows), badRows, errorThreshold })
  say.info(text)
  if (isAccepted || validation !== 'error') return
  const bad = examined.filter((file) => file.badRows > 0)
  const lines = bad.map(
    (file) => `- ${JSON.stringify(file.path)}: ${count(file.badRows, 'bad row')} of ${count(file.rows, 'row')}`,
  )
  throw new InvalidRecords(`Cannot publish these rows; nothing was sent:\n${lines.join('\n')}\n${text}`, {
    remedy:
      'Correct them where the annotations and the report point. To publish all the same: "validation: warn", or a higher "error-threshold".',
  })
}
