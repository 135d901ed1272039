import { createBuffers, type Buffers } from './buffers.ts'
import { checkSlice } from './check-slice.ts'
import type { Slice } from './read-slice.ts'
import type { SliceResult } from './inspector.ts'
import type { RowCheck } from './row.ts'

/** Checks slices, here or in threads. What it finds in a slice depends on nothing but the slice. */
export type SliceChecker = AsyncDisposable & {
  /** How many slices it works on at once. */
  readonly width: number
  /** What slices are best made in: those that were checked come back to it. */
  readonly buffers: Buffers
  /** Takes the slice's bytes: they may be gone afterwards. @throws the signal's reason */
  check(slice: Slice, signal: AbortSignal): Promise<SliceResult>
}

/** Checks in the thread at hand. */
export function checkerHere(check: RowCheck): SliceChecker {
  const buffers = createBuffers()
  return {
    width: 1,
    buffers,
    check: async (slice, signal) => {
      signal.throwIfAborted()
      const result = await checkSlice(slice, check)
      buffers.give(slice.bytes)
      return result
    },
    [Symbol.asyncDispose]: async () => undefined,
  }
}
