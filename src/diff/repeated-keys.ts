import type { FileFinding, ValidatedFile } from '../check/findings.ts'
import type { FormatName } from '../formats/format.ts'
import { FORMATS } from '../formats/formats.ts'
import { issueOf } from '../schema/rules.ts'
import type { RepeatedRow, RepeatedRows } from './diff-files.ts'
import type { DiffKey, FilePlace } from './row-diff.ts'

type RepeatedKeys = RepeatedRows & {
  readonly key: DiffKey
  readonly files: readonly { readonly path: string; readonly format: FormatName }[]
}

/**
 * The findings of each file, with its rows that have the key of an earlier row. Events with the same `_id`, and
 * relational rows with the same primary key, have their own rule.
 */
export function withRepeatedKeys(
  validated: readonly ValidatedFile[],
  { repeated, repeatedIn, key, files }: RepeatedKeys,
): readonly ValidatedFile[] {
  if (key.kind === 'event-id' || key.kind === 'primary-key') return validated
  const byRow = new Set(files.filter(({ format }) => FORMATS[format].placedBy === 'row').map(({ path }) => path))
  const [path = ''] = key.paths.length === 1 ? key.paths.filter((one) => one.startsWith('/')) : []
  const repeatedByFile = Map.groupBy(repeated, ({ file }) => file)
  return validated.map((file) => {
    const own = repeatedByFile.get(file.path)
    if (own === undefined) return file
    const first = own.map((one) => occurrenceOf(one, path, byRow))
    const finding: FileFinding = {
      code: 'duplicate-key-row',
      level: 'warning',
      fate: 'kept',
      path,
      count: repeatedIn.get(file.path) ?? own.length,
      first,
    }
    return { ...file, findings: [...file.findings, finding] }
  })
}

function occurrenceOf({ file, line, first }: RepeatedRow, path: string, byRow: ReadonlySet<string>) {
  const words = { path, expected: 'a key of its own', received: `the key of ${placeText(first, byRow)}` }
  const place = byRow.has(file) ? { kind: 'row' as const, row: line } : { kind: 'text' as const, line, column: 1 }
  return { issue: issueOf('duplicate-key-row', words), place }
}

function placeText({ file, line }: FilePlace, byRow: ReadonlySet<string>): string {
  return `${byRow.has(file) ? 'row' : 'line'} ${line} of ${JSON.stringify(file)}`
}
