import type { RowKeys } from './row-keys.ts'

/** A record's file, by its index, and its line there, or its row. */
export type KeyPlace = { readonly file: number; readonly place: number }

export type Duplicate = KeyPlace & { readonly first: KeyPlace }

export type Duplicates = {
  /** How many records have a key that one before them has. */
  readonly count: number
  /** The first of them, in order. */
  readonly shown: readonly Duplicate[]
  /** Keys were not looked at any more behind this many. */
  readonly isComplete: boolean
}

export type DuplicateLimits = { readonly keys: number; readonly shown: number }

/** Five million keys take 80 MB to remember, and twice as much for a moment. */
const LIMITS: DuplicateLimits = { keys: 5_000_000, shown: 100 }

/** Finds the records of all files together that share a key. */
export function findDuplicates(files: readonly RowKeys[], limits: DuplicateLimits = LIMITS): Duplicates {
  const seen = new SeenKeys()
  const shown: Duplicate[] = []
  let count = 0
  for (const [file, { hashes, places }] of files.entries()) {
    for (let at = 0; at < places.length; at++) {
      if (seen.size >= limits.keys) return { count, shown, isComplete: false }
      const here: KeyPlace = { file, place: places[at] ?? 0 }
      const first = seen.firstOf(hashes[2 * at] ?? 0, hashes[2 * at + 1] ?? 0, here)
      if (first === undefined) continue
      count++
      if (shown.length < limits.shown) shown.push({ ...here, first })
    }
  }
  return { count, shown, isComplete: true }
}

const FIRST_SLOTS = 1 << 12

/** An open-addressed table: for each key its two words, its place, and its file counted from 1; 0 is an empty slot. */
class SeenKeys {
  size = 0
  #slots = new Uint32Array(4 * FIRST_SLOTS)

  /** Where the key was seen first, or undefined if that is here. */
  firstOf(low: number, high: number, { file, place }: KeyPlace): KeyPlace | undefined {
    if (this.size * 8 >= this.#slots.length) this.#grow()
    const at = slotOf(this.#slots, low, high)
    const before = this.#slots[at + 3] ?? 0
    if (before > 0) return { file: before - 1, place: this.#slots[at + 2] ?? 0 }
    this.#slots.set([low, high, place, file + 1], at)
    this.size++
    return undefined
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#slots.length)
    for (let at = 0; at < this.#slots.length; at += 4) {
      if (this.#slots[at + 3] === 0) continue
      const slot = this.#slots.subarray(at, at + 4)
      larger.set(slot, slotOf(larger, slot[0] ?? 0, slot[1] ?? 0))
    }
    this.#slots = larger
  }
}

/** Of this key, or the empty one where it belongs. */
function slotOf(slots: Uint32Array, low: number, high: number): number {
  const mask = slots.length / 4 - 1
  let slot = low & mask
  for (;;) {
    const at = 4 * slot
    if (slots[at + 3] === 0 || (slots[at] === low && slots[at + 1] === high)) return at
    slot = (slot + 1) & mask
  }
}
