import type { Content } from '../base/content.ts'

/** Where in a block that begins with a record the last whole record ends; 0 where none does. */
export type Cut = (block: Uint8Array) => number

export type SliceSize = {
  /** A slice is at most this long, but where a record is longer. */
  readonly bytes: number
  /** No record is longer: a block without an end is cut here, and what is broken by it is found as broken. */
  readonly longestRecord: number
}

/** Large enough that handing one over costs nothing, and small enough that a few of them for each thread are no memory. */
export const SLICE_SIZE: SliceSize = { bytes: 4 * 1024 * 1024, longestRecord: 64 * 1024 * 1024 }

/**
 * Cuts a file at the ends of records: all its bytes once and in order, each slice in a buffer of its own that may be handed
 * to a thread. Every cut depends on the bytes alone, so that what is found never depends on the number of threads.
 */
export async function* slices(content: Content, cut: Cut, size: SliceSize): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(Math.min(size.bytes, content.size))
  let filled = 0
  for await (const chunk of content.bytes()) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, block.length - filled)
      block.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      if (filled < block.length) continue
      const end = endIn(block, cut, size)
      const next = roomFor(block, end, size)
      if (end > 0) yield block.subarray(0, end)
      block = next
      filled -= end
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}

function endIn(block: Uint8Array, cut: Cut, { longestRecord }: SliceSize): number {
  const end = cut(block)
  return end === 0 && block.length >= longestRecord ? block.length : end
}

/** With what is left behind the cut; twice as large where there was none. Made before the block is handed over. */
function roomFor(block: Uint8Array, end: number, { bytes, longestRecord }: SliceSize): Uint8Array<ArrayBuffer> {
  const rest = block.subarray(end)
  const room = end === 0 ? Math.min(2 * block.length, longestRecord) : bytes
  const next = new Uint8Array(Math.max(room, rest.length + 1))
  next.set(rest)
  return next
}
