import { type PageSpan, bitsAt, endedEarly } from './levels.ts'
import { ParquetDamage, ThriftReader } from './thrift.ts'

/** A JavaScript number below this limit is exact. */
const EXACT = 2 ** 52

const WORD = 2 ** 32

/**
 * Encodings, "DELTA_BINARY_PACKED": blocks of differences, in miniblocks with one bit width each. Values are numbers as
 * long as they are exact, which is nearly always, and bigints otherwise.
 */
export class DeltaReader {
  readonly #span: PageSpan
  readonly #head: ThriftReader
  readonly #miniblocks: number
  readonly #perMiniblock: number
  readonly #count: number
  #at = 0
  #value: number | bigint
  #given = 0
  /** State of the current block. */
  #smallest: number | bigint = 0
  #widthsAt = 0
  #miniblock: number
  /** State of the current miniblock. */
  #left = 0
  #width = 0
  #bit = 0

  constructor(span: PageSpan) {
    const head = new ThriftReader(span.bytes.subarray(0, span.end), span.start)
    const block = head.varint()
    this.#miniblocks = head.varint()
    this.#count = head.varint()
    this.#span = span
    this.#head = head
    this.#perMiniblock = block / this.#miniblocks
    if (this.#perMiniblock < 8 || this.#perMiniblock % 8 !== 0 || this.#perMiniblock > 2 ** 20) {
      throw new ParquetDamage('differences in blocks of no size')
    }
    this.#value = this.#zigzag()
    this.#at = head.at
    this.#miniblock = this.#miniblocks
  }

  /** The position after the differences. */
  end(): number {
    let at = this.#head.at
    for (let rest = this.#count - 1; rest > 0;) {
      this.#head.at = at
      void this.#zigzag()
      const widthsAt = this.#head.at
      at = widthsAt + this.#miniblocks
      for (let index = 0; index < this.#miniblocks && rest > 0; index++, rest -= this.#perMiniblock) {
        at += (this.#widthAt(widthsAt + index) * this.#perMiniblock) / 8
      }
      if (at > this.#span.end) throw endedEarly()
    }
    return at
  }

  read32(out: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) out[index] = lowWord(this.#next())
  }

  /** Writes two words per value, the low one first. */
  read64(words: Int32Array, count: number): void {
    for (let index = 0; index < count; index++) {
      const value = this.#next()
      words[index * 2] = lowWord(value)
      words[index * 2 + 1] =
        typeof value === 'number' ? Math.floor(value / WORD) | 0 : Number(BigInt.asIntN(32, value >> 32n))
    }
  }

  #next(): number | bigint {
    if (this.#given >= this.#count) throw endedEarly()
    if (this.#given++ === 0) return this.#value
    if (this.#left === 0) this.#loadMiniblock()
    this.#left--
    this.#value = this.#width <= 48 ? this.#plus() : this.#plusExactly(this.#wideBits())
    return this.#value
  }

  #plus(): number | bigint {
    const more = this.#width === 0 ? 0 : bitsAt(this.#span.bytes, this.#bit, this.#width)
    this.#bit += this.#width
    const [value, smallest] = [this.#value, this.#smallest]
    if (typeof value === 'number' && typeof smallest === 'number') {
      const sum = value + smallest + more
      if (sum < EXACT && sum > -EXACT) return sum
    }
    return this.#plusExactly(BigInt(more))
  }

  #plusExactly(more: bigint): number | bigint {
    return narrowed(BigInt.asIntN(64, BigInt(this.#value) + BigInt(this.#smallest) + more))
  }

  #wideBits(): bigint {
    const [low, width] = [bitsAt(this.#span.bytes, this.#bit, 32), this.#width]
    const high = bitsAt(this.#span.bytes, this.#bit + 32, width - 32)
    this.#bit += width
    return BigInt(low) + (BigInt(high) << 32n)
  }

  #loadMiniblock(): void {
    if (this.#miniblock >= this.#miniblocks) this.#loadBlock()
    this.#width = this.#widthAt(this.#widthsAt + this.#miniblock++)
    this.#left = this.#perMiniblock
    this.#bit = this.#at * 8
    this.#at += (this.#width * this.#perMiniblock) / 8
    // The last miniblock may be cut after the values that are needed.
    const needed = Math.min(this.#left, this.#count - this.#given + 1)
    if (this.#bit + needed * this.#width > this.#span.end * 8) throw endedEarly()
  }

  #loadBlock(): void {
    this.#head.at = this.#at
    this.#smallest = this.#zigzag()
    this.#widthsAt = this.#head.at
    this.#at = this.#widthsAt + this.#miniblocks
    this.#miniblock = 0
  }

  #widthAt(at: number): number {
    const width = at < this.#span.end ? (this.#span.bytes[at] ?? 65) : 65
    if (width > 64) throw new ParquetDamage('differences of more than 64 bits')
    return width
  }

  #zigzag(): number | bigint {
    let [value, shift] = [0n, 0n]
    const start = this.#head.at
    const quick = this.#head.integer()
    if (quick < EXACT && quick > -EXACT) return quick
    this.#head.at = start
    for (let byte = 128; byte >= 128; shift += 7n) {
      byte = this.#head.byte()
      value |= BigInt(byte & 127) << shift
    }
    return narrowed(BigInt.asIntN(64, (value >> 1n) ^ -(value & 1n)))
  }
}

function narrowed(value: bigint): number | bigint {
  const number = Number(value)
  return number < EXACT && number > -EXACT ? number : value
}

/** The low word of the value's two's complement. */
function lowWord(value: number | bigint): number {
  return typeof value === 'number' ? value | 0 : Number(BigInt.asIntN(32, value))
}
