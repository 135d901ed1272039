import type { Content } from '../lib/content.ts'
import { Problem } from '../lib/errors.ts'
import { formatBytes } from '../lib/text.ts'

/** A record longer than the limit. Cut into two, it would look corrupt. */
export class RecordTooLong extends Problem {
  override readonly name = 'RecordTooLong'
  /** Where the record begins in the file. */
  readonly offset: number

  constructor(offset: number, mostBytes: number) {
    super(`Cannot read a record of more than ${formatBytes(mostBytes)}`, {
      remedy: 'Write shorter records, or publish the file with "validation: off".',
    })
    this.offset = offset
  }
}

export type SliceSize = {
  /** A slice is at most this long, unless a single record is longer. */
  readonly bytes: number
  /** The limit for a record: reading a file stops at a longer one. */
  readonly longestRecord: number
}

/**
 * Our own limit: a string of this length and the values made from it still fit into memory, and no record of the
 * platform comes near it.
 */
export const LONGEST_RECORD_BYTES = 64 * 1024 * 1024

/** Large enough that the cost of transferring one doesn't matter, and small enough that each thread can have a few. */
export const SLICE_SIZE: SliceSize = { bytes: 4 * 1024 * 1024, longestRecord: LONGEST_RECORD_BYTES }

/**
 * Buffers of one size for reuse. In a new buffer, the system clears each page on first use, which takes longer than
 * filling it; and a thread frees unused buffers late, so that memory would grow with the file.
 */
export type Buffers = {
  /** A buffer of this length with arbitrary content. */
  take(bytes: number): Uint8Array<ArrayBuffer>
  /** Returns a buffer that is no longer read. */
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

/** Where the last whole record ends in a block that begins with a record; 0 if none ends. */
export type Cut = (block: Uint8Array) => number

export type Slicing = {
  readonly cut: Cut
  readonly size: SliceSize
  /** If no buffer is given back, each slice gets a new one. */
  readonly buffers: Buffers
}

/**
 * Cuts a file at record ends: all its bytes once and in order, each slice in a buffer of its own that can be
 * transferred to a thread. Cuts depend only on the bytes, so findings never depend on the number of threads.
 *
 * @throws RecordTooLong for a record longer than the limit
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
      // At the end of the file, the rest is the last slice, and no other block is needed.
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

/**
 * A buffer that begins with the bytes after the cut; twice as large if there was no cut. Made before the block is
 * transferred.
 */
function roomFor(block: Uint8Array, end: number, { size, buffers }: Slicing): Uint8Array<ArrayBuffer> {
  const rest = block.subarray(end)
  const room = end === 0 ? Math.min(2 * block.length, size.longestRecord) : size.bytes
  const next = buffers.take(Math.max(room, rest.length + 1))
  next.set(rest)
  return next
}

export type Splitting = { readonly cut: Cut; readonly mostBytes: number; readonly signal: AbortSignal }

/**
 * Where to cut a file, always between two records, so that the chunks are of similar size and have at most `mostBytes`,
 * unless a single slice is larger. Empty if it can't be cut or a record is longer than the limit.
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

/** The file in chunks, cut at these points; empty if there are no points. */
export function cutAt(content: Content, points: readonly number[]): readonly Content[] {
  if (points.length === 0) return []
  return [0, ...points].map((start, index) => content.slice(start, points[index] ?? content.size))
}
