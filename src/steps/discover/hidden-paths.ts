import type { WorkspaceFile } from '../../github/describe-file.ts'
import type { PatternMatch } from '../../github/workspace.ts'
import type { Refusal } from '../refusals.ts'

export type Sorted = {
  readonly kept: readonly WorkspaceFile[]
  readonly skipped: readonly string[]
  readonly refused: readonly Refusal[]
}

/**
 * Readers of Hadoop files skip names that begin with `.` or `_` in silence, so such a file must never be sent.
 *
 * | a segment begins with | the pattern         | the file is               |
 * |-----------------------|---------------------|---------------------------|
 * | `.`                   | reaches it by a wildcard only | skipped, which is said |
 * | `.`                   | writes it out       | refused                   |
 * | `_`                   | any                 | refused                   |
 */
export function hiddenPaths(matches: readonly PatternMatch[]): Sorted {
  const every = matches.flatMap(({ pattern, files }) =>
    files.map((file) => ({ file, fate: fateOf(file.path, pattern) })),
  )
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

type Fate =
  { readonly kind: 'kept' } | { readonly kind: 'skipped' } | { readonly kind: 'refused'; readonly refusal: Refusal }

function fateOf(path: string, pattern: string): Fate {
  const segments = path.split('/')
  const underscored = segments.find((segment) => segment.startsWith('_'))
  if (underscored !== undefined) return { kind: 'refused', refusal: refusal(path, underscored) }
  const dotted = segments.find((segment) => segment.startsWith('.'))
  if (dotted === undefined) return { kind: 'kept' }
  // On Windows a pattern may be written with backslashes.
  const isWritten = pattern.split(/[/\\]/).includes(dotted)
  return isWritten ? { kind: 'refused', refusal: refusal(path, dotted) } : { kind: 'skipped' }
}

function refusal(path: string, segment: string): Refusal {
  const reason = `has ${JSON.stringify(segment)} in its path, and the platform may skip such names in silence`
  const folder = path.slice(0, path.split('/').indexOf(segment) === 0 ? 0 : path.indexOf(`/${segment}`) + 1)
  const isFile = path.endsWith(segment)
  return {
    path,
    reason,
    remedy: `Rename it, or exclude it with the pattern "!${folder}${segment}${isFile ? '' : '/**'}".`,
  }
}
