import { type Globber, create } from '@actions/glob'
import { pathFrom } from './file.ts'
import {
  type Exclude,
  type Excludes,
  anchor,
  compile,
  excludesAmong,
  hasTwoForms,
  isGarbled,
  isInclude,
  matchAny,
  namesIn,
} from './pattern.ts'
import { raceAbort } from '../lib/async.ts'
import { type Search, type SearchResult, searchByWalk } from './walk.ts'

export type SearchPlace = {
  readonly workspace: string
  /** Outside of a runner nobody takes the commands out of the log that @actions/glob writes there. */
  readonly isSilent?: boolean
}

export type FoundByPattern = SearchResult & { readonly pattern: string }

/**
 * Finds the files of a workspace that each including pattern matches, less what the excluding patterns after it take away,
 * with @actions/glob. What that can't get over (a broken link, a folder that can't be read, though it is excluded, a name in
 * two forms) is walked folder by folder with the same patterns, which finds the rest, or tells what is in the way.
 *
 * Patterns that begin in one folder are looked for in one go, and each file is asked for its patterns and excludes: the
 * work grows with the patterns and with the files, not with their product.
 *
 * @throws Problem naming the folder, file or link that can't be judged, with the exclude that leaves it out; the signal's
 * reason, with which a walk ends. What @actions/glob has begun it alone can end: the process must not wait for it.
 */
export async function searchFiles(
  patterns: readonly string[],
  { workspace, isSilent = false }: SearchPlace,
  signal: AbortSignal,
): Promise<readonly FoundByPattern[]> {
  const excludes = excludesAmong(patterns, namesIn(workspace))
  const searches = patterns.flatMap((pattern, place) => (isInclude(pattern) ? [{ pattern, place, excludes }] : []))
  const globbed = isSilent
    ? new Map<Search, readonly string[]>()
    : await raceAbort(globAll(searches, { excludes, workspace }), signal)
  return await Promise.all(
    searches.map(async (search) => {
      const paths = globbed.get(search)
      const found = paths === undefined ? undefined : takeAway(paths, search, workspace)
      const isGood = found !== undefined && !found.paths.some(isGarbled)
      return { pattern: search.pattern, ...(isGood ? found : await searchByWalk(search, workspace, signal)) }
    }),
  )
}

/** Whatever the excludes take away is found at first, so that one which takes nothing away can be told. */
function takeAway(all: readonly string[], { place, excludes }: Search, workspace: string): SearchResult {
  if (excludes.all.length === 0) return { paths: all, excluded: 0, usedExcludes: [] }
  const used = new Set<Exclude>()
  const paths = all.filter((path) => {
    const hits = excludes.matching(pathFrom(workspace, path), place)
    for (const hit of hits) used.add(hit)
    return hits.length === 0
  })
  const usedExcludes = excludes.all.filter((exclude) => used.has(exclude)).map(({ text }) => text)
  return { paths, excluded: paths.length === 0 ? all.length : 0, usedExcludes }
}

type Searched = { readonly excludes: Excludes; readonly workspace: string }

/** @returns what each search finds before its excludes, absolute; without those that are to be walked */
async function globAll(searches: readonly Search[], { excludes, workspace }: Searched): Promise<GlobbedPaths> {
  const unfit = await lastUnfit(excludes, workspace)
  const fit = searches.filter(({ pattern, place }) => place > unfit && !hasTwoForms(pattern))
  const begun = await Promise.all(fit.map((search) => begin(search, workspace)))
  const groups = Map.groupBy(begun.flat(), ({ start }) => start)
  const found = await Promise.all(Array.from(groups.values(), (group) => globGroup(group, workspace)))
  return new Map(found.flatMap((one) => Array.from(one)))
}

type GlobbedPaths = ReadonlyMap<Search, readonly string[]>

/** The place of the last exclude that @actions/glob can't read as it is meant; -1 without one. */
async function lastUnfit({ all }: Excludes, workspace: string): Promise<number> {
  const unfit = await Promise.all(
    all.map(async ({ text }) => hasTwoForms(text) || (await open([text], workspace)) === undefined),
  )
  return all.findLast((_, index) => unfit[index])?.place ?? -1
}

async function open(patterns: readonly string[], workspace: string): Promise<Globber | undefined> {
  const lines = patterns.map((pattern) => anchor(pattern, workspace))
  return await create(lines.join('\n'), OPTIONS).catch(() => undefined)
}

const OPTIONS = { matchDirectories: false, omitBrokenSymbolicLinks: false }

type Begun = { readonly search: Search; readonly globber: Globber; readonly start: string }

/** @returns nothing where @actions/glob can't */
async function begin(search: Search, workspace: string): Promise<readonly Begun[]> {
  const globber = await open([search.pattern], workspace)
  return globber === undefined ? [] : [{ search, globber, start: globber.getSearchPaths().join() }]
}

/** What begins in one folder is found together as each finds it alone, where links lead round in circles too. */
async function globGroup(group: readonly Begun[], workspace: string): Promise<GlobbedPaths> {
  const paths = group.length === 1 ? undefined : await globTogether(group, workspace)
  if (paths === undefined) return await globEach(group)
  const found = new Map(group.map(({ search }) => [search, [] as string[]]))
  const matching = matchAny(
    group.map(({ search }) => ({ search, matcher: compile(search.pattern, namesIn(workspace)) })),
  )
  for (const path of paths) for (const { search } of matching(pathFrom(workspace, path))) found.get(search)?.push(path)
  return found
}

async function globTogether(group: readonly Begun[], workspace: string): Promise<readonly string[] | undefined> {
  const patterns = group.map(({ search }) => search.pattern)
  const globber = await open(patterns, workspace)
  return await globber?.glob().catch(() => undefined)
}

async function globEach(group: readonly Begun[]): Promise<GlobbedPaths> {
  const found = await Promise.all(
    group.map(async ({ search, globber }) => {
      const paths = await globber.glob().catch(() => undefined)
      return paths === undefined ? [] : [[search, paths] as const]
    }),
  )
  return new Map(found.flat())
}
