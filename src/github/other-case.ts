import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { IGNORING_CASE, type Matcher, compile, isCaseIgnored, matches, namesIn, reachesInto } from './pattern.ts'

/** The root of the search, and the signal that ends it. */
export type CaseSearch = { readonly workspace: string; readonly signal: AbortSignal }

/** Patterns that are looked at; of more, the messages show no hint. */
const MOST_PATTERNS = 20
/** For all patterns together: only the words of a message depend on the search. */
const MOST_ENTRIES = 100_000

/**
 * For patterns that find nothing: a file that each would find if upper and lower case were the same. Links and names that
 * begin with a dot are left out.
 *
 * @returns paths from the workspace, by pattern
 */
export async function findInOtherCase(
  patterns: readonly string[],
  { workspace, signal }: CaseSearch,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  if (isCaseIgnored) return found
  const walk: CaseWalk = { workspace, signal, left: MOST_ENTRIES }
  for (const pattern of patterns.slice(0, MOST_PATTERNS)) {
    const path = await firstIn('', compile(pattern, namesIn(workspace), IGNORING_CASE), walk)
    if (path !== undefined) found.set(pattern, path)
  }
  return found
}

type CaseWalk = CaseSearch & {
  /** Entries that may still be looked at. */
  left: number
}

/** In the order of names, so that the answer is the same on every machine. */
async function firstIn(folder: string, matcher: Matcher, walk: CaseWalk): Promise<string | undefined> {
  walk.signal.throwIfAborted()
  const listed = await readdir(join(walk.workspace, folder), { withFileTypes: true }).catch(() => [])
  const entries = listed.filter(({ name }) => !name.startsWith('.'))
  walk.left -= entries.length
  if (walk.left < 0) return undefined
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile() && matches(matcher, path.normalize('NFC'))) return path
    if (!entry.isDirectory() || !reachesInto(matcher, path.normalize('NFC'))) continue
    const below = await firstIn(path, matcher, walk)
    if (below !== undefined) return below
  }
  return undefined
}
