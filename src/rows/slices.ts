import type { Content } from '../base/content.ts'
import type { Buffers } from './buffers.ts'
import type { SliceSize } from './slice-size.ts'

/** Where in a block that begins with a record the last whole record ends; 0 where none does. */
export type Cut = (block: Uint8Array) => number

export type Slicing = {
  readonly cut: Cut
  readonly size: SliceSize
  /** Where nobody hands them back, each slice has a new one. */
  readonly buffers: Buffers
}

/**
 * Cuts a file at the ends of records: all its bytes once and in order, each slice in a buffer of its own that may be handed
 * to a thread. Every cut depends on the bytes alone, so that what is found never depends on the number of threads.
 */
export async function* slices(content: Content, slicing: Slicing): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = slicing.buffers.take(Math.min(slicing.size.bytes, content.size))
  let filled = 0
  let left = content.size
  for await (const chunk of content.bytes()) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, block.length - filled)
      if (taken === 0) throw new Error('A content has more bytes than its size says')
      block.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      left -= taken
      // At the end the rest is the last slice, and nobody needs another block.
      if (filled < block.length || left === 0) continue
      const end = endIn(block, slicing)
      const next = roomFor(block, end, slicing)
      if (end > 0) yield block.subarray(0, end)
      block = next
      filled -= end
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}

function endIn(block: Uint8Array, { cut, size }: Slicing): number {
  const end = cut(block)
  return end === 0 && block.length >= size.longestRecord ? block.length : end
}

/** With what is left behind the cut; twice as large where there was none. Made before the block is handed over. */
function roomFor(block: Uint8Array, end: number, { size, buffers }: Slicing): Uint8Array<ArrayBuffer> {
  const rest = block.subarray(end)
  const room = end === 0 ? Math.min(2 * block.length, size.longestRecord) : size.bytes
  const next = buffers.take(Math.max(room, rest.length + 1))
  next.set(rest)
  return next
}
