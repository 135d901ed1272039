import { Problem } from '../../lib/errors.ts'

/** No time is left for it: "timeout-minutes" is over, and what may follow it, too. */
export class TimeOver extends Problem {
  override readonly name = 'TimeOver'
  /** Completes "Cannot …". */
  readonly purpose: string

  constructor(purpose: string, mayHaveActed: boolean, cause?: unknown) {
    super(`Cannot ${purpose}: the time for waiting is over`, {
      remedy:
        'Run again: it takes up what is in progress. "timeout-minutes" bounds all waiting of a run; raise it where the platform needs longer.',
      isPassing: true,
      mayHaveActed,
      cause,
    })
    this.purpose = purpose
  }
}
