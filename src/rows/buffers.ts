import { SLICE_SIZE } from './slice-size.ts'

/**
 * Buffers of one size that are used again. In a new one the system clears each page when it is first touched, which takes
 * longer than to fill it; and what a thread no longer needs it gives back late, so that memory grows with the file.
 */
export type Buffers = {
  /** Of this length; what it holds is anything. */
  take(bytes: number): Uint8Array<ArrayBuffer>
  /** Nobody reads it any more. */
  give(bytes: Uint8Array<ArrayBuffer>): void
}

export function createBuffers(): Buffers {
  const free: ArrayBuffer[] = []
  return {
    take: (bytes) => new Uint8Array((bytes === SLICE_SIZE.bytes ? free.pop() : undefined) ?? new ArrayBuffer(bytes)),
    give: ({ buffer }) => {
      if (buffer.byteLength === SLICE_SIZE.bytes) free.push(buffer)
    },
  }
}
