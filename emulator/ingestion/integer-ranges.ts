export type IntegerType = 'byte' | 'short' | 'int' | 'long'

export function isInteger(type: string): type is IntegerType {
  return ['byte', 'short', 'int', 'long'].includes(type)
}

/** The true ranges. The documents print 2^n as the largest value, which the type itself can't hold. */
export const INTEGER_RANGES: Readonly<Record<IntegerType, { readonly least: number; readonly most: number }>> = {
  byte: { least: -128, most: 127 },
  short: { least: -32_768, most: 32_767 },
  int: { least: -2_147_483_648, most: 2_147_483_647 },
  long: { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER },
}
