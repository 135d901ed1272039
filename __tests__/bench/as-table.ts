import type { Measurement } from './measurement.ts'

/** A Markdown table for each benchmark, as BENCHMARKS.md shows it. */
export function asTable(measurements: readonly Measurement[]): string {
  const benchmarks = Map.groupBy(measurements, ({ benchmark }) => benchmark)
  return Array.from(benchmarks, ([name, lines]) => one(name, lines)).join('\n\n')
}

function one(name: string, lines: readonly Measurement[]): string {
  const columns = Object.keys(lines[0]?.figures ?? {})
  const rows = lines.map(({ subject, figures }) => [subject, ...columns.map((column) => shown(figures[column]))])
  const rule = [name, ...columns].map((_, index) => (index === 0 ? '---' : '---:'))
  return [[name, ...columns], rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function shown(figure: number | undefined): string {
  return figure === undefined ? '' : figure.toLocaleString('en-US', { maximumFractionDigits: 1 })
}
