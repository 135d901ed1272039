import type { Content } from '../base/content.ts'
import { Problem } from '../base/problem.ts'
import { bytewise, listed } from '../base/words.ts'
import type { WorkspaceFile } from '../github/describe-file.ts'
import type { PatternMatch, Workspace } from '../github/workspace.ts'
import { chooseFormat, type Format, type FormatInput } from './discover/choose-format.ts'
import { hiddenPaths } from './discover/hidden-paths.ts'
import type { Predecessors } from './inputs/predecessors.ts'
import { InvalidFiles, refuse, type Refusal } from './refusals.ts'
import { changedPartition, remoteName } from './discover/remote-name.ts'

export type FoundFile = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  /** Inside the batch; unique in the publish. */
  readonly name: string
  readonly format: Format
  readonly content: Content
}

export type Sought = {
  readonly patterns: readonly string[]
  readonly format: FormatInput
  readonly replayPredecessors: Predecessors
}

export type DiscoverTools = { readonly workspace: Workspace; readonly say: Say }

/** What people should know though it stops nothing. */
export type Say = { info(text: string): void; warning(text: string): void }

/**
 * Finds the files to publish, in the bytewise order of their remote names.
 *
 * @returns an empty list when no pattern matches anything that may be sent.
 * @throws InvalidFiles naming every file whose name must not be sent; Problem for a mixture of formats, or, where the
 * content replaces what was there, for a pattern that matches nothing.
 */
export async function discover(
  { patterns, format, replayPredecessors }: Sought,
  { workspace, say }: DiscoverTools,
): Promise<readonly FoundFile[]> {
  const matches = await workspace.find(patterns)
  lookAtFruitless(matches, replayPredecessors.kind === 'previous', say)
  const { kept, skipped, refused } = hiddenPaths(matches)
  if (skipped.length > 0) say.info(`Skipped, since a part of the path begins with a dot: ${listed(skipped)}`)
  refuse(refused)
  const files = once(kept, say)
  if (files.length === 0) return []
  refuse(files.flatMap(({ path }) => [...partitionRefusal(path), ...lengthRefusal(path)]))
  refuse(files.flatMap(({ path }) => compressedRefusal(path)))
  const chosen = chooseFormat(
    files.map(({ path }) => path),
    format,
  )
  return uniquelyNamed(files.map(({ path, content }) => ({ path, name: remoteName(path), format: chosen, content })))
}

function lookAtFruitless(matches: readonly PatternMatch[], isReplacing: boolean, say: Say): void {
  const fruitless = matches.filter(({ files }) => files.length === 0).map(({ pattern }) => pattern)
  if (fruitless.length === 0 || fruitless.length === matches.length) return
  if (!isReplacing) {
    for (const pattern of fruitless) say.warning(`The pattern ${JSON.stringify(pattern)} of "glob" matches no file`)
    return
  }
  throw new Problem(`Cannot replace what was published before: nothing matches ${listed(fruitless)} of "glob"`, {
    remedy: 'Nothing was sent: a missing export must not empty a dataset. Look at what should have written the files.',
  })
}

/** For a store without keys, a file that is sent twice is every row of it stored twice. */
function once(files: readonly WorkspaceFile[], say: Say): readonly WorkspaceFile[] {
  const ways = Map.groupBy(files, ({ identity }) => identity)
  return Array.from(ways.values()).flatMap((same) => {
    const [first, ...others] = same.toSorted(
      (a, b) => Number(a.isLinked) - Number(b.isLinked) || bytewise(a.path, b.path),
    )
    if (first === undefined) return []
    const again = [...new Set(others.map(({ path }) => path))].filter((path) => path !== first.path)
    if (again.length > 0)
      say.info(`${JSON.stringify(first.path)} is sent once, though it was also reached as ${listed(again)}`)
    else if (others.length > 0) say.info(`${JSON.stringify(first.path)} is sent once, though several patterns match it`)
    return [first]
  })
}

function partitionRefusal(path: string): readonly Refusal[] {
  const folder = changedPartition(path)
  if (folder === undefined) return []
  const reason = `is in the partition directory ${JSON.stringify(folder)}, whose value would be changed on the way`
  return [{ path, reason, remedy: 'Name "key=value" directories with letters, digits, ".", "_" and "-" alone.' }]
}

/** Batch ingestion API: a URL has at most 2,000 characters; host, route and ids take up to 400 of them. */
const LONGEST_ENCODED = 1_600

function lengthRefusal(path: string): readonly Refusal[] {
  if (remoteName(path).split('/').map(encodeURIComponent).join('/').length <= LONGEST_ENCODED) return []
  return [{ path, reason: 'has a path that is too long for a URL', remedy: 'Shorten the names of its folders.' }]
}

const COMPRESSED = /\.(gz|gzip|zip|bz2|xz|zst|lz4|br|7z|tar|tgz)$/i

function compressedRefusal(path: string): readonly Refusal[] {
  const extension = COMPRESSED.exec(path)?.[0]
  if (extension === undefined) return []
  const remedy = 'Unpack it in an earlier step: batch ingestion does not document compressed files.'
  return [{ path, reason: `is compressed, as its extension ${extension} says`, remedy }]
}

function uniquelyNamed(files: readonly FoundFile[]): readonly FoundFile[] {
  const sorted = files.toSorted((a, b) => bytewise(a.name, b.name))
  const twin = sorted.find((file, index) => file.name === sorted[index + 1]?.name)
  if (twin === undefined) return sorted
  const reason = `would be called ${JSON.stringify(twin.name)} like another file`
  throw new InvalidFiles([{ path: twin.path, reason, remedy: 'Rename one of them.' }])
}
