/**
 * A value that JavaScript holds only rounded, in a text of its own: for those who ask whether two values are the same. Nobody
 * is shown it, and no rule of a schema sees it.
 */
export class ExactValue {
  readonly kind: 'number' | 'moment'
  /** Of a number as JSON writes it. Of a moment as RFC 3339 does, where it has a year for it. */
  readonly text: string

  constructor(kind: ExactValue['kind'], text: string) {
    this.kind = kind
    this.text = text
  }
}

/** ECMAScript, "Time Values and Time Range": what a `Date` can be. */
const FURTHEST_MS = 8_640_000_000_000_000n

const SECOND = 1_000_000_000n
const MILLISECOND = 1_000_000n

/** A `Date` where it is one to the last digit. @param nanoseconds since 1970 */
export function exactMoment(nanoseconds: bigint): Date | ExactValue {
  const ms = floored(nanoseconds, MILLISECOND)
  if (ms < -FURTHEST_MS || ms > FURTHEST_MS) return new ExactValue('moment', `${nanoseconds} ns`)
  const date = new Date(Number(ms))
  if (ms * MILLISECOND === nanoseconds) return date
  const within = nanoseconds - floored(nanoseconds, SECOND) * SECOND
  const fraction = String(within).padStart(9, '0').replace(/0+$/, '')
  return new ExactValue('moment', date.toISOString().replace(/\d{3}Z$/, `${fraction}Z`))
}

/** Division that rounds down, as time goes on before 1970 too. */
export function floored(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

/** Every decimal number of so many digits has a JavaScript number of its own. */
const SURE_DIGITS = 1e15

/** A number where it surely is one to the last digit. */
export function exactDecimal(unscaled: number | bigint, scale: number, nearest: number | bigint) {
  const isSure = scale === 0 || (typeof unscaled === 'number' && Math.abs(unscaled) < SURE_DIGITS)
  return isSure ? nearest : new ExactValue('number', `${unscaled}e-${scale}`)
}
