import { checkColumns } from '../../xdm/check-columns.ts'
import { checkHeader } from '../../xdm/check-header.ts'
import type { CompiledSchema } from '../../xdm/compile.ts'
import type { Issue } from '../../xdm/issue.ts'
import type { Finding } from './finding.ts'
import type { CheckedFile } from '../preflight.ts'

/** What the columns of a file say against the schema: a CSV header, a Parquet footer. */
export function columnFindings(file: CheckedFile | undefined, schema: CompiledSchema): readonly Finding[] {
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
