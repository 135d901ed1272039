import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep as nativeSep } from 'node:path'
import { Problem, codeOf } from '../lib/errors.ts'
import {
  type Excludes,
  type Matcher,
  REPLACEMENT,
  compile,
  isGarbled,
  literalPart,
  matches,
  namesIn,
  reachesInto,
} from './pattern.ts'

/** An including pattern. The excludes after its place apply to it. */
export type Search = { readonly pattern: string; readonly place: number; readonly excludes: Excludes }

export type SearchResult = {
  /** Absolute. */
  readonly paths: readonly string[]
  /** If nothing is found: how many files the excludes removed. */
  readonly excluded: number
  /** The excludes that remove a file or a folder. */
  readonly usedExcludes: readonly string[]
}

/**
 * Finds the files of a workspace that a pattern matches, folder by folder. It matches as @actions/glob does, but also
 * handles what that can't: a name in two forms, a broken link, an unreadable folder, even an excluded one.
 *
 * @throws Problem naming the folder, file or link that can't be judged, and the exclude that would leave it out; the
 * signal's reason
 */
export async function searchByWalk(search: Search, workspace: string, signal: AbortSignal): Promise<SearchResult> {
  const place = { workspace, signal }
  const found = await run(search, place)
  const isEmptied = found.paths.length === 0 && found.usedExcludes.length > 0
  return { ...found, excluded: isEmptied ? await countWithout(search, place) : 0 }
}

/** The root of the walk, and the signal that ends it. */
type WalkPlace = { readonly workspace: string; readonly signal: AbortSignal }

async function countWithout(search: Search, place: WalkPlace): Promise<number> {
  return run({ ...search, excludes: NO_EXCLUDES }, place).then(
    ({ paths }) => paths.length,
    () => {
      place.signal.throwIfAborted()
      return 0
    },
  )
}

const NO_EXCLUDES: Excludes = { all: [], matching: () => [], covering: () => [], reaching: () => [] }

async function run(search: Search, place: WalkPlace): Promise<Omit<SearchResult, 'excluded'>> {
  const { workspace } = place
  const include = compile(search.pattern, namesIn(workspace))
  const walk: FolderWalk = { ...search, ...place, include, used: new Set(), paths: [] }
  const start = literalPart(walk.include)
  const entry = await kindOf(join(workspace, start)).catch((cause: unknown) => {
    throw unsearchableProblem(`${JSON.stringify(start)} cannot be read (${codeOf(cause)})`, start, walk)
  })
  if (entry !== undefined) await visit({ path: start, kind: entry, above: [] }, walk)
  return { paths: walk.paths, usedExcludes: [...walk.used] }
}

type FolderWalk = Search &
  WalkPlace & {
    readonly include: Matcher
    readonly used: Set<string>
    readonly paths: string[]
  }

type Kind = 'folder' | 'link' | 'other'

type Entry = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  readonly kind: Kind
  /** The real paths of the folders above it, the innermost last. */
  readonly above: readonly string[]
}

async function visit(entry: Entry, walk: FolderWalk): Promise<void> {
  walk.signal.throwIfAborted()
  if (entry.kind === 'folder') await visitFolder(entry, walk)
  else if (entry.kind === 'link') await visitLink(entry, walk)
  else await visitFile(entry, walk)
}

async function visitFile({ path }: Entry, walk: FolderWalk): Promise<void> {
  if (!isIncluded(path, walk) || isExcluded(path, walk)) return
  if (isGarbled(path) && (await kindOf(join(walk.workspace, path))) === undefined) throw garbledProblem(path, walk)
  walk.paths.push(join(walk.workspace, path))
}

function isIncluded(path: string, { include }: FolderWalk): boolean {
  return matches(include, path.normalize('NFC'))
}

function isExcluded(path: string, { excludes, place, used }: FolderWalk): boolean {
  const hits = excludes.matching(path.normalize('NFC'), place)
  for (const { text } of hits) used.add(text)
  return hits.length > 0
}

function mayReach(folder: string, { include }: FolderWalk): boolean {
  return reachesInto(include, folder.normalize('NFC'))
}

/** A covered folder is not searched: every exclude that could remove something in it counts as used. */
function isCovered(given: string, { excludes, place, used }: FolderWalk): boolean {
  const folder = given.normalize('NFC')
  if (excludes.covering(folder, place).length === 0) return false
  for (const { text } of excludes.reaching(folder, place)) used.add(text)
  return true
}

/** A broken link that the pattern matches is an error: otherwise its file would be missing from the dataset unnoticed. */
async function visitLink(entry: Entry, walk: FolderWalk): Promise<void> {
  const { path } = entry
  const isWanted = () => isIncluded(path, walk) && !isExcluded(path, walk)
  if (!isIncluded(path, walk) && !mayReach(path, walk)) return
  try {
    const found = await stat(join(walk.workspace, path))
    await visit({ ...entry, kind: found.isDirectory() ? 'folder' : 'other' }, walk)
  } catch (cause) {
    walk.signal.throwIfAborted()
    if (cause instanceof Problem) throw cause
    if (!isWanted()) return
    throw isGarbled(path)
      ? garbledProblem(path, walk)
      : unsearchableProblem(`${JSON.stringify(path)} is a broken link (${codeOf(cause)})`, path, walk)
  }
}

async function visitFolder({ path, above }: Entry, walk: FolderWalk): Promise<void> {
  if (!mayReach(path, walk) || isCovered(path, walk)) return
  try {
    const real = await realpath(join(walk.workspace, path))
    // A link to a folder above it forms a circle.
    if (above.includes(real)) return
    const entries = await readdir(join(walk.workspace, path), { withFileTypes: true })
    for (const entry of entries) {
      const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other'
      await visit({ path: path === '' ? entry.name : `${path}/${entry.name}`, kind, above: [...above, real] }, walk)
    }
  } catch (cause) {
    walk.signal.throwIfAborted()
    if (cause instanceof Problem) throw cause
    if (isGarbled(path)) throw garbledProblem(path, walk)
    // Deleted since it was listed.
    if (codeOf(cause) === 'ENOENT') return
    throw unsearchableProblem(`the folder ${JSON.stringify(path)} cannot be read (${codeOf(cause)})`, path, walk)
  }
}

/** @returns undefined if nothing exists at this path. */
async function kindOf(path: string): Promise<Kind | undefined> {
  try {
    const found = await lstat(path)
    return found.isDirectory() ? 'folder' : found.isSymbolicLink() ? 'link' : 'other'
  } catch (error) {
    if (NOTHING_THERE.has(codeOf(error))) return undefined
    throw error
  }
}

const NOTHING_THERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EINVAL'])

function garbledProblem(path: string, walk: FolderWalk): Problem {
  return unsearchableProblem(
    `the name ${JSON.stringify(path)} is not valid UTF-8, so the action cannot open it`,
    path,
    walk,
  )
}

function unsearchableProblem(why: string, path: string, { pattern }: FolderWalk): Problem {
  const exclude = escapeGlob(path)
  return new Problem(`Cannot find the files of ${JSON.stringify(pattern)}: ${why}`, {
    remedy: `To exclude it, add the line "!${exclude}" to "glob", below this pattern. Otherwise, fix its name, target or permissions in an earlier step.`,
  })
}

/** A pattern that matches this path; `?` replaces bytes that can't be typed. */
function escapeGlob(path: string): string {
  const slashed = nativeSep === '\\' ? path : path.replaceAll('\\', '\\\\')
  return slashed.replace(/[[?*]/g, '[$&]').replaceAll(REPLACEMENT, '?')
}
