/** One line of the results. */
export type Line = {
  readonly what: string
  readonly against: string
  /** Medians, in `unit`; `theirs` is undefined for a mere limit. */
  readonly ours: number
  readonly theirs: number | undefined
  readonly unit: string
  readonly judged: Judged
  /** Further figures, each with its unit in the name. */
  readonly more: Readonly<Record<string, number>>
}

export type Target = { readonly kind: 'at least' | 'at most'; readonly figure: number; readonly unit: string }

/** The figure compared with the target: a ratio, a difference, or the measured figure. */
export type Judged = { readonly figure: number; readonly target: Target }

export function isMet({ figure, target }: Judged): boolean {
  return target.kind === 'at least' ? figure >= target.figure : figure <= target.figure
}

export type Limit = {
  readonly what: string
  readonly figure: number
  readonly most: number
  readonly unit: string
}

/** A figure that must stay below a limit, without a comparison. */
export function limitLine({ what, figure, most, unit }: Limit): Line {
  const judged = { figure, target: { kind: 'at most', figure: most, unit } } as const
  return { what, against: 'a limit', ours: figure, theirs: undefined, unit, judged, more: {} }
}

/** For an even count, the mean of the two middle numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const [low = NaN, high = NaN] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return (low + high) / 2
}

export type Ratio = {
  readonly what: string
  readonly against: string
  readonly unit: string
  /** One figure per run. */
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
  /** The target for the ratio of ours to theirs. */
  readonly target: { readonly kind: 'at least' | 'at most'; readonly figure: number }
  readonly more?: Readonly<Record<string, number>>
}

/** Compares two sides by the ratio of their medians. */
export function ratioLine({ what, against, unit, ours, theirs, target, more = {} }: Ratio): Line {
  const medians = { ours: median(ours), theirs: median(theirs) }
  const judged = { figure: medians.ours / medians.theirs, target: { ...target, unit: '×' } }
  return { what, against, ...medians, unit, judged, more }
}

const HEADER = ['what', 'against', 'ours', 'theirs', 'figure', 'target', 'met']
const RULE = ['---', '---', '---:', '---:', '---:', '---:', '---']

/** A Markdown table, as BENCHMARKS.md shows it. */
export function asTable(lines: readonly Line[]): string {
  return [HEADER, RULE, ...lines.map(cells)].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function cells({ what, against, ours, theirs, unit, judged }: Line): readonly string[] {
  const far = theirs === undefined ? '' : `${shown(theirs)} ${unit}`
  const figure = `${shown(judged.figure)} ${judged.target.unit}`
  return [what, against, `${shown(ours)} ${unit}`, far, figure, limitText(judged.target), isMet(judged) ? 'yes' : 'no']
}

function limitText({ kind, figure, unit }: Target): string {
  return `${kind === 'at least' ? '≥' : '≤'} ${figure} ${unit}`
}

/** Large figures without decimals, small ones with two. */
function shown(figure: number): string {
  return figure.toLocaleString('en-US', { maximumFractionDigits: Math.abs(figure) < 100 ? 2 : 0 })
}

export type Sides<A, B> = { readonly ours: () => Promise<A>; readonly theirs: () => Promise<B> }

export type Rounds<A, B> = { readonly ours: readonly A[]; readonly theirs: readonly B[] }

/** Runs both sides alternately, so that other work on the machine affects both. The side that goes first alternates, too. */
export async function alternate<A, B>(runs: number, { ours, theirs }: Sides<A, B>): Promise<Rounds<A, B>> {
  const rounds: { readonly ours: A[]; readonly theirs: B[] } = { ours: [], theirs: [] }
  for (let round = 0; round < runs; round++) {
    if (round % 2 === 0) rounds.ours.push(await ours())
    rounds.theirs.push(await theirs())
    if (round % 2 === 1) rounds.ours.push(await ours())
  }
  return rounds
}
