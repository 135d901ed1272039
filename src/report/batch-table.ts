import { formatBytes, formatDuration } from '../base/words.ts'
import type { BatchFact, Facts } from '../journeys/logbook.ts'
import { plainStatus } from '../steps/watch/status.ts'
import { datasetPage } from './dataset-page.ts'
import { cell, code, some, table } from './markdown.ts'

const HEAD = ['Batch', 'Status', 'Sent:', 'Read:', 'Written:', 'Rejected:', 'Size:', 'Upload:', 'Promotion:']

/** Every batch with its numbers; `?` where nobody said one. */
export function batchTable(facts: Facts, most: number): readonly string[] {
  if (facts.batches.length === 0) return []
  const page = datasetPage(facts)
  const draw = (shown: readonly BatchFact[]) =>
    table(
      HEAD,
      shown.map((batch) => row(batch, page)),
    )
  return [some(facts.batches, { most, noun: 'batches' }, draw)]
}

function row(batch: BatchFact, page: string | undefined): readonly string[] {
  const { id, part, status, bytes } = batch
  const named = page === undefined ? code(id) : `[${code(id)}](${page})`
  return [
    part.of > 1 ? `${named} (${part.number} of ${part.of})` : named,
    cell(plainStatus(status)),
    ...rowCounts(batch).map((number) => number?.toLocaleString('en-US') ?? '?'),
    bytes === undefined ? '' : formatBytes(bytes),
    between(batch.openedMs, batch.completedMs),
    between(batch.completedMs, batch.settledMs),
  ]
}

/** Of a batch that this run didn't open it sent no rows. What counts as rejected may be more than the platform says. */
function rowCounts({ rows, openedMs, outcome }: BatchFact): readonly (number | undefined)[] {
  const sent = openedMs === undefined ? undefined : rows
  if (outcome === undefined || !('counts' in outcome)) return [sent, undefined, undefined, undefined]
  const { read, written, failed } = outcome.counts
  return [sent, read, written, outcome.kind === 'partially-published' ? outcome.rejected : failed]
}

function between(startMs: number | undefined, endMs: number | undefined): string {
  return startMs === undefined || endMs === undefined ? '' : formatDuration(endMs - startMs)
}
