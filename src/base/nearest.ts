/** The name that `word` was most likely meant to be, if any is near enough: about one slip in three characters. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly slips: number } | undefined
  for (const name of names) {
    const slips = distance(word.toLowerCase(), name.toLowerCase())
    if (slips <= tolerated(word, name) && slips < (best?.slips ?? Infinity)) best = { name, slips }
  }
  return best?.name
}

/** At most so many names are worth a look. */
const MOST_RANKED = 5

/** The names nearest to `word`, however far they are, the nearest first. */
export function ranked(word: string, names: readonly string[]): readonly string[] {
  const slips = (name: string) => distance(word.toLowerCase(), name.toLowerCase())
  return [...new Set(names)]
    .filter((name) => name !== '')
    .map((name) => ({ name, slips: slips(name) }))
    .toSorted((a, b) => a.slips - b.slips)
    .slice(0, MOST_RANKED)
    .map(({ name }) => name)
}

function tolerated(word: string, name: string): number {
  return Math.floor(Math.max(word.length, name.length) / 3)
}

/**
 * The least number of characters to insert, delete, replace or swap with their neighbour ("optimal string alignment").
 * Swaps count once, since they are what fingers get wrong most: `cvs` for `csv`.
 */
function distance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = isSwap(a, b, { i, j }) ? at(beforeLast, j - 2) + 1 : Infinity
      row.push(Math.min(at(last, j) + 1, at(row, j - 1) + 1, replaced, swapped))
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function isSwap(a: string, b: string, { i, j }: { readonly i: number; readonly j: number }): boolean {
  return i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
