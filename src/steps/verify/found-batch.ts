import type { Held } from '../earlier/survey.ts'
import { verify, type Outcome } from '../verify.ts'
import type { Sent } from './judge-counts.ts'

/** What a batch that was found, instead of made, is to be judged by. */
export type FoundSent = Sent & { readonly wasWaitedFor: boolean }

/**
 * A batch that already holds our content is judged by the same verdict as one that was made: `skipped` when it was
 * active already and is clean, `published` when this run waited for it, else what it is.
 */
export function judgeFound({ record, holder }: Held, sent: FoundSent): Outcome {
  // What was consolidated reads "inactive", and had succeeded: another batch holds its rows.
  const standing = holder === record.id ? record : { ...record, status: 'active' }
  const outcome = verify({ kind: 'settled', record: standing }, sent)
  if (outcome.kind === 'partially-published') return { ...outcome, notes: [...outcome.notes, WAY_OUT] }
  if (outcome.kind !== 'published' || sent.wasWaitedFor) return outcome
  return { ...outcome, kind: 'skipped' }
}

const WAY_OUT =
  'The content was published before, and not as a whole. To publish it anew in the place of that: "if-unchanged: publish" with "replay-predecessors: previous".'
