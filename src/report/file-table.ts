import { count, formatBytes } from '../base/words.ts'
import type { Facts } from '../journeys/logbook.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import { code, folded, some, table } from './markdown.ts'

/** Files that are shown before the table is folded away. */
const MOST_OPEN = 20

export function fileTable({ files }: Facts, most: number): readonly string[] {
  if (files.length === 0) return []
  const draw = (shown: readonly CheckedFile[]) => table(['File', 'Rows:', 'Size:'], shown.map(row))
  const list = some(files, { most, noun: 'files, in the report' }, draw)
  return files.length <= MOST_OPEN ? ['#### Files', list] : [folded(count(files.length, 'file'), list)]
}

function row({ path, rows, sourceBytes }: CheckedFile): readonly string[] {
  return [code(path), rows?.toLocaleString('en-US') ?? '?', formatBytes(sourceBytes)]
}
