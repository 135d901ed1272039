import { ParquetDamage } from './thrift.ts'

/** A sequence of small numbers: repetition levels, definition levels, dictionary indices or booleans. */
export type Levels = {
  /** How many of the next numbers are certain to be the same; 0 if they may differ. */
  readonly run: number
  /** The number that the run repeats. */
  readonly value: number
  /** Skips this many numbers of the run. */
  pass(count: number): void
  /** Reads the next `count` numbers. @throws ParquetDamage if fewer are left */
  read(out: Uint8Array | Int32Array, count: number): void
}

/** If the highest level is 0, the file stores no levels. */
export function constantLevels(value: number): Levels {
  return { run: Infinity, value, pass: () => undefined, read: (out, count) => void out.fill(value, 0, count) }
}

/** How many bits the numbers up to `most` need. */
export function widthOf(most: number): number {
  return 32 - Math.clz32(most)
}

/** A part of a page. */
export type PageSpan = { readonly bytes: Uint8Array; readonly start: number; readonly end: number }

/** Encodings, "RLE": runs of one number, and numbers packed into as few bits as they need. */
export class HybridLevels implements Levels {
  readonly #bytes: Uint8Array
  readonly #end: number
  readonly #width: number
  #at: number
  /** State of the current run. */
  #left = 0
  #isPacked = false
  #value = 0
  /** Position within the packed run, from its first byte. */
  #bit = 0

  constructor({ bytes, start, end }: PageSpan, width: number) {
    if (width > 32 || end > bytes.length || start > end) throw new ParquetDamage('levels that go on behind their page')
    this.#bytes = bytes
    this.#at = start
    this.#end = end
    this.#width = width
    if (width === 0) this.#left = Infinity
  }

  get run(): number {
    if (this.#left === 0) this.#load()
    return this.#isPacked ? 0 : this.#left
  }

  get value(): number {
    return this.#value
  }

  pass(count: number): void {
    this.#left -= count
  }

  read(out: Uint8Array | Int32Array, count: number): void {
    for (let at = 0; at < count;) {
      if (this.#left === 0) this.#load()
      const taken = Math.min(this.#left, count - at)
      if (this.#isPacked) this.#unpack(out, at, at + taken)
      else out.fill(this.#value, at, at + taken)
      this.#left -= taken
      at += taken
    }
  }

  /** Skips empty runs, which DuckDB writes. */
  #load(): void {
    while (this.#left === 0) {
      if (this.#isPacked) this.#at += Math.ceil(this.#bit / 8)
      this.#bit = 0
      const header = this.#varint()
      this.#isPacked = (header & 1) === 1
      if (this.#isPacked) this.#left = this.#packedCount(header)
      else {
        this.#left = Math.floor(header / 2)
        this.#value = this.#fixed()
      }
    }
  }

  /** The last run may be cut after the numbers that are needed. */
  #packedCount(header: number): number {
    const count = Math.floor(header / 2) * 8
    const held = Math.floor(((this.#end - this.#at) * 8) / this.#width)
    if (held === 0 && count > 0) throw endedEarly()
    return Math.min(count, held)
  }

  #unpack(out: Uint8Array | Int32Array, from: number, to: number): void {
    const [width, bytes] = [this.#width, this.#bytes]
    let bit = this.#at * 8 + this.#bit
    if (width === 1) {
      for (let at = from; at < to; at++, bit++) out[at] = ((bytes[bit >>> 3] ?? 0) >>> (bit & 7)) & 1
    } else if (width <= 8) {
      const mask = (1 << width) - 1
      for (let at = from; at < to; at++, bit += width) {
        const byte = bit >>> 3
        out[at] = (((bytes[byte] ?? 0) | ((bytes[byte + 1] ?? 0) << 8)) >>> (bit & 7)) & mask
      }
    } else {
      for (let at = from; at < to; at++, bit += width) out[at] = bitsAt(bytes, bit, width)
    }
    this.#bit += (to - from) * width
  }

  #varint(): number {
    let [value, factor] = [0, 1]
    for (let index = 0; index < 5; index++) {
      if (this.#at >= this.#end) throw endedEarly()
      const byte = this.#bytes[this.#at++] ?? 0
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
    throw new ParquetDamage('a run of levels without end')
  }

  #fixed(): number {
    let value = 0
    for (let shift = 0; shift < this.#width; shift += 8) {
      if (this.#at >= this.#end) throw endedEarly()
      value |= (this.#bytes[this.#at++] ?? 0) << shift
    }
    return value >>> 0
  }
}

export function endedEarly(): ParquetDamage {
  return new ParquetDamage('a page with fewer values than it says')
}

const HIGH_BITS = 2 ** 24

/** Up to 48 bits from `bit` on, lowest first. Bits after the end read as 0. */
export function bitsAt(bytes: Uint8Array, bit: number, width: number): number {
  if (width > 24) return bitsAt(bytes, bit, 24) + bitsAt(bytes, bit + 24, width - 24) * HIGH_BITS
  const at = bit >>> 3
  const word =
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)
  return (word >>> (bit & 7)) & ((1 << width) - 1)
}

/** Encodings, "BIT_PACKED": levels of old writers, highest bit first, as many as the page has values. */
export function bitPackedLevels({ bytes, start, end }: PageSpan, width: number): Levels {
  let bit = start * 8
  return {
    run: 0,
    value: 0,
    pass: () => undefined,
    read(out, count) {
      if (bit + count * width > end * 8) throw endedEarly()
      for (let at = 0; at < count; at++) {
        let value = 0
        for (let index = 0; index < width; index++, bit++) {
          value = (value << 1) | (((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1)
        }
        out[at] = value
      }
    },
  }
}
