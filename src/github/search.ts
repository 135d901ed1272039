import { lstatSync } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { join, sep as nativeSep } from 'node:path'
import { create } from '@actions/glob'
import { Minimatch } from 'minimatch'
import { Problem, codeOf } from '../lib/errors.ts'

/** An including pattern, and the excluding ones that stand after it. */
export type Search = {
  readonly pattern: string
  readonly excludes: readonly string[]
  /** Outside of a runner nobody takes the commands out of the log that @actions/glob writes there. */
  readonly isSilent?: boolean
}

export type SearchResult = {
  /** Absolute. */
  readonly paths: readonly string[]
  /** Where nothing is found: how many files the excludes take away. */
  readonly excluded: number
  /** The excludes that take a file or a folder away. */
  readonly usedExcludes: readonly string[]
}

/**
 * Finds the files of a workspace that a pattern matches, with @actions/glob. What that can't get over (a broken link, a
 * folder that can't be read, though it is excluded) is walked folder by folder with the same patterns, which finds the
 * rest, or tells what is in the way.
 *
 * @throws Problem naming the folder, file or link that can't be judged, with the exclude that leaves it out.
 */
export async function searchFiles(search: Search, workspace: string): Promise<SearchResult> {
  if (search.isSilent || [search.pattern, ...search.excludes].some(hasTwoForms)) return searchByWalk(search, workspace)
  return searchByGlob(search, workspace).catch(() => searchByWalk(search, workspace))
}

/**
 * A name with an accent may be stored composed or decomposed, as macOS writes it, and looks the same. @actions/glob tells
 * the two apart; the walk compares both in composed form.
 */
function hasTwoForms(text: string): boolean {
  return text.normalize('NFC') !== text.normalize('NFD')
}

async function searchByGlob({ pattern, excludes }: Search, workspace: string): Promise<SearchResult> {
  const find = (...lines: readonly string[]) => findByGlob(lines.map((line) => anchor(line, workspace)))
  const paths = await find(pattern, ...excludes)
  if (paths.some(isGarbled)) throw new Error('A name that is not UTF-8')
  if (excludes.length === 0) return { paths, excluded: 0, usedExcludes: [] }
  const all = await find(pattern)
  const left = await Promise.all(excludes.map((exclude) => find(pattern, exclude)))
  const usedExcludes = excludes.filter((_, index) => (left[index]?.length ?? 0) < all.length)
  return { paths, excluded: paths.length === 0 ? all.length : 0, usedExcludes }
}

async function findByGlob(lines: readonly string[]): Promise<readonly string[]> {
  const options = { matchDirectories: false, omitBrokenSymbolicLinks: false }
  return (await create(lines.join('\n'), options)).glob()
}

/** `!./data/*.json` → `!/the/workspace/data/*.json`, whatever the working directory is and is called. */
export function anchor(line: string, workspace: string, sep: string = nativeSep): string {
  const [, marks = '', pattern = ''] = (sep === '\\' ? WINDOWS : OTHERS).exec(line) ?? []
  return `${marks}${escapeFolder(workspace, sep)}/${escapeNames(pattern, namesIn(workspace))}`
}

/** On Windows @actions/glob takes `\` for `/`; elsewhere it makes the next sign literal. */
const WINDOWS = /^(!*)\s*(?:\.[/\\])*(.*)$/
const OTHERS = /^(!*)\s*(?:\.\/)*(.*)$/

/** As @actions/glob escapes the working directory. */
function escapeFolder(folder: string, sep: string): string {
  const slashed = sep === '\\' ? folder : folder.replaceAll('\\', '\\\\')
  return slashed.replace(/\[(?=[^/]+\])/g, '[[]').replace(/[?*]/g, '[$&]')
}

/** The searches that patterns mean: what each including one finds, less what the excluding ones after it take away. */
export function searchesOf(patterns: readonly string[]): readonly Pick<Search, 'pattern' | 'excludes'>[] {
  const isExclude = (pattern: string) => (/^[!\s]*/.exec(pattern)?.[0].replace(/\s/g, '').length ?? 0) % 2 === 1
  return patterns.flatMap((pattern, index) =>
    isExclude(pattern) ? [] : [{ pattern, excludes: patterns.slice(index + 1).filter(isExclude) }],
  )
}

/** Of files that are listed and not there: which of them patterns find, and which folders are searched for some. */
export type PathFilter = { finds(path: string): boolean; searches(folder: string): boolean }

/** `isThere` tells whether a file or folder of this very name is there. */
export function pathFilter(patterns: readonly string[], isThere: NameLookUp): PathFilter {
  const searches = searchesOf(patterns).map(({ pattern, excludes }) => ({
    include: compile(pattern, isThere),
    excludes: excludes.map((exclude) => compile(exclude, isThere)),
  }))
  return {
    finds: (path) =>
      searches.some(
        ({ include, excludes }) => matches(include, path) && !excludes.some((exclude) => matches(exclude, path)),
      ),
    searches: (folder) =>
      searches.some(
        ({ include, excludes }) =>
          reachesInto(include, folder) &&
          // What matches a folder means everything in it.
          !excludes.some((exclude) => covers(exclude, folder) || matches(exclude, folder)),
      ),
  }
}

/** The walk by itself. */
export async function searchByWalk(search: Search, workspace: string): Promise<SearchResult> {
  const found = await run(search, workspace)
  const isEmptied = found.paths.length === 0 && found.usedExcludes.length > 0
  return { ...found, excluded: isEmptied ? await countWithout(search, workspace) : 0 }
}

async function countWithout(search: Search, workspace: string): Promise<number> {
  return run({ ...search, excludes: [] }, workspace).then(
    ({ paths }) => paths.length,
    () => 0,
  )
}

async function run({ pattern, excludes }: Search, workspace: string): Promise<Omit<SearchResult, 'excluded'>> {
  const walk: FolderWalk = {
    pattern,
    workspace,
    include: compile(pattern, namesIn(workspace)),
    excludes: excludes.map((exclude) => compile(exclude, namesIn(workspace))),
    used: new Set(),
    paths: [],
  }
  const start = literalPart(walk.include)
  const entry = await kindOf(join(workspace, start)).catch((cause: unknown) => {
    throw unsearchableProblem(`${JSON.stringify(start)} cannot be read (${codeOf(cause)})`, start, walk)
  })
  if (entry !== undefined) await visit({ path: start, kind: entry, above: [] }, walk)
  return { paths: walk.paths, usedExcludes: [...walk.used] }
}

type Matcher = {
  readonly text: string
  /** The path itself. */
  readonly exact: Minimatch
  /** What is below it: a pattern that matches a folder means all files in it. */
  readonly below: Minimatch
  readonly isFolder: boolean
  readonly isGlobstar: boolean
}

/** As @actions/glob sets them. */
const OPTIONS = { dot: true, nobrace: true, nocase: nativeSep === '\\', nocomment: true, noext: true, nonegate: true }

function compile(text: string, isThere: NameLookUp): Matcher {
  const path = fromWorkspace(text)
  const named = escapeNames(path.replace(/\/+$/, ''), isThere)
  const exact = new Minimatch(named.normalize('NFC'), OPTIONS)
  const isFolder = path.endsWith('/')
  const isGlobstar = /(^|\/)\*\*$/.test(named)
  const below = isGlobstar && !isFolder ? exact : new Minimatch(`${named.normalize('NFC')}/**`, OPTIONS)
  return { text, exact, below, isFolder, isGlobstar }
}

/** `! ./data/*.json` → `data/*.json`. On Windows `\` stands for `/`; elsewhere it makes the next sign literal. */
export function fromWorkspace(pattern: string, sep: string = nativeSep): string {
  const slashed = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern
  const path = slashed.replace(/^[!\s]*(?:\.\/+)*/, '')
  return path === '' || path === '.' ? '**' : path
}

/** Whether there is a file or a folder of this path. */
type NameLookUp = (path: string) => boolean

/** Brackets of a file or folder that exists under this very name are a part of the name, not a set of characters. */
function escapeNames(pattern: string, isThere: NameLookUp): string {
  const segments = pattern.split('/')
  const wild = segments.findIndex((segment, index) => {
    if (/[*?\\]/.test(segment)) return true
    return segment.includes('[') && !isThere(segments.slice(0, index + 1).join('/'))
  })
  const end = wild < 0 ? segments.length : wild
  return segments.map((segment, index) => (index < end ? segment.replaceAll('[', '[[]') : segment)).join('/')
}

/** In any of the forms that one name may be stored in. */
function namesIn(workspace: string): NameLookUp {
  return (path) => {
    const forms = new Set([path, path.normalize('NFC'), path.normalize('NFD')])
    return Array.from(forms).some((form) => exists(join(workspace, form)))
  }
}

function exists(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined
  } catch {
    // A file in the place of a folder, or a folder that can't be entered: the search itself sees to it.
    return false
  }
}

/** Where to begin: what is named need not be listed, unless it may be stored in two forms. */
function literalPart({ exact }: Matcher): string {
  const parts: readonly unknown[] = exact.set[0] ?? []
  const wild = parts.findIndex((part) => typeof part !== 'string' || hasTwoForms(part))
  return parts.slice(0, wild < 0 ? parts.length : wild).join('/')
}

/** What ends in a globstar also matches what it begins with, as a file too: so does @actions/glob. */
function matches({ exact, below, isFolder }: Matcher, given: string): boolean {
  const path = given.normalize('NFC')
  if (exact === below) return exact.match(`${path}/`)
  return (!isFolder && exact.match(path)) || below.match(path)
}

/** Whether it may match something in this folder. */
function reachesInto({ below }: Matcher, folder: string): boolean {
  return folder === '' || below.match(folder.normalize('NFC'), true)
}

/** Whether it matches whatever is in this folder. */
function covers({ exact, isGlobstar }: Matcher, given: string): boolean {
  const folder = given.normalize('NFC')
  return exact.match(isGlobstar ? `${folder}/` : folder)
}

type FolderWalk = {
  readonly pattern: string
  readonly workspace: string
  readonly include: Matcher
  readonly excludes: readonly Matcher[]
  readonly used: Set<string>
  readonly paths: string[]
}

type Kind = 'folder' | 'link' | 'other'

type Entry = {
  /** From the workspace, `/` between segments. */
  readonly path: string
  readonly kind: Kind
  /** Where the folders above it really are, the innermost last. */
  readonly above: readonly string[]
}

async function visit(entry: Entry, walk: FolderWalk): Promise<void> {
  if (entry.kind === 'folder') await visitFolder(entry, walk)
  else if (entry.kind === 'link') await visitLink(entry, walk)
  else await visitFile(entry, walk)
}

async function visitFile({ path }: Entry, walk: FolderWalk): Promise<void> {
  if (!matches(walk.include, path) || isExcluded(path, walk)) return
  if (isGarbled(path) && (await kindOf(join(walk.workspace, path))) === undefined) throw garbledProblem(path, walk)
  walk.paths.push(join(walk.workspace, path))
}

function isExcluded(path: string, { excludes, used }: FolderWalk): boolean {
  const hits = excludes.filter((exclude) => matches(exclude, path))
  for (const { text } of hits) used.add(text)
  return hits.length > 0
}

/** Nobody looks what is in it: an exclude that could take something away there counts as used. */
function isCovered(folder: string, { excludes, used }: FolderWalk): boolean {
  if (!excludes.some((exclude) => covers(exclude, folder))) return false
  for (const exclude of excludes) if (reachesInto(exclude, folder)) used.add(exclude.text)
  return true
}

/** A broken link that the pattern matches is an error: without it, its file would be missing from the dataset in silence. */
async function visitLink(entry: Entry, walk: FolderWalk): Promise<void> {
  const { path } = entry
  const isWanted = () => matches(walk.include, path) && !isExcluded(path, walk)
  if (!matches(walk.include, path) && !reachesInto(walk.include, path)) return
  try {
    const found = await stat(join(walk.workspace, path))
    await visit({ ...entry, kind: found.isDirectory() ? 'folder' : 'other' }, walk)
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    if (!isWanted()) return
    throw isGarbled(path)
      ? garbledProblem(path, walk)
      : unsearchableProblem(`${JSON.stringify(path)} is a broken link (${codeOf(cause)})`, path, walk)
  }
}

async function visitFolder({ path, above }: Entry, walk: FolderWalk): Promise<void> {
  if (!reachesInto(walk.include, path) || isCovered(path, walk)) return
  try {
    const real = await realpath(join(walk.workspace, path))
    // A link to a folder above leads round in circles.
    if (above.includes(real)) return
    const entries = await readdir(join(walk.workspace, path), { withFileTypes: true })
    for (const entry of entries) {
      const kind = entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other'
      await visit({ path: path === '' ? entry.name : `${path}/${entry.name}`, kind, above: [...above, real] }, walk)
    }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    if (isGarbled(path)) throw garbledProblem(path, walk)
    // Gone since it was listed.
    if (codeOf(cause) === 'ENOENT') return
    throw unsearchableProblem(`the folder ${JSON.stringify(path)} cannot be read (${codeOf(cause)})`, path, walk)
  }
}

/** @returns undefined where there is nothing. */
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

/** What Node puts in the place of bytes that are not UTF-8; the file can't be opened by such a name. */
const REPLACEMENT = '\uFFFD'

/** Whether bytes of the name are not UTF-8. */
export function isGarbled(path: string): boolean {
  return path.includes(REPLACEMENT)
}

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

/** A pattern that matches this path; `?` stands for bytes that nobody can type. */
function escapeGlob(path: string): string {
  const slashed = nativeSep === '\\' ? path : path.replaceAll('\\', '\\\\')
  return slashed.replace(/[[?*]/g, '[$&]').replaceAll(REPLACEMENT, '?')
}
