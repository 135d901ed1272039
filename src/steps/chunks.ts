/** Bytes from `start` up to, not including, `end`. */
export type Chunk = { readonly start: number; readonly end: number }

/** Covers `size` bytes once, in order, without a gap or an overlap, `most` bytes at a time. */
export function chunks(size: number, most: number): readonly Chunk[] {
  return Array.from({ length: Math.ceil(size / most) }, (_, index) => ({
    start: index * most,
    end: Math.min((index + 1) * most, size),
  }))
}
