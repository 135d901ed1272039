import { rowsChange } from '../diff/describe.ts'
import type { RowDiff } from '../diff/row-diff.ts'
import { sumKnown } from '../files/plan.ts'
import { statusWord } from '../platform/batch-state.ts'
import { replacedBy } from './effects.ts'
import { batchIdsOf } from './facts.ts'
import type { ReportedBatch, RunReport } from './run-report.ts'

/** Every output, in the order of action.yml. */
export const OUTPUT_NAMES = [
  'batch-id',
  'status',
  'outcome',
  'batch-ids',
  'replaced-batch-ids',
  'dataset-id',
  'file-count',
  'byte-count',
  'records-sent',
  'records-read',
  'records-written',
  'records-failed',
  'has-changes',
  'rows-added',
  'rows-changed',
  'rows-removed',
  'rows-unchanged',
  'report-path',
  'sarif-path',
  'summary-path',
] as const

export type Outputs = Readonly<Record<(typeof OUTPUT_NAMES)[number], string>>

/** The paths of the files that a run wrote; empty for a file that was not written. */
export type KeptFiles = Readonly<Record<'report' | 'sarif' | 'summary', string>>

const NOT_KEPT: KeptFiles = { report: '', sarif: '', summary: '' }

/** Every output, however the run ended. An unknown value is empty, never 0. */
export function outputs(report: RunReport, kept: KeptFiles = NOT_KEPT): Outputs {
  const { batches, dataset, outcome, status, totals } = report
  const diff = comparedRows(report)
  return {
    'batch-id': batches[0]?.id ?? '',
    status: statusWord(status),
    outcome,
    'batch-ids': JSON.stringify(batchIdsOf(batches)),
    'replaced-batch-ids': JSON.stringify([...new Set(batches.flatMap(replacedBy))]),
    'dataset-id': dataset?.id ?? '',
    'file-count': numberText(totals.files),
    'byte-count': numberText(totals.bytes),
    'records-sent': numberText(recordsSent(batches)),
    'records-read': numberText(totals.read),
    'records-written': numberText(totals.written),
    'records-failed': numberText(totals.failed),
    'has-changes': hasChanges(report),
    'rows-added': numberText(diff?.added),
    'rows-changed': numberText(diff?.changed),
    'rows-removed': numberText(diff?.removed),
    'rows-unchanged': numberText(diff?.unchanged),
    'report-path': kept.report,
    'sarif-path': kept.sarif,
    'summary-path': kept.summary,
  }
}

function comparedRows({ diff }: RunReport): RowDiff | undefined {
  return diff?.kind === 'compared' ? diff : undefined
}

/** Decides by the rows if they were compared with the dataset or a pull request's base, otherwise by the files' fingerprint. */
function hasChanges(report: RunReport): string {
  const { preview, outcome, batches } = report
  const changes = rowsChange(report.diff)
  if (changes !== undefined) return String(changes)
  if (preview !== undefined) return String(preview.sends.length > 0)
  if (outcome === 'skipped') return 'false'
  return batches.some(isSent) ? 'true' : ''
}

/** Counts the batches that this run completed: an aborted batch counts as not sent. */
function recordsSent(batches: readonly ReportedBatch[]): number | undefined {
  return sumKnown(batches.filter(isSent).map(({ rows }) => rows))
}

function isSent({ openedMs, isCompleted }: ReportedBatch): boolean {
  return openedMs !== undefined && isCompleted
}

function numberText(number: number | undefined): string {
  return number === undefined ? '' : String(number)
}
