import { formatDuration } from '../lib/text.ts'
import type { Span } from './facts.ts'
import { details, table } from './markdown.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'

/** Bars that a diagram can show and still be read. */
const MOST_SPANS = 20
const MOST_BATCHES = 10
/** Below that, an axis of whole seconds would say the same at every line. */
const SHORT_MS = 10_000

/** Where the time went: a table, and beside it a diagram where there is room for one. One step alone says nothing. */
export function timeline(report: RunReport, hasDiagram: boolean): readonly string[] {
  const { spans } = report
  const [first] = spans
  const last = spans.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const tookMs = last.endMs - first.startMs
  const diagram = hasDiagram && tookMs > 0 ? [`\`\`\`mermaid\n${ganttChart(report, tookMs)}\n\`\`\``] : []
  return [details(`Where the time went: ${formatDuration(tookMs)}`, [...diagram, timeTable(spans)].join('\n\n'))]
}

/** What was done several times, as a publish that starts over does, in one row. */
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

/** Names of steps hold nothing that means something in Mermaid. */
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

/** An id is longer than the space there is beside the bars. */
function batchBars({ part, openedMs, completedMs, settledMs }: ReportedBatch): readonly string[] {
  const upload = openedMs === undefined || completedMs === undefined ? [] : [bar('upload', openedMs, completedMs)]
  const promotion =
    completedMs === undefined || settledMs === undefined ? [] : [bar('promotion', completedMs, settledMs)]
  const named = part.of === 1 ? 'Batch' : `Batch ${part.number} of ${part.of}`
  return upload.length + promotion.length === 0 ? [] : [`  section ${named}`, ...upload, ...promotion]
}

/** A bar without length is not drawn. */
function bar(name: Span['phase'] | 'upload' | 'promotion', startMs: number, endMs: number): string {
  return `  ${name} :${Math.round(startMs)}, ${Math.round(Math.max(endMs, startMs + 1))}`
}
