import type { Mode } from './settings.ts'

export type Action = 'COMPLETE' | 'ABORT' | 'FAIL' | 'REVERT'

/** Where a batch stands; `promoting` covers all that is shown between COMPLETE and the verdict. */
export type Stage = 'loading' | 'promoting' | 'success' | 'failed' | 'aborted' | 'abandoned' | 'inactive' | 'deleted'

export type Verdict =
  | { readonly kind: 'moves'; readonly to: Stage }
  /** Answered like the first time, changes nothing. */
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
 * while the batch is processed; REVERT of an aborted batch was seen to be refused. FAIL is described nowhere.
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
