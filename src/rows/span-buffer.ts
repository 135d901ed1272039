const LINE_FEED = 0x0a

/** A native copy costs about as much as this many bytes copied one by one. */
const SHORT_BYTES = 32

/** Gathers the spans of one chunk that are kept; what it holds is valid until the next chunk begins. */
export class SpanBuffer {
  #bytes = Buffer.alloc(0)
  #written = 0

  /** Makes room for what a chunk can become: with a line feed after each `{}`, two bytes are at most three. */
  begin(chunkBytes: number): void {
    this.#written = 0
    const needed = chunkBytes + (chunkBytes >> 1) + 2
    if (this.#bytes.length < needed) this.#bytes = Buffer.allocUnsafeSlow(needed)
  }

  copy(chunk: Uint8Array, start: number, end: number): void {
    if (end - start < SHORT_BYTES) this.#copyShort(chunk, start, end)
    else {
      this.#bytes.set(chunk.subarray(start, end), this.#written)
      this.#written += end - start
    }
  }

  endLine(): void {
    this.#bytes[this.#written++] = LINE_FEED
  }

  written(): Uint8Array {
    return this.#bytes.subarray(0, this.#written)
  }

  #copyShort(chunk: Uint8Array, start: number, end: number): void {
    const bytes = this.#bytes
    let written = this.#written
    for (let at = start; at < end; at++) bytes[written++] = chunk[at] ?? 0
    this.#written = written
  }
}
