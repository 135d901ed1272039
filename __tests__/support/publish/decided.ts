import { decide, type Decision } from '../../../src/publish/published/decide.ts'
import type { PublishedBatch } from '../../../src/publish/published/find.ts'
import type { DesiredPublish } from '../../../src/publish/request.ts'
import { type Replaces, named, publishedBatch, situation } from './held.ts'

/** A decision in one line: the parts to send, the batches to replace and to keep, `!` for a warning. */
export function told(decision: Decision): string {
  if (decision.kind === 'refuse') return `refuse: ${decision.message}`
  const kept = decision.kept.map(({ record }) => record.id).join(' ')
  const warned = decision.warnings.length > 0 ? ' !' : ''
  if (decision.kind === 'skip') return `skip ${kept}${warned}`
  const replacing = decision.replaces.length > 0 ? ` replacing ${decision.replaces.join(' ')}` : ''
  return `send ${decision.parts.join(' ')}${replacing}${kept === '' ? '' : ` keeping ${kept}`}${warned}`
}

export const NOTHING = { kind: 'nothing' } as const satisfies Replaces
export const PREVIOUS = { kind: 'previous' } as const satisfies Replaces
export const IDS = { kind: 'ids', named: [named('X')] } as const satisfies Replaces

/** An earlier attempt of the run of {@link desiredPublish}. */
export const THIS_RUN = { runId: 1001, attempt: 1 }
/** A batch with a part of the desired data. */
export const PART = publishedBatch('P', { provenance: { publishFingerprint: 'new', part: { number: 1, of: 2 } } })
export const OTHER = publishedBatch('C')
export const SUPERSEDED: PublishedBatch = { ...publishedBatch('A', { provenance: THIS_RUN }), isOwnStep: true }
export const WHOLE = publishedBatch('B', { provenance: { publishFingerprint: 'new' } })

/** The decision for a dataset with these batches. */
export function decided(
  batches: readonly PublishedBatch[],
  asked: Replaces,
  more: Partial<DesiredPublish> = {},
): string {
  return told(decide(...situation(batches, asked, more)))
}
