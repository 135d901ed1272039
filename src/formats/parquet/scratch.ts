/**
 * Buffers that are reused for each page and batch of one leaf: a thread frees unused memory late, so memory would
 * otherwise grow with the file. A buffer keeps its last content.
 */
export class Scratch {
  /** The bytes last read from the file, to be filled again. */
  spare: Uint8Array<ArrayBuffer> | undefined
  #unpacked = new Uint8Array(0)
  #aligned = new Uint8Array(new ArrayBuffer(0))
  readonly #integers = new Map<string, Int32Array<ArrayBuffer>>()
  readonly #levels = new Map<string, Uint8Array<ArrayBuffer>>()

  /** For an unpacked page. */
  unpacked(bytes: number): Uint8Array {
    if (this.#unpacked.length < bytes) this.#unpacked = new Uint8Array(roomFor(bytes))
    return this.#unpacked.subarray(0, bytes)
  }

  /** Begins at the start of its buffer, so that wider views can be made. */
  aligned(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#aligned.length < bytes) this.#aligned = new Uint8Array(roomFor(bytes))
    return this.#aligned.subarray(0, bytes)
  }

  integers(name: 'starts' | 'ends' | 'shared' | 'indices', count: number): Int32Array<ArrayBuffer> {
    const known = this.#integers.get(name)
    if (known !== undefined && known.length >= count) return known.subarray(0, count)
    const room = new Int32Array(roomFor(count))
    this.#integers.set(name, room)
    return room.subarray(0, count)
  }

  levels(name: 'def' | 'rep', count: number): Uint8Array<ArrayBuffer> {
    const known = this.#levels.get(name)
    if (known !== undefined && known.length >= count) return known.subarray(0, count)
    const room = new Uint8Array(roomFor(count))
    this.#levels.set(name, room)
    return room.subarray(0, count)
  }
}

const SMALLEST_ROOM = 1_024

/** Rounds up, because the next size usually differs. */
function roomFor(size: number): number {
  return Math.max(SMALLEST_ROOM, 2 ** Math.ceil(Math.log2(size)))
}
