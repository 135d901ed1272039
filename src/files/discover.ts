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
import { compareBytes, count, formatNumber, joinFirst, quoteList } from '../lib/text.ts'
import { lengthRefusal, partitionRefusal, partitionsOf, remoteName } from './names.ts'
import { type FileRefusal, InvalidFiles, refuse } from './refusal.ts'
import { sortHidden } from './hidden.ts'

export type FormatInput = FormatName | 'auto'

export type FileSelection = {
  readonly patterns: readonly string[]
  readonly format: FormatInput
  readonly replayPredecessors: Predecessors
  /** The matches of the patterns, if the search has already begun. */
  readonly matches?: Promise<readonly PatternMatch[]> | undefined
}

export type FoundFile = {
  /** Relative to the workspace, with `/` between segments. */
  readonly path: string
  /** Inside the batch; unique in the run. */
  readonly name: string
  readonly format: FormatName
  readonly content: Content
}

/**
 * Finds the files to publish, in the bytewise order of their remote names.
 *
 * @returns an empty list when no pattern matches anything that can be sent.
 * @throws InvalidFiles naming every file whose name must not be sent; Problem for mixed formats or, if the data
 * replaces earlier data, for a pattern that matches nothing.
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

/** An exclude without effect may be a mistake, and the files that it should exclude are sent. */
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

/** GitHub shows ten warnings of a step: warnings about patterns must not displace those about rows. */
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
  const told = fruitless.map((match) => `${JSON.stringify(match.pattern)}${unmatchedHint(match)}`)
  if (!isReplacing) {
    const unmatched = fruitless.filter(({ excluded }) => excluded === 0)
    warnOfPatterns(
      unmatched.map((match) => ({ pattern: match.pattern, hint: unmatchedHint(match) })),
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

/** What a pattern that matches nothing most likely meant, in parentheses; empty if there is no guess. */
export function unmatchedHint({ pattern, otherCase }: Pick<PatternMatch, 'pattern' | 'otherCase'>): string {
  if (otherCase === undefined) return slipHint(pattern)
  return ` (upper and lower case matter: did you mean ${JSON.stringify(otherCase)}?)`
}

/** In a store without keys, a file that is sent twice has all its rows twice. */
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
 * Several names of one file, by hard links or mounts, count as one file: otherwise its rows would be stored once for
 * each name. A partition is read from the name, so names in different partitions stand for different rows.
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

const MOST_SHARED = 5

function noteOverlap(paths: readonly string[], log: Log): void {
  const [only = ''] = paths
  if (paths.length === 1) log.info(`${JSON.stringify(only)} is sent once, although several patterns match it`)
  if (paths.length > 1)
    log.info(`${count(paths.length, 'file')} are sent once each, although several patterns match them`)
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

function requireUniqueNames(files: readonly FoundFile[]): readonly FoundFile[] {
  const sorted = files.toSorted((a, b) => compareBytes(a.name, b.name))
  const twin = sorted.find((file, index) => file.name === sorted[index + 1]?.name)
  if (twin === undefined) return sorted
  const reason = `would be uploaded as ${JSON.stringify(twin.name)}, like another file`
  throw new InvalidFiles([{ path: twin.path, reason, remedy: 'Rename one of them.' }])
}

/**
 * The shard that a file belongs to, from 1 to `of`. It depends only on the name, so a file keeps its shard whatever
 * other files come and go. The first 48 bits of the name's SHA-256 still fit exactly in a number.
 */
export function shardOf(name: string, of: number): number {
  return (createHash('sha256').update(name).digest().readUIntBE(0, 6) % of) + 1
}

/** The files of one shard, in their order; all files if there are no shards. */
export function takeShard(found: readonly FoundFile[], shard: Shard | undefined, log: Log): readonly FoundFile[] {
  if (shard === undefined) return found
  const own = found.filter(({ name }) => shardOf(name, shard.of) === shard.number)
  log.info(`Shard ${shard.number} of ${shard.of}: ${formatNumber(own.length)} of ${count(found.length, 'file')}`)
  return own
}
