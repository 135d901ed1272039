import type { ScanState } from '../scan.ts'
import { ByteToken, LEAST_TOKEN_LENGTH, TokenTable } from './tokens.ts'

/** What is known of a key of a map. */
type KnownKey = {
  readonly spelling: number
  /** The number of the object that had it last. */
  lastObject: number
}

const MOST_KNOWN = 128

/** After this many more misses than hits, keys are data, and none is looked for any more. */
const MOST_MISSES = 2_000

/**
 * The keys that a map had first, as they are spelled: those of many maps are the same in each record, and mostly in the
 * same order. No map may be inside another one with the same known keys.
 */
export class KnownKeys {
  readonly #table = new TokenTable<KnownKey>([], LEAST_TOKEN_LENGTH)
  readonly #beginning = new ByteToken<KnownKey>(Buffer.from('    '), { spelling: 0, lastObject: 0 })
  #before = this.#beginning
  #known = 0
  #misses = 0
  #isOver = false

  /** To be called before an object: within it, each key must either be known or not. */
  begin(): void {
    this.#before = this.#beginning
    this.#isOver = this.#misses > MOST_MISSES
  }

  find(state: ScanState, at: number): ByteToken<KnownKey> | undefined {
    if (this.#isOver) return undefined
    const before = this.#before
    let key = before.next
    if (key === undefined || !key.standsAt(state, at)) {
      key = this.#table.find(state, at)
      if (key === undefined) {
        this.#misses++
        return undefined
      }
      before.next = key
    }
    if (this.#misses > 0) this.#misses--
    return (this.#before = key)
  }

  /** @returns false if it remembers no more keys */
  learn({ bytes }: ScanState, start: number, end: number, key: KnownKey): boolean {
    if (this.#isOver || this.#known >= MOST_KNOWN || end - start < LEAST_TOKEN_LENGTH) return false
    this.#known++
    this.#table.add(new ByteToken(Buffer.from(bytes.subarray(start, end)), key))
    return true
  }
}
