import { HASH_WORDS, MOST_KEYS, type RowKeys } from '../formats/keys.ts'

/** A record's file, by its index, and its line or row there; `index` is the record's position in a JSON array. */
type KeyPlace = { readonly file: number; readonly place: number; readonly index?: number | undefined }

export type Duplicate = KeyPlace & { readonly first: KeyPlace }

export type DuplicateKeys = {
  /** How many records of each file have the key of an earlier one. */
  readonly counts: readonly number[]
  /** The first of them, in order, and the first of every other file. */
  readonly shown: readonly Duplicate[]
  /** False if there were more keys than the limit: those beyond it were not compared. */
  readonly isComplete: boolean
}

export type DuplicateLimits = { readonly keys: number; readonly shown: number }

/** Five million keys take some 170 MB to collect and compare. */
const LIMITS: DuplicateLimits = { keys: MOST_KEYS, shown: 100 }

/** Finds the records of all files together that share a key. */
export function findDuplicates(files: readonly RowKeys[], limits: DuplicateLimits = LIMITS): DuplicateKeys {
  const all = files.reduce((sum, { places }) => sum + places.length, 0)
  const seen = new SeenKeys(gatherHashes(files, Math.min(all, limits.keys)))
  const shown: Duplicate[] = []
  let index = 0
  const counts = files.map(({ places }) => {
    let found = 0
    for (const end = Math.min(index + places.length, seen.length); index < end; index++) {
      const first = seen.firstLike(index)
      if (first === index) continue
      if (found++ === 0 || shown.length < limits.shown)
        shown.push({ ...placeOf(files, index), first: placeOf(files, first) })
    }
    return found
  })
  return { counts, shown, isComplete: all <= limits.keys }
}

/** Copies nothing if all keys are in one file. */
function gatherHashes(files: readonly RowKeys[], keys: number): Uint32Array {
  const [only, ...others] = files.filter(({ places }) => places.length > 0)
  if (only !== undefined && others.length === 0) return only.hashes.subarray(0, keys * HASH_WORDS)
  const hashes = new Uint32Array(keys * HASH_WORDS)
  let filled = 0
  for (const file of files) {
    const taken = file.hashes.subarray(0, hashes.length - filled)
    hashes.set(taken, filled)
    filled += taken.length
  }
  return hashes
}

function placeOf(files: readonly RowKeys[], index: number): KeyPlace {
  let rest = index
  for (const [file, { places, indexes }] of files.entries()) {
    if (rest < places.length) return { file, place: places[rest] ?? 0, index: indexes[rest] }
    rest -= places.length
  }
  throw new RangeError('There are not as many keys')
}

/** An open-addressed table of keys by their index; 0 is an empty slot. */
class SeenKeys {
  readonly length: number
  readonly #hashes: Uint32Array
  readonly #slots: Uint32Array

  constructor(hashes: Uint32Array) {
    this.length = hashes.length / HASH_WORDS
    this.#hashes = hashes
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.5 * this.length + 1)))
  }

  /** The first key equal to this one, perhaps itself. Must be called for one key after another. */
  firstLike(index: number): number {
    const slots = this.#slots
    for (let slot = this.#hashes[index * HASH_WORDS] ?? 0; ; slot++) {
      const at = slot & (slots.length - 1)
      const first = slots[at] ?? 0
      if (first === 0) {
        slots[at] = index + 1
        return index
      }
      if (this.#areSame(first - 1, index)) return first - 1
    }
  }

  #areSame(one: number, other: number): boolean {
    const [hashes, a, b] = [this.#hashes, one * HASH_WORDS, other * HASH_WORDS]
    return hashes[a] === hashes[b] && hashes[a + 1] === hashes[b + 1] && hashes[a + 2] === hashes[b + 2]
  }
}
