import { concurrently } from '../base/concurrently.ts'
import { checkFile } from '../rows/check-file.ts'
import type { SliceChecker } from '../rows/slice-checker.ts'
import { compileSchema } from '../xdm/compile.ts'
import type { Say } from './discover.ts'
import { duplicateIds } from './examine/duplicate-ids.ts'
import type { Finding } from './examine/finding.ts'
import type { Inputs } from './inputs.ts'
import type { CheckedFile } from './preflight.ts'
import { recordLayout } from './preflight/record-layout.ts'
import type { CheckSetup } from './examine/row-check.ts'
import { columnFindings } from './examine/column-findings.ts'

/** What the check of one file found. */
export type Examined = {
  readonly path: string
  readonly rows: number
  /** Rows with at least one error. */
  readonly badRows: number
  readonly findings: readonly Finding[]
}

export type ExamineTools = {
  /** Checks rows here or in threads. Whoever asked for it disposes of it. */
  readonly openChecker: (setup: CheckSetup) => SliceChecker
  readonly say: Say
  readonly signal: AbortSignal
}

/** Files whose slices are in work at once: one is read while another is checked. */
const WIDTH = 2

/** Checks every row of every file against the schema, and its columns where it has any. */
export async function examine(
  files: readonly CheckedFile[],
  { setup, inputs }: { readonly setup: CheckSetup; readonly inputs: Inputs },
  tools: ExamineTools,
): Promise<readonly Examined[]> {
  const schema = compileSchema(setup.source.schema, setup.source.descriptors)
  for (const note of schema.notes) tools.say.info(`Schema ${JSON.stringify(schema.title)}: ${note}`)
  const { csvDelimiter: delimiter, csvQuote: quote, csvEscape: escape } = inputs
  const dialect = { delimiter, quote, escape }
  await using checker = tools.openChecker(setup)
  const looked = await concurrently(files, { width: WIDTH, signal: tools.signal }, async (file, signal) => {
    const layout = recordLayout(file.shape, dialect)
    const found = await checkFile({ content: file.source, layout }, { checker, signal })
    return { path: file.path, placed: layout.kind === 'parquet' ? ('row' as const) : ('text' as const), ...found }
  })
  const again = duplicateIds(looked, tools.say)
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
