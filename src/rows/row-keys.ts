/** The keys of a file's records, as 64-bit hashes, and the line or the row of each. */
export type RowKeys = {
  /** Two words for each key. */
  readonly hashes: Uint32Array
  readonly places: Uint32Array
}

/** Gathers keys, in 12 bytes each: a set of millions of strings would take ten times as much. */
export class KeyList {
  #hashes = new Uint32Array(0)
  #places = new Uint32Array(0)
  #length = 0

  /** `place` is the line that the record begins in, or the number of its row. */
  add(key: string, place: number): void {
    this.#grow(this.#length + 1)
    hashInto(this.#hashes, this.#length * 2, key)
    this.#places[this.#length++] = place
  }

  /** Keys of records that come behind, their places moved by `before`. */
  append({ hashes, places }: RowKeys, before: number): void {
    this.#grow(this.#length + places.length)
    this.#hashes.set(hashes, this.#length * 2)
    for (let at = 0; at < places.length; at++) this.#places[this.#length++] = before + (places[at] ?? 0)
  }

  keys(): RowKeys {
    return { hashes: this.#hashes.slice(0, this.#length * 2), places: this.#places.slice(0, this.#length) }
  }

  #grow(length: number): void {
    if (length <= this.#places.length) return
    const room = Math.max(length, 2 * this.#places.length, 1024)
    this.#hashes = enlarged(this.#hashes, room * 2)
    this.#places = enlarged(this.#places, room)
  }
}

function enlarged(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(words)
  return larger
}

/**
 * Two lanes that rotate, mix in and multiply, with MurmurHash3's finalizer. Were it a perfect hash, the odds that any two of
 * five million keys share one would be about one to a million and a half.
 */
function hashInto(hashes: Uint32Array, at: number, key: string): void {
  let low = 0xdeadbeef
  let high = 0x41c6ce57
  for (let index = 0; index < key.length; index++) {
    const unit = key.charCodeAt(index)
    low = Math.imul(((low << 5) | (low >>> 27)) ^ unit, 0x9e3779b1)
    high = Math.imul(((high << 13) | (high >>> 19)) ^ unit, 0x5f356495)
  }
  hashes[at] = mixed(low ^ key.length)
  hashes[at + 1] = mixed(high)
}

function mixed(word: number): number {
  let mix = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35)
  return mix ^ (mix >>> 16)
}
