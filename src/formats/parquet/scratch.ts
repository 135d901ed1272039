/**
 * Room that is used again for each page and each batch of one leaf: what a thread no longer needs it gives back late, so
 * that memory would grow with the file. Each room holds what was put there last.
 */
export class Scratch {
  /** What was read of the file last, to be filled again. */
  spare: Uint8Array<ArrayBuffer> | undefined
  #unpacked = new Uint8Array(0)
  #aligned = new Uint8Array(new ArrayBuffer(0))
  readonly #integers = new Map<string, Int32Array<ArrayBuffer>>()
  readonly #levels = new Map<string, Uint8Array<ArrayBuffer>>()

  /** For what a page unpacks to. */
  unpacked(bytes: number): Uint8Array {
    if (this.#unpacked.length < bytes) this.#unpacked = new Uint8Array(roomFor(bytes))
    return this.#unpacked.subarray(0, bytes)
  }

  /** From the beginning of a buffer on, so that wider views of it may be made. */
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

/** The next is seldom of the same size. */
function roomFor(size: number): number {
  return Math.max(SMALLEST_ROOM, 2 ** Math.ceil(Math.log2(size)))
}
