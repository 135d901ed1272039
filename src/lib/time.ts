import { setTimeout as pause } from 'node:timers/promises'

/** Time as an argument, so that tests and simulations wait for nothing. */
export type Clock = {
  /**
   * For durations and order: milliseconds since the epoch as it was when the process began, whatever is done to the wall
   * clock since. It never steps.
   */
  now(): number
  /** What the wall clock says, in milliseconds since the epoch: only to be compared with dates of others. It may step. */
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

/** Looks again and again until it is disposed of; it keeps no process alive. */
export function every(ms: number, look: () => void): Disposable {
  const timer = setInterval(look, ms)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The longest that the far side may make us wait; a longer wish is read as this. */
const LONGEST_WISH_MS = 300_000

export type FailedAttempts = {
  /** How many attempts have failed, at least 1. */
  readonly attempts: number
  /** What `Retry-After` asked for. */
  readonly wishMs: number | undefined
}

/**
 * How long to wait before the next attempt: what the far side wishes, plus a little that keeps many clients apart;
 * else "full jitter", anything from 0 up to a ceiling that doubles from 1 s to 30 s.
 */
export function backoff({ attempts, wishMs }: FailedAttempts, random: () => number): number {
  if (wishMs !== undefined) return Math.min(wishMs, LONGEST_WISH_MS) + random() * FIRST_MS
  return random() * Math.min(FIRST_MS * 2 ** attempts, LONGEST_MS)
}

/** The three forms of an HTTP date begin with a weekday; `Date.parse` alone takes "1.5" and "later 1" for dates too. */
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

/** The far side was silent for too long; whether it acted is unknown. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed'
}

export type Deadline = { readonly silenceMs: number; readonly clock: Clock; readonly signal: AbortSignal }

/**
 * Runs `work` and ends it with {@link DeadlinePassed} when it has not called `touch` for `silenceMs`: a deadline for work that
 * never does, a stall watchdog for an upload that touches with every chunk.
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

/** The time that a run can spend on waiting, all its waits together; what runs in between doesn't count. */
export type WaitBudget = {
  /** Below zero when it is over. */
  leftMs(): number
  /** How long something that must be known can still be waited for: what is left, and the grace behind it. */
  mostMs(): number
  /** Sleeping by it counts, and ends with the grace. */
  readonly clock: Clock
  /** Counts the time that `wait` takes; several at once count once. */
  during<T>(wait: () => Promise<T>): Promise<T>
  /** Counts what passed since then, for what turns out only at its end to have been a wait. */
  countSince(ms: number): void
}

export type WaitLimits = { readonly totalMs: number; readonly graceMs: number }

export function createWaitBudget({ totalMs, graceMs }: WaitLimits, clock: Clock): WaitBudget {
  let spentMs = 0
  let waits = 0
  let sinceMs = 0
  let countedUntilMs = -Infinity
  const countSince = (ms: number) => {
    // A wait that is under way counts by itself.
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

/** A budget of work that nobody waits for yet. */
export type DeferredBudget = WaitBudget & {
  /** Somebody waits from now on, and counts that. */
  begin(): void
}

/** Takes nothing of the budget, and has no end, until it begins; from then on it is that budget. */
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
