import { findDuplicates, type Duplicate } from '../../rows/find-duplicates.ts'
import type { RowPlace } from '../../rows/row.ts'
import type { RowKeys } from '../../rows/row-keys.ts'
import { issueOf } from '../../xdm/issue.ts'
import { count } from '../../base/words.ts'
import type { Finding, Placed } from './finding.ts'
import type { Say } from '../discover.ts'

/** A file's events by their `_id`. */
export type Keyed = { readonly path: string; readonly placed: RowPlace['kind']; readonly keys: RowKeys }

/** Finds events of one `_id` over all files together. @returns the findings of each file. */
export function duplicateIds(files: readonly Keyed[], say: Say): readonly (readonly Finding[])[] {
  const { shown, count: total, isComplete } = findDuplicates(files.map(({ keys }) => keys))
  if (!isComplete) say.warning('Events beyond the first five million were not compared by their _id')
  if (total > shown.length)
    say.warning(`${count(total, 'event')} have an _id that another has; ${shown.length} of them are listed`)
  return files.map((_, index) => {
    const here = shown.filter(({ file }) => file === index)
    if (here.length === 0) return []
    const first = here.map((duplicate) => placed(duplicate, files))
    return [{ code: 'duplicate-id', level: 'warning', path: '/_id', count: here.length, first }]
  })
}

function placed({ file, place, first }: Duplicate, files: readonly Keyed[]): Placed {
  const before = files[first.file]
  const where = `${before?.placed === 'row' ? 'row' : 'line'} ${first.place} of ${JSON.stringify(before?.path ?? '')}`
  const issue = issueOf('duplicate-id', { path: '/_id', expected: 'an _id of its own', received: `that of ${where}` })
  return {
    issue,
    place: files[file]?.placed === 'row' ? { kind: 'row', row: place } : { kind: 'text', line: place, column: 1 },
  }
}
