import type { Line } from './line.ts'
import { median } from './median.ts'

export type Ratio = {
  readonly what: string
  readonly against: string
  readonly unit: string
  /** One figure a run. */
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** Of ours to theirs. */
  readonly target: { readonly kind: 'at least' | 'at most'; readonly figure: number }
  readonly more?: Readonly<Record<string, number>>
}

/** Two sides, the ratio of whose medians is judged. */
export function ratioLine({ what, against, unit, ours, theirs, target, more = {} }: Ratio): Line {
  const medians = { ours: median(ours), theirs: median(theirs) }
  const judged = { figure: medians.ours / medians.theirs, target: { ...target, unit: '×' } }
  return { what, against, ...medians, unit, judged, more }
}
