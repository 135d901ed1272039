import { LONGEST_MOMENT } from './moment-code.ts'
import { BYTES_BEHIND, type VectorSearch, createVectorSearch } from './vector.ts'

/** After so few lists, making a search would take longer than it saves. */
const FEW_LISTS = 200

/**
 * Finds where long strings end, and passes many items of lists at once. A {@link VectorSearch} sees only its own memory,
 * so as many bytes as fit are copied into it first. These usually include the next strings.
 */
export class PlainWindow {
  /** Made for the first long string: many files have none. */
  #search: VectorSearch | undefined
  #bytes: Uint8Array = new Uint8Array(0)
  /** The range of bytes that was copied. */
  #start = 0
  #end = 0
  #lists = 0

  /** Searches these bytes from now on; they must not change. */
  begin(bytes: Uint8Array): void {
    this.#bytes = bytes
    this.#start = this.#end = 0
  }

  /** The position of the first byte that is not plain, from `from` on, or the end of the bytes. */
  afterPlain(from: number): number {
    return this.#find('find', from)
  }

  /** The same, but passes escapes of two bytes unless a window ends within. */
  afterSimpleEscapes(from: number): number {
    return this.#find('findEnd', from)
  }

  #find(how: 'find' | 'findEnd', from: number): number {
    const search = (this.#search ??= createVectorSearch())
    let at = from
    if (at < this.#start || at >= this.#end) this.#moveTo(at, search)
    while ((at = search[how](at - this.#start) + this.#start) === this.#end && at < this.#bytes.length) {
      this.#moveTo(at, search)
    }
    return at
  }

  /**
   * The position of the first byte from `from` on that is not an ASCII character of a URI, or is a percent sign; or one
   * before it, at the end of a window.
   */
  afterUriCharacters(from: number): number {
    const search = (this.#search ??= createVectorSearch())
    if (from < this.#start || from >= this.#end) this.#moveTo(from, search)
    return search.afterUriCharacters(from - this.#start) + this.#start
  }

  /** The position of the first item from `from` on that may be no string, or has no comma behind. */
  afterTexts(from: number): number {
    const search = this.#searchOfLists()
    if (search === undefined) return from
    if (from < this.#start || from >= this.#end) this.#moveTo(from, search)
    return search.afterTexts(from - this.#start) + this.#start
  }

  /** The same for strings of at least `least` characters, and at most so many more. */
  afterLimitedTexts(from: number, least: number, more: number): number {
    const search = this.#searchOfLists()
    if (search === undefined) return from
    if (from < this.#start || from >= this.#end) this.#moveTo(from, search)
    return search.afterLimitedTexts(from - this.#start, least, more) + this.#start
  }

  /** The same for JSON pointers. */
  afterPointers(from: number): number {
    const search = this.#searchOfLists()
    if (search === undefined) return from
    if (from < this.#start || from >= this.#end) this.#moveTo(from, search)
    return search.afterPointers(from - this.#start) + this.#start
  }

  /** The same for date-times. */
  afterMoments(from: number): number {
    const search = this.#searchOfLists()
    if (search === undefined) return from
    if (from < this.#start || from + LONGEST_MOMENT > this.#end) this.#moveTo(from, search)
    return search.afterMoments(from - this.#start) + this.#start
  }

  #searchOfLists(): VectorSearch | undefined {
    if (this.#search === undefined && this.#lists++ >= FEW_LISTS) this.#search = createVectorSearch()
    return this.#search
  }

  #moveTo(start: number, { memory }: VectorSearch): void {
    const end = Math.min(start + memory.length - 1 - BYTES_BEHIND, this.#bytes.length)
    memory.set(this.#bytes.subarray(start, end))
    // Stops every search.
    memory[end - start] = 0
    this.#start = start
    this.#end = end
  }
}
