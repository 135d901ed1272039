/** One stored file. Reads return whole ranges; a range that was never written reads as zeros. */
export type StoredBytes = {
  /** Returns the number of bytes written. The chunks must not change until then. */
  write(position: number, body: AsyncIterable<Uint8Array>): Promise<number>
  /** From `start` up to but not including `end`. */
  read(start: number, end: number): Promise<Uint8Array>
  remove(): Promise<void>
}

export type Storage = {
  create(): Promise<StoredBytes>
}

export function memoryStorage(): Storage {
  return { create: () => Promise.resolve(memoryBytes()) }
}

function memoryBytes(): StoredBytes {
  let held = new Uint8Array(0)
  const put = (position: number, chunk: Uint8Array): void => {
    const size = position + chunk.length
    if (size > held.length) held = grown(held, size)
    held.set(chunk, position)
  }
  return {
    async write(position, body) {
      let written = 0
      for await (const chunk of body) {
        put(position + written, chunk)
        written += chunk.length
      }
      return written
    },
    read: (start, end) => Promise.resolve(held.slice(start, end)),
    remove: () => {
      held = new Uint8Array(0)
      return Promise.resolve()
    },
  }
}

/** At least doubles the size, so that many small chunks don't each copy the whole. */
function grown(held: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.max(size, held.length * 2))
  larger.set(held)
  return larger
}
