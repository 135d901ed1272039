import type { FileFindings } from '../rows/merged-result.ts'
import { compileSchema } from '../xdm/compile.ts'
import type { Say } from './discover.ts'
import { columnFindings } from './examine/column-findings.ts'
import { duplicateIds } from './examine/duplicate-ids.ts'
import type { Finding } from './examine/finding.ts'
import type { SchemaSource } from './examine/schema.ts'
import type { CheckedFile } from './preflight.ts'

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
