/**
 * How long to wait before the next look at a batch of this age: a tenth of its age and 2 s, at most `longestMs`. With
 * the default of 120 s that is 75 looks in the first hour, and an end is noticed within a tenth of the time it took.
 */
export function nextLook(ageMs: number, longestMs: number): number {
  return Math.min(ageMs / 10 + 2_000, longestMs)
}
