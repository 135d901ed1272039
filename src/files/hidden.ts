import type { WorkspaceFile } from '../github/file.ts'
import type { PatternMatch } from '../github/workspace.ts'
import type { FileRefusal } from './refusal.ts'

export type SortedFiles = {
  readonly kept: readonly WorkspaceFile[]
  readonly skipped: readonly string[]
  readonly refused: readonly FileRefusal[]
}

/**
 * Readers of Hadoop files silently skip names that begin with `.` or `_`, so such a file must never be sent.
 *
 * | a segment begins with | the pattern         | the file is               |
 * |-----------------------|---------------------|---------------------------|
 * | `.`                   | reaches it by a wildcard only | skipped, which is logged |
 * | `.`                   | writes it out       | refused                   |
 * | `_`                   | any                 | refused                   |
 *
 * A link is also judged by its target: one into a hidden folder, such as `.git`, is refused, because a skipped file would
 * be missing from the dataset.
 */
export function sortHidden(matches: readonly Pick<PatternMatch, 'pattern' | 'files'>[]): SortedFiles {
  const every = matches.flatMap(({ pattern, files }) => files.map((file) => ({ file, fate: fateOf(file, pattern) })))
  const refused = new Map(
    every.flatMap(({ file, fate }) => (fate.kind === 'refused' ? [[file.path, fate.refusal]] : [])),
  )
  const dotted = every.filter(({ fate }) => fate.kind === 'skipped').map(({ file }) => file.path)
  return {
    kept: every.filter(({ fate }) => fate.kind === 'kept').map(({ file }) => file),
    skipped: [...new Set(dotted)].filter((path) => !refused.has(path)),
    refused: Array.from(refused.values()),
  }
}

type FileFate =
  { readonly kind: 'kept' } | { readonly kind: 'skipped' } | { readonly kind: 'refused'; readonly refusal: FileRefusal }

function fateOf({ path, realPath }: WorkspaceFile, pattern: string): FileFate {
  const segments = path.split('/')
  const underscored = segments.find((segment) => segment.startsWith('_'))
  if (underscored !== undefined) return { kind: 'refused', refusal: hiddenRefusal(path, underscored) }
  const dotted = segments.find((segment) => segment.startsWith('.'))
  if (dotted === undefined) {
    const isHidden = realPath.split('/').some((segment) => segment.startsWith('.'))
    return isHidden ? { kind: 'refused', refusal: hiddenTargetRefusal(path, realPath) } : { kind: 'kept' }
  }
  // On Windows a pattern may be written with backslashes.
  const isWritten = pattern.normalize('NFC').split(/[/\\]/).includes(dotted.normalize('NFC'))
  return isWritten ? { kind: 'refused', refusal: hiddenRefusal(path, dotted) } : { kind: 'skipped' }
}

function hiddenTargetRefusal(path: string, realPath: string): FileRefusal {
  const reason = `is a link to ${JSON.stringify(realPath)}, which is hidden`
  return {
    path,
    reason,
    remedy: `Replace the link with a copy of the file, or exclude it with the pattern "!${path}".`,
  }
}

function hiddenRefusal(path: string, segment: string): FileRefusal {
  const reason = `has ${JSON.stringify(segment)} in its path, and the platform may silently skip such names`
  const folder = path.slice(0, path.split('/').indexOf(segment) === 0 ? 0 : path.indexOf(`/${segment}`) + 1)
  const isFile = path.endsWith(segment)
  return {
    path,
    reason,
    remedy: `Rename it, or exclude it with the pattern "!${folder}${segment}${isFile ? '' : '/**'}".`,
  }
}
