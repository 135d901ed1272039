import { Problem } from '../base/problem.ts'

/** The catalogue's largest page (Catalog Service API). */
export const LONGEST_PAGE = 100
const MOST_STARTS = 5

type Identified = { readonly id: string }

/**
 * Reads a list to its end by offsets. A list whose entries come and go shifts under the reader, and a shift would hide an
 * entry; so each page begins with the last entry of the page before, and where it doesn't, reading begins anew.
 *
 * @throws Problem when the list doesn't hold still.
 */
export async function readPages<T extends Identified>(
  readPage: (start: number, limit: number) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  for (let attempt = 1; attempt <= MOST_STARTS; attempt++) {
    const all = await readOnce(readPage)
    if (all !== undefined) return all
  }
  throw new Problem('Cannot read a list of the platform: it changes faster than it can be read', {
    remedy: 'Run again when fewer batches are under way in this dataset.',
    isPassing: true,
  })
}

async function readOnce<T extends Identified>(
  readPage: (start: number, limit: number) => Promise<readonly T[]>,
): Promise<readonly T[] | undefined> {
  const all: T[] = []
  for (;;) {
    const overlap = Math.min(all.length, 1)
    const page = await readPage(all.length - overlap, LONGEST_PAGE)
    if (overlap === 1 && page[0]?.id !== all.at(-1)?.id) return undefined
    all.push(...page.slice(overlap))
    if (page.length < LONGEST_PAGE) return all
  }
}
