import type { Content } from '../../src/lib/content.ts'

/** Bytes that arrive in chunks of the given sizes, over and over, in one buffer that is overwritten between two chunks. */
export function inChunks(bytes: Uint8Array, sizes: readonly number[]): Content {
  return {
    size: bytes.length,
    slice: (start, end) => inChunks(bytes.subarray(start, end), sizes),
    async *bytes() {
      const buffer = Buffer.alloc(Math.max(1, ...sizes))
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = Math.min(sizes[turn % sizes.length] ?? 1, bytes.length - at)
        buffer.fill(0x7d)
        buffer.set(bytes.subarray(at, at + size))
        yield buffer.subarray(0, size)
        at += size
      }
    },
  }
}

export function text(value: string): Content {
  return inChunks(Buffer.from(value), [1 << 16])
}
