/**
 * The share of a part in per cent; 0 of nothing. It rounds only once, so that 7 of 100 are exactly 7 per cent, and not
 * above a limit of 7: `7 / 100 * 100` is 7.000000000000001.
 */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole
}
