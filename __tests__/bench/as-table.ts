import { isMet, type Line, type Target } from './line.ts'

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

/** Large figures whole, small ones with two digits after the point. */
function shown(figure: number): string {
  return figure.toLocaleString('en-US', { maximumFractionDigits: Math.abs(figure) < 100 ? 2 : 0 })
}
