import { worstOf } from '../platform/batch-state.ts'
import { type BatchFact, type RunEnd, type RunFacts, runOutcome } from './facts.ts'

type OutputName =
  | 'batch-id'
  | 'status'
  | 'outcome'
  | 'batch-ids'
  | 'dataset-id'
  | 'file-count'
  | 'byte-count'
  | 'records-read'
  | 'records-written'
  | 'records-failed'
  | 'report'
  | 'sarif'

export type Outputs = Readonly<Record<OutputName, string>>

/** Where the files for programs were written; empty for one that wasn't. */
export type Paths = { readonly report: string; readonly sarif: string }

const NOWHERE: Paths = { report: '', sarif: '' }

/** Every output, however the run ended; what is unknown is empty, never 0. */
export function outputs(facts: RunFacts, ending: RunEnd, paths: Paths = NOWHERE): Outputs {
  const { batches, found, dataset } = facts
  const isKnown = found.length > 0 || ending.kind === 'no files'
  return {
    'batch-id': batches[0]?.id ?? '',
    status: worstOf(batches.map(({ status }) => status)),
    outcome: runOutcome(ending, facts),
    'batch-ids': JSON.stringify(batches.map(({ id }) => id)),
    'dataset-id': dataset?.id ?? '',
    'file-count': isKnown ? String(found.length) : '',
    'byte-count': isKnown ? String(found.reduce((sum, { content }) => sum + content.size, 0)) : '',
    'records-read': total(batches, 'read'),
    'records-written': total(batches, 'written'),
    'records-failed': total(batches, 'failed'),
    report: paths.report,
    sarif: paths.sarif,
  }
}

function total(batches: readonly BatchFact[], count: 'read' | 'written' | 'failed'): string {
  const counts = batches.map(({ outcome }) =>
    outcome !== undefined && 'counts' in outcome ? outcome.counts[count] : undefined,
  )
  const known = counts.filter((number) => number !== undefined)
  if (known.length === 0 || known.length < counts.length) return ''
  return String(known.reduce((sum, number) => sum + number, 0))
}
