import type { Line } from './line.ts'

export type Limit = {
  readonly what: string
  readonly figure: number
  readonly most: number
  readonly unit: string
}

/** A figure that must stay below a limit, whatever others need. */
export function limitLine({ what, figure, most, unit }: Limit): Line {
  const judged = { figure, target: { kind: 'at most', figure: most, unit } } as const
  return { what, against: 'a limit', ours: figure, theirs: undefined, unit, judged, more: {} }
}
