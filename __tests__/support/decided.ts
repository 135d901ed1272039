import { decide, type Decision } from '../../src/publish/published/decide.ts'
import type { Held } from '../../src/publish/published/survey.ts'
import type { Asked, Wanted } from '../../src/publish/published/survey.ts'
import { held, named, surveyOf, wanted } from './held.ts'

/** One line for a decision: what is sent, replaced and kept, `!` for a warning. */
export function told(decision: Decision): string {
  if (decision.kind === 'refuse') return `refuse: ${decision.message}`
  const kept = decision.kept.map(({ record }) => record.id).join(' ')
  const warned = decision.warnings.length > 0 ? ' !' : ''
  if (decision.kind === 'skip') return `skip ${kept}${warned}`
  const replacing = decision.replaces.length > 0 ? ` replacing ${decision.replaces.join(' ')}` : ''
  return `send ${decision.parts.join(' ')}${replacing}${kept === '' ? '' : ` keeping ${kept}`}${warned}`
}

export const NOTHING: Asked = { kind: 'nothing' }
export const PREVIOUS: Asked = { kind: 'previous' }
export const IDS: Asked = { kind: 'ids', ids: [named('X')] }

/** By an earlier attempt of the run that {@link wanted} is of. */
export const THIS_RUN = { runId: 1001, attempt: 1 }
/** This content, in part. */
export const PART = held('P', { mark: { publish: 'new', part: { number: 1, of: 2 } } })
export const OTHER = held('C')
export const SUPERSEDED = held('A', { mark: THIS_RUN })
export const WHOLE = held('B', { mark: { publish: 'new' } })

/** What is decided where these batches are held. */
export function decided(batches: readonly Held[], asked: Asked, more: Partial<Wanted> = {}): string {
  return told(decide(wanted({ asked, ...more }), surveyOf(batches)))
}
