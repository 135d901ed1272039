import type { CheckedFile } from '../../files/read.ts'
import { type QuickCheck, type SliceChecker, checkFile } from '../../formats/check.ts'
import { hashOf } from '../../formats/tally.ts'
import { type Origin, recordKey, textKey } from './keys.ts'

/** What a thread looks for: plain data. */
export type SearchSetup = {
  /** Keys of records. */
  readonly sought: readonly string[]
  readonly origin: Origin
}

export type SearchTools = {
  readonly openSearch: (setup: SearchSetup) => SliceChecker
  readonly signal: AbortSignal
}

/** A check that says nothing of any record, and knows those by their key that are sought. */
export function searchCheckOf({ sought, origin }: SearchSetup): QuickCheck {
  const wanted = new Set(sought)
  const known = (key: string) => (wanted.has(key) ? key : undefined)
  return {
    text: (text) => known(textKey(text)),
    value: (record) => known(recordKey(record, origin)),
  }
}

/** A record that is sought, by its key, and its row or the line where it begins. */
export type FoundRecord = { readonly key: string; readonly place: number }

/** Where a file holds the sought records, in its order. @throws Problem when it can't be read; the signal's reason */
export async function searchFile(
  { source, shape }: CheckedFile,
  setup: SearchSetup,
  { openSearch, signal }: SearchTools,
): Promise<readonly FoundRecord[]> {
  await using checker = openSearch(setup)
  const { keys } = await checkFile({ content: source, shape }, { checker, signal })
  const byHash = new Map(setup.sought.map((key) => [hashOf(key).join(' '), key]))
  return [...keys.places].flatMap((place, index) => {
    const key = byHash.get(`${keys.hashes[2 * index]} ${keys.hashes[2 * index + 1]}`)
    return key === undefined ? [] : [{ key, place }]
  })
}
