export type SliceSize = {
  /** A slice is at most this long, but where a record is longer. */
  readonly bytes: number
  /** No record is longer: a block without an end is cut here, and what is broken by it is found as broken. */
  readonly longestRecord: number
}

/** Large enough that handing one over costs nothing, and small enough that a few of them for each thread are no memory. */
export const SLICE_SIZE: SliceSize = { bytes: 4 * 1024 * 1024, longestRecord: 64 * 1024 * 1024 }
