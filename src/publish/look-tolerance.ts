import type { Context } from '../context.ts'
import { Problem } from '../lib/errors.ts'
import { TokenEnded } from '../platform/http/errors.ts'
import { COMPLETED_LAG_MS, VANISHED_LEAST_MISSES, WAIT_MOST_ERRORS, WAIT_MOST_REFUSALS } from '../platform/limits.ts'

/** Consecutive looks that failed. */
export type Failures = {
  /** Looks with no response, or with one that asks to retry later. */
  readonly passing: number
  /** Looks that were refused or got an unreadable response. */
  readonly refused: number
  /** When the first of these refusals came. */
  readonly refusedMs: number
  /** The latest failure. */
  readonly trouble: Problem | undefined
}

export const NO_FAILURES: Failures = { passing: 0, refused: 0, refusedMs: 0, trouble: undefined }

/** The duration of a successful look; 0 for a failed one, so that it does not shorten the next pause. */
export function answerMs({ trouble }: Failures, lookMs: number): number {
  return trouble === undefined ? lookMs : 0
}

export type LookState = Failures & {
  /** A failed look was logged: once per wait is enough. */
  readonly hasWarned: boolean
}

export const NOT_WARNED: LookState = { ...NO_FAILURES, hasWarned: false }

export type LookOptions<S extends LookState> = {
  readonly before: S
  /** The object was seen before, so it exists, whatever a look returns: only the time limit ends such a wait. */
  readonly isKnown: boolean
}

/**
 * Takes one look of a wait. A single failure does not end the wait, because a replica, gateway or proxy may fail once and
 * work at the next look. Only repeated failures end it, and only for an object that was never seen.
 *
 * @throws Problem when too many consecutive looks failed for too long; TokenEnded because no later look can succeed
 */
export async function tryLook<T, S extends LookState>(
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

/** Consecutive looks that did not find the batch: it may not be in the catalog yet, or not in every replica of it. */
export type Misses = {
  readonly misses: number
  /** When the first of them happened. */
  readonly missedMs: number
}

export const NO_MISSES: Misses = { misses: 0, missedMs: 0 }

export function missedOnce({ misses, missedMs }: Misses, nowMs: number): Misses {
  return { misses: misses + 1, missedMs: misses === 0 ? nowMs : missedMs }
}

/** True if the record has been missing longer than any replica lags: it does not exist, or no longer does. */
export function hasVanished({ misses, missedMs }: Misses, nowMs: number): boolean {
  return misses >= VANISHED_LEAST_MISSES && nowMs - missedMs >= COMPLETED_LAG_MS
}
