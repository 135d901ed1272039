import { MOST_KEYS, type RowKeys } from '../formats/keys.ts'

/** A record's file, by its index, and its line or row there; `index` is the record's position in a JSON array. */
type KeyPlace = { readonly file: number; readonly place: number; readonly index?: number | undefined }

export type Duplicate = KeyPlace & { readonly first: KeyPlace }

export type DuplicateKeys = {
  /** How many records have the key of an earlier one. */
  readonly count: number
  /** The first of them, in order. */
  readonly shown: readonly Duplicate[]
  /** False if there were more keys than the limit: those beyond it were not compared. */
  readonly isComplete: boolean
}

export type DuplicateLimits = { readonly keys: number; readonly shown: number }

/** Five million keys take some 130 MB to compare. */
const LIMITS: DuplicateLimits = { keys: MOST_KEYS, shown: 100 }

/** Finds the records of all files together that share a key. */
export function findDuplicates(files: readonly RowKeys[], limits: DuplicateLimits = LIMITS): DuplicateKeys {
  const all = files.reduce((sum, { places }) => sum + places.length, 0)
  const seen = new SeenKeys(gatherHashes(files, Math.min(all, limits.keys)))
  const shown: Duplicate[] = []
  let found = 0
  for (let index = 0; index < seen.length; index++) {
    const first = seen.firstLike(index)
    if (first === index) continue
    if (found++ < limits.shown) shown.push({ ...placeOf(files, index), first: placeOf(files, first) })
  }
  return { count: found, shown, isComplete: all <= limits.keys }
}

function gatherHashes(files: readonly RowKeys[], length: number): Uint32Array {
  const hashes = new Uint32Array(2 * length)
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
  #hashes: Uint32Array
  #slots: Uint32Array

  constructor(hashes: Uint32Array) {
    this.length = hashes.length / 2
    this.#hashes = hashes
    this.#slots = new Uint32Array(2 ** Math.ceil(Math.log2(1.5 * this.length + 1)))
  }

  /** The first key equal to this one, perhaps itself. Must be called for one key after another. */
  firstLike(index: number): number {
    const [hashes, slots] = [this.#hashes, this.#slots]
    const [low, high] = [hashes[2 * index] ?? 0, hashes[2 * index + 1] ?? 0]
    for (let slot = low; ; slot++) {
      const at = slot & (slots.length - 1)
      const first = slots[at] ?? 0
      if (first === 0) {
        slots[at] = index + 1
        return index
      }
      if (hashes[2 * first - 2] === low && hashes[2 * first - 1] === high) return first - 1
    }
  }
}
