/** One line of the results. */
export type Line = {
  readonly what: string
  readonly against: string
  /** Medians, in `unit`; there is nothing on the far side where a limit stands alone. */
  readonly ours: number
  readonly theirs: number | undefined
  readonly unit: string
  readonly judged: Judged
  /** Whatever else helps to understand it, each with its unit in its name. */
  readonly more: Readonly<Record<string, number>>
}

export type Target = { readonly kind: 'at least' | 'at most'; readonly figure: number; readonly unit: string }

/** What is compared with the target: a ratio, a difference, or the figure itself. */
export type Judged = { readonly figure: number; readonly target: Target }

export function isMet({ figure, target }: Judged): boolean {
  return target.kind === 'at least' ? figure >= target.figure : figure <= target.figure
}
