import type { Content } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import { formatBytes } from '../lib/text.ts'

/** A record that is longer than any is read. Cut somewhere, it would read as a broken one. */
export class RecordTooLong extends Problem {
  override readonly name = 'RecordTooLong'
  /** Where in the file it begins. */
  readonly offset: number

  constructor(offset: number, mostBytes: number) {
    super(`Cannot read a record of more than ${formatBytes(mostBytes)}`, {
      remedy: 'Write shorter records, or publish the file with "validation: off".',
    })
    this.offset = offset
  }
}

export type SliceSize = {
  /** A slice is at most this long, but where a record is longer. */
  readonly bytes: number
  /** No record is longer: a file that holds one is not read on. */
  readonly longestRecord: number
}

/** Ours: a text of this length and what is made of it still fit into memory, and no record of the platform comes near it. */
export const LONGEST_RECORD_BYTES = 64 * 1024 * 1024

/** Large enough that handing one over costs nothing, and small enough that a few of them for each thread are no memory. */
export const SLICE_SIZE: SliceSize = { bytes: 4 * 1024 * 1024, longestRecord: LONGEST_RECORD_BYTES }

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
 *
 * @throws RecordTooLong for a record that is longer than any may be
 */
export async function* slices(content: Content, slicing: Slicing): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let block = slicing.buffers.take(Math.min(slicing.size.bytes, content.size))
  let filled = 0
  let left = content.size
  let offset = 0
  for await (const chunk of content.bytes()) {
    for (let at = 0; at < chunk.length;) {
      const taken = Math.min(chunk.length - at, block.length - filled)
      if (taken === 0) throw new Error('The data has more bytes than its size says')
      block.set(chunk.subarray(at, at + taken), filled)
      filled += taken
      at += taken
      left -= taken
      // At the end the rest is the last slice, and nobody needs another block.
      if (filled < block.length || left === 0) continue
      const end = slicing.cut(block)
      if (end === 0 && block.length >= slicing.size.longestRecord)
        throw new RecordTooLong(offset, slicing.size.longestRecord)
      offset += end
      const next = roomFor(block, end, slicing)
      if (end > 0) yield block.subarray(0, end)
      block = next
      filled -= end
    }
  }
  if (filled > 0) yield block.subarray(0, filled)
}

/** With what is left behind the cut; twice as large where there was none. Made before the block is handed over. */
function roomFor(block: Uint8Array, end: number, { size, buffers }: Slicing): Uint8Array<ArrayBuffer> {
  const rest = block.subarray(end)
  const room = end === 0 ? Math.min(2 * block.length, size.longestRecord) : size.bytes
  const next = buffers.take(Math.max(room, rest.length + 1))
  next.set(rest)
  return next
}

export type Splitting = { readonly cut: Cut; readonly mostBytes: number; readonly signal: AbortSignal }

/**
 * Where to cut a file, always between two records, so that the chunks are of about the same size and have at most
 * `mostBytes`, but for one that is a single slice. Empty where it can't be cut: a record is longer than any should be.
 */
export async function splitPoints(
  content: Content,
  { cut, mostBytes, signal }: Splitting,
  size: SliceSize = SLICE_SIZE,
): Promise<readonly number[]> {
  const fairBytes = Math.ceil(content.size / Math.ceil(content.size / mostBytes))
  const points: number[] = []
  let position = 0
  try {
    for await (const slice of slices(content, { cut, size, buffers: createBuffers() })) {
      signal.throwIfAborted()
      const end = position + slice.length
      const start = points.at(-1) ?? 0
      if (end - start > mostBytes && position > start) points.push(position)
      else if (end - start >= fairBytes && end < content.size) points.push(end)
      position = end
    }
  } catch (error) {
    if (error instanceof RecordTooLong) return []
    throw error
  }
  return points
}

/** The file in chunks, cut at these points; none where there is no point. */
export function cutAt(content: Content, points: readonly number[]): readonly Content[] {
  if (points.length === 0) return []
  return [0, ...points].map((start, index) => content.slice(start, points[index] ?? content.size))
}
