import type { Placed } from '../steps/examine/finding.ts'

/** `expected an integer, found text "…" (did you mean …?)`. */
export function wrong({ issue: { expected, received, hint } }: Placed): string {
  return `expected ${expected}, found ${received}${hint === undefined ? '' : ` (${hint})`}`
}
