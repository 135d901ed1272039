import { count, formatBytes } from '../base/words.ts'
import { runOutcome, type Ending, type RunOutcome } from '../journeys/ending.ts'
import type { BatchFact, Facts } from '../journeys/logbook.ts'
import type { Examined } from '../steps/examine.ts'
import type { Placed } from '../steps/examine/finding.ts'
import type { CheckedFile } from '../steps/preflight.ts'
import { plainStatus } from '../steps/watch/status.ts'
import { sentence } from './annotations.ts'
import { cell, table } from './markdown.ts'
import { closingLine } from './closing-line.ts'
import { profileLines } from './profile.ts'

const SYMBOLS: Readonly<Record<RunOutcome, string>> = {
  published: '✅',
  submitted: '📨',
  skipped: '⏭️',
  validated: '✅',
  aborted: '↩️',
  reverted: '↩️',
  'partially-published': '⚠️',
  'no-files': '⚪',
  'timed-out': '⌛',
  cancelled: '🛑',
  invalid: '❌',
  failed: '❌',
}

/** Files that are shown before the table is folded away. */
const MOST_SHOWN = 20
/** Problems that are listed; the report has them all. */
const MOST_FINDINGS = 30
/** A summary of 1 MiB would be dropped whole; this many rows stay far below it. */
const MOST_LISTED = 2_000

/** The job summary: the verdict first, then batches and files. */
export function summary(facts: Facts, ending: Ending): string {
  const outcome = runOutcome(ending, facts)
  return [
    `### ${SYMBOLS[outcome]} ${cell(closingLine(facts, ending))}`,
    ...(facts.batches.length > 0 ? [batchTable(facts.batches)] : []),
    ...facts.batches.flatMap(notes),
    ...profileLines(facts),
    ...findings(facts.examined ?? []),
    ...(facts.files.length > 0 ? [files(facts.files)] : []),
    '',
  ].join('\n\n')
}

function batchTable(batches: readonly BatchFact[]): string {
  const rows = batches.map(({ id, status, outcome, rows: sent, bytes }) => {
    const counts = outcome !== undefined && 'counts' in outcome ? outcome.counts : undefined
    const numbers = [sent, counts?.read, counts?.written, counts?.failed].map((number) => number?.toString() ?? '?')
    return [`\`${id}\``, cell(plainStatus(status)), ...numbers, bytes === undefined ? '' : formatBytes(bytes)]
  })
  return table(['Batch', 'Status', 'Rows sent', 'Read', 'Written', 'Failed', 'Size'], rows)
}

function notes({ id, outcome }: BatchFact): readonly string[] {
  if (outcome === undefined || outcome.notes.length === 0) return []
  return [[`Batch \`${id}\`:`, ...outcome.notes.map((note) => `- ${cell(note)}`)].join('\n')]
}

/** Every distinct problem once; all places stand in the report. */
function findings(examined: readonly Examined[]): readonly string[] {
  const all = examined.flatMap(({ path, findings: found }) => found.map((finding) => ({ path, finding })))
  if (all.length === 0) return []
  const gravest = all.toSorted(
    (a, b) => a.finding.level.localeCompare(b.finding.level) || b.finding.count - a.finding.count,
  )
  const rows = gravest.slice(0, MOST_FINDINGS).map(({ path, finding }) => {
    const [first] = finding.first
    const words = first === undefined ? '' : sentence(first)
    return [finding.level, `\`${finding.code}\``, cell(path + placeText(first)), finding.count.toString(), cell(words)]
  })
  const more = all.length > MOST_FINDINGS ? `\n\n… and ${count(all.length - MOST_FINDINGS, 'problem')} more` : ''
  return [table(['Level', 'Rule', 'First at', 'Count', 'What'], rows) + more]
}

function placeText(placed: Placed | undefined): string {
  return placed?.place.kind === 'text' ? `:${placed.place.line}:${placed.place.column}` : ''
}

function files(found: readonly CheckedFile[]): string {
  const rows = found
    .slice(0, MOST_LISTED)
    .map((file) => [cell(file.path), file.rows?.toString() ?? '?', formatBytes(file.sourceBytes)])
  const more = found.length > MOST_LISTED ? `\n\n… and ${count(found.length - MOST_LISTED, 'file')} more` : ''
  const list = table(['File', 'Rows', 'Size'], rows) + more
  if (found.length <= MOST_SHOWN) return list
  return `<details><summary>${count(found.length, 'file')}</summary>\n\n${list}\n\n</details>`
}
