import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { TokenEnded } from '../platform/http/errors.ts'
import { COMPLETED_LAG_MS, VANISHED_LEAST_MISSES, WAIT_MOST_ERRORS, WAIT_MOST_REFUSALS } from '../platform/limits.ts'

/** Looks in a row that brought nothing. */
export type Failures = {
  /** There was no answer, or one that says "later". */
  readonly passing: number
  /** Refused, or answered by what can't be read. */
  readonly refused: number
  /** When the first of those refusals was. */
  readonly refusedMs: number
  /** What went wrong last. */
  readonly trouble: Problem | undefined
}

export const NO_FAILURES: Failures = { passing: 0, refused: 0, refusedMs: 0, trouble: undefined }

/** How long a look took that was answered: one that went wrong is no reason to hurry. */
export function answerMs({ trouble }: Failures, lookMs: number): number {
  return trouble === undefined ? lookMs : 0
}

export type LookState = Failures & {
  /** That a look went wrong was said: once in a wait is enough. */
  readonly hasWarned: boolean
}

export const NOT_WARNED: LookState = { ...NO_FAILURES, hasWarned: false }

export type LookOptions<S extends LookState> = {
  readonly before: S
  /** It was seen before, so that it is there, whatever a look says: only time ends such a wait. */
  readonly isKnown: boolean
}

/**
 * One look of a wait. What goes wrong with it ends no wait: a replica, a gateway or a proxy on the way may answer once in a
 * way that the next look doesn't meet. Only what stays so does, and only of what nobody has ever seen.
 *
 * @throws Problem when too many looks in a row went wrong, for too long; TokenEnded when no later look can do better
 */
export async function lookOrPass<T, S extends LookState>(
  read: () => Promise<T>,
  { before, isKnown }: LookOptions<S>,
  { signal, log, clock }: Context,
): Promise<{ readonly kind: 'seen'; readonly seen: T } | { readonly kind: 'failed'; readonly state: S }> {
  try {
    return { kind: 'seen', seen: await read() }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof Problem) || error instanceof TokenEnded) throw error
    const failures = failedOnce(before, error, clock.now())
    if (!isKnown && isHopeless(failures, clock.now())) throw error
    if (!before.hasWarned) log.warning(`${error.message}. Still waiting`)
    return { kind: 'failed', state: { ...before, ...failures, hasWarned: true } }
  }
}

function failedOnce(before: Failures, trouble: Problem, nowMs: number): Failures {
  if (trouble.isPassing) return { passing: before.passing + 1, refused: 0, refusedMs: 0, trouble }
  const refusedMs = before.refused === 0 ? nowMs : before.refusedMs
  return { passing: 0, refused: before.refused + 1, refusedMs, trouble }
}

function isHopeless({ passing, refused, refusedMs }: Failures, nowMs: number): boolean {
  return passing >= WAIT_MOST_ERRORS || (refused >= WAIT_MOST_REFUSALS && nowMs - refusedMs >= COMPLETED_LAG_MS)
}

/** Looks in a row that found no such batch: it may not be in the catalogue yet, or not in every replica of it. */
export type Misses = {
  readonly misses: number
  /** When the first of them was. */
  readonly missedMs: number
}

export const NO_MISSES: Misses = { misses: 0, missedMs: 0 }

export function missedOnce({ misses, missedMs }: Misses, nowMs: number): Misses {
  return { misses: misses + 1, missedMs: misses === 0 ? nowMs : missedMs }
}

/** No replica is behind for so long: there is no record, or none any more. */
export function staysAway({ misses, missedMs }: Misses, nowMs: number): boolean {
  return misses >= VANISHED_LEAST_MISSES && nowMs - missedMs >= COMPLETED_LAG_MS
}
