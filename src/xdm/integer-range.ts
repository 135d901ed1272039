export type IntegerType = 'byte' | 'short' | 'int' | 'long'

export type Range = { readonly min: number; readonly max: number }

/**
 * What each type truly holds. Some schemas print a maximum of 2^n, one too many; `long` ends where JavaScript and the
 * registry's own bounds do ("XDM field type constraints").
 */
export const INTEGER_RANGES: Readonly<Record<IntegerType, Range>> = {
  byte: { min: -128, max: 127 },
  short: { min: -32_768, max: 32_767 },
  int: { min: -2_147_483_648, max: 2_147_483_647 },
  long: { min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 },
}

const SMALLEST_FIRST = ['byte', 'short', 'int', 'long'] as const

/**
 * The type of an integer that names none: as the registry infers it, the smallest that holds its bounds; `int` where it
 * has none.
 */
export function inferIntegerType(minimum: unknown, maximum: unknown): IntegerType {
  const { min, max } = INTEGER_RANGES.int
  const low = typeof minimum === 'number' ? minimum : min
  const high = typeof maximum === 'number' ? maximum : max
  return SMALLEST_FIRST.find((type) => holds(INTEGER_RANGES[type], low, high)) ?? 'long'
}

/** The printed maximum may be 2^n. */
function holds({ min, max }: Range, low: number, high: number): boolean {
  return min <= low && high <= max + 1
}
