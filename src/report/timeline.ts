import { formatDuration } from '../lib/text.ts'
import type { Span } from './facts.ts'
import { details, table } from './markdown.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'

/** More bars than this make a diagram unreadable. */
const MOST_SPANS = 20
const MOST_BATCHES = 10
/** For shorter runs, an axis of whole seconds would repeat its labels. */
const SHORT_MS = 10_000

/** Shows where the time went: a table, and a diagram if there is room. Empty for a single step, which would tell nothing. */
export function timeline(report: RunReport, hasDiagram: boolean): readonly string[] {
  const { spans } = report
  const [first] = spans
  const last = spans.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const tookMs = last.endMs - first.startMs
  const diagram = hasDiagram && tookMs > 0 ? [`\`\`\`mermaid\n${ganttChart(report, tookMs)}\n\`\`\``] : []
  return [details(`Where the time went: ${formatDuration(tookMs)}`, [...diagram, timeTable(spans)].join('\n\n'))]
}

/** A step that ran several times, such as in a publish that starts over, has one row. */
function timeTable(spans: readonly Span[]): string {
  const rows = Array.from(
    Map.groupBy(spans, ({ phase }) => phase),
    ([phase, all]) => {
      const ms = all.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)
      return [all.length === 1 ? phase : `${phase} (${all.length} times)`, formatDuration(ms)]
    },
  )
  return table(['Step', 'Time:'], rows)
}

/** Step names need no escaping: they contain no Mermaid syntax. */
function ganttChart({ spans, batches }: RunReport, tookMs: number): string {
  return [
    'gantt',
    '  dateFormat x',
    `  axisFormat ${tookMs < SHORT_MS ? '%S.%L s' : '%H:%M:%S'}`,
    '  section This run',
    ...spans.slice(0, MOST_SPANS).map(({ phase, startMs, endMs }) => bar(phase, startMs, endMs)),
    ...batches.slice(0, MOST_BATCHES).flatMap(batchBars),
  ].join('\n')
}

/** Names batches by number: an id does not fit next to the bars. */
function batchBars({ part, openedMs, completedMs, finishedMs }: ReportedBatch): readonly string[] {
  const upload = openedMs === undefined || completedMs === undefined ? [] : [bar('upload', openedMs, completedMs)]
  const promotion =
    completedMs === undefined || finishedMs === undefined ? [] : [bar('promotion', completedMs, finishedMs)]
  const named = part.of === 1 ? 'Batch' : `Batch ${part.number} of ${part.of}`
  return upload.length + promotion.length === 0 ? [] : [`  section ${named}`, ...upload, ...promotion]
}

/** A bar lasts at least 1 ms: Mermaid does not draw an empty one. */
function bar(name: Span['phase'] | 'upload' | 'promotion', startMs: number, endMs: number): string {
  return `  ${name} :${Math.round(startMs)}, ${Math.round(Math.max(endMs, startMs + 1))}`
}
