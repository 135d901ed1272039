import { daysOf } from '../../schema/kinds/date.ts'

/** The date and time that a local calendar and clock show. */
export type WallTime = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  readonly nano: number
}

type MomentParts = {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  readonly second: number
  /** Nanoseconds within that second. */
  readonly nano: number
  /** Seconds east of Greenwich. */
  readonly offset: number
  /** The time zone that the offset comes from, if known: `America/Los_Angeles`. */
  readonly zone?: string | undefined
  /** A calendar day without a time. */
  readonly isDay?: boolean
}

/** A date of an expression: a point in time, with the offset in which it was written. */
export class Moment {
  readonly second: number
  readonly nano: number
  readonly offset: number
  readonly zone: string | undefined
  readonly isDay: boolean

  constructor({ second, nano, offset, zone, isDay = false }: MomentParts) {
    this.second = second
    this.nano = nano
    this.offset = offset
    this.zone = zone
    this.isDay = isDay
  }

  get epochMs(): number {
    return this.second * 1000 + Math.floor(this.nano / 1_000_000)
  }

  get wall(): WallTime {
    return wallOf(this.second + this.offset, this.nano)
  }

  /** The same point in time, with another offset. */
  in(offset: number, zone?: string): Moment {
    return new Moment({ second: this.second, nano: this.nano, offset, zone })
  }
}

export function momentOfEpoch(epochMs: number): Moment {
  const second = Math.floor(epochMs / 1000)
  return new Moment({ second, nano: Math.round((epochMs - second * 1000) * 1_000_000), offset: 0 })
}

export function compareMoments(one: Moment, other: Moment): number {
  return one.second - other.second || one.nano - other.nano
}

/** Whether the date and time exist, within the years that XDM can write. */
export function isWallTime({ year, month, day, hour, minute, second }: WallTime): boolean {
  if (!(year >= 1 && year <= 9999) || !(day >= 1 && day <= daysOf(month, year))) return false
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
}

/** Seconds from 1970-01-01T00:00 to this time, both by the same local clock. */
export function wallSeconds({ year, month, day, hour, minute, second }: WallTime): number {
  return dayNumber(year, month, day) * DAY_SECONDS + hour * 3600 + minute * 60 + second
}

const DAY_SECONDS = 86_400

/** Days since 1970-01-01. Years are counted from March, so that the leap day is their last. */
function dayNumber(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1
  const era = Math.floor(years / 400)
  const ofEra = years - era * 400
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468
}

function wallOf(seconds: number, nano: number): WallTime {
  const days = Math.floor(seconds / DAY_SECONDS)
  const ofDay = seconds - days * DAY_SECONDS
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const years = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  return {
    year: years + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor((ofDay % 3600) / 60),
    second: ofDay % 60,
    nano,
  }
}

/** 1 is Monday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return ((((dayNumber(year, month, day) + 3) % 7) + 7) % 7) + 1
}

export function dayOfYear({ year, month, day }: WallTime): number {
  return dayNumber(year, month, day) - dayNumber(year, 1, 1) + 1
}

/** ISO 8601 as XDM accepts it: `Z` or an offset, and a fraction of 3, 6 or 9 digits unless it is zero. */
export function isoText(moment: Moment): string {
  if (moment.isDay) return dayText(moment)
  // RFC 3339 has no seconds in an offset. Times before 1900 whose offset has seconds are written in UTC.
  const shown = moment.offset % 60 === 0 ? moment : moment.in(0)
  const { hour, minute, second, nano } = shown.wall
  const time = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}${fractionText(nano)}`
  return `${dayText(shown)}T${time}${offsetText(shown.offset)}`
}

/** The day, in the moment's own offset. */
export function dayText(moment: Moment): string {
  const { year, month, day } = moment.wall
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}

function fractionText(nano: number): string {
  if (nano === 0) return ''
  const digits = pad(nano, 9)
  if (nano % 1_000_000 === 0) return `.${digits.slice(0, 3)}`
  return nano % 1000 === 0 ? `.${digits.slice(0, 6)}` : `.${digits}`
}

/** `Z`, `+02:00`. */
export function offsetText(offset: number): string {
  if (offset === 0) return 'Z'
  const { sign, hours, minutes, seconds } = offsetParts(offset)
  return `${sign}${hours}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`
}

type OffsetParts = {
  readonly sign: '+' | '-'
  readonly hours: string
  readonly minutes: string
  readonly seconds: string
}

export function offsetParts(offset: number): OffsetParts {
  const size = Math.abs(offset)
  return {
    sign: offset < 0 ? '-' : '+',
    hours: pad(Math.floor(size / 3600), 2),
    minutes: pad(Math.floor((size % 3600) / 60), 2),
    seconds: pad(size % 60, 2),
  }
}

export function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0')
}
