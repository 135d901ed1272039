/** Where a byte stands in its file. Line and column begin at 1, `offset` at 0; lines end with a line feed, columns count bytes. */
export type Place = { readonly line: number; readonly column: number; readonly offset: number }

/** Keeps count of lines while a file goes by in chunks; `at` is always an index into the chunk at hand. */
export class Places {
  #line = 1
  #lineStart = 0
  #chunkStart = 0

  /** A line feed stands at `at`. */
  endLine(at: number): void {
    this.#line++
    this.#lineStart = this.#chunkStart + at + 1
  }

  endChunk(bytes: number): void {
    this.#chunkStart += bytes
  }

  of(at: number): Place {
    const offset = this.#chunkStart + at
    return { line: this.#line, column: offset - this.#lineStart + 1, offset }
  }
}
