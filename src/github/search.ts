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
  /** Outside a runner, nothing removes the commands that @actions/glob writes to the log. */
  readonly isSilent?: boolean
}

export type FoundByPattern = SearchResult & { readonly pattern: string }

/**
 * Finds the files of a workspace that each including pattern matches, minus those that later excluding patterns remove,
 * with @actions/glob. If @actions/glob fails (a broken link, an unreadable folder, even an excluded one, a name in two
 * forms), the same patterns are searched by a walk, folder by folder, which finds the rest or reports the obstacle.
 *
 * Patterns that begin in one folder are searched together, and then each file is matched with its patterns and excludes:
 * the work grows with the number of patterns plus files, not with their product.
 *
 * @throws Problem naming the folder, file or link that can't be judged, and the exclude that would leave it out; the
 * signal's reason, which ends a walk. A search of @actions/glob can't be cancelled: the process must not wait for it.
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

/** Finds everything that the excludes remove first, so that an exclude without effect can be reported. */
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

/** @returns the absolute paths that each search finds before its excludes; searches that need a walk are left out */
async function globAll(searches: readonly Search[], { excludes, workspace }: Searched): Promise<GlobbedPaths> {
  const unfit = await lastUnfit(excludes, workspace)
  const fit = searches.filter(({ pattern, place }) => place > unfit && !hasTwoForms(pattern))
  const begun = await Promise.all(fit.map((search) => begin(search, workspace)))
  const groups = Map.groupBy(begun.flat(), ({ start }) => start)
  const found = await Promise.all(Array.from(groups.values(), (group) => globGroup(group, workspace)))
  return new Map(found.flatMap((one) => Array.from(one)))
}

type GlobbedPaths = ReadonlyMap<Search, readonly string[]>

/** The position of the last exclude that @actions/glob misreads; -1 if there is none. */
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

/** @returns nothing if @actions/glob can't search it */
async function begin(search: Search, workspace: string): Promise<readonly Begun[]> {
  const globber = await open([search.pattern], workspace)
  return globber === undefined ? [] : [{ search, globber, start: globber.getSearchPaths().join() }]
}

/** Searches that begin in one folder run together, with the same results as alone, even if links form a circle. */
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
