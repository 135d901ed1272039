import { BACKSLASH, SLASH } from '../../lib/text.ts'

const LEAST_SLOTS = 64

/**
 * The keys, in all objects of one record, that the schema does not name: a hash table of their positions. Entries of
 * earlier records count as free.
 */
export class RecordKeys {
  /** Numbers of objects; those of a record are above those of earlier records. */
  #objects = new Float64Array(LEAST_SLOTS)
  #starts = new Int32Array(LEAST_SLOTS)
  #ends = new Int32Array(LEAST_SLOTS)
  #bytes: Buffer = Buffer.alloc(0)
  #first = 0
  #count = 0

  /** To be called before a record; its first object has this number. */
  begin(bytes: Buffer, firstObject: number): void {
    this.#bytes = bytes
    this.#first = firstObject
    this.#count = 0
  }

  /**
   * Adds the key between these positions, which include its quotes. @returns false if the object already has the key
   */
  add(object: number, start: number, end: number): boolean {
    if (++this.#count * 2 > this.#objects.length) this.#grow()
    return this.#put(object, start, end)
  }

  #put(object: number, start: number, end: number): boolean {
    const mask = this.#objects.length - 1
    let slot = this.#hash(object, start, end) & mask
    for (; (this.#objects[slot] ?? 0) >= this.#first; slot = (slot + 1) & mask) {
      if (this.#objects[slot] === object && this.#holds(slot, start, end)) return false
    }
    this.#objects[slot] = object
    this.#starts[slot] = start
    this.#ends[slot] = end
    return true
  }

  #holds(slot: number, start: number, end: number): boolean {
    let before = this.#starts[slot] ?? 0
    if ((this.#ends[slot] ?? 0) - before !== end - start) return false
    const bytes = this.#bytes
    for (let at = start; at < end; at++, before++) if (bytes[at] !== bytes[before]) return false
    return true
  }

  /** FNV-1a over the bytes. */
  #hash(object: number, start: number, end: number): number {
    const bytes = this.#bytes
    let hash = object | 0
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
    return hash ^ (hash >>> 15)
  }

  #grow(): void {
    const [objects, starts, ends] = [this.#objects, this.#starts, this.#ends]
    const slots = objects.length * 4
    this.#objects = new Float64Array(slots)
    this.#starts = new Int32Array(slots)
    this.#ends = new Int32Array(slots)
    objects.forEach((object, slot) => {
      if (object >= this.#first) this.#put(object, starts[slot] ?? 0, ends[slot] ?? 0)
    })
  }
}

/**
 * The spelling of a key. Two keys of an object are equal if and only if their bytes are, unless one escapes what the
 * other does not.
 */
const KeySpelling = { ascii: 0, raw: 1, escaped: 2, odd: 4 } as const

/** @returns one of {@link KeySpelling}, or the sum of several */
export function spellingOf(bytes: Buffer, start: number, end: number): number {
  let spelling = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte > LAST_ASCII) spelling |= KeySpelling.raw
    if (byte !== BACKSLASH) continue
    const escape = bytes[++at]
    if (escape === SLASH) return KeySpelling.odd
    if (escape !== U) continue
    // Programs differ in whether they escape ASCII characters and in the case of hexadecimal digits.
    const digits = bytes.toString('latin1', at + 1, at + 5)
    if (parseInt(digits, 16) <= LAST_ASCII || digits !== digits.toLowerCase()) return KeySpelling.odd
    spelling |= KeySpelling.escaped
  }
  return spelling
}

export function isMixed(spelling: number): boolean {
  return spelling > KeySpelling.escaped
}

const LAST_ASCII = 0x7f
const U = 0x75
