import { setTimeout as pause } from 'node:timers/promises'

/** Time as an argument, so that tests and simulations never really wait. */
export type Clock = {
  /**
   * For durations and order: milliseconds since the epoch as it was when the process began, whatever happens to the
   * wall clock later. It never steps.
   */
  now(): number
  /** The wall clock in milliseconds since the epoch: only for comparison with dates from elsewhere. It may step. */
  wallNow(): number
  /** Rejects with the signal's reason as soon as it fires. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  wallNow: () => Date.now(),
  sleep: async (ms, signal) => {
    await pause(ms, undefined, { signal }).catch(() => {
      throw signal.reason
    })
  },
}

/** Calls `look` every `ms` milliseconds until disposed. The timer keeps no process alive. */
export function every(ms: number, look: () => void): Disposable {
  const timer = setInterval(look, ms)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The longest that a server can make us wait; a longer request is reduced to this. */
const LONGEST_WISH_MS = 300_000

export type FailedAttempts = {
  /** At least 1. */
  readonly attempts: number
  /** The wait that `Retry-After` asked for. */
  readonly wishMs: number | undefined
}

/**
 * How long to wait before the next attempt: the time that the server asks for plus up to 500 ms, which keeps many
 * clients apart; otherwise "full jitter", anything from 0 up to a ceiling that doubles from 1 s to 30 s.
 */
export function backoff({ attempts, wishMs }: FailedAttempts, random: () => number): number {
  if (wishMs !== undefined) return Math.min(wishMs, LONGEST_WISH_MS) + random() * FIRST_MS
  return random() * Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS)
}

/**
 * The three forms of an HTTP date begin with a weekday. `Date.parse` alone also accepts "1.5" and "later 1" as dates.
 */
const HTTP_DATE = /^\s*(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/

/** `Retry-After` in milliseconds from now: whole seconds or an HTTP date (RFC 9110, 10.2.3). */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  if (!HTTP_DATE.test(header)) return undefined
  // The form without a zone (asctime) is in GMT like the others.
  const at = Date.parse(/GMT\s*$/.test(header) ? header : `${header} GMT`)
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs)
}

/** The work made no progress for too long; whether the server acted is unknown. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

export type Deadline = { readonly silenceMs: number; readonly clock: Clock; readonly signal: AbortSignal }

/**
 * Runs `work` and stops it with {@link DeadlinePassed} when it has not called `touch` for `silenceMs`. For work that
 * never calls `touch` this is a deadline; for an upload that calls it with every chunk it is a stall watchdog.
 */
export async function withDeadline<T>(
  { silenceMs, clock, signal }: Deadline,
  work: (signal: AbortSignal, touch: () => void) => Promise<T>,
): Promise<T> {
  const stalled = new AbortController()
  const over = new AbortController()
  let touchedMs = clock.now()
  const watching = (async () => {
    for (let leftMs = silenceMs; leftMs > 0; leftMs = touchedMs + silenceMs - clock.now()) {
      await clock.sleep(leftMs, over.signal)
    }
    stalled.abort(new DeadlinePassed(`no progress for ${silenceMs / 1000} s`))
  })().catch(() => undefined)
  try {
    const both = AbortSignal.any([signal, stalled.signal])
    both.throwIfAborted()
    return await work(both, () => (touchedMs = clock.now()))
  } finally {
    over.abort()
    await watching
  }
}

/** The time that a run can spend waiting, over all its waits. Work between the waits doesn't count. */
export type WaitBudget = {
  /** Negative when the budget is used up. */
  leftMs(): number
  /** How long a required answer can still be waited for: the time left plus the grace period. */
  mostMs(): number
  /** Its `sleep` counts against the budget and ends with the grace period. */
  readonly clock: Clock
  /** Counts the time that `wait` takes; overlapping waits count once. */
  during<T>(wait: () => Promise<T>): Promise<T>
  /** Counts the time since then, for work that proves to have been a wait only when it ends. */
  countSince(ms: number): void
}

export type WaitLimits = { readonly totalMs: number; readonly graceMs: number }

export function createWaitBudget({ totalMs, graceMs }: WaitLimits, clock: Clock): WaitBudget {
  let spentMs = 0
  let waits = 0
  let sinceMs = 0
  let countedUntilMs = -Infinity
  const countSince = (ms: number) => {
    // A running wait is counted by `during`.
    const untilMs = waits > 0 ? sinceMs : clock.now()
    spentMs += Math.max(0, untilMs - Math.max(ms, countedUntilMs))
    countedUntilMs = Math.max(countedUntilMs, untilMs)
  }
  const during = async <T>(wait: () => Promise<T>): Promise<T> => {
    if (waits++ === 0) sinceMs = clock.now()
    try {
      return await wait()
    } finally {
      if (--waits === 0) countSince(sinceMs)
    }
  }
  const leftMs = () => totalMs - spentMs - (waits > 0 ? clock.now() - sinceMs : 0)
  const mostMs = () => Math.max(0, leftMs() + graceMs)
  const sleep: Clock['sleep'] = (ms, signal) => during(() => clock.sleep(Math.min(ms, mostMs()), signal))
  return { leftMs, mostMs, during, countSince, clock: { ...clock, sleep } }
}

/** The budget of work that the run does not wait for yet. */
export type DeferredBudget = WaitBudget & {
  /** The run waits from now on, and the budget counts it. */
  begin(): void
}

/** Counts nothing and has no limit until `begin` is called; from then on it behaves as `budget`. */
export function deferBudget(budget: WaitBudget, clock: Clock): DeferredBudget {
  let now = createWaitBudget({ totalMs: Infinity, graceMs: 0 }, clock)
  return {
    begin: () => void (now = budget),
    leftMs: () => now.leftMs(),
    mostMs: () => now.mostMs(),
    during: (wait) => now.during(wait),
    countSince: (ms) => now.countSince(ms),
    clock: { ...clock, sleep: (ms, signal) => now.clock.sleep(ms, signal) },
  }
}

export const DAY_MS = 24 * 3_600_000
