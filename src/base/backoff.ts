const FIRST_MS = 500
const LONGEST_MS = 30_000
/** The longest that the far side may make us wait; a longer wish is read as this. */
const LONGEST_WISH_MS = 300_000

export type Failed = {
  /** How many attempts have failed, at least 1. */
  readonly attempts: number
  /** What `Retry-After` asked for. */
  readonly wishMs: number | undefined
}

/**
 * How long to wait before the next attempt: what the far side wishes, plus a little that keeps many clients apart;
 * else "full jitter", anything from 0 up to a ceiling that doubles from 1 s to 30 s.
 */
export function backoff({ attempts, wishMs }: Failed, random: () => number): number {
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
