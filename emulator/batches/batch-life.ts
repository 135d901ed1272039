import type { Mode } from '../settings.ts'

export type Action = 'COMPLETE' | 'ABORT' | 'FAIL' | 'REVERT'

/** The state of a batch; `promoting` covers every status between COMPLETE and the verdict. */
export type Stage = 'loading' | 'promoting' | 'success' | 'failed' | 'aborted' | 'abandoned' | 'inactive' | 'deleted'

export type Verdict =
  | { readonly kind: 'moves'; readonly to: Stage }
  /** Gets the same answer as the first time, and changes nothing. */
  | { readonly kind: 'repeats' }
  | { readonly kind: 'refused'; readonly name: string }

/**
 * What an action does to a batch.
 *
 * | action   | loading   | promoting                      | success  | failed  | aborted | abandoned | inactive | deleted |
 * |----------|-----------|--------------------------------|----------|---------|---------|-----------|----------|---------|
 * | COMPLETE | promoting | repeats                        | repeats  | repeats | –       | –         | repeats  | repeats |
 * | ABORT    | aborted   | – (strict), aborted (lenient)  | –        | –       | –       | –         | –        | –       |
 * | FAIL     | failed    | – (strict), failed (lenient)   | –        | –       | –       | –         | –        | –       |
 * | REVERT   | –         | –                              | inactive | –       | –       | –         | –        | –       |
 *
 * Sources: the troubleshooting guide calls a repeated COMPLETE safe; one guide allows ABORT before `loaded`, another
 * while the batch is processed. The platform was seen to refuse REVERT of an aborted batch. FAIL is undocumented.
 */
export function judgeAction(stage: Stage, action: Action, mode: Mode): Verdict {
  const to = moves[action][stage]
  if (to === undefined) return { kind: 'refused', name: `${action.toLowerCase()}-of-${stage}` }
  if (to === stage || to === 'repeats') return { kind: 'repeats' }
  if (stage === 'promoting' && mode === 'strict')
    return { kind: 'refused', name: `${action.toLowerCase()}-of-${stage}` }
  return { kind: 'moves', to }
}

const moves: Readonly<Record<Action, Readonly<Partial<Record<Stage, Stage | 'repeats'>>>>> = {
  COMPLETE: {
    loading: 'promoting',
    promoting: 'repeats',
    success: 'repeats',
    failed: 'repeats',
    inactive: 'repeats',
    deleted: 'repeats',
  },
  ABORT: { loading: 'aborted', promoting: 'aborted' },
  FAIL: { loading: 'failed', promoting: 'failed' },
  REVERT: { success: 'inactive' },
}
