import { HttpFailure, UnreadableAnswer, isPassing, isUnhandled } from './errors.ts'
import { ConnectionFailure } from './transport.ts'
import { type Clock, backoff, retryAfterMs } from '../../lib/time.ts'

export type Attempted = {
  readonly failure: unknown
  /** How many attempts have failed so far, at least 1. */
  readonly attempts: number
  readonly mostAttempts: number
  /** How many of those the platform may have acted on. */
  readonly doubts: number
  readonly mostDoubts: number
  /** Whether the request is safe to send again when it is unknown if the platform acted on it. */
  readonly repeatable: boolean
}

export type Retry = { readonly kind: 'wait'; readonly ms: number } | { readonly kind: 'stop' }

/**
 * Refused, in doubt, or final:
 *
 * | result                                            | the platform …        | repeat                |
 * |---------------------------------------------------|-----------------------|-----------------------|
 * | connection refused, host unknown, connect timeout | surely did not act    | any request           |
 * | a proxy that opens no tunnel now: 408, 429, 5xx   | surely did not act    | any request           |
 * | 425, 429, 503                                     | surely did not act    | any request           |
 * | 408, other 5xx, reset, silence, cut-off response  | may have acted        | repeatable requests   |
 * | a 2xx that can't be read, or is not from Adobe    | may have acted        | repeatable requests   |
 * | anything else; TLS and other proxy refusals       | refused for good      | nothing               |
 */
export function decideRetry(attempted: Attempted, clock: Pick<Clock, 'wallNow'>, random: () => number): Retry {
  const { failure, attempts, mostAttempts, doubts, mostDoubts, repeatable } = attempted
  const doubt = kindOfFailure(failure)
  const isOver = attempts >= mostAttempts || doubts >= mostDoubts
  if (isOver || doubt === 'final' || (doubt === 'may have acted' && !repeatable)) return { kind: 'stop' }
  const header = failure instanceof HttpFailure ? failure.response.retryAfter : undefined
  return { kind: 'wait', ms: backoff({ attempts, wishMs: retryAfterMs(header, clock.wallNow()) }, random) }
}

type FailureKind = 'did not act' | 'may have acted' | 'final'

export function kindOfFailure(failure: unknown): FailureKind {
  if (failure instanceof ConnectionFailure) {
    if (failure.permanent) return 'final'
    return failure.reached ? 'may have acted' : 'did not act'
  }
  if (failure instanceof UnreadableAnswer) return 'may have acted'
  if (!(failure instanceof HttpFailure)) return 'final'
  const { status } = failure.response
  if (isUnhandled(status)) return 'did not act'
  return isPassing(status) ? 'may have acted' : 'final'
}
