/** Rows are marked in blocks. Only blocks with a mark take memory. */
const BLOCK_ROWS = 2 ** 20

/** Blocks by number, with one bit per row. Sent between threads. */
export type MarkedBlocks = readonly (readonly [block: number, bits: Uint8Array])[]

/** The marked rows of one row group. A row counts once, whichever columns mark it. */
export class RowMarks {
  readonly #blocks: Map<number, Uint8Array>

  constructor(blocks: MarkedBlocks = []) {
    this.#blocks = new Map(blocks)
  }

  mark(row: number): void {
    const bits = this.#bitsOf(Math.floor(row / BLOCK_ROWS))
    const at = row % BLOCK_ROWS
    bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7))
  }

  /** From `start` up to, not including, `end`. */
  markRange(start: number, end: number): void {
    let row = start
    while (row < end && row % 8 !== 0) this.mark(row++)
    while (row + 8 <= end) {
      const block = Math.floor(row / BLOCK_ROWS)
      const blockEnd = Math.min((block + 1) * BLOCK_ROWS, end - (end % 8))
      this.#bitsOf(block).fill(255, (row % BLOCK_ROWS) / 8, (blockEnd - block * BLOCK_ROWS) / 8)
      row = blockEnd
    }
    while (row < end) this.mark(row++)
  }

  add(blocks: MarkedBlocks): void {
    for (const [block, bits] of blocks) {
      const own = this.#bitsOf(block)
      for (let at = 0; at < bits.length; at++) own[at] = (own[at] ?? 0) | (bits[at] ?? 0)
    }
  }

  count(): number {
    let count = 0
    for (const bits of this.#blocks.values()) for (const byte of bits) count += ONES[byte] ?? 0
    return count
  }

  blocks(): MarkedBlocks {
    return [...this.#blocks]
  }

  #bitsOf(block: number): Uint8Array {
    const known = this.#blocks.get(block)
    if (known !== undefined) return known
    const bits = new Uint8Array(BLOCK_ROWS / 8)
    this.#blocks.set(block, bits)
    return bits
  }
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)
