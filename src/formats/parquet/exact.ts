/**
 * A value that JavaScript can only hold rounded, or without the form that it has in the file, as exact text. No rule of a
 * schema sees it.
 */
export class ExactValue {
  /** `double`: a floating-point number without a fraction, which no integer of the file is. */
  readonly kind: 'number' | 'double' | 'moment'
  /** A number as in JSON. */
  readonly text: string

  constructor(kind: ExactValue['kind'], text: string) {
    this.kind = kind
    this.text = text
  }
}

/** ECMAScript, "Time Values and Time Range": the range of a `Date`. */
const FURTHEST_MS = 8_640_000_000_000_000n

const MILLISECOND = 1_000_000n

/** A timestamp with digits below a millisecond, which a plain `Date` drops. */
export class PreciseDate extends Date {
  /** After the millisecond. */
  readonly nanoseconds: number

  constructor(ms: number, nanoseconds: number) {
    super(ms)
    this.nanoseconds = nanoseconds
  }

  override toJSON(): string {
    const digits = String(1_000_000 + this.nanoseconds).slice(1)
    return this.toISOString().replace('Z', `${digits.replace(/0+$/, '')}Z`)
  }
}

/** An ExactValue if no `Date` reaches it. @param nanoseconds since 1970 */
export function exactMoment(nanoseconds: bigint): Date | ExactValue {
  const ms = floored(nanoseconds, MILLISECOND)
  if (ms < -FURTHEST_MS || ms > FURTHEST_MS) return new ExactValue('moment', `${nanoseconds} ns`)
  return preciseDate(Number(ms), Number(nanoseconds - ms * MILLISECOND))
}

/** As {@link exactMoment}, several times as fast; undefined out of range. @param stored an exact number */
export function quickMoment(stored: number, perMs: number): Date | undefined {
  const rest = ((stored % perMs) + perMs) % perMs
  const date = preciseDate((stored - rest) / perMs, rest * (1_000_000 / perMs))
  return Number.isNaN(date.getTime()) ? undefined : date
}

function preciseDate(ms: number, nanoseconds: number): Date {
  return nanoseconds === 0 ? new Date(ms) : new PreciseDate(ms, nanoseconds)
}

/** Division that rounds down, which is right for times before 1970, too. */
export function floored(value: bigint, by: bigint): bigint {
  const quotient = value / by
  return value % by < 0n ? quotient - 1n : quotient
}

/** Below this, every decimal number has its own JavaScript number. */
const SURE_DIGITS = 1e15

/** The nearest number if it is certain to be exact to the last digit, otherwise an ExactValue. */
export function exactDecimal(unscaled: number | bigint, scale: number, nearest: number | bigint) {
  const isSure = scale === 0 || (typeof unscaled === 'number' && Math.abs(unscaled) < SURE_DIGITS)
  return isSure ? nearest : new ExactValue('number', `${unscaled}e-${scale}`)
}

/** A decimal with as many digits after its point as its column has. */
export function writtenDecimal(unscaled: number | bigint, scale: number): number | bigint | ExactValue {
  if (scale === 0) return unscaled
  const sign = unscaled < 0 ? '-' : ''
  const digits = String(unscaled)
    .replace('-', '')
    .padStart(scale + 1, '0')
  return new ExactValue('number', `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`)
}

/** A floating-point number that stays one even if it has no fraction. */
export function writtenDouble(number: number): number | ExactValue {
  if (!Number.isInteger(number)) return number
  const text = Object.is(number, -0) ? '-0' : String(number)
  return new ExactValue('double', text.includes('e') ? text : `${text}.0`)
}
