import type { Content } from '../base/content.ts'
import { createBuffers } from './buffers.ts'
import { SLICE_SIZE, type SliceSize } from './slice-size.ts'
import { slices, type Cut } from './slices.ts'

export type Splitting = { readonly cut: Cut; readonly mostBytes: number; readonly signal: AbortSignal }

/**
 * Where to cut a content, always between two records, so that the pieces are of about the same size and have at most
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
  for await (const slice of slices(content, { cut, size, buffers: createBuffers() })) {
    signal.throwIfAborted()
    const end = position + slice.length
    if (end < content.size && slice.length >= size.longestRecord && cut(slice) < slice.length) return []
    const start = points.at(-1) ?? 0
    if (end - start > mostBytes && position > start) points.push(position)
    else if (end - start >= fairBytes && end < content.size) points.push(end)
    position = end
  }
  return points
}
