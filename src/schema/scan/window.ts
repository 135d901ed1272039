import { BYTES_BEHIND, type PlainSearch, createPlainSearch } from './vector.ts'

/**
 * Finds where long strings end. A {@link PlainSearch} sees only its own memory, so as many bytes as fit are copied into
 * it first. These usually include the next strings.
 */
export class PlainWindow {
  /** Made for the first long string: many files have none. */
  #search: PlainSearch | undefined
  #bytes: Uint8Array = new Uint8Array(0)
  /** The range of bytes that was copied. */
  #start = 0
  #end = 0

  /** Searches these bytes from now on; they must not change. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.#start = this.#end = 0
  }

  /** The position of the first byte that is not plain, from `from` on, or the end of the bytes. */
  afterPlain(from: number): number {
    const search = (this.#search ??= createPlainSearch())
    let at = from
    if (at < this.#start || at >= this.#end) this.#moveTo(at, search)
    while ((at = search.find(at - this.#start) + this.#start) === this.#end && at < this.#bytes.length) {
      this.#moveTo(at, search)
    }
    return at
  }

  #moveTo(start: number, { memory }: PlainSearch): void {
    const end = Math.min(start + memory.length - 1 - BYTES_BEHIND, this.#bytes.length)
    memory.set(this.#bytes.subarray(start, end))
    // Stops every search.
    memory[end - start] = 0
    this.#start = start
    this.#end = end
  }
}
