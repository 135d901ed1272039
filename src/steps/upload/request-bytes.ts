import { TELLING_BYTES, type Pace } from './pace.ts'

/**
 * The gateway ends a request after about 60 s (Data Access API reference: an answer must be there by then). Pieces aim at
 * a third of that; a file goes whole where two thirds will do.
 */
const PIECE_MS = 20_000
const WHOLE_MS = 40_000

/** Tells how fast the line is before much is at stake. */
export const FIRST_PIECE_BYTES = 8 << 20

/** How large the next piece of a file should be, where at most `mostBytes` may travel in one. */
export function pieceBytes(pace: Pace, mostBytes: number): number {
  return Math.min(pace.carries(PIECE_MS) ?? FIRST_PIECE_BYTES, mostBytes)
}

/** Whether a file will arrive in one request, as far as anything is known of the line. */
export function goesWhole(bytes: number, pace: Pace): boolean {
  return bytes <= Math.max(pace.carries(WHOLE_MS) ?? Infinity, TELLING_BYTES)
}
