import { statusWord } from '../platform/batch-state.ts'
import type { RunReport } from './run-report.ts'

/** Every output, in the order of action.yml. */
export const OUTPUT_NAMES = [
  'batch-id',
  'status',
  'outcome',
  'batch-ids',
  'dataset-id',
  'file-count',
  'byte-count',
  'records-read',
  'records-written',
  'records-failed',
  'report-path',
  'sarif-path',
] as const

export type Outputs = Readonly<Record<(typeof OUTPUT_NAMES)[number], string>>

/** Where the files for programs were written; empty for one that wasn't. */
export type KeptFiles = { readonly report: string; readonly sarif: string }

const NOT_KEPT: KeptFiles = { report: '', sarif: '' }

/** Every output, however the run ended; what is unknown is empty, never 0. */
export function outputs(report: RunReport, kept: KeptFiles = NOT_KEPT): Outputs {
  const { batches, dataset, outcome, status, totals } = report
  return {
    'batch-id': batches[0]?.id ?? '',
    status: statusWord(status),
    outcome,
    'batch-ids': JSON.stringify(batches.map(({ id }) => id)),
    'dataset-id': dataset?.id ?? '',
    'file-count': numberText(totals.files),
    'byte-count': numberText(totals.bytes),
    'records-read': numberText(totals.read),
    'records-written': numberText(totals.written),
    'records-failed': numberText(totals.failed),
    'report-path': kept.report,
    'sarif-path': kept.sarif,
  }
}

function numberText(number: number | undefined): string {
  return number === undefined ? '' : String(number)
}
