import type { Cargo } from './cargo.ts'
import type { RejectedRow } from './rejected-row.ts'
import type { SourcePlace, Wanted } from './row-matcher.ts'

/** Where a rejected row stands in the source files. */
export type FoundPlace =
  | ({ readonly kind: 'found' } & SourcePlace)
  /** The files hold the same record `count` times; some of these places, in the order of the files. */
  | { readonly kind: 'ambiguous'; readonly places: readonly SourcePlace[]; readonly count: number }
  | { readonly kind: 'not found' }

/** Enough for people to look at. */
const MOST_PLACES = 10

/**
 * A record that was rejected as often as the files hold it was rejected in each of these places. Else the file that the
 * platform names may decide, though only among places that hold the record; else nothing does.
 */
export function settlePlaces(
  rows: readonly RejectedRow[],
  wanted: Iterable<Wanted>,
  cargo: Cargo,
): readonly FoundPlace[] {
  const settled: FoundPlace[] = rows.map(() => ({ kind: 'not found' }))
  for (const one of wanted) {
    for (const [nth, index] of one.rows.entries()) {
      settled[index] = settle(one, nth, pathsNamed(rows[index]?.fileName, cargo))
    }
  }
  return settled
}

/** Several, where the file that travelled was packed of several. */
function pathsNamed(fileName: string | undefined, { files, transfers }: Cargo): readonly string[] {
  const named = transfers.find(({ remoteName }) => remoteName === fileName)?.sources
  return (named ?? files.filter(({ name, path }) => name === fileName || path === fileName)).map(({ path }) => path)
}

function settle({ rows, places, count }: Wanted, nth: number, named: readonly string[]): FoundPlace {
  const own = places[Math.min(nth, count - 1)]
  if (own === undefined) return { kind: 'not found' }
  if (count <= rows.length) return { kind: 'found', ...own }
  const [only, ...others] = count === places.length ? places.filter(({ file }) => named.includes(file)) : []
  if (only !== undefined && others.length === 0) return { kind: 'found', ...only }
  return { kind: 'ambiguous', places: places.slice(0, MOST_PLACES), count }
}
