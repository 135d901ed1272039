import type { Log } from '../github/runner.ts'
import type { Context } from '../context.ts'
import { createHash } from 'node:crypto'
import type { FormatName } from '../formats/format.ts'
import { formatOfPath } from '../formats/formats.ts'
import type { WorkspaceFile } from '../github/file.ts'
import { isInclude } from '../github/pattern.ts'
import type { PatternMatch } from '../github/workspace.ts'
import { type Predecessors, type Shard, slipHint } from '../inputs/values.ts'
import type { Content } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import { compareBytes, count, formatNumber, joinFirst, listFirst, quoteList } from '../lib/text.ts'
import { ENCODED_NAME_MOST_CHARACTERS, NAME_SEGMENT_MOST_CHARACTERS } from '../platform/limits.ts'

export type FormatInput = FormatName | 'auto'

export type FileSelection = {
  readonly patterns: readonly string[]
  readonly format: FormatInput
  readonly replayPredecessors: Predecessors
  /** What the patterns match, where that was begun before. */
  readonly matches?: Promise<readonly PatternMatch[]> | undefined
}

export type FoundFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Inside the batch; unique in the publish. */
  readonly name: string
  readonly format: FormatName
  readonly content: Content
}

/**
 * Finds the files to publish, in the bytewise order of their remote names.
 *
 * @returns an empty list when no pattern matches anything that may be sent.
 * @throws InvalidFiles naming every file whose name must not be sent; Problem for a mixture of formats, or, where the
 * content replaces what was there, for a pattern that matches nothing.
 */
export async function discover(
  { patterns, format, replayPredecessors, matches: begun }: FileSelection,
  { workspace, log, signal }: Context,
): Promise<readonly FoundFile[]> {
  const matches = await (begun ?? workspace.find(patterns, signal))
  warnOfExcludes(patterns, matches, log)
  judgeFruitless(matches, replayPredecessors.kind === 'previous', log)
  const { kept, skipped, refused } = sortHidden(matches)
  if (skipped.length > 0) log.info(`Skipped, because a part of the path begins with a dot: ${quoteList(skipped)}`)
  refuse(refused)
  const files = dropRepeats(kept, log)
  if (files.length === 0) return []
  refuse(files.flatMap(({ path }) => [...partitionRefusal(path), ...lengthRefusal(path)]))
  refuse(files.flatMap(({ path }) => compressedRefusal(path)))
  const chosen = chooseFormat(
    files.map(({ path }) => path),
    format,
  )
  return requireUniqueNames(
    files.map(({ path, content }) => ({ path, name: remoteName(path), format: chosen, content })),
  )
}

/** An exclude that is without effect may be a slip, and what it should keep back is sent. */
function warnOfExcludes(patterns: readonly string[], matches: readonly PatternMatch[], log: Log): void {
  const emptied = matches.filter(({ files, excluded }) => files.length === 0 && excluded > 0)
  warnOfPatterns(
    emptied.map(({ pattern, excluded }) => ({ pattern, hint: `: ${count(excluded, 'file')}` })),
    { one: 'matches only excluded files', several: 'match only excluded files' },
    log,
  )
  if (matches.every(({ files, excluded }) => files.length + excluded === 0)) return
  const used = new Set(matches.flatMap(({ usedExcludes }) => usedExcludes))
  const first = patterns.findIndex(isInclude)
  const idle = patterns.flatMap((pattern, index) => {
    if (isInclude(pattern) || used.has(pattern)) return []
    const isAbove = index < first
    return [
      {
        pattern,
        hint: isAbove ? ': it precedes every pattern that matches files; move it below them' : slipHint(pattern),
      },
    ]
  })
  warnOfPatterns(idle, { one: 'excludes nothing', several: 'exclude nothing' }, log)
}

const MOST_HINTS = 20

type HintedPattern = { readonly pattern: string; readonly hint: string }

/** GitHub shows ten warnings of a step: many patterns must not push out what was found in rows. */
function warnOfPatterns(
  patterns: readonly HintedPattern[],
  what: { readonly one: string; readonly several: string },
  log: Log,
): void {
  const [only] = patterns
  if (only === undefined) return
  if (patterns.length === 1) {
    return log.warning(`The pattern ${JSON.stringify(only.pattern)} of "glob" ${what.one}${only.hint}`)
  }
  const hints = Map.groupBy(patterns, ({ hint }) => hint)
  const told = Array.from(hints, ([hint, alike]) => `${quoteList(alike.map(({ pattern }) => pattern))}${hint}`)
  log.warning(`${patterns.length} patterns of "glob" ${what.several}: ${joinFirst(told, MOST_HINTS, '; ')}`)
}

function judgeFruitless(matches: readonly PatternMatch[], isReplacing: boolean, log: Log): void {
  const fruitless = matches.filter(({ files }) => files.length === 0)
  if (fruitless.length === 0 || fruitless.length === matches.length) return
  const told = fruitless.map(({ pattern }) => `${JSON.stringify(pattern)}${slipHint(pattern)}`)
  if (!isReplacing) {
    const unmatched = fruitless.filter(({ excluded }) => excluded === 0)
    warnOfPatterns(
      unmatched.map(({ pattern }) => ({ pattern, hint: slipHint(pattern) })),
      { one: 'matches no file', several: 'match no file' },
      log,
    )
    return
  }
  throw new Problem(`Cannot replace the earlier data: nothing matches ${joinFirst(told, MOST_HINTS)} of "glob"`, {
    remedy:
      'Nothing was sent, because a missing export must not empty a dataset. Check the step that writes the files.',
  })
}

export type SortedFiles = {
  readonly kept: readonly WorkspaceFile[]
  readonly skipped: readonly string[]
  readonly refused: readonly FileRefusal[]
}

/**
 * Readers of Hadoop files skip names that begin with `.` or `_` in silence, so such a file must never be sent.
 *
 * | a segment begins with | the pattern         | the file is               |
 * |-----------------------|---------------------|---------------------------|
 * | `.`                   | reaches it by a wildcard only | skipped, which is said |
 * | `.`                   | writes it out       | refused                   |
 * | `_`                   | any                 | refused                   |
 *
 * A link is judged by where it leads as well: one into a hidden folder, such as `.git`, is refused, since a skipped one
 * would be missing from the dataset.
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

/** For a store without keys, a file that is sent twice is every row of it stored twice. */
function dropRepeats(files: readonly WorkspaceFile[], log: Log): readonly WorkspaceFile[] {
  const ways = Map.groupBy(files, ({ identity }) => identity)
  const overlapping: string[] = []
  const kept = Array.from(ways.values()).flatMap((same) => {
    const [first, ...others] = same.toSorted(
      (a, b) => Number(a.isLinked) - Number(b.isLinked) || compareBytes(a.path, b.path),
    )
    if (first === undefined) return []
    const again = [...new Set(others.map(({ path }) => path))].filter((path) => path !== first.path)
    if (again.length > 0)
      log.info(`${JSON.stringify(first.path)} is sent once, although it is also matched as ${quoteList(again)}`)
    else if (others.length > 0) overlapping.push(first.path)
    return [first]
  })
  noteOverlap(overlapping, log)
  return dropSharedNames(kept, log)
}

/**
 * Several names of one file, by hard links or mounts, are one file: its rows would be there once for each. A partition is
 * read from the name, so that in another partition they are other rows.
 */
function dropSharedNames(files: readonly WorkspaceFile[], log: Log): readonly WorkspaceFile[] {
  const groups = Array.from(Map.groupBy(files, ({ path, sharedId }) => sharedId && `${sharedId} ${partitionsOf(path)}`))
  const shared = groups.flatMap(([id, names]) => {
    if (id === undefined || names.length < 2) return []
    return [names.toSorted((a, b) => compareBytes(a.path, b.path))]
  })
  if (shared.length === 0) return files
  const dropped = new Set(shared.flatMap(([, ...others]) => others))
  const told = shared.map((names) => names.map(({ path }) => JSON.stringify(path)).join(' = '))
  log.warning(
    `Several names of one file (hard links or mounts) are found, and it is sent once, under the first of them: ${joinFirst(told, MOST_SHARED)}. If they are meant as several files, copy them`,
  )
  return files.filter((file) => !dropped.has(file))
}

function partitionsOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  return folders.filter((folder) => PARTITION.test(folder)).join('/')
}

const MOST_SHARED = 5

function noteOverlap(paths: readonly string[], log: Log): void {
  const [only = ''] = paths
  if (paths.length === 1) log.info(`${JSON.stringify(only)} is sent once, although several patterns match it`)
  if (paths.length > 1)
    log.info(`${count(paths.length, 'file')} are sent once each, although several patterns match them`)
}

/** `key=value`: a partition, whose value the platform reads from the name. */
const PARTITION = /^[^=]+=[^=]*$/

const OUTSIDE = /[^A-Za-z0-9._=-]/gu

function partitionRefusal(path: string): readonly FileRefusal[] {
  const folder = findChangedPartition(path)
  if (folder === undefined) return []
  const reason = `is in the partition directory ${JSON.stringify(folder)}, whose value would be changed during the upload`
  return [
    { path, reason, remedy: 'Use only letters, digits, ".", "_" and "-" in the names of "key=value" directories.' },
  ]
}

/** A partition's value must arrive as it is. @returns the first directory whose value would be changed. */
export function findChangedPartition(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1)
  return folders.find(
    (folder) => PARTITION.test(folder) && (folder.search(OUTSIDE) >= 0 || folder.length > NAME_SEGMENT_MOST_CHARACTERS),
  )
}

function lengthRefusal(path: string): readonly FileRefusal[] {
  if (remoteName(path).split('/').map(encodeURIComponent).join('/').length <= ENCODED_NAME_MOST_CHARACTERS) return []
  return [{ path, reason: 'has a path that is too long for a URL', remedy: 'Shorten the names of its folders.' }]
}

const COMPRESSED = /\.(gz|gzip|zip|bz2|xz|zst|lz4|br|7z|tar|tgz)$/i

function compressedRefusal(path: string): readonly FileRefusal[] {
  const extension = COMPRESSED.exec(path)?.[0]
  if (extension === undefined) return []
  const remedy = 'Decompress it in an earlier step: batch ingestion does not document compressed files.'
  return [{ path, reason: `is compressed, according to its extension ${extension}`, remedy }]
}

/** One batch has one format (API guide). @throws Problem listing the files of each format, or those of none. */
export function chooseFormat(paths: readonly string[], wanted: FormatInput): FormatName {
  if (wanted !== 'auto') return wanted
  const groups = Map.groupBy(paths, (path) => formatOfPath(path) ?? 'neither')
  const [only, ...others] = groups.keys()
  if (only !== undefined && only !== 'neither' && others.length === 0) return only
  const lists = Array.from(groups, ([format, files]) => `- ${format}: ${quoteList(files)}`)
  throw new Problem(
    `Cannot choose a format: a batch contains files of one format, and these were found:\n${lists.join('\n')}`,
    {
      remedy:
        'Narrow "glob" to the files of one format and publish the others in another step, or set "format" if the extensions are misleading.',
    },
  )
}

/**
 * The name of a file inside its batch: its path from the workspace. What is not `[A-Za-z0-9._=-]` becomes `-`, and a name
 * that was changed gets 8 hexadecimal digits of its path's hash before its extension, so that it stays unlike others.
 * macOS may spell a name decomposed (`e` and an accent) that is composed elsewhere: both have one remote name.
 */
export function remoteName(given: string): string {
  const path = given.normalize('NFC')
  const segments = path.split('/')
  const safe = segments.map((segment) => shorten(segment.replace(OUTSIDE, '-'))).join('/')
  return safe === path ? path : withHash(safe, createHash('sha256').update(path).digest('hex').slice(0, 8))
}

/** The extension stays: people and tools go by it. */
function shorten(segment: string): string {
  if (segment.length <= NAME_SEGMENT_MOST_CHARACTERS) return segment
  const extension = /\.[^.]{1,16}$/.exec(segment)?.[0] ?? ''
  return segment.slice(0, NAME_SEGMENT_MOST_CHARACTERS - extension.length) + extension
}

function withHash(name: string, hash: string): string {
  const { stem, extension } = splitExtension(name)
  return `${stem}-${hash}${extension}`
}

/** `a/b.json` → `a/b` and `.json`. */
export function splitExtension(name: string): { readonly stem: string; readonly extension: string } {
  const [, stem = name, extension = ''] = /^(.*?)(\.[^./]*)?$/s.exec(name) ?? []
  return { stem, extension }
}

function requireUniqueNames(files: readonly FoundFile[]): readonly FoundFile[] {
  const sorted = files.toSorted((a, b) => compareBytes(a.name, b.name))
  const twin = sorted.find((file, index) => file.name === sorted[index + 1]?.name)
  if (twin === undefined) return sorted
  const reason = `would be uploaded as ${JSON.stringify(twin.name)}, like another file`
  throw new InvalidFiles([{ path: twin.path, reason, remedy: 'Rename one of them.' }])
}

/** A file that must not be sent: which, what is wrong with it, what to do. */
export type FileRefusal = {
  readonly path: string
  readonly reason: string
  readonly remedy: string
  /** Where in the file, when it is a matter of one place; both count from 1. */
  readonly place?: { readonly line: number; readonly column: number } | undefined
}

/** Files or records must not be sent; nothing was. */
export class InvalidFiles extends Problem {
  override readonly name = 'InvalidFiles'
  readonly refusals: readonly FileRefusal[]

  constructor(refusals: readonly FileRefusal[]) {
    const [first, ...others] = new Set(refusals.map(({ remedy }) => remedy))
    // What helps one file is no help for another.
    const isOwn = others.length > 0
    const lines = refusals.map(
      ({ path, reason, remedy }) => `${JSON.stringify(path)} ${reason}${isOwn ? `. ${remedy}` : ''}`,
    )
    const files = new Set(refusals.map(({ path }) => path)).size
    super(`Cannot publish ${count(files, 'file')}; nothing was sent:\n${listFirst(lines, 'problem')}`, {
      remedy: isOwn ? 'Fix each file as its line says, or exclude it.' : (first ?? ''),
    })
    this.refusals = refusals
  }
}

/** @throws InvalidFiles when there is any. */
export function refuse(refusals: readonly FileRefusal[]): void {
  if (refusals.length > 0) throw new InvalidFiles(refusals)
}

/**
 * Which of so many shards a file belongs to, from 1: by its name alone, so that it keeps its shard whatever other files come
 * and go. The first 48 bits of the name's SHA-256 are a number that is still exact.
 */
export function shardOf(name: string, of: number): number {
  return (createHash('sha256').update(name).digest().readUIntBE(0, 6) % of) + 1
}

/** The files of one shard, in their order; all of them where there are no shards. */
export function takeShard(found: readonly FoundFile[], shard: Shard | undefined, log: Log): readonly FoundFile[] {
  if (shard === undefined) return found
  const own = found.filter(({ name }) => shardOf(name, shard.of) === shard.number)
  log.info(`Shard ${shard.number} of ${shard.of}: ${formatNumber(own.length)} of ${count(found.length, 'file')}`)
  return own
}
