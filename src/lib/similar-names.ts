/** The name that `word` was most likely meant to be, if one is near enough: about one slip in three characters. */
export function nearestName(word: string, names: readonly string[]): string | undefined {
  if (word.length > LONGEST_WORD) return undefined
  let best: { readonly name: string; readonly slips: number } | undefined
  for (const name of names) {
    const tolerance = toleranceFor(word, name)
    // Names whose lengths alone differ by more need no comparison.
    if (Math.abs(word.length - name.length) > tolerance) continue
    const slips = distance(word.toLowerCase(), name.toLowerCase(), tolerance)
    if (slips <= tolerance && slips < (best?.slips ?? Infinity)) best = { name, slips }
  }
  return best?.name
}

/** Longer words are not mistyped names, and the comparison takes the square of the length. */
const LONGEST_WORD = 200

/** More names than this are not worth showing. */
const MOST_RANKED = 5

/** The names nearest to `word`, however distant, nearest first. */
export function rankBySimilarity(word: string, names: readonly string[]): readonly string[] {
  const slips = (name: string) => distance(word.toLowerCase(), name.toLowerCase())
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ name, slips: slips(name) }))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MOST_RANKED)
    .map(({ name }) => name)
}

function toleranceFor(word: string, name: string): number {
  return Math.floor(Math.max(word.length, name.length) / 3)
}

/**
 * The least number of characters to insert, delete, replace or swap with their neighbour ("optimal string alignment").
 * A swap counts once because it is the most common typing slip: `cvs` for `csv`. Infinite once the result must exceed
 * `most`.
 */
function distance(a: string, b: string, most = Infinity): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = entryAt(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = isSwap(a, b, { i, j }) ? entryAt(beforeLast, j - 2) + 1 : Infinity
      row.push(Math.min(entryAt(last, j) + 1, entryAt(row, j - 1) + 1, replaced, swapped))
    }
    // Each entry derives from one of the two rows before it and is no smaller.
    if (isAbove(row, most) && isAbove(last, most)) return Infinity
    beforeLast = last
    last = row
  }
  return entryAt(last, b.length)
}

function isAbove(row: readonly number[], most: number): boolean {
  return row.every((entry) => entry > most)
}

function isSwap(a: string, b: string, { i, j }: { readonly i: number; readonly j: number }): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}

function entryAt(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
